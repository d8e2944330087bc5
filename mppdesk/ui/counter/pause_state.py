"""F12 in words: break, no new numbers, handing over, closing, leaving, and what closing means for those who wait."""

from collections.abc import Callable
from dataclasses import dataclass

from mppdesk.operations.readings import CounterScreen
from mppdesk.texts import Text, msg
from mppdesk.ui.counter.choice import Choice
from mppdesk.ui.counter.stage import Stage

_MOST_NUMBERS_NAMED = 8


@dataclass(frozen=True, slots=True)
class Pauses:
    """What F12 may do; handing over, leaving and administering belong to the program around the window.

    `change_roll` is None for a counter without a printer, `administer` for a clerk who leads nobody.
    """

    rest: Callable[[], None]
    serve_again: Callable[[], None]
    open_counter: Callable[[], None]
    stop_new_numbers: Callable[[], None]
    resume_new_numbers: Callable[[], None]
    close_counter: Callable[[], None]
    hand_over: Callable[[], None]
    leave: Callable[[], None]
    change_roll: Callable[[], None] | None = None
    administer: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Closings:
    """What may become of those who wait when a counter closes."""

    stay_open: Callable[[], None]
    send_all: Callable[[], None]
    close: Callable[[], None]


def pause_choices(screen: CounterScreen, stage: Stage, pauses: Pauses, roll: Text | None = None) -> tuple[Choice, ...]:
    """F12, by where the counter stands; `roll` says how long the printer's roll lasts.

    With a person at the desk it can only stop taking new numbers, and put in paper.
    """
    person = screen.current.row.number if screen.current else None
    finish_first = None if person is None else msg("selesaikan {number} dahulu", number=person)
    is_free = person is None
    is_open = stage is not Stage.CLOSED
    next_clerk = msg("petugas berikutnya masuk dengan PIN")
    return (
        _first(stage, pauses, finish_first),
        _numbers(screen, is_open, pauses),
        Choice(msg("Serahkan loket"), pauses.hand_over, finish_first or next_clerk, is_free and is_open),
        Choice(msg("Tutup loket"), pauses.close_counter, finish_first, is_free and is_open),
        Choice(msg("Keluar dari program"), pauses.leave, finish_first, is_free),
        _paper(pauses, roll),
        *_administration(pauses),
    )


def closing_choices(screen: CounterScreen, closings: Closings) -> tuple[Choice, ...]:
    """The harmless answer first; sending on is offered for those whom nobody else serves."""
    stay = Choice(msg("Tetap buka"), closings.stay_open)
    close = Choice(msg("Tutup {counter}", counter=screen.label), closings.close)
    if not screen.only_here:
        return stay, close
    send = Choice(
        msg("Alihkan {count} orang, lalu tutup", count=len(screen.only_here)),
        closings.send_all,
        msg("ke layanan lain; nomor dan waktu tunggu tetap"),
    )
    told = Choice(
        msg("Tutup dan beri tahu penyelia"), closings.close, msg("nomor mereka tetap berlaku dan tetap menunggu")
    )
    return stay, send, told


def closing_sentence(screen: CounterScreen) -> Text:
    """Whom closing would leave waiting."""
    if not screen.only_here:
        return msg("{count} orang masih menunggu; loket lain juga melayani mereka.", count=len(screen.waiting))
    return msg(
        "{count} orang hanya dilayani loket ini: {numbers}.", count=len(screen.only_here), numbers=_numbers_of(screen)
    )


def _first(stage: Stage, pauses: Pauses, finish_first: Text | None) -> Choice:
    if stage is Stage.ON_BREAK:
        return Choice(msg("Lanjut melayani"), pauses.serve_again)
    if stage is Stage.CLOSED:
        return Choice(msg("Buka loket"), pauses.open_counter)
    ask = msg("tanya sampai jam berapa")
    return Choice(msg("Istirahat"), pauses.rest, finish_first or ask, finish_first is None)


def _paper(pauses: Pauses, roll: Text | None) -> Choice:
    words = msg("Gulungan kertas baru dipasang")
    if pauses.change_roll is None:
        return Choice(words, lambda: None, msg("loket ini tidak mempunyai printer"), is_usable=False)
    return Choice(words, pauses.change_roll, roll)


def _administration(pauses: Pauses) -> tuple[Choice, ...]:
    """Last, so that the digits of the others are the same for everybody; the person at the desk waits meanwhile."""
    if pauses.administer is None:
        return ()
    back = msg("gedung, sinkronisasi, kejanggalan; F12 kembali ke loket")
    return (Choice(msg("Administrasi"), pauses.administer, back),)


def _numbers(screen: CounterScreen, is_open: bool, pauses: Pauses) -> Choice:
    if screen.state.is_closing:
        return Choice(msg("Terima nomor baru lagi"), pauses.resume_new_numbers, msg("kiosk menawarkan loket ini lagi"))
    return Choice(msg("Tutup untuk nomor baru"), pauses.stop_new_numbers, msg("yang menunggu tetap dilayani"), is_open)


def _numbers_of(screen: CounterScreen) -> str:
    numbers = [row.number for row in screen.only_here]
    named = ", ".join(numbers[:_MOST_NUMBERS_NAMED])
    more = len(numbers) - _MOST_NUMBERS_NAMED
    return str(msg("{named}, dan {more} lagi", named=named, more=more)) if more > 0 else named
