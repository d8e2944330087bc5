"""The thread that keeps this store and one other in step, for as long as the program runs."""

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event, Lock, Thread, get_ident

from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.domain.errors import ClerkError
from mppdesk.sync.exchange import Exchanged
from mppdesk.sync.link import Link, Unreachable
from mppdesk.sync.pace import Pace
from mppdesk.sync.protocol import CentreStanding

_log = logging.getLogger("mppdesk.sync")


@dataclass(frozen=True, slots=True)
class LinkState:
    """What a window says of a link; times are UTC milliseconds.

    `since_ms`: since when it is reached, or not reached; `centre`: how it stands to its centre, as it said.
    """

    is_reached: bool
    since_ms: int
    last_exchange_ms: int | None = None
    stopped: int = 0
    why: str = ""
    centre: CentreStanding | None = None


class SyncLoop:
    """Exchanges after each poke and each `pace`, and never gives up.

    While the other side is not reached, pokes wait for the next try with everything else: of five hundred commits a
    second none is a reason to believe that it is back.

    `told` hears each change of its state, and of each try that failed; `settle` runs after each exchange and may raise
    Unreachable; `due_s` says how soon it wants to run again.
    """

    def __init__(
        self,
        link: Link,
        here: ReplicaStore,
        pace: Pace,
        told: Callable[[LinkState], None] = lambda state: None,
        settle: Callable[[], object] = lambda: None,
        due_s: Callable[[], float] = lambda: math.inf,
    ) -> None:
        self._link = link
        self._here = here
        self._pace = pace
        self._told = told
        self._settle = settle
        self._due_s = due_s
        self._state = LinkState(is_reached=False, since_ms=here.now_ms())
        self._poked = Event()
        self._heard = Event()
        self._exchanging_in = 0
        self._stopping = Event()
        self._lock = Lock()
        self._thread = Thread(target=self._run, name="sync", daemon=True)

    @property
    def state(self) -> LinkState:
        with self._lock:
            return self._state

    def start(self) -> None:
        self._thread.start()

    def poke(self) -> None:
        """There is news here or there: exchange as soon as possible; from any thread.

        What an exchange itself brings is no news to it.
        """
        if get_ident() != self._exchanging_in:
            self._poked.set()

    def heard(self) -> None:
        """The other side is there: exchange as soon as possible, also when it was not a moment ago; from any thread."""
        self._poked.set()
        self._heard.set()

    def stop(self) -> None:
        self._stopping.set()
        self.heard()
        self._thread.join()
        self._link.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            delay = self.once()
            self._stopping.wait(self._pace.unpoked_s)
            news = self._heard if self._pace.failures else self._poked
            news.wait(max(0.0, delay - self._pace.unpoked_s))
            self._poked.clear()
            self._heard.clear()

    def once(self) -> float:
        """Exchange once; answers the seconds until the next time."""
        try:
            done = self._exchange()
            self._settle()
        except Unreachable as trouble:
            self._tell(replace(self._reached(False), why=str(trouble), centre=None))
            return self._pace.after_failure(trouble.wait_s)
        except ClerkError as trouble:
            # A full or damaged disk here: the other side is not to blame, and it may get better.
            self._tell(replace(self.state, why=str(trouble)))
            return self._pace.after_failure()
        except Exception:  # noqa: BLE001 - logged, and tried again
            # Whatever it was, a timer that dies would be a loss nobody sees.
            _log.exception("an exchange failed")
            return self._pace.after_failure()
        self._tell(self._exchanged(done))
        return min(self._pace.after_success(), self._due_s())

    def _exchange(self) -> Exchanged:
        self._exchanging_in = get_ident()
        try:
            return self._link.exchange(self._here)
        finally:
            self._exchanging_in = 0

    def _exchanged(self, done: Exchanged) -> LinkState:
        return replace(
            self._reached(True),
            last_exchange_ms=self._here.now_ms(),
            stopped=len(done.stopped),
            why="",
            centre=done.centre,
        )

    def _reached(self, is_reached: bool) -> LinkState:
        state = self.state
        if state.is_reached == is_reached:
            return state
        return replace(state, is_reached=is_reached, since_ms=self._here.now_ms())

    def _tell(self, state: LinkState) -> None:
        with self._lock:
            is_new, self._state = state != self._state, state
        if is_new or not state.is_reached:
            self._told(state)
