"""What the counter asks before it acts: why out of turn, and why a NIK is opened in full; free of Qt."""

from collections.abc import Callable
from functools import partial

from mppdesk.domain.hub.tickets import CALL_REASONS
from mppdesk.operations.submissions import LOOK_REASONS
from mppdesk.texts import msg
from mppdesk.ui.counter.choice import Choice

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
