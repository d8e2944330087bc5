"""A ticket's history written by hand, in the words of its acts."""

import itertools
from typing import Any

from mppdesk.domain import facts
from mppdesk.domain.entries import Sealed
from mppdesk.domain.facts import Stop
from mppdesk.domain.visit import TicketStatus, Visit, fold_visit
from tests.fakes.history import History

DAY = "2026-11-23"
KTP = Stop("DUKA-01", "DUKA", "1" * 64)
SKCK = Stop("POLI-01", "POLI", "2" * 64)
NOTE = Sealed("c" * 32, b"0" * 12, b"ciphertext")

WAY_TO: dict[TicketStatus, tuple[str, ...]] = {
    TicketStatus.WAITING: (),
    TicketStatus.CALLED: ("TicketCalled",),
    TicketStatus.SERVING: ("TicketCalled", "ServiceStarted"),
    TicketStatus.ON_HOLD: ("TicketCalled", "ServiceStarted", "TicketHeld"),
    TicketStatus.NO_SHOW: ("TicketCalled", "TicketNoShow"),
    TicketStatus.FINISHED: ("TicketCalled", "ServiceStarted", "TicketFinished"),
    TicketStatus.CANCELLED: ("TicketCancelled",),
}


class Ticket:
    """The history of one ticket, with short ways to go on with it."""

    def __init__(self, *stops: Stop) -> None:
        self.history = History("visit")
        self.acts = itertools.count(1)
        self.issue(stops or (KTP,))

    @property
    def visit(self) -> Visit:
        state = fold_visit(self.history.entries).state
        assert state is not None
        return state

    @property
    def anomalies(self) -> tuple[tuple[str, str], ...]:
        return tuple((each.kind, each.reason) for each in fold_visit(self.history.entries).anomalies)

    def issue(self, stops: tuple[Stop, ...]) -> str:
        fact = facts.TicketIssued(
            command_id=f"issue/{next(self.acts)}", term=1, day=DAY, prefix="B", number=19, digits=3, issuer_no=0,
            position=19 * 1024, token="TOKEN", stops=stops,
        )  # fmt: skip
        return self.history.add(fact)

    def do(
        self, kind: str, *, at: str = "Loket 1", term: int = 1, how: dict[str, Any] | None = None, **more: Any
    ) -> str:
        """Record an act at a counter; `how` are the author, clock, log and step of the entry."""
        return self.history.add(self._fact(kind, at, term, more), **(how or {}))

    def undo(self, act: str, **how: Any) -> str:
        return self.do("ActUndone", undoes=act, act="?", how=how)

    def _fact(self, kind: str, at: str, term: int, more: dict[str, Any]) -> Any:
        fact_type = facts.FACTS[kind]
        if kind == "CallShown":
            return fact_type(call=more.get("call", self._last_call()))
        decision = {"command_id": f"{kind}/{next(self.acts)}", "term": term, "day": DAY}
        if kind == "CallExpired":
            return fact_type(**decision, call=more.get("call", self._last_call()))
        decision |= {"number": "B-019", "service": "DUKA-01", "counter": at.lower(), "counter_label": at}
        return fact_type(**decision, **(_DETAILS.get(kind, {}) | more))

    def _last_call(self) -> str:
        return self.visit.calls[-1].entry_id if self.visit.calls else "f" * 32


_DETAILS: dict[str, dict[str, Any]] = {
    "TicketCalled": {"ordinal": 7, "why": "longest_wait"},
    "TicketRecalled": {"ordinal": 8},
    "TicketRequeued": {"position": 512, "behind": 2},
    "TicketTransferred": {"to": SKCK},
    "TicketFinished": {"outcome": "served"},
    "TicketCancelled": {"cause": "request"},
    "ReturnTakenUp": {"submission": "7" * 32, "to": KTP},
}


def ticket_in(status: TicketStatus) -> Ticket:
    ticket = Ticket()
    for kind in WAY_TO[status]:
        ticket.do(kind)
    assert ticket.visit.status is status
    return ticket
