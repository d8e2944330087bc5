"""What sign-in says before the doors open."""

from datetime import date

import pytest

from mppdesk.domain.print_job import PrinterState
from mppdesk.operations.readings import LastShift, PrinterStatus
from mppdesk.texts import msg
from mppdesk.ui.sign_in.morning_words import last_shift_words, printer_line

MONDAY = date(2026, 11, 23)
SERVES = msg("Melayani semua layanan DPMPTSP")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "Hari ini Anda sudah di Loket 2. Melayani semua layanan DPMPTSP."),
        (date(2026, 11, 22), "Kemarin Anda di Loket 2. Melayani semua layanan DPMPTSP."),
        (date(2026, 11, 20), "Terakhir Anda di Loket 2, Jumat, 20 November 2026. Melayani semua layanan DPMPTSP."),
    ],
)
def test_where_somebody_worked_last_is_one_sentence_and_what_for_another(day: date, words: str) -> None:
    assert str(last_shift_words(LastShift("Loket 2", day, SERVES), MONDAY)) == words


@pytest.mark.parametrize("state", PrinterState)
def test_every_state_of_a_printer_is_a_sentence_of_its_own(state: PrinterState) -> None:
    lines = {each: printer_line("Loket 2", PrinterStatus("p", each, 0)) for each in PrinterState}
    words = str(lines[state].sentence)
    assert "Loket 2" in words and words.endswith(".") and "{" not in words
    stopped = (PrinterState.ERROR, PrinterState.OFFLINE)  # nobody at the counter can tell them apart
    assert [each for each, line in lines.items() if str(line.sentence) == words] in ([state], list(stopped))
    assert lines[state].is_well == (state in (PrinterState.READY, PrinterState.MUTE, PrinterState.UNKNOWN))
