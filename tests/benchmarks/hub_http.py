"""Issuing and calling over HTTP at a hub of its own process, and how soon another station sees a call.

`python -m tests.benchmarks.hub_http [--clients 1,8,28] [--asked 3000] [--listeners 1] [--old 0]`
"""

import argparse
import json
import multiprocessing
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec

from mppdesk.db.replication.stations import own_token
from mppdesk.db.settings import StoredSettings
from mppdesk.domain.site import CounterPlace
from mppdesk.operations import setup
from tests.benchmarks.commands import Floor, Timed, lay_down_past
from tests.benchmarks.figures import Figure, percentile, report
from tests.benchmarks.http_clients import STEPS, Asked, work
from tests.benchmarks.http_listeners import Heard, listen
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import Office, open_office

PROGRAM = Path(__file__).parents[2] / "main.py"
# One of each prefix, since a hub has 599 numbers of a prefix a day.
SERVICES = ("DUKA-01", "POLI-01", "PAJA-01")
_MOST_OF_A_DAY = 560
_PROCESSES = 2
_FLOOR_COMMITS = 300
_START_S = 60.0
# Issue B5.
_OWN_P99_MS, _RATE_AT_8, _SEEN_P99_MS = 15.0, 500, 150.0


@dataclass(frozen=True)
class Hub:
    """A hub in a process of its own."""

    address: tuple[str, int]
    token: str
    pid: int

    def cpu_s(self) -> dict[int, float]:
        """Processor seconds that each thread of its process took so far (proc(5)); the first is that of the pid."""
        threads = Path(f"/proc/{self.pid}/task").iterdir()
        return {int(each.name): int((each / "schedstat").read_text().split()[0]) / 1e9 for each in threads}


@dataclass(frozen=True)
class Spent:
    """Processor seconds of a run: of the hub's event loop, of its thread that decides, of the whole hub, of others."""

    loop: float
    decider: float
    hub: float
    clients: float
    listeners: float

    @classmethod
    def between(
        cls, pid: int, before: dict[int, float], after: dict[int, float], clients: float, heard: float
    ) -> "Spent":
        by_thread = {thread: seconds - before.get(thread, 0.0) for thread, seconds in after.items()}
        loop, *others = by_thread.pop(pid), *sorted(by_thread.values(), reverse=True)
        return cls(loop, others[0], loop + sum(others), clients, heard)


