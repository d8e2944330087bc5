"""The demo's clock: virtual time that a day without a display moves, or real time moved to opening hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mppdesk.domain.working_time import next_working_day

SAMPLE_ZONE = "Asia/Jakarta"
"""Of the sample building, before there is one to ask."""
_DAWN, _MORNING = time(6, 0), time(8, 0)


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


def dawn_of(moment: datetime) -> datetime:
    """Before anybody comes on the date of a moment: a day that is played in the evening still begins in the morning."""
    zone = ZoneInfo(SAMPLE_ZONE)
    return datetime.combine(moment.astimezone(zone), _DAWN, zone)


def opening_of(moment: datetime, holidays: frozenset[date], zone: str = SAMPLE_ZONE) -> datetime:
    """Eight o'clock of the day that the demo plays: a moment's date there if it is a working day, else the next."""
    there = ZoneInfo(zone)
    today = moment.astimezone(there).date()
    return datetime.combine(next_working_day(today - timedelta(days=1), holidays), _MORNING, there)
