"""When to try again: soon after a success or a poke, ever less often after failures, for ever (docs/sync.md)."""

from collections.abc import Callable
from dataclasses import dataclass, field

FIRST_DELAY_S = 1.0
LONGEST_DELAY_S = 60.0
POLL_S = 30.0


@dataclass
class Pace:
    """The waiting time of one link. `chance` gives a number from 0 to 1, so that many stations do not come at once.

    `longest_s` bounds the wait after failures: short where people see the state of the link. No poke makes two
    exchanges follow one another sooner than `least_s`, or than the other side asked.
    """

    chance: Callable[[], float]
    poll_s: float = POLL_S
    longest_s: float = LONGEST_DELAY_S
    least_s: float = 0.0
    failures: int = 0
    unpoked_s: float = field(default=0.0, init=False)
    """The part of the last delay that no poke may shorten."""

    def after_success(self) -> float:
        """Seconds until the next exchange when nothing pokes."""
        self.failures = 0
        self.unpoked_s = self.least_s
        return self.poll_s

    def after_failure(self, asked_to_wait_s: float = 0.0) -> float:
        """Seconds until the next try: 1, 2, 4 ... 60, up to half more by chance, and never sooner than asked."""
        delay = min(self.longest_s, FIRST_DELAY_S * 2.0 ** min(self.failures, 16))
        self.failures += 1
        self.unpoked_s = max(self.least_s, asked_to_wait_s)
        return max(asked_to_wait_s, delay * (1 + self.chance() / 2))


@dataclass
class Breaker:
    """Spares the person at the desk a second time-out: after one failure questions fail at once until a probe is due.

    Times are seconds of a monotonic clock.
    """

    probe_s: float = 5.0
    open_since: float | None = None
    _next_probe: float = 0.0

    @property
    def is_open(self) -> bool:
        return self.open_since is not None

    def may_ask(self, now: float) -> bool:
        """Whether a question may go out now; while open only one in each probing time."""
        if self.open_since is None:
            return True
        if now < self._next_probe:
            return False
        self._next_probe = now + self.probe_s
        return True

    def failed(self, now: float) -> None:
        if self.open_since is None:
            self.open_since = now
        self._next_probe = now + self.probe_s

    def succeeded(self) -> None:
        self.open_since = None
