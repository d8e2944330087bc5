"""The printers of a station: their own word, and what a person is told and asked about their paper."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from mppdesk.app.printer_board import ASKED_WITHIN_MS, PrinterBoard
from mppdesk.domain.print_job import JobState, PrinterState, PrintJob
from mppdesk.domain.site import PrinterPlace, Site
from mppdesk.operations.readings import PrinterStatus
from tests.fakes.memory_print_jobs import print_job

DOUBTFUL = print_job("a", printer="Loket 1", state=JobState.UNCONFIRMED)
ELSEWHERE = print_job("b", printer="Kiosk 1", state=JobState.UNCONFIRMED)
NARROW = "tcp://192.0.2.7:9100?model=generic-58"
PRINTERS = (
    PrinterPlace("Loket 1", "screen:"),
    PrinterPlace("Kiosk 1", NARROW),
    PrinterPlace("Loket 3", "screen:"),
    PrinterPlace("Loket 4", "screen:"),
)
NO_OTHERS: Mapping[str, PrinterState] = {}
SAID = PrinterStatus("Loket 1", PrinterState.READY, 5)


class Jobs:
    """The jobs of a PC as lists."""

    def __init__(self) -> None:
        self.doubtful: list[PrintJob] = []
        self.waiting: list[PrintJob] = []
        self.old: list[PrintJob] = []

    def open_jobs(self, printer: str) -> tuple[PrintJob, ...]:
        return tuple(job for job in self.waiting if job.printer == printer)

    def unconfirmed(self) -> tuple[PrintJob, ...]:
        return tuple(self.doubtful)

    def expired(self) -> tuple[PrintJob, ...]:
        return tuple(self.old)


@pytest.fixture
def jobs() -> Jobs:
    return Jobs()


def site_of(instead: tuple[str, ...] | None = None) -> Site:
    """A building whose first printer has a rule or none."""
    first, *others = PRINTERS
    return Site("MPP Contoh", (), "UTC", printers=(replace(first, instead=instead), *others))


def board_of(
    jobs: Jobs,
    now_ms: int = 10,
    states: Mapping[str, PrinterState] = NO_OTHERS,
    instead: tuple[str, ...] | None = None,
) -> PrinterBoard:
    board = PrinterBoard(jobs, lambda: site_of(instead), lambda: now_ms)
    board.tell(SAID)
    for name, state in states.items():
        board.tell(PrinterStatus(name, state, 5, open_jobs=2))
    return board


def test_a_printer_stands_as_it_last_said_with_the_sheets_that_nobody_is_sure_of_its_own_first(jobs: Jobs) -> None:
    board = board_of(jobs)
    jobs.doubtful = [ELSEWHERE, DOUBTFUL]
    assert board.status("Loket 1") == replace(SAID, unconfirmed=(DOUBTFUL, ELSEWHERE))
    jobs.doubtful.clear()
    assert board.status("Loket 1") == SAID, "what a person settled is gone although the printer said nothing new"


def test_a_printer_that_said_nothing_yet_has_no_status(jobs: Jobs) -> None:
    assert board_of(jobs).status("Loket 3") is None
    assert board_of(jobs).status(None) is None


def test_nobody_is_asked_about_what_no_printer_can_say_or_nobody_remembers(jobs: Jobs) -> None:
    jobs.doubtful = [DOUBTFUL, replace(ELSEWHERE, cause=PrinterState.MUTE)]
    jobs.old = [replace(DOUBTFUL, state=JobState.EXPIRED)]
    asked = board_of(jobs, now_ms=ASKED_WITHIN_MS).status("Loket 1")
    assert asked is not None and asked.unconfirmed == (DOUBTFUL,) and len(asked.expired) == 1
    late = board_of(jobs, now_ms=ASKED_WITHIN_MS + 1).status("Loket 1")
    assert late is not None and (late.unconfirmed, late.expired) == ((), ())


def test_what_waits_first_is_named(jobs: Jobs) -> None:
    jobs.waiting = [print_job("c", printer="Loket 1"), print_job("d", printer="Loket 1")]
    status = board_of(jobs).status("Loket 1")
    assert status is not None and (status.open_jobs, status.first_waiting) == (2, jobs.waiting[0])


@pytest.mark.parametrize(
    ("states", "instead"),
    [
        ({"Loket 3": PrinterState.READY, "Loket 4": PrinterState.READY}, "Loket 3"),
        ({"Loket 3": PrinterState.COVER_OPEN, "Loket 4": PrinterState.READY}, "Loket 4"),
        ({"Loket 3": PrinterState.MUTE, "Loket 4": PrinterState.UNKNOWN}, None),
        ({"Kiosk 1": PrinterState.READY}, None),
    ],
)
def test_only_a_ready_printer_with_paper_as_wide_can_take_over(
    jobs: Jobs, states: dict[str, PrinterState], instead: str | None
) -> None:
    status = board_of(jobs, states=states).status("Loket 1")
    assert status is not None and status.instead == instead


@pytest.mark.parametrize(
    ("rule", "offered"),
    [
        (("Loket 4", "Loket 3"), "Loket 4"),
        (("Loket 5", "Loket 1", "Loket 3"), "Loket 3"),
        (("Kiosk 1", "Loket 4"), "Loket 4"),
        (("Kiosk 1",), None),
        (("Loket 5",), None),
        ((), None),
    ],
    ids=["in order", "neither unknown nor itself", "not the narrow one", "only a narrow one", "a removed one", "none"],
)
def test_where_a_printer_names_who_takes_over_only_the_first_ready_one_of_these_is_offered(
    jobs: Jobs, rule: tuple[str, ...], offered: str | None
) -> None:
    states = dict.fromkeys(("Kiosk 1", "Loket 3", "Loket 4"), PrinterState.READY)
    status = board_of(jobs, states=states, instead=rule).status("Loket 1")
    assert status is not None and status.instead == offered


def test_who_is_named_first_but_not_ready_is_passed_over(jobs: Jobs) -> None:
    states = {"Loket 4": PrinterState.PAPER_OUT, "Loket 3": PrinterState.READY}
    status = board_of(jobs, states=states, instead=("Loket 4", "Loket 3")).status("Loket 1")
    assert status is not None and status.instead == "Loket 3"


def test_another_printer_of_this_pc_is_told_of_where_something_waits_for_it(jobs: Jobs) -> None:
    board = board_of(jobs, states={"Kiosk 1": PrinterState.PAPER_OUT})
    status = board.status("Loket 1")
    assert status is not None and status.elsewhere is not None and status.elsewhere.name == "Kiosk 1"
    board.tell(PrinterStatus("Kiosk 1", PrinterState.PAPER_OUT, 5))
    assert board.status("Loket 1") == SAID


def test_only_printers_that_somebody_asked_about_here_are_watched(jobs: Jobs) -> None:
    woken: list[str] = []
    board = PrinterBoard(jobs, site_of, lambda: 10, lambda: woken.append("spooler"))
    for _ in range(2):
        board.status("Loket 1")
        board.status(None)
        board.last_word("Loket 3")
    assert board.is_watched("Loket 1") and not board.is_watched("Loket 3")
    assert woken == ["spooler"], "the first look comes at once, not after the minute that others wait"
