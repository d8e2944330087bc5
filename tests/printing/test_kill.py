"""A program killed at each step of a job: after a new start nothing is lost, and no original comes out twice.

What may be on paper is left to a person; what she has printed again says SALINAN.
"""

import multiprocessing
import shutil
import sys
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from mppdesk.db.paper.jobs import StoredPrintJobs
from mppdesk.domain.print_job import JobState
from mppdesk.printing.devices import Devices
from mppdesk.printing.escpos import to_bytes
from mppdesk.printing.spooler import Spooler
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.mortal_printing import QUICK, Step, print_until
from tests.fakes.office import PRINTER, Office, open_office
from tests.fakes.printer import SimulatedPrinter

LABELS = ("B-001", "B-002", "B-003")
DOOMED = LABELS[1]
PATIENCE_S = 30.0
ENDS = {
    Step.NOTHING_SAID: (JobState.PRINTED, 1),
    Step.SAID: (JobState.UNCONFIRMED, 0),
    Step.FIRST_BYTE: (JobState.UNCONFIRMED, 0),
    Step.LAST_BYTE: (JobState.UNCONFIRMED, 1),
    Step.CONFIRMED: (JobState.UNCONFIRMED, 1),
    Step.SETTLED: (JobState.PRINTED, 1),
}
"""How the job stands after the new start, and how many of its originals are on paper."""

_processes: Any = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
# One list for all that are killed: a process forked from it need not import, which takes a second.
_processes.set_forkserver_preload(["tests.fakes.busy_office", "tests.fakes.mortal_printing", "escpos.printer"])


@pytest.fixture(scope="module")
def ordered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office with three tickets to print."""
    folder: Path = tmp_path_factory.mktemp("ordered") / "home"
    with open_office(folder, FakeClock(), CountedIds("orders")) as office:
        assert [number_of(office) for _ in LABELS] == list(LABELS)
    return folder


def number_of(office: Office) -> str:
    ticket = office.issue("DUKA-02").ticket
    assert ticket is not None
    return ticket.number


@pytest.mark.parametrize("step", list(Step))
def test_a_program_killed_at_any_step_loses_no_slip_and_prints_no_original_twice(
    step: Step, ordered: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(ordered, home)
    state, originals = ENDS[step]
    with SimulatedPrinter() as printer:
        kill_at(step, home, printer)
        with open_office(home, FakeClock(), CountedIds("restarted")) as office:
            jobs = StoredPrintJobs(office.home.database, office.writer.changes, {PRINTER: printer.url})
            assert restart(office, jobs) == 0
            states = {job.label: job.state for job in jobs.recent(10)}
            assert states == {**dict.fromkeys(LABELS, JobState.PRINTED), DOOMED: state}
            assert on_paper(printer) == Counter({**dict.fromkeys(LABELS, 1), DOOMED: originals})
            for doubtful in jobs.unconfirmed():
                with office.writer.begin(office.actor) as unit:
                    jobs.reprint(unit, doubtful.job_id, office.writer.now())
            assert restart(office, jobs) == 0
            assert on_paper(printer)[f"SALINAN {DOOMED}"] == (state is JobState.UNCONFIRMED)
            assert on_paper(printer)[DOOMED] == originals


def kill_at(step: Step, home: Path, printer: SimulatedPrinter) -> None:
    """Let a program of its own print, and kill it when it stands at this step of the doomed job."""
    here, there = _processes.Pipe(duplex=False)
    program = _processes.Process(target=_work, args=(home, printer.url, step, there))
    program.start()
    there.close()
    try:
        assert here.poll(PATIENCE_S)
        assert here.recv() == step
        if step is Step.LAST_BYTE:  # a moment later, and the printer has it all
            printer.wait_for(lambda it: len(it.slips) == 2)
    finally:
        program.kill()
        program.join()
    assert program.exitcode not in (0, 1), "it ended by itself"


def _work(home: Path, url: str, step: Step, there: Connection) -> None:
    print_until(home, url, DOOMED, step, there.send)


def restart(office: Office, jobs: StoredPrintJobs) -> int:
    """Print as a program does that has just been started."""
    return Spooler(jobs, Devices(to_bytes, timings=QUICK).open, office.clock, lambda _: None).run_until_empty(0)


def on_paper(printer: SimulatedPrinter) -> Counter[str]:
    """How many slips of each ticket lie before the printer, the copies told apart."""
    found: Counter[str] = Counter()
    for slip in printer.slips:
        (label,) = (label for label in LABELS if label in slip.text)
        found[f"SALINAN {label}" if "SALINAN" in slip.text else label] += 1
    return found
