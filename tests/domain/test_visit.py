"""A visit folded from its entries: what fits which state, what undo restores, what a late arrival changes."""

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mppdesk.domain import facts
from mppdesk.domain.entries import UnknownFact
from mppdesk.domain.facts import Stop
from mppdesk.domain.fold import Folded
from mppdesk.domain.ticket_number import ticket_number
from mppdesk.domain.visit import TicketStatus, allowed_statuses, fold_visit
from tests.domain.ticket_history import DAY, KTP, NOTE, SKCK, Ticket, ticket_in
from tests.fakes.history import FIRST_MS, History

STATUSES = tuple(TicketStatus)
KINDS = (
    "TicketCalled", "CallShown", "CallExpired", "TicketRecalled", "ServiceStarted", "TicketHeld", "TicketResumed",
    "TicketNoShow", "TicketRequeued", "TicketTransferred", "TicketFinished", "TicketCancelled",
    "ReturnTakenUp",
)  # fmt: skip

FITS: dict[str, dict[TicketStatus, TicketStatus]] = {
    "TicketCalled": dict.fromkeys(
        (TicketStatus.WAITING, TicketStatus.ON_HOLD, TicketStatus.NO_SHOW), TicketStatus.CALLED
    ),
    "CallShown": {TicketStatus.CALLED: TicketStatus.CALLED},
    "CallExpired": {TicketStatus.CALLED: TicketStatus.WAITING},
    "TicketRecalled": {TicketStatus.CALLED: TicketStatus.CALLED},
    "ServiceStarted": {TicketStatus.CALLED: TicketStatus.SERVING},
    "TicketHeld": dict.fromkeys((TicketStatus.CALLED, TicketStatus.SERVING), TicketStatus.ON_HOLD),
    "TicketResumed": {TicketStatus.ON_HOLD: TicketStatus.SERVING},
    "TicketNoShow": {TicketStatus.CALLED: TicketStatus.NO_SHOW},
    "TicketRequeued": dict.fromkeys((TicketStatus.NO_SHOW, TicketStatus.FINISHED), TicketStatus.WAITING),
    "TicketTransferred": dict.fromkeys(
        (TicketStatus.WAITING, TicketStatus.CALLED, TicketStatus.SERVING, TicketStatus.ON_HOLD), TicketStatus.WAITING
    ),
    "TicketFinished": {status: TicketStatus.FINISHED for status in STATUSES if not status.is_final},
    "TicketCancelled": {status: TicketStatus.CANCELLED for status in STATUSES if not status.is_final},
    "ReturnTakenUp": dict.fromkeys(
        (TicketStatus.CALLED, TicketStatus.SERVING, TicketStatus.FINISHED), TicketStatus.SERVING
    ),
}
"""The written rule: which act leads from which status to which; every other pair is an anomaly."""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", STATUSES)
def test_every_act_fits_or_is_an_anomaly(status: TicketStatus, kind: str) -> None:
    ticket = ticket_in(status)
    before = ticket.visit
    ticket.do(kind)
    if status in FITS[kind]:
        assert ticket.visit.status is FITS[kind][status]
        assert ticket.anomalies == ()
    else:
        assert ticket.visit == before
        assert ticket.anomalies == ((kind, f"while_{status}"),)


@pytest.mark.parametrize("kind", KINDS)
def test_the_hub_allows_what_the_fold_takes(kind: str) -> None:
    assert allowed_statuses(kind) == frozenset(FITS[kind])


@pytest.mark.parametrize("kind", [*KINDS, "ActUndone", "PersonForgotten"])
def test_nothing_happens_to_a_ticket_before_it_was_issued(kind: str) -> None:
    ticket = Ticket()
    if kind == "PersonForgotten":
        ticket.history.add(facts.PersonForgotten(key_id="c" * 32))
    elif kind == "ActUndone":
        ticket.undo("f" * 32)
    else:
        ticket.do(kind)
    folded = fold_visit(ticket.history.entries[1:])
    assert folded.state is None
    assert [each.reason for each in folded.anomalies] == ["not_issued"]


def test_a_ticket_starts_as_it_was_issued() -> None:
    visit = Ticket().visit
    assert (visit.label, visit.day, visit.stop, visit.status) == ("B-019", DAY, KTP, TicketStatus.WAITING)
    assert visit.issued_ms == visit.since_ms == FIRST_MS + 10_000
    assert (visit.issued_by, visit.last_act) == ("dewi", None)


