"""What the finder says of everything that can be sought, and the one act it offers: without Qt."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mppdesk.domain.office_day import CounterState
from mppdesk.domain.submission import CheckState, SubmissionStatus
from mppdesk.domain.visit import TicketStatus
from mppdesk.operations.readings import CounterScreen, Sought, StaleTicket, SubmissionHit
from mppdesk.operations.submissions import Check
from mppdesk.ui.counter.finder_state import finder_view
from mppdesk.ui.counter.finder_words import FinderView, Offer
from mppdesk.ui.counter.taking_state import taking_view
from tests.ui.counter import scenes
from tests.ui.counter.catalogue import AGENCIES
from tests.ui.counter.fake_port import FakePort
from tests.ui.counter.scenes import HandClock

YESTERDAY = date(2026, 11, 20)


def office() -> FakePort:
    return scenes.returned(HandClock())


def sought(port: FakePort, typed: str, changes: dict[str, Any]) -> Sought:
    found = port.seek(typed)
    return replace(found, submission=replace(found.submission, **changes)) if found.submission and changes else found


def view(port: FakePort, typed: str, **changes: Any) -> FinderView:
    """What is said of a number when its submission stands as in `changes`."""
    return finder_view(typed, sought(port, typed, changes), port.screen())


@pytest.mark.parametrize("typed", ["a009", "A-009", "0123456789abcdef"])
def test_a_file_of_today_is_taken_up_under_its_old_number(typed: str) -> None:
    found = view(office(), typed)
    assert (found.offer, found.number, found.submission) == (Offer.TAKE_UP, "A-009", "submission-9")
    assert str(found.what) == "SIP Bidan (faskes): dikembalikan hari ini, 1 dokumen kurang."
    assert str(found.button) == "Lanjutkan berkas A-009"


def test_a_file_of_an_earlier_day_wants_a_number_of_today_first() -> None:
    found = view(office(), "A-009", day=YESTERDAY)
    assert found.offer is Offer.NOTHING
    assert "dikembalikan" in str(found.what) and "hari ini" not in str(found.what)
    assert "nomor hari ini" in str(found.then)


@pytest.mark.parametrize("day", [None, YESTERDAY])
def test_a_person_at_the_desk_for_that_service_goes_on_with_it(day: date | None) -> None:
    port = office()
    port.call_next()
    found = view(port, "A-009", **({"day": day} if day else {}))
    assert (found.offer, found.visit) == (Offer.GO_ON_HERE, "visit-019")
    assert str(found.button) == "Lanjutkan berkas ini untuk A-019"


@pytest.mark.parametrize(("day", "offer"), [(None, Offer.QUEUE), (YESTERDAY, Offer.NOTHING)])
def test_while_somebody_else_is_served_who_came_back_waits(day: date | None, offer: Offer) -> None:
    port = office()
    port.call_ticket("visit-021", "recalled")
    found = view(port, "A-009", **({"day": day} if day else {}))
    assert found.offer is offer
    assert "A-021" in str(found.then)


def test_a_checklist_that_was_begun_is_not_given_away() -> None:
    port = office()
    port.call_next()
    here = port.screen().current
    assert here is not None
    port.check(here, (Check("DPMPTSP-07-R01", CheckState.FULFILLED),))
    assert view(port, "A-009").offer is Offer.QUEUE


def test_a_shut_counter_takes_nothing_up() -> None:
    port = office()
    port.state = CounterState.CLOSED
    found = view(port, "A-009")
    assert (found.offer, str(found.then)) == (Offer.NOTHING, "Buka loket lebih dahulu (F12).")


def test_a_file_of_another_agency_a_registered_one_and_one_in_work() -> None:
    port = office()
    assert "ke loket Polres" in str(view(port, "A-009", agency=AGENCIES["POLRES"]).then)
    registered = view(port, "A-009", status=SubmissionStatus.REGISTERED, register_number="DPMPTSP/2026/11/000007")
    assert "DPMPTSP/2026/11/000007" in str(registered.what)
    elsewhere = view(port, "A-009", ticket_status=TicketStatus.SERVING, counter_label="Loket 5")
    assert str(elsewhere.then) == "Sedang dilanjutkan di Loket 5."
    assert {registered.offer, elsewhere.offer} == {Offer.NOTHING}


def test_a_file_on_the_screen_is_said_to_be_there() -> None:
    port = office()
    port.take_up("submission-9", None)
    hit = port.seek("A-009").submission
    assert hit is not None
    again = replace(hit, was_returned=True)
    found = finder_view("A-009", Sought(None, again), port.screen())
    assert (found.offer, str(found.then)) == (Offer.NOTHING, "Berkas ini sedang di layar.")


def queued_again(port: FakePort) -> SubmissionHit:
    port.requeue("visit-009")
    hit = port.seek("A-009").submission
    assert hit is not None
    return replace(hit, was_returned=True, status=SubmissionStatus.RETURNED)


def test_a_file_whose_number_waits_again_is_called_and_then_taken_up() -> None:
    port = office()
    hit = queued_again(port)
    assert finder_view("A-009", Sought(None, hit), port.screen()).offer is Offer.CALL
    port.call_ticket("visit-009", "recalled")
    found = finder_view("A-009", Sought(None, replace(hit, ticket_status=TicketStatus.CALLED)), port.screen())
    assert (found.offer, found.visit) == (Offer.GO_ON_HERE, "visit-009")


@pytest.mark.parametrize(("number", "status"), [("A-021", "masih menunggu"), ("A-016", "sedang ditunda")])
def test_a_ticket_of_the_lists_can_be_called(number: str, status: str) -> None:
    port = office()
    found = view(port, number)
    assert (found.offer, str(found.button)) == (Offer.CALL, f"Panggil {number}")
    assert str(found.what).endswith(f": {status}.")
    port.call_next()
    assert "Selesaikan A-019 dahulu" in str(view(port, number).then)


def test_what_nobody_has_and_a_number_of_another_list() -> None:
    port = office()
    assert view(port, "B-09") == finder_view("B-09", Sought(), port.screen())
    assert str(view(port, "B-09").what) == "Tidak ketemu: B-09."
    row = port.seek("A-021").ticket
    assert row is not None
    elsewhere = Sought(replace(row, visit="visit-of-another-counter", number="B-042"))
    assert finder_view("B-042", elsewhere, port.screen()).offer is Offer.NOTHING


@pytest.mark.parametrize("view_of", [finder_view, taking_view])
def test_the_slip_of_another_day_says_its_day_with_and_without_the_hub(
    view_of: Callable[[str, Sought, CounterScreen], FinderView],
) -> None:
    found = view_of("a code", Sought(stale=StaleTicket("B-707", YESTERDAY)), office().screen())
    assert (found.number, found.offer) == ("B-707", Offer.NOTHING)
    assert str(found.what) == "Karcis B-707 dari Jum, 20 Nov 2026, bukan karcis hari ini."


@pytest.mark.parametrize("status", TicketStatus)
def test_every_status_has_its_words(status: TicketStatus) -> None:
    port = office()
    row = port.seek("A-021").ticket
    assert row is not None
    found = finder_view("A-021", Sought(replace(row, status=status, counter_label="Loket 5")), port.screen())
    assert str(found.what).count("{") == 0
    assert str(found.what).startswith(row.service)
