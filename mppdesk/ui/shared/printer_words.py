"""What a printer's state is called in the top bar, and the sentence that says what to do about it."""

from dataclasses import dataclass
from datetime import datetime

from mppdesk.domain.formats import clock_time
from mppdesk.domain.print_job import PrinterState
from mppdesk.operations.readings import PrinterStatus
from mppdesk.texts import Text, msg
from mppdesk.ui.shared.sheet_words import paper_out_but_stored

_ROUND = 10


@dataclass(frozen=True, slots=True)
class PrinterChip:
    """Icon, word and colour of the chip; `tone` is a token on the bar, or `sun` for the yellow chip."""

    icon: str
    word: Text
    tone: str


_CHIPS = {
    PrinterState.READY: PrinterChip("printer", msg("Printer siap"), "on-bar-ok"),
    PrinterState.PAPER_NEAR_END: PrinterChip("receipt", msg("Kertas hampir habis"), "sun"),
    PrinterState.PAPER_OUT: PrinterChip("receipt-off", msg("Kertas habis"), "sun"),
    PrinterState.COVER_OPEN: PrinterChip("printer-off", msg("Tutup terbuka"), "sun"),
    PrinterState.CUTTER_JAM: PrinterChip("printer-off", msg("Pemotong macet"), "sun"),
    PrinterState.ERROR: PrinterChip("printer-off", msg("Printer berhenti"), "sun"),
    PrinterState.OFFLINE: PrinterChip("printer-off", msg("Printer berhenti"), "sun"),
    PrinterState.UNREACHABLE: PrinterChip("printer-off", msg("Printer tidak menjawab"), "sun"),
    PrinterState.MUTE: PrinterChip("printer", msg("Printer tanpa status"), "on-bar2"),
    PrinterState.UNKNOWN: PrinterChip("printer", msg("Printer diperiksa"), "on-bar2"),
}


def printer_chip(status: PrinterStatus) -> PrinterChip:
    """The chip of a printer; a job of which nobody knows whether it came out is told first."""
    count = len(status.unconfirmed)
    if count and not status.state.blocks:
        return PrinterChip("printer", msg("{count} cetakan belum pasti", count=count), "sun")
    return _CHIPS[status.state]


def roll_words(slips_left: int | None) -> Text:
    """How long the roll lasts; rounded down, since nobody should count on the last slip of an estimate."""
    if slips_left is None:
        return msg("Sisa kertas belum diketahui")
    if slips_left < _ROUND:
        return msg("Kertas cukup untuk beberapa karcis lagi")
    return msg("Kertas cukup untuk sekitar {count} karcis lagi", count=slips_left // _ROUND * _ROUND)


def printer_trouble(status: PrinterStatus, since: datetime) -> tuple[Text, Text] | None:
    """What happened and what to do, for the banner; None while the printer works."""
    reload = msg("Tutup kembali; cetakan berlanjut sendiri.")
    match status.state:
        case PrinterState.PAPER_OUT:
            return _paper_out(status), msg("Ganti kertas; cetakan berlanjut sendiri.")
        case PrinterState.COVER_OPEN:
            return msg("Printer berhenti: tutup terbuka."), reload
        case PrinterState.CUTTER_JAM:
            return msg("Printer berhenti: pemotong macet."), msg("Buka penutup, lepaskan kertas, tutup kembali.")
        case PrinterState.ERROR | PrinterState.OFFLINE:
            return msg("Printer berhenti. Cetakan tersimpan."), msg("Periksa kertas, penutup, dan lampu printer.")
        case PrinterState.UNREACHABLE:
            silent = msg("Printer tidak menjawab sejak {time}.", time=clock_time(since))
            return silent, msg("Cetakan tersimpan. Periksa kabel dan daya.")
        case _:
            return None


def _paper_out(status: PrinterStatus) -> Text:
    if status.open_jobs == 1 and status.first_waiting is not None:
        return paper_out_but_stored(status.first_waiting)
    if status.open_jobs:
        return msg("Kertas habis. {count} cetakan sudah tersimpan.", count=status.open_jobs)
    return msg("Kertas habis.")