def test_a_second_issue_of_the_same_ticket_is_an_anomaly() -> None:
    ticket = Ticket()
    ticket.issue((SKCK,))
    assert ticket.visit.stop == KTP
    assert ticket.anomalies == (("TicketIssued", "issued_twice"),)


def test_a_ticket_without_an_errand_is_an_anomaly() -> None:
    ticket = Ticket()
    ticket.history.entries.clear()
    ticket.issue(())
    assert fold_visit(ticket.history.entries).state is None
    assert ticket.anomalies == (("TicketIssued", "no_stop"),)


def test_a_number_with_more_digits_than_asked_keeps_them_all() -> None:
    assert (ticket_number("A", 7), ticket_number("A", 1234), ticket_number("AB", 7, 4)) == (
        "A-007",
        "A-1234",
        "AB-0007",
    )


# --- calls ---------------------------------------------------------------------------------------------------------


def test_a_repeated_call_is_one_call_made_twice() -> None:
    ticket = ticket_in(TicketStatus.CALLED)
    ticket.do("TicketRecalled")
    (call,) = ticket.visit.calls
    assert (call.times, call.ordinal, call.called_ms) == (2, 8, ticket.history.now_ms)


def test_a_call_that_was_shown_cannot_expire() -> None:
    ticket = ticket_in(TicketStatus.CALLED)
    ticket.do("CallShown")
    ticket.do("CallExpired")
    assert ticket.visit.is_shown
    assert ticket.visit.status is TicketStatus.CALLED
    assert ticket.anomalies == (("CallExpired", "call_was_shown"),)


def test_a_call_that_expired_leaves_the_person_where_she_stood() -> None:
    ticket = ticket_in(TicketStatus.CALLED)
    call = ticket.visit.calls[-1].entry_id
    ticket.do("CallExpired")
    assert (ticket.visit.counter, ticket.visit.position) == (None, 19 * 1024)
    ticket.do("CallShown", call=call)
    assert ticket.anomalies == (("CallShown", "while_waiting"),)


def test_a_late_word_of_an_earlier_call_says_nothing_of_this_one() -> None:
    ticket = ticket_in(TicketStatus.CALLED)
    first = ticket.visit.calls[-1].entry_id
    ticket.do("CallExpired")
    ticket.do("TicketCalled", at="Loket 2")
    ticket.do("CallShown", call=first)
    ticket.do("CallExpired", call=first)
    assert not ticket.visit.is_shown
    assert ticket.visit.counter_label == "Loket 2"
    assert ticket.anomalies == (("CallShown", "another_call"), ("CallExpired", "call_was_shown"))


def test_of_two_calls_under_two_terms_the_first_stands_and_the_other_is_told() -> None:
    ticket = Ticket()
    ticket.do("TicketCalled", at="Loket 1", term=1)
    step = ticket.history.entries[-1].step
    ticket.do("TicketCalled", at="Loket 2", term=2, how={"step": step, "log_id": "b" * 32})
    assert ticket.visit.counter_label == "Loket 1"
    assert ticket.anomalies == (("TicketCalled", "while_called"),)


# --- holding, transfers and stops ------------------------------------------------------------------------------------


def test_the_note_stays_until_a_newer_one_is_written() -> None:
    ticket = ticket_in(TicketStatus.SERVING)
    held = ticket.do("TicketHeld", note=NOTE)
    ticket.do("TicketResumed", at="Loket 2")
    ticket.do("TicketHeld")
    assert (ticket.visit.note, ticket.visit.note_entry) == (NOTE, held)


def test_service_began_when_it_first_began() -> None:
    ticket = ticket_in(TicketStatus.SERVING)
    began = ticket.visit.started_ms
    ticket.do("TicketHeld")
    ticket.do("TicketResumed", at="Loket 2")
    assert (ticket.visit.started_ms, ticket.visit.counter_label) == (began, "Loket 2")


def test_a_transfer_keeps_number_position_and_waiting_time() -> None:
    ticket = ticket_in(TicketStatus.SERVING)
    before = ticket.visit
    ticket.do("TicketTransferred", note=NOTE)
    after = ticket.visit
    assert (after.label, after.position, after.issued_ms) == (before.label, before.position, before.issued_ms)
    assert (after.stop, after.counter, after.started_ms, after.note) == (SKCK, None, None, NOTE)
    assert after.was_transferred


