"""From the touch at the kiosk to the first and the last byte at a network printer, beyond the commit of the ticket.

`python -m tests.benchmarks.kiosk [--samples 100] [--runs 5]`
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from mppdesk.db.paper.jobs import StoredPrintJobs
from mppdesk.domain.print_job import JobState
from mppdesk.operations.kiosk import take_ticket
from mppdesk.printing.devices import Devices
from mppdesk.printing.escpos import to_bytes
from mppdesk.printing.spooler import Spooler
from tests.benchmarks.commands import SERVICE, Floor, Timed, open_home
from tests.benchmarks.figures import RUNS, Figure, medians, percentile, report
from tests.fakes.office import PRINTER, Office
from tests.fakes.printer import Moment, SimulatedPrinter

_GOAL_P99_MS = 30.0
_WARM = 5
_PATIENCE_S = 10.0
_A_DAY_S = 24 * 3600


def measure(folder: Path, samples: int, runs: int) -> list[Figure]:
    """Take tickets one by one at an office whose slips go over a real socket."""
    with open_home(folder / "home") as office, SimulatedPrinter() as printer, _printing(office, printer) as printed:
        floor = Floor(folder)
        try:
            return medians(lambda _: _run(office, printer, printed, floor, samples), runs)
        finally:
            floor.close()


def _run(
    office: Office, printer: SimulatedPrinter, printed: Callable[[], None], floor: Floor, samples: int
) -> list[Figure]:
    office.clock.forward(_A_DAY_S)
    bare, firsts, lasts = Timed(), [], []
    for _ in range(_WARM):
        _touch(office, printer)
        printed()
    for _ in range(samples):
        with bare.once():
            floor.commit()
        first, last = _touch(office, printer)
        firsts.append(first)
        lasts.append(last)
        printed()
    return [
        Figure("kiosk.first_byte_p50_ms", percentile(firsts, 50), bare.p50),
        Figure("kiosk.first_byte_p99_ms", percentile(firsts, 99), bare.p99),
        Figure("kiosk.last_byte_p50_ms", percentile(lasts, 50), bare.p50),
        Figure("kiosk.last_byte_p99_ms", percentile(lasts, 99), bare.p99, _GOAL_P99_MS),
    ]


def _touch(office: Office, printer: SimulatedPrinter) -> tuple[float, float]:
    """Milliseconds from the acknowledged ticket to the first sign on its paper, and to its cut."""
    slips, begun = len(printer.slips), []
    printer.at(Moment.PRINTING, lambda: begun.append(time.perf_counter()))
    take_ticket(office.hub, office.actor, office.ids.new(), SERVICE, printer=PRINTER)
    committed = time.perf_counter()
    printer.slip(slips)
    cut = time.perf_counter()
    return (begun[0] - committed) * 1000, (cut - committed) * 1000


@contextmanager
def _printing(office: Office, printer: SimulatedPrinter) -> Iterator[Callable[[], None]]:
    """Gives a wait until the last slip is confirmed: who comes next needs longer to touch than that takes."""
    changes = office.writer.changes
    jobs = StoredPrintJobs(office.home.database, changes, {PRINTER: printer.url})
    devices = Devices(to_bytes)
    spooler = Spooler(jobs, devices.open, office.clock, lambda _: None)
    changed = Event()

    def notice(topics: frozenset[str]) -> None:
        if "print_jobs" in topics:
            spooler.wake()
            changed.set()

    def printed() -> None:
        while not _is_printed(jobs, changed):
            changed.wait(_PATIENCE_S)

    stop_listening = changes.subscribe(notice)
    spooler.start()
    try:
        yield printed
    finally:
        stop_listening()
        spooler.stop()


def _is_printed(jobs: StoredPrintJobs, changed: Event) -> bool:
    changed.clear()  # before the look: a change during it is not lost
    return jobs.recent(1)[0].state is JobState.PRINTED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=100)
    parser.add_argument("--runs", type=int, default=RUNS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mppdesk-bench-") as folder:
        found = measure(Path(folder), arguments.samples, arguments.runs)
    report(found, {"samples": arguments.samples, "runs": arguments.runs})


if __name__ == "__main__":
    main()
