"""The demo's clock: virtual time that a day without a display moves, or real time moved to opening hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mppdesk.domain.working_time import next_working_day

MORNING = time(8, 0)


class VirtualClock:
    """Stands still until it is moved forward."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now.astimezone(UTC)

    def move_to(self, moment: datetime) -> None:
        """Go forward; virtual time never goes back."""
        self._now = max(self._now, moment)


class ShiftedClock:
    """Runs like the real one, from another start: a demo begun at night or on a Sunday shows a working morning."""

    def __init__(self, start: datetime, real_start: datetime) -> None:
        self._shift = start - real_start

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift


def service_date(today: date, holidays: frozenset[date]) -> date:
    """The date the demo plays on: today when it is a working day, else the next one."""
    return next_working_day(today - timedelta(days=1), holidays)


def morning_of(day: date, zone: str) -> datetime:
    """Eight o'clock of that day in the zone of the building."""
    return datetime.combine(day, MORNING, ZoneInfo(zone))
