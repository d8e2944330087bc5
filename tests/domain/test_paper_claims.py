"""A ticket of which only the slip was seen: served at once, one visit as soon as its issue is heard of."""

from itertools import permutations
from typing import Any

import pytest

from mppdesk.domain import facts
from mppdesk.domain.entries import Entry
from mppdesk.domain.facts import ShownPaper
from mppdesk.domain.fold import Folded
from mppdesk.domain.ticket_number import read_number, visit_name
from mppdesk.domain.visit import TicketStatus, Visit, fold_visit
from tests.domain.ticket_history import DAY, KTP, SKCK
from tests.fakes.history import History

KIOSK, COUNTER, OTHER = "a" * 32, "b" * 32, "c" * 32
FIRST_OF_KIOSK = 1000


class Apart:
    """A kiosk and two counters that hear nothing of each other; what each records of B-1000."""

    def __init__(self) -> None:
        self.history = History("visit")

    def issue(self, after_s: float = 10) -> str:
        fact = facts.TicketIssued(
            **self._stamp("issue"), prefix="B", number=FIRST_OF_KIOSK, digits=3, issuer_no=4, position=2048,
            token="TOKEN", stops=(KTP,), priority="elderly",
        )  # fmt: skip
        return self.history.add(fact, by="system", log_id=KIOSK, step=1, after_s=after_s)

    def claim(
        self, label: str = "Loket 1", log: str = COUNTER, stop: facts.Stop = KTP, step: int = 1, sent_on: bool = False
    ) -> str:
        paper = ShownPaper(
            prefix="B", number=FIRST_OF_KIOSK, digits=3, position=1024, stop=stop, is_sent_on=sent_on
        )  # fmt: skip
        fact = facts.TicketClaimedOffline(**self._at(label, f"claim at {label}"), paper=paper)
        return self.history.add(fact, log_id=log, step=step)

    def send_on(self) -> str:
        fact = facts.TicketTransferred(**self._at("Loket 1", "send on"), to=SKCK)
        return self.history.add(fact, log_id=COUNTER, step=3)

    def finish(self, label: str = "Loket 1", log: str = COUNTER) -> str:
        fact = facts.TicketFinished(**self._at(label, f"finish at {label}"), outcome="served")
        return self.history.add(fact, log_id=log, step=2)

    def undo(self, act: str, step: int = 2) -> str:
        undone = facts.ActUndone(**self._at("Loket 1", f"undo {act}"), undoes=act, act="?")
        return self.history.add(undone, log_id=COUNTER, step=step)

    def met(self) -> Folded[Visit]:
        """What everybody makes of it in the end, whoever was heard first."""
        (folded,) = {fold_visit(order) for order in permutations(self.history.entries)}
        return folded

    def state(self, *but: str) -> Visit | None:
        """What who never heard of these entries makes of it."""
        return fold_visit(entry for entry in self.history.entries if not self._is_one(entry, but)).state

    @staticmethod
    def _is_one(entry: Entry, ids: tuple[str, ...]) -> bool:
        return entry.entry_id in ids

    @staticmethod
    def _stamp(command: str) -> dict[str, Any]:
        return {"command_id": command, "term": 1, "day": DAY}

    def _at(self, label: str, command: str) -> dict[str, Any]:
        here = {"number": "B-1000", "service": "DUKA-01", "counter": label.lower(), "counter_label": label}
        return {**self._stamp(command), **here}


def test_who_shows_an_unheard_ticket_is_served_and_finished() -> None:
    apart = Apart()
    apart.claim()
    served = apart.met().state
    assert served is not None
    assert (served.label, served.status, served.counter, served.is_unheard) == (
        "B-1000", TicketStatus.SERVING, "loket 1", True,
    )  # fmt: skip
    apart.finish()
    assert apart.met() == Folded(apart.met().state, ())


def test_claim_and_issue_are_one_visit_whoever_was_heard_first() -> None:
    apart = Apart()
    apart.issue()
    apart.claim()
    apart.finish()

    folded = apart.met()

    assert folded.anomalies == ()
    visit = folded.state
    assert visit is not None
    assert (visit.status, visit.token, visit.priority, visit.issuer_no) == (
        TicketStatus.FINISHED, "TOKEN", "elderly", 4,
    )  # fmt: skip


