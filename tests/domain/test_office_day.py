"""The service day and a counter's day, folded; and how the numbers of a day are shared out."""

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mppdesk.domain import facts
from mppdesk.domain.entries import Sealed
from mppdesk.domain.office_day import (
    NO_TERM,
    CounterDay,
    CounterShift,
    CounterState,
    ServiceDay,
    fold_counter_day,
    fold_service_day,
    number_blocks,
    standing_note,
    takes_numbers,
)
from tests.fakes.history import FIRST_MS, History

DECISION: dict[str, Any] = {"command_id": "c" * 32, "term": 1, "day": "2026-11-23"}
OPENED = facts.CounterOpened(**DECISION, counter="loket 1", label="Loket 1", services=("DUKA-01",))
BREAK = facts.BreakStarted(**DECISION, until="13.00")
BACK = facts.BreakEnded(**DECISION)
STOPPED = facts.NewNumbersStopped(**DECISION)
RESUMED = facts.NewNumbersResumed(**DECISION)
NOTED = facts.ShiftNoteLeft(**DECISION, agency="DUKA", note=Sealed("key1", bytes(12), b"sealed"))
CLOSED = facts.CounterClosed(**DECISION)
DAY_OPENED = facts.DayOpened(**DECISION, blocks=number_blocks(()), leftovers=2)
OPENED_ALONE = facts.DayOpenedAlone(**DECISION)
DAY_CLOSED = facts.DayClosed(**DECISION, counts={"finished": 3})
DAY_REOPENED = facts.DayReopened(**DECISION)


def recorded(subject_type: str, happened: tuple[Any, ...]) -> History:
    history = History(subject_type)
    for fact in happened:
        history.add(fact)
    return history


def counter(*happened: Any) -> tuple[CounterDay | None, list[str]]:
    folded = fold_counter_day(recorded("counter_day", happened).entries)
    return folded.state, [each.reason for each in folded.anomalies]


def day(*happened: Any) -> tuple[ServiceDay | None, list[str]]:
    folded = fold_service_day(recorded("service_day", happened).entries)
    return folded.state, [each.reason for each in folded.anomalies]


# --- counters --------------------------------------------------------------------------------------------------------


def test_the_last_note_stands_and_changes_nothing_else() -> None:
    happened = recorded("counter_day", (OPENED, NOTED, STOPPED, replace(NOTED, command_id="d" * 32))).entries
    note = standing_note(reversed(happened))
    assert note is not None
    assert (note.entry_id, note.sealed, note.user) == (happened[-1].entry_id, NOTED.note, "dewi")
    assert standing_note(happened[:1]) is None
    assert counter(OPENED, NOTED, STOPPED) == counter(OPENED, STOPPED)


def test_an_opening_tells_who_where_and_for_what() -> None:
    state, anomalies = counter(OPENED)
    assert state is not None
    assert (state.counter, state.label, state.services, state.user) == ("loket 1", "Loket 1", ("DUKA-01",), "dewi")
    assert (state.state, state.opened_ms) == (CounterState.OPEN, FIRST_MS + 10_000)
    assert anomalies == []


@pytest.mark.parametrize(
    ("happened", "expected", "until"),
    [
        ((BREAK,), CounterState.ON_BREAK, "13.00"),
        ((BREAK, BACK), CounterState.OPEN, None),
        ((BREAK, BACK, BREAK, CLOSED), CounterState.CLOSED, None),
        ((STOPPED,), CounterState.CLOSING, None),
        ((STOPPED, BREAK), CounterState.CLOSING_ON_BREAK, "13.00"),
        ((BREAK, STOPPED), CounterState.CLOSING_ON_BREAK, "13.00"),
        ((STOPPED, BREAK, BACK), CounterState.CLOSING, None),
        ((STOPPED, BREAK, RESUMED), CounterState.ON_BREAK, "13.00"),
        ((STOPPED, RESUMED), CounterState.OPEN, None),
        ((STOPPED, CLOSED), CounterState.CLOSED, None),
        ((CLOSED,), CounterState.CLOSED, None),
    ],
)
def test_a_counter_through_its_day(happened: tuple[Any, ...], expected: CounterState, until: str | None) -> None:
    state, anomalies = counter(OPENED, *happened)
    assert state is not None
    assert (state.state, state.break_until) == (expected, until)
    assert anomalies == []


