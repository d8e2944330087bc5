"""When an agency issues tickets: hours by weekday, lunch closures, the last ticket, holidays."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from mppdesk.domain.formats import DAYS, clock_time, list_date
from mppdesk.texts import Text, msg

# Longer than any row of holidays; what opens later than that is as good as closed for good.
_DAYS_AHEAD = 60
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Span:
    """From `opens` up to, not including, `closes`; local times of one day."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class WeekHours:
    """The spans of each weekday (none: closed); tickets end `last_ticket_minutes` before the day's last closing."""

    monday: tuple[Span, ...] = ()
    tuesday: tuple[Span, ...] = ()
    wednesday: tuple[Span, ...] = ()
    thursday: tuple[Span, ...] = ()
    friday: tuple[Span, ...] = ()
    saturday: tuple[Span, ...] = ()
    sunday: tuple[Span, ...] = ()
    last_ticket_minutes: int = 0

    def on(self, day: date) -> tuple[Span, ...]:
        """The spans of a date, by its weekday alone."""
        week = (self.monday, self.tuesday, self.wednesday, self.thursday, self.friday, self.saturday, self.sunday)
        return week[day.weekday()]

    def last_ticket_time(self, day: date) -> time | None:
        """Until when tickets are issued on a date; None on a closed day."""
        spans = self.on(day)
        if not spans:
            return None
        closing = datetime.combine(day, max(span.closes for span in spans))
        return max(closing - timedelta(minutes=self.last_ticket_minutes), datetime.combine(day, time.min)).time()

    def ticket_spans(self, day: date) -> tuple[Span, ...]:
        """The spans of a date in which tickets are issued."""
        last = self.last_ticket_time(day)
        if last is None:
            return ()
        return tuple(Span(each.opens, min(each.closes, last)) for each in sorted(self.on(day), key=_opens))


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The hours of the building and of the agencies that keep their own; where none are set it is always open."""

    building: WeekHours | None = None
    agencies: dict[str, WeekHours] = field(default_factory=dict)

    def of_agency(self, agency: str) -> WeekHours | None:
        return self.agencies.get(agency, self.building)


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether tickets are issued at a moment; if not, the reason for the kiosk's tile and when they are again."""

    is_open: bool
    reason: Text | None = None
    opens_at: datetime | None = None


def opening_at(hours: WeekHours | None, moment: datetime, holidays: frozenset[date]) -> Opening:
    """Tell whether it is open at a moment of the site's zone, and else the next opening within 60 days."""
    if hours is None:
        return Opening(True)
    now = moment.timetz().replace(tzinfo=None)
    if moment.date() not in holidays and any(
        span.opens <= now < span.closes for span in hours.ticket_spans(moment.date())
    ):
        return Opening(True)
    opens_at = next(_openings_after(hours, moment, holidays), None)
    return Opening(False, _reason(moment, opens_at), opens_at)


def _openings_after(hours: WeekHours, moment: datetime, holidays: frozenset[date]) -> Iterator[datetime]:
    today = moment.date()
    for days in range(1 + min(_DAYS_AHEAD, (date.max - today).days)):
        day = today + timedelta(days=days)
        if day in holidays:
            continue
        for span in hours.ticket_spans(day):
            opens_at = datetime.combine(day, span.opens, tzinfo=moment.tzinfo)
            if opens_at > moment and span.opens < span.closes:
                yield opens_at


def _reason(moment: datetime, opens_at: datetime | None) -> Text:
    if opens_at is None:
        return msg("Tutup.")
    days, clock = (opens_at.date() - moment.date()).days, clock_time(opens_at)
    if days == 0:
        return msg("Tutup. Buka lagi {time}", time=clock)
    if days == 1:
        return msg("Tutup. Buka lagi besok {time}", time=clock)
    if days < _WEEK:
        return msg("Tutup. Buka lagi {day} {time}", day=DAYS[opens_at.weekday()], time=clock)
    return msg("Tutup. Buka lagi {day} {time}", day=list_date(opens_at.date()), time=clock)


def _opens(span: Span) -> time:
    return span.opens
