"""What sign-in says before the doors open: where this clerk worked last, and how a printer stands."""

from datetime import date, timedelta

from mppdesk.domain.formats import full_date
from mppdesk.domain.print_job import PrinterState
from mppdesk.operations.readings import LastShift, PrinterStatus
from mppdesk.texts import Text, msg
from mppdesk.ui.shared.printer_words import printer_chip
from mppdesk.ui.sign_in.view_state import HealthLine

_WELL = (PrinterState.READY, PrinterState.MUTE, PrinterState.UNKNOWN)


def last_shift_words(shift: LastShift, today: date) -> Text:
    """One sentence about the counter, one about its services."""
    if shift.day == today:
        return msg("Hari ini Anda sudah di {counter}. {serves}.", counter=shift.label, serves=shift.serves)
    if shift.day == today - timedelta(days=1):
        return msg("Kemarin Anda di {counter}. {serves}.", counter=shift.label, serves=shift.serves)
    day = full_date(shift.day)
    return msg("Terakhir Anda di {counter}, {day}. {serves}.", counter=shift.label, day=day, serves=shift.serves)


def printer_line(place: str, status: PrinterStatus) -> HealthLine:
    """How the printer of a place stands, in the icon of its chip."""
    return HealthLine(printer_chip(status).icon, _printer_words(place, status.state), is_well=status.state in _WELL)


def _printer_words(place: str, state: PrinterState) -> Text:
    match state:
        case PrinterState.READY:
            return msg("Printer {place} siap.", place=place)
        case PrinterState.PAPER_NEAR_END:
            return msg("Kertas printer {place} hampir habis.", place=place)
        case PrinterState.PAPER_OUT:
            return msg("Kertas printer {place} habis.", place=place)
        case PrinterState.COVER_OPEN:
            return msg("Tutup printer {place} terbuka.", place=place)
        case PrinterState.CUTTER_JAM:
            return msg("Pemotong printer {place} macet.", place=place)
        case PrinterState.ERROR | PrinterState.OFFLINE:
            return msg("Printer {place} berhenti.", place=place)
        case PrinterState.UNREACHABLE:
            return msg("Printer {place} tidak menjawab.", place=place)
        case PrinterState.MUTE:
            return msg("Printer {place} tidak dapat melaporkan keadaannya.", place=place)
        case PrinterState.UNKNOWN:
            return msg("Printer {place} sedang diperiksa.", place=place)
