"""Who is next: the ratio of priority, the cap on the ordinary wait, nobody forgotten, and the sentence of why."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mppdesk.domain.calling import Choice, RecentCall, Waiting, Why, choose_next, explain
from mppdesk.domain.site import QueuePolicy

MINUTE_MS = 60_000


def person(position: int, *, priority: bool = False, since_min: float = 0) -> Waiting:
    label = f"{'P' if priority else 'A'}-{position:03}"
    return Waiting(f"visit {position}", label, "DUKA-01", position, int(since_min * MINUTE_MS), priority)


@dataclass
class Queue:
    """A queue that calls by the rule and keeps its history, newest call first."""

    policy: QueuePolicy
    waiting: list[Waiting] = field(default_factory=list)
    calls: list[RecentCall] = field(default_factory=list)

    def call(self, now_min: float = 0) -> Choice | None:
        choice = choose_next(self.waiting, self.calls, self.policy, int(now_min * MINUTE_MS))
        if choice is not None:
            self.waiting.remove(choice.ticket)
            self.calls.insert(0, RecentCall(choice.ticket.visit, choice.ticket.is_priority))
        return choice

    def pattern(self, count: int) -> str:
        """Call so many people; P for priority, o for ordinary."""
        choices = [self.call() for _ in range(count)]
        return "".join("P" if choice and choice.ticket.is_priority else "o" for choice in choices)


def both_wait(ratio: int) -> Queue:
    ordinary = [person(number) for number in range(1, 31)]
    priority = [person(number, priority=True) for number in range(101, 131)]
    return Queue(QueuePolicy(priority_ratio=ratio), ordinary + priority)


@pytest.mark.parametrize(
    ("ratio", "pattern"),
    [(1, "PPPPPPPPPP"), (2, "PoPoPoPoPo"), (3, "PooPooPooP"), (4, "PoooPoooPo"), (5, "PooooPoooo")],
)
def test_one_call_in_the_ratio_is_for_priority_beginning_with_the_first(ratio: int, pattern: str) -> None:
    assert both_wait(ratio).pattern(10) == pattern


def test_within_a_class_the_lowest_position_comes_first_whatever_the_order_of_the_list() -> None:
    queue = Queue(QueuePolicy(), [person(3), person(1), person(2)])
    assert [choice.ticket.position for choice in (queue.call(), queue.call(), queue.call()) if choice] == [1, 2, 3]


def test_nobody_waits() -> None:
    assert choose_next([], [], QueuePolicy(), 0) is None


@pytest.mark.parametrize(
    ("waiting", "why"),
    [
        ([person(1)], Why.LONGEST_WAIT),
        ([person(1, priority=True)], Why.NO_ORDINARY),
        ([person(1), person(2, priority=True)], Why.PRIORITY_TURN),
        ([person(1, priority=True), person(2)], Why.LONGEST_WAIT),
    ],
)
def test_the_rule_that_chose_is_named(waiting: list[Waiting], why: Why) -> None:
    choice = choose_next(waiting, [], QueuePolicy(), 0)
    assert choice is not None
    assert choice.why is why


def test_a_person_with_priority_who_came_first_is_first_although_priority_was_just_called() -> None:
    waiting = [person(1, priority=True), person(2)]
    choice = choose_next(waiting, [RecentCall("visit 0", is_priority=True)], QueuePolicy(), 0)
    assert choice is not None
    assert choice.ticket.is_priority


@pytest.mark.parametrize(("waited_min", "priority"), [(59, True), (60, True), (60.01, False), (600, False)])
def test_after_the_cap_the_ordinary_person_comes_before_priority(waited_min: float, *, priority: bool) -> None:
    policy = QueuePolicy(max_ordinary_wait_minutes=60)
    choice = choose_next([person(1), person(2, priority=True)], [], policy, int(waited_min * MINUTE_MS))
    assert choice is not None
    assert choice.ticket.is_priority is priority
    assert choice.why is (Why.PRIORITY_TURN if priority else Why.ORDINARY_CAP)


ARRIVALS = st.lists(st.booleans(), min_size=1, max_size=60)


@given(ARRIVALS, st.integers(2, 5))
def test_between_two_calls_by_priority_turn_the_ordinary_queue_moves(kinds: list[bool], ratio: int) -> None:
    waiting = [person(number, priority=is_priority) for number, is_priority in enumerate(kinds, 1)]
    queue = Queue(QueuePolicy(priority_ratio=ratio), waiting)
    turns = [(choice.why is Why.PRIORITY_TURN, choice.ticket.is_priority) for choice in iter(queue.call, None)]
    for index, (is_turn, _) in enumerate(turns):
        if is_turn:
            assert not any(was_priority for _, was_priority in turns[max(0, index - ratio + 1) : index])


@given(ARRIVALS, st.integers(1, 5))
def test_as_long_as_both_wait_one_call_in_the_ratio_is_for_priority(kinds: list[bool], ratio: int) -> None:
    waiting = [person(number, priority=is_priority) for number, is_priority in enumerate(kinds, 1)]
    queue = Queue(QueuePolicy(priority_ratio=ratio), waiting)
    without = 0
    while queue.waiting:
        both = len({each.is_priority for each in queue.waiting}) == 2
        choice = queue.call()
        assert choice is not None
        without = 0 if choice.ticket.is_priority or not both else without + 1
        assert without < ratio


@given(ARRIVALS, st.integers(1, 5), st.integers(0, 90))
def test_no_stream_of_priority_keeps_an_ordinary_person_waiting_for_ever(
    kinds: list[bool], ratio: int, cap_min: int
) -> None:
    """After the first crowd somebody with priority comes every minute, and one person is called every minute."""
    crowd = [person(number, priority=is_priority) for number, is_priority in enumerate(kinds, 1)]
    queue = Queue(QueuePolicy(priority_ratio=ratio, max_ordinary_wait_minutes=cap_min), crowd)
    for minute in range(cap_min + len(kinds) + 1):
        queue.waiting.append(person(1000 + minute, priority=True, since_min=minute))
        queue.call(minute)
    assert all(each.is_priority for each in queue.waiting)


@given(ARRIVALS, st.integers(1, 5), st.integers(0, 5))
def test_a_standby_with_the_same_journal_chooses_alike(kinds: list[bool], ratio: int, calls: int) -> None:
    waiting = [person(number, priority=is_priority) for number, is_priority in enumerate(kinds, 1)]
    recent = [RecentCall(f"before {number}", is_priority=number % 2 == 0) for number in range(calls)]
    policy = QueuePolicy(priority_ratio=ratio)
    assert choose_next(waiting, recent, policy, 0) == choose_next(tuple(reversed(waiting)), recent, policy, 0)


@pytest.mark.parametrize("why", Why)
def test_every_rule_has_its_sentence(why: Why) -> None:
    sentence = str(explain(Choice(person(1), why), None))
    assert sentence.endswith(".")
    assert len(sentence.split()) > 1


def test_the_sentence_tells_who_comes_by_priority_afterwards() -> None:
    first, then = Choice(person(19), Why.LONGEST_WAIT), Choice(person(8, priority=True), Why.PRIORITY_TURN)
    assert str(explain(first, then)) == "Paling lama menunggu. Sesudahnya giliran prioritas: P-008."


def test_of_an_ordinary_person_afterwards_the_sentence_says_nothing() -> None:
    sentence = str(explain(Choice(person(19), Why.LONGEST_WAIT), Choice(person(20), Why.LONGEST_WAIT)))
    assert sentence == "Paling lama menunggu."
