"""From the touch at the kiosk to the last byte at a network printer, beyond the commit of the ticket.

`python -m tests.benchmarks.kiosk [--samples 100] [--runs 5]`
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mppdesk.db.paper.jobs import StoredPrintJobs
from mppdesk.operations.kiosk import take_ticket
from mppdesk.printing.devices import Devices
from mppdesk.printing.escpos import to_bytes
from mppdesk.printing.spooler import Spooler
from tests.benchmarks.commands import SERVICE, Floor, Timed, open_home
from tests.benchmarks.figures import RUNS, Figure, medians, percentile, report
from tests.fakes.office import PRINTER, Office
from tests.fakes.simulated_printer import SimulatedPrinter

_GOAL_P99_MS = 30.0
_WARM = 5
_A_DAY_S = 24 * 3600


def measure(folder: Path, samples: int, runs: int) -> list[Figure]:
    """Take tickets one by one at an office whose slips go over a real socket."""
    with open_home(folder / "home") as office, SimulatedPrinter() as printer, _printing(office, printer):
        floor = Floor(folder)
        try:
            return medians(lambda _: _run(office, printer, floor, samples), runs)
        finally:
            floor.close()


def _run(office: Office, printer: SimulatedPrinter, floor: Floor, samples: int) -> list[Figure]:
    office.clock.forward(_A_DAY_S)
    bare, beyond = Timed(), []
    for _ in range(_WARM):
        _touch(office, printer)
    for _ in range(samples):
        with bare.once():
            floor.commit()
        beyond.append(_touch(office, printer))
    return [
        Figure("kiosk.last_byte_p50_ms", percentile(beyond, 50), bare.p50),
        Figure("kiosk.last_byte_p99_ms", percentile(beyond, 99), bare.p99, _GOAL_P99_MS),
    ]


def _touch(office: Office, printer: SimulatedPrinter) -> float:
    """Milliseconds from the acknowledged ticket to its cut at the printer."""
    slips = len(printer.slips)
    take_ticket(office.hub, office.actor, office.ids.new(), SERVICE, printer=PRINTER)
    committed = time.perf_counter()
    printer.slip(slips)
    return (time.perf_counter() - committed) * 1000


@contextmanager
def _printing(office: Office, printer: SimulatedPrinter) -> Iterator[None]:
    changes = office.writer.changes
    jobs = StoredPrintJobs(office.home.database, changes, {PRINTER: printer.url})
    devices = Devices(to_bytes)
    spooler = Spooler(jobs, devices.open, office.clock, lambda _: None)
    stop_listening = changes.subscribe(lambda topics: spooler.wake() if "print_jobs" in topics else None)
    spooler.start()
    try:
        yield
    finally:
        stop_listening()
        spooler.stop()


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
