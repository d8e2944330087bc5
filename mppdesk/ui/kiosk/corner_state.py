"""What the staff read and may do about paper at a kiosk, once their PIN was accepted; free of Qt."""

from dataclasses import dataclass

from mppdesk.domain.print_job import PrinterState
from mppdesk.operations.readings import PrinterStatus
from mppdesk.texts import Text, msg
from mppdesk.ui.kiosk.acts import Act, ActKind
from mppdesk.ui.shared.expired_words import why_not_printed
from mppdesk.ui.shared.printer_words import printer_chip, roll_words
from mppdesk.ui.shared.sheet_words import did_it_come_out


@dataclass(frozen=True, slots=True)
class CornerRow:
    """A sentence with the buttons that answer it."""

    sentence: Text
    buttons: tuple[tuple[Text, Act], ...] = ()


def corner_rows(status: PrinterStatus) -> tuple[CornerRow, ...]:
    """What stands, the most pressing last, next to the hand."""
    paper = CornerRow(
        msg("{printer}. {roll}.", printer=_state(status), roll=roll_words(status.slips_left)),
        ((msg("Gulungan baru dipasang"), Act(ActKind.NEW_ROLL)),),
    )
    return (paper, *_expired(status), *_unsure(status))


def _state(status: PrinterStatus) -> Text:
    return printer_chip(PrinterStatus(status.name, status.state, status.since_ms)).word


def _unsure(status: PrinterStatus) -> tuple[CornerRow, ...]:
    if not status.unconfirmed or status.state.blocks or status.state is PrinterState.UNKNOWN:
        return ()
    job, count = status.unconfirmed[0], len(status.unconfirmed)
    question = did_it_come_out(job)
    asked = msg("{question} (1 dari {count})", question=question, count=count) if count > 1 else question
    return (
        CornerRow(
            asked,
            (
                (msg("Ya, keluar"), Act(ActKind.CAME_OUT, job.job_id)),
                (msg("Cetak ulang"), Act(ActKind.REPRINT, job.job_id)),
            ),
        ),
    )


def _expired(status: PrinterStatus) -> tuple[CornerRow, ...]:
    if not status.expired:
        return ()
    jobs = " ".join(job.job_id for job in status.expired)
    why = why_not_printed(status.expired)
    told = msg("{count} karcis lama tidak dicetak {why}", count=len(status.expired), why=why)
    return (
        CornerRow(
            told,
            (
                (msg("Tidak perlu"), Act(ActKind.LET_EXPIRED_GO, jobs)),
                (msg("Cetak sekarang"), Act(ActKind.PRINT_EXPIRED, jobs)),
            ),
        ),
    )
