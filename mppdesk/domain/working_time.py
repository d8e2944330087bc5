"""Working days: when a service is due, counted from the registration of a complete file."""

from datetime import date, timedelta

from mppdesk.domain.catalog import TimeSpan
from mppdesk.texts import Text, msg

MINUTES = "menit"
HOURS = "jam"
WORKING_DAYS = "hari_kerja"

_SATURDAY = 5


def is_working_day(day: date, holidays: frozenset[date]) -> bool:
    """Tell whether the day is Monday to Friday and no holiday (five-day week: Perpres 21/2023 art. 3)."""
    return day.weekday() < _SATURDAY and day not in holidays


def next_working_day(day: date, holidays: frozenset[date]) -> date:
    """Find the first working day after the day; the last day there is where the calendar ends first, in 9999.

    A clock may show any year, and nobody stops for it.
    """
    while day < date.max:
        day += timedelta(days=1)
        if is_working_day(day, holidays):
            break
    return day


def due_date(registered: date, span: TimeSpan, holidays: frozenset[date]) -> date | None:
    """Count the working days of the span from the day of registration, which is day 0.

    None for a span in minutes or hours: that service is done during the same visit.
    """
    if span.unit != WORKING_DAYS:
        return None
    due = registered
    for _ in range(span.value):
        due = next_working_day(due, holidays)
    return due


def duration_sentence(span: TimeSpan) -> Text:
    """Say the published time, and for days that the clock stops while the applicant is awaited."""
    if span.unit == WORKING_DAYS:
        return msg("{count} hari kerja; jam berhenti saat menunggu pemohon", count=span.value)
    return span_text(span)


def span_text(span: TimeSpan) -> Text:
    """Say a published time alone: 5 hari kerja, 2 jam, 45 menit."""
    if span.unit == WORKING_DAYS:
        return msg("{count} hari kerja", count=span.value)
    if span.unit == HOURS:
        return msg("{count} jam", count=span.value)
    return msg("{count} menit", count=span.value)