def test_after_a_transfer_and_back_the_first_service_goes_on() -> None:
    ticket = ticket_in(TicketStatus.SERVING)
    ticket.do("TicketTransferred", back=KTP)
    for kind in ("TicketCalled", "ServiceStarted", "TicketFinished"):
        ticket.do(kind, at="Loket 3")
    assert (ticket.visit.status, ticket.visit.stop, ticket.visit.counter) == (TicketStatus.WAITING, KTP, None)
    for kind in ("TicketCalled", "ServiceStarted", "TicketFinished"):
        ticket.do(kind)
    assert ticket.visit.status is TicketStatus.FINISHED
    assert ticket.anomalies == ()


def test_a_transfer_comes_before_the_errands_that_are_left() -> None:
    ticket = Ticket(KTP, SKCK)
    tax = Stop("PAJA-01", "PAJA", "3" * 64)
    ticket.do("TicketTransferred", to=tax)
    assert ticket.visit.stops == (KTP, tax, SKCK)
    assert ticket.visit.stop == tax


def test_what_ends_outside_ends_with_all_its_errands() -> None:
    ticket = Ticket(KTP, SKCK)
    ticket.do("TicketFinished", outcome="outside")
    assert (ticket.visit.status, ticket.visit.outcome) == (TicketStatus.FINISHED, "outside")


# --- undo ------------------------------------------------------------------------------------------------------------

UNDOABLE = tuple(kind for kind in KINDS if kind not in ("CallShown", "CallExpired"))


@pytest.mark.parametrize(
    ("status", "kind"), [(status, kind) for kind in UNDOABLE for status in STATUSES if status in FITS[kind]]
)
def test_undo_restores_everything_as_it_was(status: TicketStatus, kind: str) -> None:
    ticket = ticket_in(status)
    before = ticket.visit
    ticket.undo(ticket.do(kind))
    assert replace(ticket.visit, undone_calls=()) == before
    assert bool(ticket.visit.undone_calls) is (kind in ("TicketCalled", "TicketRecalled"))
    assert ticket.anomalies == ()


def test_a_finished_ticket_is_back_at_its_counter() -> None:
    ticket = ticket_in(TicketStatus.SERVING)
    ticket.undo(ticket.do("TicketFinished", outcome="registered"))
    assert (ticket.visit.counter_label, ticket.visit.outcome) == ("Loket 1", None)
    assert ticket.visit.is_at_counter


def test_acts_are_taken_back_one_after_the_other() -> None:
    ticket = Ticket()
    called, started, held = (ticket.do(kind) for kind in ("TicketCalled", "ServiceStarted", "TicketHeld"))
    for act, status in ((held, TicketStatus.SERVING), (started, TicketStatus.CALLED), (called, TicketStatus.WAITING)):
        ticket.undo(act)
        assert ticket.visit.status is status
    assert ticket.visit.calls == ()
    assert ticket.anomalies == ()


@pytest.mark.parametrize("which", ["an earlier act", "the same act twice", "the undo itself", "something unknown"])
def test_only_the_last_act_can_be_taken_back(which: str) -> None:
    ticket = Ticket()
    called, started = ticket.do("TicketCalled"), ticket.do("ServiceStarted")
    if which == "an earlier act":
        ticket.undo(called)
    elif which == "something unknown":
        ticket.undo("f" * 32)
    else:
        undone = ticket.undo(started)
        ticket.undo(started if which == "the same act twice" else undone)
    assert ticket.anomalies == (("ActUndone", "not_the_last_act"),)


def test_an_act_that_did_not_fit_cannot_be_taken_back() -> None:
    ticket = ticket_in(TicketStatus.WAITING)
    ticket.undo(ticket.do("ServiceStarted"))
    assert ticket.anomalies == (("ServiceStarted", "while_waiting"), ("ActUndone", "not_the_last_act"))


def test_to_forget_a_person_changes_nothing_of_the_ticket() -> None:
    ticket = ticket_in(TicketStatus.FINISHED)
    before = ticket.visit
    ticket.history.add(facts.PersonForgotten(key_id="c" * 32))
    assert ticket.visit == before