@pytest.mark.parametrize(
    ("happened", "anomaly"),
    [
        ((BREAK,), "not_opened"),
        ((OPENED, OPENED), "opened_twice"),
        ((OPENED, CLOSED, BREAK), "while_closed"),
        ((OPENED, CLOSED, CLOSED), "while_closed"),
        ((OPENED, CLOSED, STOPPED), "while_closed"),
        ((OPENED, DAY_CLOSED), "unknown_kind"),
    ],
)
def test_what_does_not_fit_a_counters_day(happened: tuple[Any, ...], anomaly: str) -> None:
    before, _ = counter(*happened[:-1])
    assert counter(*happened) == (before, [anomaly])


def shift(state: CounterState, *services: str) -> CounterShift:
    return CounterShift("loket", "Loket", state, frozenset(services))


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((), True),
        ((CounterState.OPEN,), True),
        ((CounterState.ON_BREAK,), True),
        ((CounterState.CLOSING,), False),
        ((CounterState.CLOSING_ON_BREAK,), False),
        ((CounterState.CLOSED,), False),
        ((CounterState.CLOSING, CounterState.OPEN), True),
        ((CounterState.CLOSING, CounterState.CLOSED), False),
    ],
)
def test_a_number_is_given_while_somebody_will_call_it(states: tuple[CounterState, ...], expected: bool) -> None:
    shifts = [shift(state, "DUKA-01") for state in states]
    assert takes_numbers("DUKA-01", [*shifts, shift(CounterState.OPEN, "DUKA-02")]) is expected


# --- the service day -------------------------------------------------------------------------------------------------


def test_a_day_is_closed_and_opened_again_with_its_blocks() -> None:
    opened, _ = day(DAY_OPENED)
    closed, _ = day(DAY_OPENED, DAY_CLOSED)
    assert opened is not None
    assert closed is not None
    assert (opened.is_open, closed.is_open, opened.leftovers) == (True, False, 2)
    assert day(DAY_OPENED, DAY_CLOSED, DAY_REOPENED) == (opened, [])


@pytest.mark.parametrize(
    ("happened", "anomaly"),
    [
        ((DAY_CLOSED,), "not_opened"),
        ((DAY_OPENED, DAY_OPENED), "opened_twice"),
        ((DAY_OPENED, DAY_REOPENED), "already_open"),
        ((DAY_OPENED, DAY_CLOSED, DAY_CLOSED), "already_closed"),
        ((DAY_OPENED, OPENED), "unknown_kind"),
    ],
)
def test_what_does_not_fit_a_service_day(happened: tuple[Any, ...], anomaly: str) -> None:
    before, _ = day(*happened[:-1])
    assert day(*happened) == (before, [anomaly])


@pytest.mark.parametrize("happened", [(DAY_OPENED, OPENED_ALONE), (OPENED_ALONE, DAY_OPENED)])
def test_the_opening_of_the_hub_holds_whatever_a_station_said_of_the_day(happened: tuple[Any, Any]) -> None:
    by_hub, _ = day(DAY_OPENED)
    assert day(*happened)[0] == by_hub


def test_a_day_that_a_station_opened_says_nothing_but_its_date() -> None:
    alone, anomalies = day(replace(OPENED_ALONE, term=2**62))
    assert alone is not None
    assert (alone.day, alone.term, alone.blocks, alone.leftovers) == (DECISION["day"], NO_TERM, (), 0)
    assert anomalies == []
    assert day(replace(OPENED_ALONE, day="besok")) == (None, ["unreadable_day"])


# --- numbers ---------------------------------------------------------------------------------------------------------


def test_hub_standby_and_stations_each_have_their_numbers() -> None:
    blocks = [(block.issuer_no, block.first, block.last) for block in number_blocks((7, 3))]
    assert blocks == [(0, 1, 599), (1, 600, 699), (3, 700, 724), (7, 725, 749)]


@given(st.sets(st.integers(2, 99), max_size=12), st.none() | st.integers(2, 120))
def test_no_number_of_three_digits_belongs_to_two_issuers(stations: set[int], next_issuer: int | None) -> None:
    blocks = number_blocks(stations, next_issuer=next_issuer)
    known = [0, 1, *sorted(stations)]
    issuers = [block.issuer_no for block in blocks]
    assert issuers[: len(known)] == known
    assert len(set(issuers)) == len(issuers) == (len(known) if next_issuer is None else 14)
    for block, following in itertools.pairwise(blocks):
        assert block.first <= block.last < following.first
    assert blocks[-1].last <= 999
    state, _ = day(facts.DayOpened(**DECISION, blocks=blocks))
    assert state is not None
    assert all(state.block(block.issuer_no) == block for block in blocks)
    assert state.block(500) is None
