"""What paper costs: rendering, from a job to its confirmation at the speed of the paper, and many jobs without growth.

`python -m tests.benchmarks.paper [--samples 20] [--runs 5] [--jobs 1000]`
"""

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas

from mppdesk.db import migrate
from mppdesk.db.engine import Database
from mppdesk.db.paper.jobs import StoredPrintJobs
from mppdesk.db.unit import ChangeRelay
from mppdesk.domain.print_job import JobState, PrintJob
from mppdesk.domain.printer_models import GENERIC_58, GENERIC_80, Confirmation
from mppdesk.domain.slip import Slip
from mppdesk.domain.slip_layout import slip_text
from mppdesk.domain.slip_layout_ticket import ticket_slip
from mppdesk.printing.conversation import Timings
from mppdesk.printing.devices import Devices
from mppdesk.printing.escpos import to_bytes
from mppdesk.printing.pdf import receipt_pdf
from mppdesk.printing.spooler import Spooler
from tests.benchmarks.commands import Timed
from tests.benchmarks.figures import RUNS, Figure, medians, percentile, report
from tests.benchmarks.start import resident_mb
from tests.fakes.clock import FakeClock
from tests.fakes.memory_print_jobs import print_job
from tests.fakes.printer import Behaviour, SimulatedPrinter
from tests.fakes.sample_papers import RECEIPT, TICKET
from tests.printing.stored_jobs import add, fill

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
KIOSK = "Kios 1"
CLOCK = FakeClock()
SPEEDS = (0, 90, 200)
_PDF_GOAL_MS, _OURS_GOAL_MS, _GROWTH_GOAL_MB = 20.0, 30.0, 5.0
_UNDER_WAY = frozenset({JobState.QUEUED, JobState.BLOCKED, JobState.SENDING})
_PATIENCE_S, _CLOSES_WITHIN_S = 60.0, 0.5
# The simulated printer shares this computer: it is not mute because others kept it waiting for half a second.
_TIMINGS = Timings(answer=5.0)
_BATCH = 100
_WARM_JOBS = 3 * _BATCH


def render(samples: int, runs: int) -> list[Figure]:
    """Milliseconds of one sheet; the floor of a slip is its bare text, of the PDF an empty page."""
    wide, narrow = ticket_slip(TICKET), ticket_slip(TICKET, GENERIC_58.columns)
    drawn = replace(GENERIC_58, draws_text=False)

    def empty_page() -> None:
        page = Canvas(BytesIO(), pagesize=A5)
        page.showPage()
        page.save()

    def once(_: int) -> list[Figure]:
        bare = _p50(samples, lambda: slip_text(wide).encode())
        return [
            Figure("paper.render_text_ms", _p50(samples, lambda: to_bytes(wide, GENERIC_80)), bare),
            Figure("paper.render_raster_58_ms", _p50(samples, lambda: to_bytes(narrow, drawn)), bare),
            Figure("paper.pdf_a5_ms", _p50(samples, lambda: receipt_pdf(RECEIPT, FONTS)), _p50(samples, empty_page),
                   _PDF_GOAL_MS),
        ]  # fmt: skip

    once(0)  # fonts and libraries are loaded once, at the start of the program
    return medians(once, runs)


def _p50(samples: int, act: Callable[[], object]) -> float:
    timed = Timed()
    for _ in range(samples):
        with timed.once():
            act()
    return timed.p50


@dataclass(frozen=True)
class Desk:
    """One printer with its spooler at work, and its jobs on disk."""

    database: Database
    jobs: StoredPrintJobs
    spooler: Spooler
    changed: threading.Condition

    def order(self, jobs: Sequence[PrintJob]) -> None:
        add(self.database, jobs)
        self.spooler.wake()

    def out(self, job: PrintJob) -> JobState:
        """Wait until a job has its end; raises TimeoutError."""
        with self.changed:
            if not self.changed.wait_for(lambda: self._state(job) not in _UNDER_WAY, _PATIENCE_S):
                raise TimeoutError(job.job_id)
        return self._state(job)

    def _state(self, job: PrintJob) -> JobState:
        found = self.jobs.job(job.job_id)
        return found.state if found else JobState.CANCELLED


@contextmanager
def at_work(folder: Path, printer: SimulatedPrinter, way: Confirmation) -> Iterator[Desk]:
    changed, relay = threading.Condition(), ChangeRelay()

    def notice(_: frozenset[str]) -> None:
        with changed:
            changed.notify_all()

    database = Database(folder / "mppdesk.db", bytes(32))
    migrate.upgrade(database, folder / "backups", CLOCK.now())
    fill(database, ())
    stop_listening = relay.subscribe(notice)
    jobs = StoredPrintJobs(database, relay, {KIOSK: f"{printer.url}?confirm={way}"})
    spooler = Spooler(jobs, Devices(to_bytes, timings=_TIMINGS).open, CLOCK, lambda _: None)
    spooler.start()
    try:
        yield Desk(database, jobs, spooler, changed)
    finally:
        stop_listening()
        spooler.stop()
        database.close()