@dataclass(frozen=True)
class Measured:
    """All questions of one run, how long it took, whose processor time that was, and when calls were seen.

    `first` are one round of each counter before, in which the hub makes its statements: no part of it all day long.
    """

    first: list[Asked]
    asked: list[Asked]
    seconds: float
    spent: Spent
    seen_ms: list[float]

    @property
    def doubles(self) -> int:
        """How many numbers were printed, and how many tickets called, more than once."""
        found = Counter((each.kind, json.loads(each.body)["ticket"]["number"]) for each in (*self.first, *self.asked))
        return sum(count - 1 for count in found.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", default="1,8,28")
    parser.add_argument("--asked", type=int, default=3000, help="questions of one run, all clients together")
    parser.add_argument("--old", type=int, default=0, help="tickets of former days in the hub's database")
    parser.add_argument("--listeners", type=int, default=1, help="stations that listen to the events meanwhile")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mppdesk-bench-") as folder:
        for clients in map(int, arguments.clients.split(",")):
            place = Path(folder) / str(clients)
            place.mkdir()
            figures, facts = measure(place, clients, arguments.asked, arguments.listeners, arguments.old)
            report(figures, facts)


def measure(
    folder: Path, clients: int, asked: int, listeners: int, old: int = 0
) -> tuple[list[Figure], dict[str, float]]:
    """One run with a fresh hub, its floor measured before and after it on a file of the same kind."""
    bare = Timed()
    _commit_bare(folder, bare)
    places = {f"Loket {11 + number}": SERVICES[number % len(SERVICES)] for number in range(clients)}
    rounds = min(asked // len(STEPS), _MOST_OF_A_DAY * min(clients, len(SERVICES))) // clients
    with running(folder, places, old) as hub:
        measured = race(hub, places, rounds, listeners)
    _commit_bare(folder, bare)
    return _figures(measured, clients, bare)


def _figures(measured: Measured, clients: int, bare: Timed) -> tuple[list[Figure], dict[str, float]]:
    name, rate = f"hub_http.{clients}", len(measured.asked) / measured.seconds
    figures = [Figure(f"{name}.doubles", measured.doubles, 0, 0)]
    for kind in ("issue", "call_next"):
        took = [each.took * 1000 for each in measured.asked if each.kind == kind]
        figures.append(Figure(f"{name}.{kind}_p50_ms", percentile(took, 50), bare.p50))
        figures.append(Figure(f"{name}.{kind}_p99_ms", percentile(took, 99), bare.p99, _OWN_P99_MS + bare.p99))
    figures.append(Figure(f"{name}.one_ms", 1000 / rate, bare.p50, 1000 / _RATE_AT_8 if clients >= 8 else None))
    figures.append(Figure(f"{name}.seen_p99_ms", percentile(measured.seen_ms, 99), bare.p99, _SEEN_P99_MS))
    spent = {
        f"{who}_cpu_ms": round(took * 1000 / len(measured.asked), 3) for who, took in asdict(measured.spent).items()
    }
    first_ms = max(each.took for each in measured.first) * 1000
    return figures, {"rate": round(rate), "first_ms": round(first_ms, 1), **spent}


def race(hub: Hub, places: Mapping[str, str], rounds: int, listeners: int) -> Measured:
    """Let all counters ask at once, from a few processes, while others listen from one more."""
    processes = min(_PROCESSES, len(places))
    shares = (dict(list(places.items())[number::processes]) for number in range(processes))
    listening = _begun(listen, hub.address, hub.token, listeners)
    asking = [_begun(work, hub.address, hub.token, share) for share in shares]
    listening.send((1 + rounds) * len(places))
    _told(asking, 1)
    before, began = hub.cpu_s(), time.perf_counter()
    asking_s: float = sum(_told(asking, rounds))
    after, heard = hub.cpu_s(), listening.recv()
    answers: list[Asked] = [each for asked in _told(asking, 0) for each in asked]
    first, answers = [each for each in answers if each.sent < began], [each for each in answers if each.sent >= began]
    seconds = max(each.sent + each.took for each in answers) - began
    spent = Spent.between(hub.pid, before, after, asking_s, heard.cpu_s)
    return Measured(first, answers, seconds, spent, _seen_ms(answers, heard))


def _told(asking: list[Connection], rounds: int) -> list[Any]:
    """Let all go on at once; gives what each has to say."""
    for pipe in asking:
        pipe.send(rounds)
    return [pipe.recv() for pipe in asking]


def _begun(work: Callable[..., None], *about: object) -> Connection:
    """Let a process of its own begin, which says when it is ready; it ends after its one answer."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    spawn.Process(target=work, args=(there, *about)).start()
    there.close()
    here.recv()
    return here


def _seen_ms(answers: list[Asked], heard: Heard) -> list[float]:
    return [(heard.seen[_ticket(each)] - each.sent) * 1000 for each in answers if each.kind == "call_next"]


@contextmanager
def running(folder: Path, places: Mapping[str, str], old: int) -> Iterator[Hub]:
    """Start `mppdesk hub` on a small office whose counters are open."""
    home = folder / "home"
    with open_office(home, FakeClock(datetime.now(UTC)), CountedIds("hub_http")) as office:
        _prepare(office, places, old)
        token = own_token(office.home.secrets.search, office.home.setting("device_id") or "")
    words = [sys.executable, str(PROGRAM), "hub", "--data", str(home), "--listen", "127.0.0.1:0", "--json"]
    with (folder / "log").open("wb") as log, subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log) as process:
        assert process.stdout is not None
        url = str(json.loads(process.stdout.readline())["listening"])
        try:
            yield Hub(("127.0.0.1", int(url.rpartition(":")[2])), token, process.pid)
        finally:
            process.terminate()
            process.stdout.read()


def _prepare(office: Office, places: Mapping[str, str], old: int) -> None:
    """Lay down the past, open the counters, and let one person wait for each."""
    if old:
        lay_down_past(office, old)
    wanted = {f"counter/{label}": CounterPlace(label, service.partition("-")[0]) for label, service in places.items()}
    current = StoredSettings(office.home.database, office.home.site_id)
    setup.change_settings(office.writer, current, office.actor, msgspec.to_builtins(wanted))
    office.open(*places)
    for service in places.values():
        office.issue(service)


def _ticket(asked: Asked) -> str:
    found: str = json.loads(asked.body)["ticket"]["id"]
    return found


def _commit_bare(folder: Path, bare: Timed) -> None:
    (folder / str(len(bare.wall))).mkdir()
    floor = Floor(folder / str(len(bare.wall)))
    for _ in range(_FLOOR_COMMITS):
        with bare.once():
            floor.commit()
    floor.close()


if __name__ == "__main__":
    main()
