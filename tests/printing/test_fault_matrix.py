"""Every fault at every moment on every line: nothing is called printed that is not, nothing lost, nothing twice.

Each test runs the moments of one fault beside each other, since they mostly wait. On lines that differ only a little a
plain run takes every third fault; `MPPDESK_FAULTS=all` takes all, 545 cells in some two minutes.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from mppdesk.db.engine import Database
from mppdesk.db.paper.jobs import StoredPrintJobs
from mppdesk.db.unit import ChangeRelay
from mppdesk.domain.print_job import JobState, PrintJob
from mppdesk.domain.slip_layout import as_copy
from tests.fakes import cups
from tests.fakes.memory_print_jobs import MemoryPrintJobs
from tests.printing.fault_cells import NUMBERS, JobsWithCopies, When, on_paper, ticket
from tests.printing.fault_lines import WIRES, Office, RunCell, in_a_queue
from tests.printing.fault_list import FAULTS, Fault
from tests.printing.hurried_clock import HurriedClock
from tests.printing.stored_jobs import add, fill

OpenJobs = Callable[[str], JobsWithCopies]
Place = tuple[Path, HurriedClock]
KIOSK = "Kios 1"
EVERY = 1 if os.environ.get("MPPDESK_FAULTS") == "all" else 3
WHOLE = ("tcp", "serial")
ROWS = [
    (line, fault)
    for place, line in enumerate(WIRES)
    for fault in (FAULTS if line in WHOLE else FAULTS[place % EVERY :: EVERY])
    if line != "serial" or not fault.is_for_sockets
]


def copy_of(job: PrintJob, moment: datetime) -> PrintJob:
    slip, made_ms = as_copy(job.slip, 1, moment), round(moment.timestamp() * 1000)
    copy = replace(job, job_id=f"{job.job_id}-s", slip=slip, copy_number=1, created_ms=made_ms)
    return replace(copy, state=JobState.QUEUED)


class MemoryJobs(MemoryPrintJobs):
    def print_copy(self, job: PrintJob, moment: datetime) -> PrintJob:
        self.add(copy := copy_of(job, moment))
        return copy


class StoredJobs(StoredPrintJobs):
    def __init__(self, database: Database, printers: dict[str, str]) -> None:
        super().__init__(database, ChangeRelay(), printers)
        self._rows = database

    def print_copy(self, job: PrintJob, moment: datetime) -> PrintJob:
        add(self._rows, [copy := copy_of(job, moment)])
        return copy


def in_memory(url: str) -> JobsWithCopies:
    return MemoryJobs({KIOSK: url}, [ticket(number, KIOSK) for number in NUMBERS])


@pytest.fixture
def on_disk(database: Database) -> OpenJobs:
    """Each cell has a kiosk of its own in the one database."""
    fill(database, [])
    ordinals = count(1)

    def open_jobs(url: str) -> JobsWithCopies:
        kiosk = f"Kios {next(ordinals)}"
        add(database, [ticket(number, kiosk) for number in NUMBERS])
        return StoredJobs(database, {kiosk: url})

    return open_jobs


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with HurriedClock() as clock:
        yield tmp_path, clock


def together(run: RunCell, fault: Fault, office: Office) -> dict[When, list[str]]:
    """The promises that each moment broke."""
    with ThreadPoolExecutor(len(When)) as pool:
        return dict(zip(When, pool.map(partial(run, office, fault), When), strict=True))


NOTHING_BROKEN: dict[When, list[str]] = {when: [] for when in When}


@pytest.fixture(scope="module", autouse=True)
def renderer() -> None:
    """The library behind it is loaded with the first slip, in a real program too before anybody waits."""
    on_paper(ticket("A-000", KIOSK).slip)


@pytest.mark.parametrize(("line", "fault"), ROWS, ids=[f"{line} {fault.name}" for line, fault in ROWS])
def test_a_fault_is_seen_and_no_slip_is_claimed_lost_or_doubled(line: str, fault: Fault, place: Place) -> None:
    assert together(WIRES[line], fault, Office(in_memory, *place)) == NOTHING_BROKEN


@pytest.mark.parametrize("fault", FAULTS[::EVERY], ids=lambda fault: fault.name)
def test_so_it_is_with_the_jobs_on_disk(fault: Fault, on_disk: OpenJobs, place: Place) -> None:
    assert together(WIRES["tcp"], fault, Office(on_disk, *place)) == NOTHING_BROKEN


@pytest.fixture(scope="module")
def queue() -> Iterator[RunCell]:
    with cups.running_cups() as server:
        yield partial(in_a_queue, server)


@pytest.mark.skipif(not cups.is_installed(), reason="no CUPS here")
@pytest.mark.parametrize("fault", FAULTS[1 % EVERY :: EVERY], ids=lambda fault: fault.name)
def test_a_queue_of_cups_claims_nothing_and_loses_nothing(fault: Fault, queue: RunCell, place: Place) -> None:
    assert together(queue, fault, Office(in_memory, *place)) == NOTHING_BROKEN
