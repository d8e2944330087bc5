"""What a printer's state is called in a list, and its sign there."""

from datetime import datetime

from mppdesk.domain.print_job import PrinterState
from mppdesk.texts import Text, msg
from mppdesk.ui.shared.ages import moment_words

_STATES = {
    PrinterState.READY: (msg("siap"), "printer", "ok"),
    PrinterState.PAPER_NEAR_END: (msg("kertas hampir habis"), "receipt", "warn"),
    PrinterState.PAPER_OUT: (msg("kertas habis"), "receipt-off", "bad"),
    PrinterState.COVER_OPEN: (msg("tutup terbuka"), "printer-off", "bad"),
    PrinterState.CUTTER_JAM: (msg("pemotong macet"), "printer-off", "bad"),
    PrinterState.ERROR: (msg("berhenti karena rusak"), "printer-off", "bad"),
    PrinterState.OFFLINE: (msg("berhenti"), "printer-off", "bad"),
    PrinterState.UNREACHABLE: (msg("tidak menjawab"), "printer-off", "bad"),
    PrinterState.MUTE: (msg("tanpa status"), "printer", "ink2"),
    PrinterState.UNKNOWN: (msg("belum diketahui"), "printer", "ink2"),
}


def state_word(state: PrinterState) -> Text:
    word, _, _ = _STATES[state]
    return word


def state_sign(state: PrinterState) -> tuple[str, str]:
    """The icon of how a printer stands, and its tone."""
    _, icon, tone = _STATES[state]
    return icon, tone


def standing(state: PrinterState, since: datetime | None, now: datetime) -> Text:
    """How a printer stands and since when, as far as that is known."""
    word = state_word(state)
    if since is None or state is PrinterState.UNKNOWN:
        return word
    return msg("{state} sejak {at}", state=word, at=moment_words(since, now))
