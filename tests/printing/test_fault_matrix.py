"""Every fault at every moment on every line: nothing is called printed that is not, nothing lost, nothing twice.

Each test runs the moments of one fault beside each other, since they mostly wait.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from mppdesk.domain.print_job import JobState, PrintJob
from mppdesk.domain.slip_layout import as_copy
from mppdesk.printing.devices import Devices
from mppdesk.printing.escpos import to_bytes
from tests.fakes.memory_print_jobs import MemoryPrintJobs
from tests.printing.fault_cells import HURRIED, NUMBERS, Cell, JobsWithCopies, When, on_paper, ticket
from tests.printing.fault_list import FAULTS, Fault, Plugged, on_a_serial_line, on_the_network

KIOSK = "Kios 1"


class MemoryJobs(MemoryPrintJobs):
    def print_copy(self, job: PrintJob, moment: datetime) -> PrintJob:
        slip, made_ms = as_copy(job.slip, 1, moment), round(moment.timestamp() * 1000)
        copy = replace(job, job_id=f"{job.job_id}-s", slip=slip, copy_number=1, created_ms=made_ms)
        self.add(replace(copy, state=JobState.QUEUED))
        return copy


def in_memory(url: str) -> JobsWithCopies:
    return MemoryJobs({KIOSK: url}, [ticket(number, KIOSK) for number in NUMBERS])


def run(fault: Fault, when: When, line: AbstractContextManager[Plugged]) -> list[str]:
    with line as plugged:
        device = Devices(to_bytes, timings=HURRIED).open
        return Cell(fault, when, plugged, in_memory(plugged.url), device, fault.shows).run()


def together(line: str, fault: Fault, folder: Path) -> dict[When, list[str]]:
    """The promises that each moment broke."""

    def cell(when: When) -> list[str]:
        (folder / when).mkdir()
        return run(fault, when, on_a_serial_line(folder / when) if line == "serial" else on_the_network())

    with ThreadPoolExecutor(len(When)) as pool:
        return dict(zip(When, pool.map(cell, When), strict=True))


ROWS = [("tcp", fault) for fault in FAULTS] + [("serial", fault) for fault in FAULTS if not fault.is_for_sockets]


@pytest.fixture(scope="module", autouse=True)
def renderer() -> None:
    """The library behind it is loaded with the first slip, in a real program too before anybody waits."""
    on_paper(ticket("A-000", KIOSK).slip)


@pytest.mark.parametrize(("line", "fault"), ROWS, ids=[f"{line} {fault.name}" for line, fault in ROWS])
def test_a_fault_is_seen_and_no_slip_is_claimed_lost_or_doubled(line: str, fault: Fault, tmp_path: Path) -> None:
    assert together(line, fault, tmp_path) == {when: [] for when in When}
