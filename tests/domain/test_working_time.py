"""Working days as the product counts them: day 0 is the day of registration."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mppdesk.domain.catalog import TimeSpan
from mppdesk.domain.working_time import due_date, duration_sentence, is_working_day, next_working_day

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
CHRISTMAS = frozenset({date(2026, 12, 24), date(2026, 12, 25)})


@pytest.mark.parametrize(
    ("day", "holidays", "expected"),
    [
        (MONDAY, frozenset(), date(2026, 11, 24)),
        (FRIDAY, frozenset(), date(2026, 11, 30)),
        (date(2026, 11, 28), frozenset(), date(2026, 11, 30)),
        (date(2026, 12, 23), CHRISTMAS, date(2026, 12, 28)),
    ],
)
def test_next_working_day_skips_weekends_and_holidays(day: date, holidays: frozenset[date], expected: date) -> None:
    assert next_working_day(day, holidays) == expected


@pytest.mark.parametrize(
    ("registered", "days", "holidays", "expected"),
    [
        (MONDAY, 5, frozenset(), date(2026, 11, 30)),
        (MONDAY, 1, frozenset(), date(2026, 11, 24)),
        (MONDAY, 0, frozenset(), MONDAY),
        (FRIDAY, 1, frozenset(), date(2026, 11, 30)),
        (date(2026, 12, 23), 3, CHRISTMAS, date(2026, 12, 30)),
        (date(2026, 11, 28), 1, frozenset(), date(2026, 11, 30)),
    ],
)
def test_due_date_counts_working_days_after_the_registration(
    registered: date, days: int, holidays: frozenset[date], expected: date
) -> None:
    assert due_date(registered, TimeSpan(days, "hari_kerja"), holidays) == expected


@pytest.mark.parametrize("unit", ["menit", "jam"])
def test_minutes_and_hours_have_no_due_date(unit: str) -> None:
    assert due_date(MONDAY, TimeSpan(45, unit), frozenset()) is None


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        (TimeSpan(5, "hari_kerja"), "5 hari kerja; jam berhenti saat menunggu pemohon"),
        (TimeSpan(45, "menit"), "45 menit"),
        (TimeSpan(2, "jam"), "2 jam"),
    ],
)
def test_duration_sentence(span: TimeSpan, sentence: str) -> None:
    assert str(duration_sentence(span)) == sentence


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(0, 60),
    st.frozensets(st.dates(date(2000, 1, 1), date(2100, 1, 1)), max_size=20),
)
def test_the_due_day_is_reached_by_exactly_that_many_working_days(
    registered: date, days: int, holidays: frozenset[date]
) -> None:
    due = due_date(registered, TimeSpan(days, "hari_kerja"), holidays)
    assert due is not None
    passed = [
        day for day in map(date.fromordinal, range(registered.toordinal() + 1, due.toordinal() + 1))
        if is_working_day(day, holidays)
    ]  # fmt: skip
    assert len(passed) == days
    assert days == 0 or passed[-1] == due


@pytest.mark.parametrize("registered", [date(9981, 11, 23), date(9999, 12, 30), date.max])
def test_a_clock_at_the_end_of_the_calendar_still_gives_a_due_day(registered: date) -> None:
    assert due_date(registered, TimeSpan(4999, "hari_kerja"), frozenset()) == date.max
