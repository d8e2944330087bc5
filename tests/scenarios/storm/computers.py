"""The computers of the storm: real processes of the real programs, forked from one that has imported them all."""

import multiprocessing
import os
import random
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from threading import Thread

from mppdesk.app.station import Station, open_station
from mppdesk.cli.central import WRAPPING_KEY_VARIABLE
from mppdesk.db.home import SystemClock
from mppdesk.db.identity import RandomIds
from tests.scenarios.storm.building import PIN
from tests.scenarios.storm.ledger import Ledger
from tests.scenarios.storm.people import Citizens, Clerk, Person

PRELOADED = ("mppdesk.cli.central", "mppdesk.cli.hub", "mppdesk.cli.parser", "mppdesk.sync.station", __name__)
REST = "rest"
_STOP_S = 20.0
_SECRETS = {WRAPPING_KEY_VARIABLE: bytes(range(32)).hex(), "MPPDESK_PIN": PIN}
# Clerks who never look up, and no more citizens than they can call.
_CLERKS_PAUSE_S, _CITIZENS_PAUSE_S = 0.15, 0.8


@dataclass(frozen=True, slots=True)
class Post:
    """Where somebody works; without `user` it is a kiosk. `reuses_ids` makes it a broken one, see the checks' test.

    After the storm its program waits for its own polls, or is asked to look every `looks_again_s`.
    """

    folder: Path
    label: str
    user: str | None
    ledger: Path
    seed: int
    reuses_ids: bool = False
    looks_again_s: float | None = None


class Computer:
    """One computer that can be killed and switched on again; `begin` gives the words for a start."""

    def __init__(self, name: str, log: Path, begin: Callable[..., None], *words: object) -> None:
        self.name = name
        self._log = log
        self._begin = begin
        self._words = words
        self._starts = 0
        self._orders: Connection | None = None
        self._process: ForkServerProcess | None = None

    def switch_on(self) -> None:
        self._starts += 1
        ours, theirs = _programs().Pipe()
        self._process = _programs().Process(
            target=_run, args=(self._log, theirs, self._begin, *self._words, self._starts), name=self.name
        )
        self._process.start()
        theirs.close()
        self._orders = ours

    def rest(self) -> None:
        """The people go home; the program goes on. One that ended by itself has said why, see the report."""
        assert self._orders is not None
        with suppress(OSError):
            self._orders.send(REST)

    def freeze(self) -> None:
        """Let it hang: the system goes on taking what others send it, and it will do all of that later."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, what: signal.Signals) -> None:
        if self._process is not None and self._process.is_alive() and self._process.pid is not None:
            os.kill(self._process.pid, what)

    def kill(self) -> None:
        """Pull the plug."""
        process, orders = self._process, self._orders
        if process is None or orders is None:
            return
        process.kill()
        process.join(_STOP_S)
        assert process.exitcode is not None, f"{self.name} does not end"
        process.close()
        orders.close()
        self._process = self._orders = None

    def said(self) -> str:
        """What its program wrote to its streams, of all its starts."""
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""


def run_once(log: Path, words: tuple[str, ...]) -> bool:
    """One verb, as an administrator calls it; answers whether it was done."""
    ours, theirs = _programs().Pipe()
    process = _programs().Process(target=_run, args=(log, theirs, serve, words, 1))
    process.start()
    process.join(_STOP_S)
    done = process.exitcode == 0
    process.kill()
    for end in (ours, theirs):
        end.close()
    return done


def serve(words: tuple[str, ...], orders: Connection, start: int) -> None:
    """A hub or a centre, as its administrator starts it, with what she was told to keep to herself."""
    from mppdesk.cli.main import main

    os.environ |= _SECRETS
    Thread(target=_end_with, args=(orders,), daemon=True).start()
    sys.exit(main(words))


def _end_with(orders: Connection) -> None:
    """A storm that was itself killed leaves no server behind."""
    with suppress(EOFError, OSError):
        orders.recv()
    os._exit(1)


def work(post: Post, orders: Connection, start: int) -> None:
    """A kiosk or a counter with somebody at it, until `orders` end; told to rest, only the program goes on."""
    chance = random.Random(f"{post.seed}/{post.label}/{start}")
    ledger = Ledger(post.ledger, post.label)
    with open_station(post.folder, SystemClock(), RandomIds(), lambda slip: None, "screen:") as station:
        person = _person(post, station, ledger, chance)
        longest_s = _CLERKS_PAUSE_S if post.user else _CITIZENS_PAUSE_S
        try:
            while not orders.poll(chance.uniform(0.0, longest_s)):
                person.act()
            orders.recv()
            while not orders.poll(post.looks_again_s):
                assert station.link is not None
                station.link.loop.poke()
            orders.recv()
        except EOFError:
            pass  # the storm is over


def _person(post: Post, station: Station, ledger: Ledger, chance: random.Random) -> Person:
    if post.user is not None:
        return Clerk(station, ledger, chance, post.label, post.user)
    last = [station.ids.new()]

    def wish() -> str:
        if not post.reuses_ids or chance.random() < 0.5:
            last[0] = station.ids.new()
        return last[0]

    return Citizens(station, ledger, chance, wish)


@contextmanager
def many(computers: dict[str, Computer]) -> Iterator[None]:
    """Whatever still runs at the end is killed."""
    try:
        yield
    finally:
        for each in computers.values():
            each.kill()


def _programs() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    return context


def _run(log: Path, orders: Connection, begin: Callable[..., None], *words: object) -> None:
    """In the new process: everything it says goes to its file."""
    file = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(file, stream)
    os.close(file)
    *given, start = words
    begin(*given, orders, start)
