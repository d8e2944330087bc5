"""Time and ids that tests hold in their hands."""

import hashlib
from datetime import UTC, datetime, timedelta

from mppdesk.operations.ports import Clock
from mppdesk.sync.hubs_clock import HubsClock


class FakeClock:
    """A clock that moves when told."""

    def __init__(self, start: datetime = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def forward(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)

    def set(self, moment: datetime) -> None:
        self._now = moment


def stopped_now() -> FakeClock:
    """For a test whose office is also read by verbs, which have the computer's own clock."""
    return FakeClock(datetime.now(UTC))


def followed(clock: Clock) -> HubsClock:
    """The hub's time at a station where no time goes by but that of the clock."""
    return HubsClock(clock, lambda: round(clock.now().timestamp() * 1000))


class CountedIds:
    """Ids in the order of their making, the same in every run; `lane` keeps two sources apart."""

    def __init__(self, lane: str = "") -> None:
        self._lane = lane
        self._count = 0

    def new(self) -> str:
        self._count += 1
        tail = hashlib.sha256(f"{self._lane}/{self._count}".encode()).hexdigest()[:20]
        return f"{self._count:012x}{tail}"

    def token(self) -> str:
        return self.new()[-16:].upper()
