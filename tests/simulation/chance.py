"""Clocks that are wrong, and ids, of one seed."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from unittest import mock

from mppdesk.db import unit
from mppdesk.server import enrolment
from tests.simulation.timeline import Timeline

# A Monday; the office opens at eight in the morning in Jakarta.
START = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
FRIDAY_BEFORE = "2026-11-20"


class WallClock:
    """A computer's clock: it drifts, stands wrong, and jumps when somebody sets it."""

    def __init__(self, timeline: Timeline, drift: float = 0.0, offset_s: float = 0.0) -> None:
        self._timeline = timeline
        self._drift = drift
        self.offset_s = offset_s
        self._last = (0.0, START)

    def now(self) -> datetime:
        passed = self._timeline.now * (1 + self._drift) + self.offset_s
        last = self._last
        if passed != last[0]:
            last = self._last = (passed, START + timedelta(seconds=passed))
        return last[1]

    def set_wrong(self, drift: float, offset_s: float) -> None:
        """Let it run wrong from now on."""
        self._drift = drift
        self.offset_s = offset_s - self._timeline.now * drift

    def jump(self, seconds: float) -> None:
        self.offset_s += seconds

    def set_right(self) -> None:
        """Put it right, as a time service does."""
        self.offset_s = -self._timeline.now * self._drift


class SeededIds:
    """Ids as the program makes them, time first and then chance, with the chance of the seed."""

    def __init__(self, clock: WallClock, chance: random.Random) -> None:
        self._clock = clock
        self._chance = chance

    def new(self) -> str:
        milliseconds = max(0, int(self._clock.now().timestamp() * 1000)) & (2**48 - 1)
        return f"{milliseconds << 80 | 0x7 << 76 | self._chance.getrandbits(76):032x}"

    def token(self) -> str:
        return f"{self._chance.getrandbits(64):016X}"


class _SeededSecrets:
    """What the program takes from the module `secrets`, with the chance of the seed."""

    def __init__(self, chance: random.Random) -> None:
        self.token_bytes = chance.randbytes
        self.randbelow = chance.randrange


@contextmanager
def seeded(chance: random.Random) -> Iterator[None]:
    """Let nonces, keys and enrolment codes come from the seed."""
    made = _SeededSecrets(chance)
    with mock.patch.object(unit, "secrets", made), mock.patch.object(enrolment, "secrets", made):
        yield
