"""The demo's day begins in the morning, at whatever hour somebody begins it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mppdesk.demo.clock import VirtualClock, dawn_of, opening_of

MONDAY = datetime(2026, 11, 23, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.mark.parametrize("hour", range(24))
def test_a_day_that_is_begun_at_any_hour_is_played_from_its_morning_on(hour: int) -> None:
    clock = VirtualClock(dawn_of((MONDAY + timedelta(hours=hour)).astimezone(UTC)))
    opens = opening_of(clock.now(), frozenset())
    clock.move_to(opens)
    assert opens == MONDAY + timedelta(hours=8)
    assert clock.now() == opens


@pytest.mark.parametrize("hour", range(24))
def test_on_a_day_off_the_next_working_day_is_played(hour: int) -> None:
    begun = MONDAY - timedelta(days=1) + timedelta(hours=hour)
    clock = VirtualClock(dawn_of(begun))
    opens = opening_of(clock.now(), frozenset({date(2026, 11, 23)}))
    clock.move_to(opens)
    assert clock.now() == opens == MONDAY + timedelta(days=1, hours=8)