def test_an_issue_by_a_slow_clock_still_meets_its_claim() -> None:
    apart = Apart()
    apart.claim()
    apart.finish()
    apart.issue(after_s=60)
    folded = apart.met()
    assert folded.anomalies == ()
    assert folded.state is not None
    assert (folded.state.status, folded.state.token, folded.state.is_unheard) == (
        TicketStatus.FINISHED, "TOKEN", False,
    )  # fmt: skip


def test_a_number_that_was_misread_takes_nobody_s_ticket_unseen() -> None:
    apart = Apart()
    apart.claim()
    apart.issue(after_s=600)
    folded = apart.met()
    assert [(each.kind, each.reason) for each in folded.anomalies] == [("TicketIssued", "issued_after_its_claim")]


def test_two_counters_that_take_one_ticket_are_never_hidden() -> None:
    apart = Apart()
    apart.issue()
    apart.claim("Loket 1")
    apart.claim("Loket 2", OTHER)

    folded = apart.met()

    assert folded.state is not None and folded.state.counter == "loket 1"
    assert [(each.kind, each.reason) for each in folded.anomalies] == [("TicketClaimedOffline", "while_serving")]


def test_a_claim_taken_back_leaves_nobody_where_nobody_was_known() -> None:
    apart = Apart()
    claim = apart.claim()
    apart.undo(claim)
    assert apart.met() == Folded(None, ())


def test_a_claim_taken_back_leaves_the_ticket_waiting_once_it_is_heard_of() -> None:
    apart = Apart()
    issue = apart.issue()
    claim = apart.claim()
    apart.undo(claim)
    assert apart.state(issue) is None
    folded = apart.met()
    assert folded.anomalies == ()
    assert folded.state is not None
    assert (folded.state.status, folded.state.token) == (TicketStatus.WAITING, "TOKEN")


def test_a_claim_taken_back_after_its_issue_was_heard_leaves_the_ticket_waiting() -> None:
    apart = Apart()
    claim = apart.claim()
    finish = apart.finish()
    apart.issue(after_s=60)
    apart.undo(finish, step=3)
    apart.undo(claim, step=4)
    folded = apart.met()
    assert folded.anomalies == ()
    assert folded.state is not None
    assert (folded.state.status, folded.state.token) == (TicketStatus.WAITING, "TOKEN")


def test_what_the_clerk_read_on_the_slip_stands() -> None:
    apart = Apart()
    apart.issue()
    apart.claim(stop=SKCK)
    visit = apart.met().state
    assert visit is not None and visit.stops == (SKCK,)


@pytest.mark.parametrize("is_heard_of", [True, False])
def test_who_was_sent_on_with_a_slip_is_served_there_whatever_is_heard_of_it(is_heard_of: bool) -> None:
    apart = Apart()
    apart.issue()
    apart.claim("Loket 1")
    sent = apart.send_on()
    apart.claim("Loket 3", OTHER, SKCK, step=3, sent_on=True)

    folded = fold_visit(each for each in apart.history.entries if is_heard_of or each.entry_id != sent)

    assert folded.anomalies == ()
    visit = folded.state
    assert visit is not None
    assert (visit.status, visit.counter, visit.stop, visit.stops) == (
        TicketStatus.SERVING, "loket 3", SKCK, (KTP, SKCK),
    )  # fmt: skip
    assert visit.was_transferred


def test_a_number_is_read_as_it_is_typed_or_printed() -> None:
    assert [read_number(typed) for typed in ("b1000", " B-042 ", "ag - 7")] == [("B", 1000), ("B", 42), ("AG", 7)]
    assert [read_number(typed) for typed in ("", "1000", "B-", "TOKEN", "B-1234567", "B-١")] == [None] * 6


def test_a_number_names_one_visit_a_day() -> None:
    names = {
        visit_name(day, prefix, number)
        for day in ("2026-11-23", "2026-11-24")
        for prefix in ("A", "B", "B1")
        for number in (1, 11)
    }
    assert len(names) == 12
    assert all(len(name) == 32 and int(name, 16) for name in names)
