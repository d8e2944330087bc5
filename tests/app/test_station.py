"""The printers of a station: their own word, and what a person has still to say about their sheets."""

from dataclasses import replace

from mppdesk.app.station import PrinterBoard
from mppdesk.domain.print_job import JobState, PrinterState, PrintJob
from mppdesk.operations.readings import PrinterStatus
from tests.fakes.memory_print_jobs import print_job

DOUBTFUL = print_job("a", printer="Loket 1", state=JobState.UNCONFIRMED)
ELSEWHERE = print_job("b", printer="Loket 2", state=JobState.UNCONFIRMED)


def test_a_printer_stands_as_it_last_said_with_the_sheets_of_it_that_nobody_is_sure_of() -> None:
    doubtful: list[PrintJob] = [DOUBTFUL, ELSEWHERE]
    board = PrinterBoard(lambda: tuple(doubtful))
    said = PrinterStatus("Loket 1", PrinterState.READY, 5)
    board.tell(said)
    assert board.status("Loket 1") == replace(said, unconfirmed=(DOUBTFUL,))
    doubtful.clear()
    assert board.status("Loket 1") == said, "what a person settled is gone although the printer said nothing new"


def test_a_printer_that_said_nothing_yet_has_no_status() -> None:
    board = PrinterBoard(lambda: (DOUBTFUL,))
    assert board.status("Loket 1") is None
    assert board.status(None) is None
