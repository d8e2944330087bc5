"""What the counter asks before it acts: why out of turn, break or close, why a NIK is opened in full."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from mppdesk.domain.hub.tickets import CALL_REASONS
from mppdesk.operations.submissions import LOOK_REASONS
from mppdesk.texts import Text, msg
from mppdesk.ui.counter.choice_panel import Choice
from mppdesk.ui.counter.stage import Stage

_CALL_WORDS = {
    "recalled": msg("Dipanggil kembali"),
    "companion": msg("Pendamping"),
    "emergency": msg("Darurat"),
    "supervisor": msg("Permintaan penyelia"),
}
_LOOK_WORDS = {
    "identity": msg("Mencocokkan dengan KTP-el"),
    "correction": msg("Memperbaiki nomor yang salah"),
    "complaint": msg("Menangani pengaduan"),
}


@dataclass(frozen=True, slots=True)
class Pauses:
    """What F12 may do; the last two belong to the program around the window."""

    rest: Callable[[], None]
    serve_again: Callable[[], None]
    open_counter: Callable[[], None]
    close_counter: Callable[[], None]
    hand_over: Callable[[], None]
    leave: Callable[[], None]


def call_choices(call: Callable[[str], None]) -> tuple[Choice, ...]:
    """Why somebody is called out of turn, in the order of their digits."""
    return tuple(Choice(_CALL_WORDS[reason], partial(call, reason)) for reason in CALL_REASONS)


def held_choices(resume: Callable[[], None], call: Callable[[str], None]) -> tuple[Choice, ...]:
    """For somebody who was put aside: most stand at the desk already and need no call."""
    here = Choice(msg("Sudah di depan loket"), resume, msg("langsung dilayani, tanpa panggilan"))
    return (here, *call_choices(call))


def look_choices(look: Callable[[str], None]) -> tuple[Choice, ...]:
    """Why a NIK is opened in full; nothing is the default."""
    return tuple(Choice(_LOOK_WORDS[reason], partial(look, reason)) for reason in LOOK_REASONS)


def pause_choices(stage: Stage, pauses: Pauses, person: str | None) -> tuple[Choice, ...]:
    """F12, by where the counter stands; with a person at the desk the counter cannot rest or close."""
    first = {
        Stage.ON_BREAK: Choice(msg("Lanjut melayani"), pauses.serve_again),
        Stage.CLOSED: Choice(msg("Buka loket"), pauses.open_counter),
    }
    is_free = person is None
    finish_first = None if person is None else msg("selesaikan {number} dahulu", number=person)
    rest = Choice(msg("Istirahat"), pauses.rest, finish_first or msg("tanya sampai jam berapa"), is_free)
    return (
        first.get(stage, rest),
        Choice(msg("Serahkan loket"), pauses.hand_over, msg("petugas berikutnya masuk dengan PIN"), is_free),
        Choice(msg("Tutup loket"), pauses.close_counter, finish_first, is_free and stage is not Stage.CLOSED),
        Choice(msg("Keluar dari program"), pauses.leave, finish_first, is_free),
    )


def closing_sentence(waiting: int) -> Text:
    """What closing means for those who wait."""
    return msg(
        "{count} orang masih menunggu layanan loket ini. Nomor mereka tetap berlaku; beri tahu penyelia.",
        count=waiting,
    )
