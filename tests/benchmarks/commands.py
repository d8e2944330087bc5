"""What issuing and calling cost over a bare durable commit, without and with a building's past.

`python -m tests.benchmarks.commands [--old 10000] [--samples 200] [--runs 5] [--folder DIR]`
"""

import argparse
import gc
import os
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mppdesk.db.engine import open_connection
from mppdesk.domain import commands
from mppdesk.domain.facts import Stop
from tests.benchmarks.figures import RUNS, Figure, medians, percentile, report
from tests.benchmarks.old_tickets import Past
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import AGENCIES, SERVICES, Office, open_office

COUNTER = "Loket 1"
SERVICE = "DUKA-01"
A_DAY_S = 24 * 3600
_ALREADY_WAITING = 30
_OWN_P50_MS, _OWN_P99_MS, _CPU_MS, _OLD_OVER_NONE = 2.0, 8.0, 1.5, 1.3


@dataclass
class Timed:
    """Milliseconds that one kind of act took, by the clock and of the processor.

    In arrays: as lists, ten thousand acts would be a megabyte of the growth that is measured beside them.
    """

    wall: "array[float]" = field(default_factory=lambda: array("d"))
    cpu: "array[float]" = field(default_factory=lambda: array("d"))

    @contextmanager
    def once(self) -> Iterator[None]:
        wall, cpu = time.perf_counter(), time.thread_time()
        yield
        self.note(time.perf_counter() - wall, time.thread_time() - cpu)

    def note(self, wall_s: float, cpu_s: float) -> None:
        """Keep an act that was timed elsewhere, in seconds."""
        self.wall.append(wall_s * 1000)
        self.cpu.append(cpu_s * 1000)

    @property
    def p50(self) -> float:
        return percentile(self.wall, 50)

    @property
    def p99(self) -> float:
        return percentile(self.wall, 99)

    @property
    def mean_cpu(self) -> float:
        return sum(self.cpu) / len(self.cpu)


class Floor:
    """A bare one-row durable commit on a SQLCipher file of the same kind."""

    def __init__(self, folder: Path) -> None:
        self._connection = open_connection(folder / "floor.db", os.urandom(32))
        self._connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, value TEXT NOT NULL)")

    def commit(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("INSERT INTO rows (value) VALUES ('B-001')")
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()


class Worked:
    """An office whose days are worked by the measured commands."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._counter = office.counter(COUNTER)
        self.issue = Timed()
        self.call = Timed()

    def begin_day(self) -> None:
        """A new day, a counter open, people waiting, the caches warm."""
        self.office.clock.forward(A_DAY_S)
        day = self.office.writer.now().date().isoformat()
        self.office.ask(commands.OpenDay(command_id=self.office.ids.new(), day=day))
        self.office.open(COUNTER)
        for _ in range(_ALREADY_WAITING):
            self.office.issue(SERVICE)
        self._act(commands.CallNext)
        self._act(commands.FinishTicket)
        self.office.writer.database.checkpoint()
        self.issue, self.call = Timed(), Timed()

    def once(self) -> None:
        """Issue a ticket with its slip and call the next; what finishes the called one is not measured."""
        self.office.clock.forward(1)
        with self.issue.once():
            self.office.issue(SERVICE)
        with self.call.once():
            self._act(commands.CallNext)
        self._act(commands.FinishTicket)

    def _act(self, kind: type[commands.CounterCommand]) -> None:
        self.office.ask(kind(command_id=self.office.ids.new(), counter=self._counter))


def measure(folder: Path, old: int, samples: int, runs: int) -> list[Figure]:
    """Work two offices, one without a past and one with `old` tickets, commit by commit beside the floor."""
    with ExitStack() as stack:
        young, aged = (Worked(stack.enter_context(open_home(folder / name))) for name in ("young", "aged"))
        lay_down_past(aged.office, old)
        floor = Floor(folder)
        stack.callback(floor.close)
        gc.freeze()  # as the desktop and the hub do when they are up: no collection walks through their modules
        return medians(lambda _: _run(young, aged, floor, samples), runs)


def open_home(folder: Path) -> Any:
    return open_office(folder, FakeClock(), CountedIds(folder.name))


def lay_down_past(office: Office, old: int) -> None:
    with office.readers.moment() as moment:
        versions = {code: each.version for code, each in moment.reference.catalog.services.items()}
    first = {service.agency: service.code for service in reversed(SERVICES)}
    stops = {
        agency.queue_prefix: Stop(first[agency.code], agency.code, versions[first[agency.code]]) for agency in AGENCIES
    }
    Past(office.writer, stops, office.counter(COUNTER)).lay_down(old)


def _run(young: Worked, aged: Worked, floor: Floor, samples: int) -> list[Figure]:
    bare = Timed()
    for worked in (young, aged):
        worked.begin_day()
    for _ in range(samples):
        with bare.once():
            floor.commit()
        young.once()
        aged.once()
    return [figure for name, pick in _KINDS.items() for figure in _figures(name, pick(young), pick(aged), bare)]


_KINDS: dict[str, Callable[[Worked], Timed]] = {"issue": lambda each: each.issue, "call_next": lambda each: each.call}


def _figures(name: str, young: Timed, aged: Timed, bare: Timed) -> list[Figure]:
    return [
        Figure(f"{name}.own_p50_ms", aged.p50 - bare.p50, bare.p50, _OWN_P50_MS),
        Figure(f"{name}.own_p99_ms", aged.p99 - bare.p99, bare.p99, _OWN_P99_MS),
        Figure(f"{name}.own_cpu_ms", aged.mean_cpu - bare.mean_cpu, bare.mean_cpu, _CPU_MS),
        Figure(f"{name}.p50_old_over_none", aged.p50 / young.p50, 1.0, _OLD_OVER_NONE),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--old", type=int, default=10_000, help="old tickets, six entries each")
    parser.add_argument("--samples", type=int, default=200, help="commands of each kind in a run")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--folder", type=Path, help="where the databases lie, on the disk to be measured")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mppdesk-bench-", dir=arguments.folder) as folder:
        found = measure(Path(folder), arguments.old, arguments.samples, arguments.runs)
    report(found, {"old": arguments.old, "samples": arguments.samples, "runs": arguments.runs})


if __name__ == "__main__":
    main()
