"""A visit that ended with papers to complete goes on: at once at a counter, under its old number."""

from mppdesk.domain.visit import TicketStatus
from tests.domain.ticket_history import KTP, SKCK, Ticket, ticket_in


def returned() -> Ticket:
    ticket = ticket_in(TicketStatus.SERVING)
    ticket.do("TicketFinished", outcome="returned")
    return ticket


def test_who_was_sent_home_for_a_paper_may_come_back_and_who_was_served_need_not() -> None:
    assert returned().visit.may_come_back
    assert not ticket_in(TicketStatus.FINISHED).visit.may_come_back
    assert not ticket_in(TicketStatus.SERVING).visit.may_come_back


def test_who_comes_back_is_served_at_once_under_the_old_number_and_time_runs_anew() -> None:
    ticket = returned()
    before = ticket.visit
    ticket.do("ReturnTakenUp", at="Loket 2")
    after = ticket.visit
    assert (after.label, after.stops, after.calls) == (before.label, before.stops, before.calls)
    assert (after.counter_label, after.outcome, after.started_ms) == ("Loket 2", None, ticket.history.now_ms)
    assert not after.may_come_back


def test_an_earlier_errand_that_is_taken_up_comes_after_those_that_ended() -> None:
    ticket = Ticket(KTP, SKCK)
    for outcome in ("returned", "served"):
        ticket.do("TicketCalled")
        ticket.do("ServiceStarted")
        ticket.do("TicketFinished", outcome=outcome)
    ticket.do("ReturnTakenUp", to=KTP)
    assert (ticket.visit.stops, ticket.visit.stop) == ((KTP, SKCK, KTP), KTP)
    ticket.do("TicketFinished", outcome="registered")
    assert ticket.visit.status is TicketStatus.FINISHED
    assert ticket.anomalies == ()


def test_a_person_who_waits_for_something_else_does_not_take_it_up() -> None:
    ticket = ticket_in(TicketStatus.SERVING)
    ticket.do("ReturnTakenUp", to=SKCK)
    assert ticket.visit.stop == KTP
    assert ticket.anomalies == (("ReturnTakenUp", "another_service"),)
