"""Takeovers on a date whose opening the new hub never saw: the lost hub may have given out its numbers."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mppdesk.domain import facts
from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.facts import NumberBlock
from mppdesk.domain.office_day import HUB_ISSUER
from tests.domain.hub.test_terms import FIRST, HUB, SECOND, Office
from tests.fakes.clock import CountedIds

DEVICES = (HUB, FIRST, SECOND)


class Computer(Office):
    """A hub or a standby with a store of its own: it knows what it decided and what it was told."""

    def __init__(self, device_id: str) -> None:
        self.known: dict[str, Draft] = {}
        super().__init__()
        self.device_id, self.ids = device_id, CountedIds(device_id)
        self.given_out: list[tuple[str, str]] = []

    def record(self, *drafts: Draft) -> None:
        self.known |= {draft.entry_id: draft for draft in drafts}
        super().record(*drafts)

    def hear(self, other: "Computer") -> None:
        """Take from another store what is not here."""
        self.record(*(draft for entry_id, draft in other.known.items() if entry_id not in self.known))

    def give_out(self, count: int = 1) -> list[str]:
        """Issue tickets and answer their labels."""
        visits = [self.issue() for _ in range(count)]
        self.given_out += [(visit.day, visit.label) for visit in visits]
        return [visit.label for visit in visits]

    def become_hub(self) -> None:
        fact = self.takeover_by(self.device_id)
        self.record(Draft(self.ids.new(), Subject(SubjectType.STATION, self.device_id), fact))


def test_a_standby_that_never_saw_the_date_opened_leaves_the_hub_s_block_to_the_lost_hub() -> None:
    hub, standby = Computer(HUB), Computer(FIRST)
    assert hub.give_out(2) == ["B-001", "B-002"]
    standby.become_hub()
    assert standby.give_out(2) == ["B-600", "B-601"]


def test_the_opening_itself_says_which_numbers_the_hub_has_that_day() -> None:
    standby = Computer(SECOND)
    standby.become_hub()
    standby.give_out()
    day = standby.view.last_day()
    assert day is not None
    assert day.block(HUB_ISSUER) == NumberBlock(HUB_ISSUER, 1300, 1399)


def test_yesterday_that_was_seen_says_nothing_of_today() -> None:
    hub, standby = Computer(HUB), Computer(FIRST)
    hub.give_out()
    standby.hear(hub)
    for each in (hub, standby):
        each.forward(days=1)
    assert hub.give_out() == ["B-001"]
    standby.become_hub()
    assert standby.give_out() == ["B-600"]


def test_the_ordinary_block_is_back_on_the_day_after_an_unseen_one() -> None:
    standby = Computer(FIRST)
    standby.become_hub()
    standby.give_out()
    standby.forward(days=1)
    assert standby.give_out() == ["B-001"]


def test_a_hub_that_takes_back_on_a_day_it_opened_out_of_the_standby_block_goes_on_there() -> None:
    hub, first, second = (Computer(each) for each in DEVICES)
    hub.give_out(3)
    first.become_hub()
    assert first.give_out() == ["B-600"]
    second.hear(first)
    second.become_hub()
    second.give_out()
    first.hear(second)
    first.become_hub()
    assert first.give_out() == ["B-601"]


def test_a_hub_that_takes_back_does_not_take_the_day_it_saw_last_for_today() -> None:
    first, second = Computer(FIRST), Computer(SECOND)
    first.become_hub()
    for each in (first, second):
        each.forward(days=1)
    first.give_out()
    second.hear(first)
    second.become_hub()
    first.hear(second)
    for each in (first, second):
        each.forward(days=1)
    assert second.give_out() == ["B-001"]
    first.become_hub()
    assert first.give_out() == ["B-600"]


def test_a_day_that_outlasts_the_standby_block_goes_on_by_the_clock() -> None:
    standby = Computer(FIRST)
    standby.become_hub()
    assert standby.give_out(101)[99:] == ["B-699", "B-4240"]
    standby.forward(hours=1)
    assert standby.give_out() == ["B-4241"]


@pytest.mark.parametrize(("restored_to", "label"), [(600, "B-4240"), (5000, "B-5000")])
def test_a_hub_that_took_over_and_lost_its_work_does_not_go_on_where_it_may_have_been(
    restored_to: int, label: str
) -> None:
    standby = Computer(FIRST)
    standby.become_hub()
    standby.give_out(3)
    standby.view.restored_ms, standby.view.restored_by = int(standby.now.timestamp() * 1000), FIRST
    standby.view.restored = facts.DatabaseRestored(backup_made_ms=0, heads=1, numbers_from=restored_to)
    assert standby.give_out() == [label]


STEPS = st.one_of(
    st.tuples(st.just("give out"), st.sampled_from(DEVICES), st.integers(min_value=1, max_value=3)),
    st.tuples(st.just("take over"), st.sampled_from(DEVICES), st.just(0)),
    st.tuples(st.just("hear"), st.sampled_from(DEVICES), st.integers(min_value=0, max_value=2)),
)


@given(st.booleans(), st.lists(STEPS, max_size=14))
def test_no_number_of_a_date_is_given_twice_whoever_took_over_having_seen_whatever(
    is_yesterday_known: bool, steps: list[tuple[str, str, int]]
) -> None:
    computers = {each: Computer(each) for each in DEVICES}
    if is_yesterday_known:
        computers[HUB].give_out()
        for each in computers.values():
            each.hear(computers[HUB])
            each.now += timedelta(days=1)
    for what, device_id, number in steps:
        computer = computers[device_id]
        try:
            if what == "give out":
                computer.give_out(number)
            elif what == "take over":
                computer.become_hub()
            else:
                computer.hear(computers[DEVICES[number]])
        except Refused:
            continue
    given_out = [each for computer in computers.values() for each in computer.given_out]
    assert len(given_out) == len(set(given_out))
