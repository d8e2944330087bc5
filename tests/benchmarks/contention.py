"""Many counters call at once: threads through one port, and command-line processes; nobody may be called twice.

`python -m tests.benchmarks.contention [--tickets 500] [--callers 8] [--calls 5]`; `--calls` limits what each process
calls, because a process takes half a second to start: `--calls 500` empties the whole queue by hand.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from mppdesk.db.settings import StoredSettings
from mppdesk.domain import commands
from mppdesk.domain.site import CounterPlace
from mppdesk.operations import setup
from tests.benchmarks.commands import SERVICE, Floor, Timed
from tests.benchmarks.figures import Figure, report
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import Office, open_office

PROGRAM = Path(__file__).parents[2] / "main.py"
_FLOOR_COMMITS = 100
_A_CALL_S = 60

CallOne = Callable[[str], str | None]
"""Call the next person to a counter and finish with them; answers the visit, None when nobody waits."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=500)
    parser.add_argument("--callers", type=int, default=8)
    parser.add_argument("--calls", type=int, default=5, help="calls of each process")
    arguments = parser.parse_args()
    counters = [f"Loket {number}" for number in range(11, 11 + arguments.callers)]
    with tempfile.TemporaryDirectory(prefix="mppdesk-bench-") as folder:
        with busy_office(Path(folder) / "threads", counters, arguments.tickets) as office:
            _report("threads", Path(folder), lambda: race(through_the_port(office), counters, arguments.tickets))
        home = Path(folder) / "processes"
        with busy_office(home, counters, arguments.tickets):
            pass  # a command line finds the folder closed
        _report("processes", Path(folder), lambda: race(_by_process(home), counters, arguments.calls))


def race(call_one: CallOne, counters: list[str], most: int) -> list[str]:
    """Call at all counters at once, at each until nobody waits or `most` were called there; answers who was called."""
    called: dict[str, list[str]] = {counter: [] for counter in counters}

    def work(counter: str) -> None:
        while len(called[counter]) < most and (visit := call_one(counter)):
            called[counter].append(visit)

    threads = [threading.Thread(target=work, args=(counter,)) for counter in counters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [visit for visits in called.values() for visit in visits]


@contextmanager
def busy_office(folder: Path, counters: list[str], tickets: int) -> Iterator[Office]:
    """An office of today with these counters open and so many people waiting."""
    with open_office(folder, FakeClock(datetime.now(UTC)), CountedIds(folder.name)) as office:
        places = {f"counter/{label}": msgspec.to_builtins(CounterPlace(label, "DUKA")) for label in counters}
        setup.change_settings(
            office.writer, StoredSettings(office.home.database, office.home.site_id), office.actor, places
        )
        office.open(*counters)
        for _ in range(tickets):
            office.issue(SERVICE)
        yield office


def through_the_port(office: Office) -> CallOne:
    ids = {choice.label: choice.counter for choice in office.readers.counter_choices()}
    lock = threading.Lock()

    def new_id() -> str:
        with lock:
            return office.ids.new()

    def call_one(counter: str) -> str | None:
        answer = office.ask(commands.CallNext(command_id=new_id(), counter=ids[counter]))
        if answer.ticket is None:
            return None
        office.ask(commands.FinishTicket(command_id=new_id(), counter=ids[counter]))
        return answer.ticket.id

    return call_one


def _by_process(home: Path) -> CallOne:
    def call_one(counter: str) -> str | None:
        ticket = _verb(home, "call-next", counter)["ticket"]
        if ticket is None:
            return None
        _verb(home, "finish", counter)
        return str(ticket["id"])

    return call_one


def _verb(home: Path, verb: str, counter: str) -> dict[str, dict[str, str] | None]:
    words = [sys.executable, str(PROGRAM), "counter", verb, "--counter", counter, "--data", str(home), "--json"]
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its byte code beside it
    done = subprocess.run(words, capture_output=True, check=True, timeout=_A_CALL_S, env=environment)
    found: dict[str, dict[str, str] | None] = json.loads(done.stdout)
    return found


def _report(kind: str, folder: Path, run: Callable[[], list[str]]) -> None:
    started = time.perf_counter()
    called = run()
    seconds = time.perf_counter() - started
    doubles = sum(count - 1 for count in Counter(called).values())
    figures = [
        Figure(f"contention.{kind}.doubles", doubles, 0, 0),
        Figure(f"contention.{kind}.call_and_finish_ms", seconds * 1000 / max(1, len(called)), _floor_ms(folder / kind)),
    ]
    report(figures, {"called": len(called)})


def _floor_ms(folder: Path) -> float:
    """A bare durable commit, in milliseconds."""
    floor, bare = Floor(folder), Timed()
    for _ in range(_FLOOR_COMMITS):
        with bare.once():
            floor.commit()
    floor.close()
    return bare.p50


if __name__ == "__main__":
    main()