# --- order, and kinds of the future ----------------------------------------------------------------------------------


def test_what_this_version_cannot_read_is_passed_over() -> None:
    ticket = ticket_in(TicketStatus.CALLED)
    before = ticket.visit
    ticket.history.add(UnknownFact("unknown kind"))
    assert ticket.visit == before
    assert ticket.anomalies == ()


def test_a_kind_of_another_subject_is_an_anomaly() -> None:
    ticket = Ticket()
    ticket.history.add(facts.LogClosed())
    assert ticket.anomalies == (("LogClosed", "unknown_kind"),)


def test_a_late_arrival_takes_its_place_by_cause_not_by_clock() -> None:
    ticket = Ticket()
    ticket.do("TicketCalled")
    ticket.do("ServiceStarted", how={"after_s": -360})
    ticket.do("TicketHeld", how={"after_s": 365 * 86_400})
    late = ticket.history.entries.pop(2)
    without = ticket.visit
    ticket.history.entries.append(late)
    assert (without.status, without.started_ms) == (TicketStatus.ON_HOLD, None)
    assert (ticket.visit.status, ticket.visit.started_ms) == (TicketStatus.ON_HOLD, late.wall_ms)
    assert ticket.anomalies == ()


def walk(picks: list[int]) -> Ticket:
    """A ticket on which, act after act, one of the acts that fit is done, or the last one taken back."""
    ticket = Ticket()
    for pick in picks:
        visit = ticket.visit
        fitting = [kind for kind in KINDS if visit.status in FITS[kind]]
        if visit.is_shown and visit.status is TicketStatus.CALLED:
            fitting.remove("CallExpired")
        if visit.last_act is not None:
            fitting.append("ActUndone")
        if not fitting:
            break
        kind = fitting[pick % len(fitting)]
        if kind == "ActUndone":
            ticket.undo(visit.last_act or "")
        else:
            more: dict[str, Any] = {"to": visit.stop} if kind == "ReturnTakenUp" else {}
            ticket.do(kind, at=f"Loket {pick % 3 + 1}", **more)
    return ticket


PICKS = st.lists(st.integers(0, 1000), max_size=25)


@settings(max_examples=60)
@given(PICKS)
def test_a_walk_of_fitting_acts_never_meets_an_anomaly(picks: list[int]) -> None:
    ticket = walk(picks)
    assert ticket.anomalies == ()
    visit = ticket.visit
    assert visit.is_at_counter <= (visit.counter is not None)
    assert (visit.status is TicketStatus.WAITING) <= (visit.counter is None)
    assert visit.stop in visit.stops


@settings(max_examples=60)
@given(PICKS, st.integers())
def test_any_order_of_arrival_gives_the_same_ticket(picks: list[int], seed: int) -> None:
    entries = walk(picks).history.entries
    shuffled = random.Random(seed).sample(entries, len(entries))
    assert fold_visit(shuffled) == fold_visit(entries)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(KINDS), max_size=20), st.integers())
def test_any_acts_at_all_still_give_a_state(kinds: list[str], seed: int) -> None:
    ticket = Ticket()
    for kind in kinds:
        ticket.do(kind)
    entries = ticket.history.entries
    kept = random.Random(seed).sample(entries, len(entries) // 2)
    folded = fold_visit(kept)
    assert (folded.state is None) <= (entries[0] not in kept)
    assert len(folded.anomalies) <= len(kept)


def test_a_copy_of_the_slip_changes_nobodys_place_and_undo_still_finds_the_act_before_it() -> None:
    ticket = Ticket()
    call = ticket.do("TicketCalled")
    before = ticket.visit
    ticket.history.add(facts.SlipReprinted(slip="ticket", label="B-019", copy_number=1, printer="Kiosk 1"))
    assert (ticket.visit, ticket.anomalies) == (before, ())
    ticket.undo(call)
    assert (ticket.visit.status, ticket.anomalies) == (TicketStatus.WAITING, ())


def test_a_copy_may_be_heard_of_before_its_ticket() -> None:
    history = History("visit")
    history.add(facts.SlipReprinted(slip="ticket", label="B-019", copy_number=1, printer="Kiosk 1"))
    assert fold_visit(history.entries) == Folded(None, ())
