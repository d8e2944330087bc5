"""The service day and a counter's day in it, folded from their entries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mppdesk.domain import facts
from mppdesk.domain.entries import Entry, Sealed
from mppdesk.domain.facts import NumberBlock
from mppdesk.domain.fold import Folded, fold
from mppdesk.texts import msg

NO_TERM = 0
MISDATED = -1
PROGRAM_MADE = date(2026, 11, 1)
"""No clock that is right shows an earlier date; moved on with each release."""
HUB_ISSUER = 0
STANDBY_ISSUER = 1
HUB_BLOCK = NumberBlock(HUB_ISSUER, 1, 599)
STANDBY_BLOCK = (600, 699)
_FIRST_STATION_NUMBER = 700
_STATION_BLOCK = 25
# What three digits hold; a kiosk beyond these gives no numbers of its own while it is cut off.
_MOST_STATION_BLOCKS = 12
STATION_NUMBERS = range(_FIRST_STATION_NUMBER, _FIRST_STATION_NUMBER + _MOST_STATION_BLOCKS * _STATION_BLOCK)
"""The ticket numbers that only stations which are cut off give."""

NO_NEW_NUMBERS = msg("Tidak menerima nomor baru lagi hari ini.")
"""What a kiosk says of a service whose counters are all closing or closed."""


class CounterState(StrEnum):
    """Two things at once: whether the counter works or rests, and whether it takes new numbers or is closing."""

    OPEN = "open"
    CLOSING = "closing"
    ON_BREAK = "on_break"
    CLOSING_ON_BREAK = "closing_on_break"
    CLOSED = "closed"

    @property
    def is_on_break(self) -> bool:
        return self in (CounterState.ON_BREAK, CounterState.CLOSING_ON_BREAK)

    @property
    def takes_numbers(self) -> bool:
        """Whether new people may get a number for this counter; they may wait through a break."""
        return self in (CounterState.OPEN, CounterState.ON_BREAK)

    @property
    def is_closing(self) -> bool:
        """Whether it only serves those who wait already."""
        return self in (CounterState.CLOSING, CounterState.CLOSING_ON_BREAK)

    @property
    def resting(self) -> "CounterState":
        return CounterState.ON_BREAK if self.takes_numbers else CounterState.CLOSING_ON_BREAK

    @property
    def working(self) -> "CounterState":
        return CounterState.OPEN if self.takes_numbers else CounterState.CLOSING

    @property
    def closing(self) -> "CounterState":
        return CounterState.CLOSING_ON_BREAK if self.is_on_break else CounterState.CLOSING

    @property
    def taking_numbers(self) -> "CounterState":
        return CounterState.ON_BREAK if self.is_on_break else CounterState.OPEN


@dataclass(frozen=True, slots=True)
class ShiftNote:
    """What the last clerk or the supervisor left for whoever works here; `entry_id` is what its seal is bound to."""

    entry_id: str
    sealed: Sealed | None
    user: str
    left_ms: int


@dataclass(frozen=True, slots=True)
class CounterDay:
    """One opening of a counter: from the first sign-in of the day to its close."""

    counter_day_id: str
    day: str
    counter: str
    label: str
    services: tuple[str, ...]
    state: CounterState
    user: str
    opened_ms: int
    break_until: str | None = None


@dataclass(frozen=True, slots=True)
class CounterShift:
    """How a counter's last opening of a day stands, and the codes of the services that it takes."""

    counter: str
    label: str
    state: CounterState
    services: frozenset[str]


def takes_numbers(service: str, shifts: Iterable[CounterShift]) -> bool:
    """Whether somebody will call who takes a number for a service now.

    Before the first counter of a service opens, numbers are given by the hours alone; from then on only while one of
    its counters is there that is not closing.
    """
    serving = [shift for shift in shifts if service in shift.services]
    return not serving or any(shift.state.takes_numbers for shift in serving)


@dataclass(frozen=True, slots=True)
class ServiceDay:
    """A date of service, in the site's zone; `day` as 2026-11-23.

    `term` is `NO_TERM` as long as only a station that is not the hub has opened it, for itself, and `MISDATED` once it
    turned out that a wrong clock had.
    """

    day_id: str
    day: str
    is_open: bool
    term: int
    blocks: tuple[NumberBlock, ...]
    leftovers: int

    def block(self, issuer_no: int) -> NumberBlock | None:
        return next((block for block in self.blocks if block.issuer_no == issuer_no), None)


