"""The service day and a counter's day in it, folded from their entries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from mppdesk.domain import facts
from mppdesk.domain.entries import Entry
from mppdesk.domain.facts import NumberBlock
from mppdesk.domain.fold import Folded, fold

HUB_ISSUER = 0
STANDBY_ISSUER = 1
_HUB_BLOCK = (1, 599)
_STANDBY_BLOCK = (600, 699)
_FIRST_STATION_NUMBER = 700
_STATION_BLOCK = 25


class CounterState(StrEnum):
    OPEN = "open"
    ON_BREAK = "on_break"
    CLOSED = "closed"


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
class ServiceDay:
    """A date of service, in the site's zone; `day` as 2026-11-23."""

    day_id: str
    day: str
    is_open: bool
    term: int
    blocks: tuple[NumberBlock, ...]
    leftovers: int

    def block(self, issuer_no: int) -> NumberBlock | None:
        return next((block for block in self.blocks if block.issuer_no == issuer_no), None)


def number_blocks(station_issuers: Iterable[int]) -> tuple[NumberBlock, ...]:
    """Share out the three-digit numbers: hub 1-599, standby 600-699, then 25 a station (DESIGN 6)."""
    blocks = [NumberBlock(HUB_ISSUER, *_HUB_BLOCK), NumberBlock(STANDBY_ISSUER, *_STANDBY_BLOCK)]
    first = _FIRST_STATION_NUMBER
    for issuer_no in sorted(station_issuers):
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
    if state.state is CounterState.CLOSED:
        return "while_closed"
    match entry.kind:
        case "BreakStarted":
            return replace(state, state=CounterState.ON_BREAK, break_until=entry.fact.until)
        case "BreakEnded":
            return replace(state, state=CounterState.OPEN, break_until=None)
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


def fold_service_day(entries: Iterable[Entry]) -> Folded[ServiceDay]:
    """Fold one service day; total: it never raises."""
    return fold(entries, _day_step)


def _day_step(state: ServiceDay | None, entry: Entry) -> ServiceDay | str:
    if entry.kind == "DayOpened":
        fact: facts.DayOpened = entry.fact
        if state is not None:
            return "opened_twice"
        return ServiceDay(entry.subject.id, fact.day, True, fact.term, fact.blocks, fact.leftovers)
    if state is None:
        return "not_opened"
    if entry.kind not in ("DayClosed", "DayReopened"):
        return "unknown_kind"
    reopens = entry.kind == "DayReopened"
    if state.is_open is reopens:
        return "already_open" if reopens else "already_closed"
    return replace(state, is_open=reopens)