def job_of(number: int, slip: Slip) -> PrintJob:
    made_ms = round(CLOCK.now().timestamp() * 1000) + number
    return replace(print_job(f"{number:06}", printer=KIOSK, created_ms=made_ms), slip=slip)


def confirmed(folder: Path, samples: int, runs: int, speeds: Sequence[int] = SPEEDS) -> list[Figure]:
    """From the order to the confirmation; the floor is the printer's own time, which its paper takes.

    What is ours of it has as its floor the time that we wait on purpose: an answer in print order comes before the
    knife is at rest, a tag does not.
    """
    found: list[Figure] = []
    for way in (Confirmation.ORDER, Confirmation.TAG):
        for speed in speeds:
            behaviour = Behaviour(mm_per_s=speed or None, knows_tags=True)
            with SimulatedPrinter(behaviour) as printer, at_work(folder, printer, way) as desk:
                _one(desk, printer, 0)
                measured = partial(_confirmed, desk, printer, samples, way, f"paper.by_{way}_{speed}")
                found += medians(measured, runs)
    return found


def _confirmed(
    desk: Desk, printer: SimulatedPrinter, samples: int, way: Confirmation, name: str, run: int
) -> list[Figure]:
    took = [_one(desk, printer, number) for number in range(1 + run * samples, 1 + (run + 1) * samples)]
    wall, ours = ([each[place] for each in took] for place in (0, 1))
    waits_ms = 0.0 if way is Confirmation.TAG else Timings().settle * 1000
    return [
        Figure(f"{name}_p50_ms", percentile(wall, 50), percentile(wall, 50) - percentile(ours, 50)),
        Figure(f"{name}_ours_p50_ms", percentile(ours, 50), waits_ms, waits_ms + _OURS_GOAL_MS),
    ]


def _one(desk: Desk, printer: SimulatedPrinter, number: int) -> tuple[float, float]:
    """Milliseconds until one job is confirmed, and those of them in which the paper did not move."""
    job, moving_s, began = job_of(number, ticket_slip(TICKET)), printer.moving_s, time.perf_counter()
    desk.order([job])
    state = desk.out(job)
    took_s = time.perf_counter() - began
    if state is not JobState.PRINTED:
        raise RuntimeError(f"job {number} ended as {state}")
    return took_s * 1000, (took_s - (printer.moving_s - moving_s)) * 1000


def growth(folder: Path, jobs: int, warm: int = _WARM_JOBS) -> list[Figure]:
    """What many jobs leave in this process; the floor is what was there before. The printer's paper is thrown away."""
    with SimulatedPrinter(Behaviour(knows_tags=True)) as printer, at_work(folder, printer, Confirmation.TAG) as desk:
        _print_many(desk, printer, range(warm))
        before = _held()
        _print_many(desk, printer, range(warm, warm + jobs))
        after = _held()
    return [
        Figure(f"paper.growth_{name}", after[name] - before[name], before[name], goal)
        for name, goal in (("mb", _GROWTH_GOAL_MB), ("threads", 0.0), ("files", 0.0))
    ]


def _print_many(desk: Desk, printer: SimulatedPrinter, numbers: range) -> None:
    slip = ticket_slip(TICKET)
    for start in range(numbers.start, numbers.stop, _BATCH):
        batch = [job_of(number, slip) for number in range(start, min(start + _BATCH, numbers.stop))]
        desk.order(batch)
        states = {desk.out(job) for job in batch}
        if states != {JobState.PRINTED} or len(printer.slips) != len(batch):
            raise RuntimeError(f"{len(printer.slips)} of {len(batch)} slips came out: {states}")
        printer.slips.clear()
        printer.sheets.clear()
        fill(desk.database, ())


def _held() -> dict[str, float]:
    """Resident megabytes, threads and open files, sockets among them, once the last line is closed."""
    time.sleep(_CLOSES_WITHIN_S)
    files = Path("/proc/self/fd")
    return {
        "mb": resident_mb(os.getpid()),
        "threads": float(threading.active_count()),
        "files": float(len(list(files.iterdir()))) if files.exists() else 0.0,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=20)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--jobs", type=int, default=1000)
    chosen = parser.parse_args()
    facts = {"samples": chosen.samples, "runs": chosen.runs, "jobs": chosen.jobs}
    report(render(chosen.samples, chosen.runs), facts)
    with tempfile.TemporaryDirectory(prefix="mppdesk-bench-") as name:
        report(confirmed(Path(name), chosen.samples, chosen.runs), facts)
        report(growth(Path(name), chosen.jobs), facts)


if __name__ == "__main__":
    main()
