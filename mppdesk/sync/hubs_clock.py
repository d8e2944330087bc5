"""The hub's time at a station: this computer's clock, corrected by what the hub's showed when it was heard last."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Lock

from mppdesk.db.home import OpenHome
from mppdesk.db.posix import steady_ns
from mppdesk.domain.errors import StorageTrouble
from mppdesk.operations.ports import Clock

_KEPT = "hub_ahead_ms"
# Less than anybody sees, more than the reading of two clocks one after the other takes.
_STEP_MS = 2_000
# A century: what is further off is no clock.
_MOST_MS = 100 * 365 * 86_400_000


def steady_ms() -> int:
    """What has gone by on this computer, sleep included, whoever sets its clock; counted from any moment."""
    return steady_ns() // 1_000_000


class HubsClock:
    """operations.ports.Clock: the time of the hub, for any thread; the own clock until something is known of the hub's.

    When the own clock is set while the program runs, the hub's did not move, and neither does this. Where all that is
    known comes from an earlier start, the own clock may be what was wrong then and is right now: of both readings the
    one holds that lets the two clocks differ less.
    """

    def __init__(self, own: Clock, steady: Callable[[], int] = steady_ms) -> None:
        self._own = own
        self._steady = steady
        self._ahead_ms = 0
        self._was_heard = False
        self._lock = Lock()
        self._own_less_steady = self._read()[1]

    @property
    def ahead_ms(self) -> int:
        """How far the hub's clock is ahead of this computer's."""
        with self._lock:
            self._follow()
            return self._ahead_ms

    def now(self) -> datetime:
        with self._lock:
            return self._follow() + timedelta(milliseconds=self._ahead_ms)

    def believe(self, ahead_ms: int) -> None:
        """Begin with what an earlier start had learned."""
        with self._lock:
            self._take(ahead_ms)

    def learn(self, more_ms: int) -> None:
        """The hub was heard: its clock is `more_ms` ahead of what `now` gives."""
        with self._lock:
            self._follow()
            self._take(self._ahead_ms + more_ms)
            self._was_heard = True

    def _take(self, ahead_ms: int) -> None:
        if abs(ahead_ms) <= _MOST_MS:
            self._ahead_ms = ahead_ms

    def _follow(self) -> datetime:
        """Read the own clock; a step of it that no time went by for is made up for."""
        own, own_less_steady = self._read()
        stepped_ms, self._own_less_steady = own_less_steady - self._own_less_steady, own_less_steady
        if abs(stepped_ms) > _STEP_MS:
            made_up = self._ahead_ms - stepped_ms
            self._take(made_up if self._was_heard else min(self._ahead_ms, made_up, key=abs))
        return own

    def _read(self) -> tuple[datetime, int]:
        own = self._own.now()
        return own, round(own.timestamp() * 1000) - self._steady()


def kept(home: OpenHome) -> int:
    """How far the hub's clock was ahead when this folder's program knew it last; 0 where it never did."""
    with suppress(ValueError):
        return int(home.setting(_KEPT) or 0)
    return 0


def keep(home: OpenHome, ahead_ms: int) -> None:
    """Remember it for a start that cannot reach the hub; a full disk costs only that."""
    if abs(ahead_ms - kept(home)) >= _STEP_MS:
        with suppress(StorageTrouble):
            home.set_setting(_KEPT, str(ahead_ms))