def number_blocks(
    station_issuers: Iterable[int], of_hub: NumberBlock = HUB_BLOCK, next_issuer: int | None = None
) -> tuple[NumberBlock, ...]:
    """Share out the three-digit numbers: hub 1-599, standby 600-699, then 25 a station (DESIGN 6).

    `of_hub` are other numbers of the hub, on a date that a hub before it may have opened. What is left belongs to the
    stations that may still join today, the first of which gets the number `next_issuer`: a kiosk that was set up at
    nine gives numbers when the cable is cut at ten.
    """
    blocks = [replace(of_hub, issuer_no=HUB_ISSUER), NumberBlock(STANDBY_ISSUER, *STANDBY_BLOCK)]
    first, issuers = _FIRST_STATION_NUMBER, sorted(station_issuers)
    if next_issuer is not None:
        coming = max((next_issuer, *(issuer_no + 1 for issuer_no in issuers)))
        issuers += range(coming, coming + _MOST_STATION_BLOCKS)
    for issuer_no in issuers[:_MOST_STATION_BLOCKS]:
        blocks.append(NumberBlock(issuer_no, first, first + _STATION_BLOCK - 1))
        first += _STATION_BLOCK
    return tuple(blocks)


def fold_counter_day(entries: Iterable[Entry]) -> Folded[CounterDay]:
    """Fold one opening of a counter; total: it never raises."""
    return fold(entries, _counter_step)


def _counter_step(state: CounterDay | None, entry: Entry) -> CounterDay | str:
    if entry.kind == "CounterOpened":
        return _counter_opened(entry) if state is None else "opened_twice"
    if state is None:
        return "not_opened"
    if entry.kind == "PersonForgotten":
        return state  # a note about somebody is gone, whenever that was asked for
    if state.state is CounterState.CLOSED:
        return "while_closed"
    match entry.kind:
        case "BreakStarted":
            return replace(state, state=state.state.resting, break_until=entry.fact.until)
        case "BreakEnded":
            return replace(state, state=state.state.working, break_until=None)
        case "NewNumbersStopped":
            return replace(state, state=state.state.closing)
        case "NewNumbersResumed":
            return replace(state, state=state.state.taking_numbers)
        case "ShiftNoteLeft":
            return state  # how the counter stands does not hang on what is written there: see `standing_note`
        case "CounterClosed":
            return replace(state, state=CounterState.CLOSED, break_until=None)
    return "unknown_kind"


def _counter_opened(entry: Entry) -> CounterDay:
    fact: facts.CounterOpened = entry.fact
    return CounterDay(
        counter_day_id=entry.subject.id,
        day=fact.day,
        counter=fact.counter,
        label=fact.label,
        services=fact.services,
        state=CounterState.OPEN,
        user=entry.actor.user,
        opened_ms=entry.wall_ms,
    )


def standing_note(entries: Iterable[Entry]) -> ShiftNote | None:
    """The note that stands at one opening of a counter: the last one left, by cause and not by clock."""
    left = [entry for entry in entries if isinstance(entry.fact, facts.ShiftNoteLeft)]
    last = max(left, key=lambda entry: entry.order, default=None)
    return ShiftNote(last.entry_id, last.fact.note, last.actor.user, last.wall_ms) if last else None


def fold_service_day(entries: Iterable[Entry]) -> Folded[ServiceDay]:
    """Fold one service day; total: it never raises."""
    return fold(entries, _day_step)


def _is_date(text: str) -> bool:
    """Whether a text is a date as this program writes it; Python reads more than that."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _opened(state: ServiceDay | None, entry: Entry) -> ServiceDay | str:
    """The hub's opening holds, whatever stations said of the same day before or after it."""
    is_alone = entry.kind == "DayOpenedAlone"
    if state is not None and (is_alone or state.term != NO_TERM):
        return "opened_twice"
    fact: facts.DayOpened | facts.DayOpenedAlone = entry.fact
    if not _is_date(fact.day):
        return "unreadable_day"
    if isinstance(fact, facts.DayOpenedAlone):
        return ServiceDay(entry.subject.id, fact.day, True, NO_TERM, (), 0)
    return ServiceDay(entry.subject.id, fact.day, True, fact.term, fact.blocks, fact.leftovers)


def _day_step(state: ServiceDay | None, entry: Entry) -> ServiceDay | str:
    if entry.kind in ("DayOpened", "DayOpenedAlone"):
        return _opened(state, entry)
    if state is None:
        return "not_opened"
    if entry.kind == "DayMisdated":
        return replace(state, is_open=False, term=MISDATED)
    if entry.kind not in ("DayClosed", "DayReopened"):
        return "unknown_kind"
    if state.term == MISDATED:
        return "already_closed"
    reopens = entry.kind == "DayReopened"
    if state.is_open is reopens:
        return "already_open" if reopens else "already_closed"
    return replace(state, is_open=reopens)
