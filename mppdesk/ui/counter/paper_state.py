"""What the counter says and asks about paper: one thing at a time, the most pressing first; free of Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mppdesk.domain.formats import clock_time
from mppdesk.domain.print_job import PrinterState, PrintJob
from mppdesk.operations.far_printers import FarPrinter
from mppdesk.operations.readings import PrinterStatus
from mppdesk.texts import Text, msg
from mppdesk.ui.counter.choice import Choice
from mppdesk.ui.shared.expired_words import why_not_printed
from mppdesk.ui.shared.far_printer_words import others_too, what_happened, what_to_do, worst_first
from mppdesk.ui.shared.printer_words import printer_trouble, roll_words
from mppdesk.ui.shared.sheet_words import did_it_come_out

OFFERED_AFTER_S = 20.0
"""Whoever puts in a new roll needs no other printer."""
_MOST_NAMED = 6


class Reply(StrEnum):
    """What a person may answer."""

    CAME_OUT = "came_out"
    REPRINT = "reprint"
    PRINT_ELSEWHERE = "print_elsewhere"
    SEE_EXPIRED = "see_expired"
    NEW_ROLL = "new_roll"
    SAME_ROLL = "same_roll"


@dataclass(frozen=True, slots=True)
class PaperButton:
    """A button with its answer; `about` is the id of the job, or the name of the printer, that it is about."""

    reply: Reply
    label: Text
    about: str = ""


@dataclass(frozen=True, slots=True)
class PaperNotice:
    """A sentence of the banner with at most two buttons; `is_far`: of a printer at another computer."""

    icon: str
    what_happened: Text
    what_to_do: Text
    buttons: tuple[PaperButton, ...] = ()
    note: Text | None = None
    is_far: bool = False


@dataclass(frozen=True, slots=True)
class RollWatch:
    """Remembers that the paper was out until it is mended, and then asks once whether the roll is a new one.

    Nobody counts what lies in the tray of a printer of sheets.
    """

    was_out: bool = False
    asks: bool = False

    def seen(self, status: PrinterStatus | None) -> "RollWatch":
        if status is None or status.is_a5 or status.state is PrinterState.UNKNOWN:
            return self
        if status.state is PrinterState.PAPER_OUT:
            return RollWatch(was_out=True)
        return RollWatch(asks=True) if self.was_out and not status.state.blocks else self

    def answered(self) -> "RollWatch":
        return RollWatch()


def paper_notice(
    status: PrinterStatus | None, roll: RollWatch, now: datetime, far: tuple[FarPrinter, ...] = ()
) -> PaperNotice | None:
    """What is to be said at the moment `now` (aware, in the office's zone); None while paper needs nobody.

    `far` are the printers of other computers, for who looks after them; said after everything of this one.
    """
    return (_here(status, roll, now) if status is not None else None) or _far(far, now)


def _here(status: PrinterStatus, roll: RollWatch, now: datetime) -> PaperNotice | None:
    roll_question = _new_roll() if roll.asks else None
    return _trouble(status, now) or _unsure(status) or roll_question or _expired(status) or _elsewhere(status, now)


def expired_title(count: int) -> Text:
    return msg("{count} karcis lama tidak dicetak", count=count)


def expired_choices(
    jobs: tuple[PrintJob, ...], let_go: Callable[[], None], print_now: Callable[[], None]
) -> tuple[Choice, ...]:
    """The harmless answer first; printed late, each is still the first of its kind."""
    printers = ", ".join(dict.fromkeys(job.printer for job in jobs))
    return (
        Choice(msg("Tidak perlu dicetak"), let_go, msg("pemiliknya sudah mencatat nomornya, atau sudah dilayani")),
        Choice(msg("Cetak sekarang"), print_now, msg("di {printers}", printers=printers)),
    )


def expired_sentence(jobs: tuple[PrintJob, ...], now: datetime) -> Text:
    """Which tickets did not come out, and what that means for their owners."""
    named = ", ".join(_with_time(job, now) for job in jobs[:_MOST_NAMED])
    more = len(jobs) - _MOST_NAMED
    if more > 0:
        return msg("{named}, dan {more} lagi. Semua nomor itu tetap berlaku.", named=named, more=more)
    return msg("{named}. Nomornya tetap berlaku.", named=named)


def roll_note(status: PrinterStatus | None) -> Text | None:
    """How long the roll lasts, where there is a printer."""
    return roll_words(status.slips_left) if status is not None else None


def _trouble(status: PrinterStatus, now: datetime) -> PaperNotice | None:
    since = datetime.fromtimestamp(status.since_ms / 1000, now.tzinfo)
    trouble = printer_trouble(status, since)
    if trouble is None:
        return None
    happened, to_do = trouble
    if status.instead is None or not _has_waiting(status) or (now - since).total_seconds() < OFFERED_AFTER_S:
        return PaperNotice("printer-off", happened, to_do)
    return PaperNotice(
        "printer-off",
        happened,
        msg("{to_do} Cetakan dapat dikirim ke {printer}.", to_do=to_do, printer=status.instead),
        (PaperButton(Reply.PRINT_ELSEWHERE, msg("Cetak di {printer}", printer=status.instead), status.instead),),
    )


def _elsewhere(status: PrinterStatus, now: datetime) -> PaperNotice | None:
    """A printer of this PC that nobody sits at, such as its kiosk's."""
    other = status.elsewhere
    trouble = printer_trouble(other, datetime.fromtimestamp(other.since_ms / 1000, now.tzinfo)) if other else None
    if other is None or trouble is None:
        return None
    return PaperNotice("printer-off", msg("{printer}: {trouble}", printer=other.name, trouble=trouble[0]), trouble[1])


def _far(printers: tuple[FarPrinter, ...], now: datetime) -> PaperNotice | None:
    """The worst of the printers that somebody has to go to, and how many more there are."""
    worst = worst_first(printers)
    if not worst:
        return None
    happened, to_do = what_happened(worst[0], now), what_to_do(worst[0], now)
    return PaperNotice("printer-off", happened, to_do, note=others_too(len(worst) - 1), is_far=True)


def _has_waiting(status: PrinterStatus) -> bool:
    own = (job for job in status.unconfirmed if job.printer == status.name)
    return status.open_jobs > 0 or any(job.cause is not None and job.cause.blocks for job in own)


def _unsure(status: PrinterStatus) -> PaperNotice | None:
    if not status.unconfirmed:
        return None
    job, count = status.unconfirmed[0], len(status.unconfirmed)
    return PaperNotice(
        "help-circle",
        did_it_come_out(job),
        _where_to_look(job, status.name),
        (
            PaperButton(Reply.CAME_OUT, msg("Ya, keluar"), job.job_id),
            PaperButton(Reply.REPRINT, msg("Cetak ulang"), job.job_id),
        ),
        msg("1 dari {count}", count=count) if count > 1 else None,
    )


def _where_to_look(job: PrintJob, own_printer: str) -> Text:
    if job.copy_number:
        return msg("Lihat lembar bertanda SALINAN {n} di {printer}.", n=job.copy_number, printer=job.printer)
    if job.printer != own_printer:
        return msg("Lihat di {printer}; lembar yang dicetak ulang bertanda SALINAN.", printer=job.printer)
    return msg("Lihat di printer; lembar yang dicetak ulang bertanda SALINAN.")


def _new_roll() -> PaperNotice:
    return PaperNotice(
        "receipt",
        msg("Kertas sudah ada lagi. Gulungan baru?"),
        msg("Sisa kertas dihitung dari gulungan baru."),
        (
            PaperButton(Reply.NEW_ROLL, msg("Ya, gulungan baru")),
            PaperButton(Reply.SAME_ROLL, msg("Bukan")),
        ),
    )


def _expired(status: PrinterStatus) -> PaperNotice | None:
    if not status.expired:
        return None
    return PaperNotice(
        "receipt-off",
        expired_title(len(status.expired)),
        why_not_printed(status.expired),
        (PaperButton(Reply.SEE_EXPIRED, msg("Lihat")),),
    )


def _with_time(job: PrintJob, now: datetime) -> str:
    made = datetime.fromtimestamp(job.created_ms / 1000, now.tzinfo)
    return str(msg("{number} pukul {time}", number=job.label, time=clock_time(made)))
