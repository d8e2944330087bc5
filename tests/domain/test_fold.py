"""A fold that goes on gives what the whole fold gives, and refuses what belongs before."""

import pytest

from mppdesk.domain.visit import TicketStatus, fold_visit, folding_visit
from tests.domain.ticket_history import Ticket


def a_long_history() -> Ticket:
    ticket = Ticket()
    called = ticket.do("TicketCalled", ordinal=1, why="first", reason=None)
    ticket.undo(called)
    ticket.do("ServiceStarted")
    ticket.do("TicketCalled", ordinal=2, why="first", reason=None)
    ticket.do("TicketFinished")
    return ticket


@pytest.mark.parametrize("split", range(7))
def test_going_on_gives_what_the_whole_fold_gives(split: int) -> None:
    entries = a_long_history().history.entries
    folding = folding_visit(entries[:split])
    folding.go_on(entries[split:])
    assert folding.folded == fold_visit(entries)
    assert [each.reason for each in folding.folded.anomalies] == ["while_waiting"]


def test_the_state_after_each_entry_is_remembered() -> None:
    entries = a_long_history().history.entries
    folding = folding_visit(entries)
    for n, entry in enumerate(entries, 1):
        assert folding.state_after(entry.entry_id) == fold_visit(entries[:n]).state
    assert folding.folded.state is not None
    assert folding.folded.state.status is TicketStatus.FINISHED


def test_an_entry_that_belongs_before_is_refused() -> None:
    entries = a_long_history().history.entries
    folding = folding_visit(entries[2:])
    with pytest.raises(ValueError, match="belongs before"):
        folding.go_on(entries[:1])
