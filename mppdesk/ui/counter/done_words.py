"""What was just done, in one sentence, and what Ctrl+Z would take back."""

from collections.abc import Callable
from dataclasses import dataclass

from mppdesk.domain.commands import Answer
from mppdesk.domain.visit import TicketStatus
from mppdesk.texts import Text, msg
from mppdesk.ui.counter.outcome_state import RECEIPT_SHEETS


@dataclass(frozen=True, slots=True)
class Said:
    """An act in words; `ask_back` is what to take from the citizen when the act is taken back."""

    what: Text
    take_back: Text
    more: Text | None = None
    ask_back: Text | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """An act that may be taken back: `visit` and `act` name it to the hub, `number` to the clerk."""

    said: Said
    visit: str
    act: str
    number: str


Words = Callable[[str, Answer], Said]
"""From number and answer to words."""


def done(answer: Answer, words: Words) -> Done | None:
    """Put an answer into words; None for an answer that names no act."""
    if answer.ticket is None or answer.act is None:
        return None
    return Done(words(answer.ticket.number, answer), answer.ticket.id, answer.act, answer.ticket.number)


def was_called(number: str, answer: Answer) -> Said:
    return Said(msg("{number} dipanggil.", number=number), msg("Batalkan panggil {number}", number=number))


def was_claimed(number: str, answer: Answer) -> Said:
    """The person is served; a hub that came back in between called her."""
    if answer.ticket is not None and answer.ticket.state == TicketStatus.CALLED:
        return was_called(number, answer)
    return Said(msg("Karcis {number} diterima.", number=number), msg("Batalkan terima {number}", number=number))


def was_taken_up(number: str, answer: Answer) -> Said:
    return Said(
        msg("Berkas dilanjutkan dengan {number}.", number=number),
        msg("Batalkan lanjutkan berkas {number}", number=number),
        msg("Periksa dokumen yang tadinya kurang."),
    )


def was_held(number: str, answer: Answer) -> Said:
    return Said(
        msg("{number} ditunda.", number=number),
        msg("Batalkan tunda {number}", number=number),
        msg("Daftar periksa tersimpan; lanjutkan dari tab Ditunda."),
    )


def was_missed(number: str, answer: Answer) -> Said:
    return Said(
        msg("{number} dicatat tidak hadir.", number=number),
        msg("Batalkan tidak hadir {number}", number=number),
        msg("Bila datang, petugas informasi mengantrekannya kembali."),
    )


def was_finished(number: str, answer: Answer) -> Said:
    return Said(msg("{number} selesai.", number=number), msg("Batalkan selesai {number}", number=number))


def was_transferred(number: str, answer: Answer) -> Said:
    return Said(
        msg("{number} dialihkan.", number=number),
        msg("Batalkan alihkan {number}", number=number),
        msg("Nomor dan waktu tunggu tetap."),
    )


def was_sent_on(number: str, answer: Answer) -> Said:
    return Said(
        msg("{number} dialihkan.", number=number),
        msg("Batalkan alihkan {number}", number=number),
        msg("Berikan karcis alih; loket tujuan menerimanya dengan karcis itu."),
        msg("Minta kembali karcis alih {number}.", number=number),
    )


def was_handed_back(number: str, answer: Answer) -> Said:
    return Said(
        msg("{number} selesai.", number=number),
        msg("Batalkan pengembalian {number}", number=number),
        msg("Berkas dikembalikan dengan daftar kekurangan."),
        msg("Minta kembali daftar kekurangan {number}.", number=number),
    )


def was_registered(number: str, answer: Answer) -> Said:
    return Said(
        msg("{number} selesai.", number=number),
        msg("Batalkan selesai {number}", number=number),
        msg(
            "Tanda terima {sheets} lembar. Terdaftar {register}.",
            sheets=RECEIPT_SHEETS,
            register=answer.register_number or "",
        ),
        msg("Minta kembali tanda terima {number}.", number=number),
    )
