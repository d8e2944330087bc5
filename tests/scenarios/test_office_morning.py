"""A morning at the front desk: what clerks see, the kiosk shows and the board calls is one truth."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mppdesk.db.projections import views
from mppdesk.domain.errors import Refused
from mppdesk.domain.office_day import CounterState
from mppdesk.domain.submission import CheckState, LackReason
from tests.fakes.office import Office, open_office
from tests.scenarios.morning import Clerk, Hall


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "home") as opened:
        yield opened


def agree(office: Office, hall: Hall, *clerks: Clerk) -> None:
    """Counter screens, kiosk and board tell the same."""
    waiting = {row.number for clerk in clerks for row in clerk.screen.waiting}
    assert len(waiting) == hall.waiting_for("DUKA") + hall.waiting_for("POLI")
    assert len(waiting) == office.readers.board_screen().waiting
    for clerk in clerks:
        if clerk.sees is not None:
            assert (clerk.sees, clerk.screen.label) in hall.board


def test_a_complete_file_is_registered_and_the_hall_knows(office: Office) -> None:
    dewi, hall = Clerk(office, "Loket 1"), Hall(office)
    assert hall.ticket("DUKA-01") == "B-001"
    assert hall.waiting_for("DUKA") == 1
    assert dewi.calls_next() == "B-001"
    dewi.calls_again()
    assert hall.board == [("B-001", "Loket 1")]
    assert hall.waiting_for("DUKA") == 0
    dewi.starts()
    dewi.finds_everything()
    dewi.writes_down("Melati Contohwati", "9999012311260001")
    assert dewi.person.checklist.applicant.name == "Melati Contohwati"
    assert dewi.registers() == "DUKA/2026/11/000001"
    assert dewi.sees is None
    assert (dewi.screen.today.finished, dewi.screen.today.registered) == (1, 1)
    assert office.readers.board_screen().finished == 1


def test_a_file_with_a_gap_goes_home_with_a_list(office: Office) -> None:
    dewi, hall = Clerk(office, "Loket 1"), Hall(office)
    hall.ticket("DUKA-01")
    dewi.calls_next()
    dewi.starts()
    dewi.misses("Surat keterangan sehat", LackReason.EXPIRED)
    dewi.hands_back()
    assert (dewi.screen.today.returned, dewi.screen.today.registered) == (1, 0)


def test_f9_pressed_too_early_is_taken_back(office: Office) -> None:
    dewi, hall = Clerk(office, "Loket 1"), Hall(office)
    hall.ticket("DUKA-01")
    dewi.calls_next()
    dewi.starts()
    dewi.finds_everything()
    dewi.registers()
    dewi.takes_it_back()
    assert dewi.sees == "B-001"
    assert {row.state for row in dewi.person.checklist.rows} == {CheckState.FULFILLED}
    assert dewi.registers() == "DUKA/2026/11/000002"


def test_the_elderly_come_first_and_nobody_is_forgotten(office: Office) -> None:
    dewi, bayu, hall = Clerk(office, "Loket 1"), Clerk(office, "Loket 2"), Hall(office)
    for _ in range(3):
        hall.ticket("DUKA-01")
    hall.ticket("DUKA-02", priority="elderly")
    up = dewi.screen.next_up
    assert up is not None
    assert (up.row.number, str(up.why)) == ("B-004", "Giliran prioritas.")
    assert [dewi.calls_next(), bayu.calls_next()] == ["B-004", "B-001"]
    agree(office, hall, dewi, bayu)
    dewi.finishes()
    bayu.finishes()
    assert [dewi.calls_next(), bayu.calls_next()] == ["B-002", "B-003"]
    agree(office, hall, dewi, bayu)


def test_who_was_not_there_comes_back_into_the_queue(office: Office) -> None:
    dewi, hall = Clerk(office, "Loket 1"), Hall(office)
    for _ in range(3):
        hall.ticket("DUKA-01")
    dewi.calls_next()
    dewi.notes_absence()
    assert [row.number for row in dewi.screen.no_show] == ["B-001"]
    dewi.lets_back_in("B-001")
    assert [row.number for row in dewi.screen.waiting] == ["B-002", "B-001", "B-003"]
    agree(office, hall, dewi)


def test_who_fetches_a_copy_is_served_at_the_counter_that_is_free(office: Office) -> None:
    dewi, bayu, hall = Clerk(office, "Loket 1"), Clerk(office, "Loket 2"), Hall(office)
    hall.ticket("DUKA-01")
    dewi.calls_next()
    dewi.starts()
    dewi.misses("Kartu keluarga", LackReason.MISSING)
    dewi.holds("ambil fotokopi KK")
    assert [row.note for row in bayu.screen.on_hold] == ["ambil fotokopi KK"]
    bayu.goes_on_with("B-001")
    assert (dewi.sees, bayu.sees) == (None, "B-001")
    bayu.finds_everything()
    assert bayu.registers() == "DUKA/2026/11/000001"


def test_a_person_sent_on_keeps_number_and_place(office: Office) -> None:
    dewi, polisi, hall = Clerk(office, "Loket 1"), Clerk(office, "Loket 3"), Hall(office)
    hall.ticket("DUKA-01")
    dewi.calls_next()
    hall.ticket("POLI-01")
    dewi.sends_to("POLI-01", "perlu surat kehilangan")
    assert [row.number for row in polisi.screen.waiting] == ["B-001", "C-001"]
    agree(office, hall, dewi, polisi)
    assert polisi.calls_next() == "B-001"
    assert polisi.person.row.note == "perlu surat kehilangan"
    assert hall.board[0] == ("B-001", "Loket 3")
    assert len(hall.story("B-001")) >= 4


def test_nobody_leaves_a_person_standing(office: Office) -> None:
    dewi, hall = Clerk(office, "Loket 1"), Hall(office)
    hall.ticket("DUKA-01")
    dewi.calls_next()
    for leave in (dewi.goes_for_lunch, dewi.goes_home, dewi.calls_next):
        with pytest.raises(Refused, match="B-001 masih dipanggil di loket ini"):
            leave()
    dewi.finishes()
    dewi.goes_for_lunch()
    assert (dewi.screen.state, dewi.screen.break_until) == (CounterState.ON_BREAK, "13.00")
    dewi.goes_home()
    assert dewi.screen.state is CounterState.CLOSED


def test_an_empty_hall_is_no_mistake(office: Office) -> None:
    dewi, hall = Clerk(office, "Loket 1"), Hall(office)
    assert dewi.calls_next() is None
    assert (dewi.screen.waiting, dewi.screen.next_up, hall.board) == ((), None, [])


def test_after_the_morning_the_books_are_right(office: Office) -> None:
    dewi, bayu, hall = Clerk(office, "Loket 1"), Clerk(office, "Loket 2"), Hall(office)
    for number in range(8):
        hall.ticket("DUKA-01" if number % 2 else "DUKA-02", priority="toddler" if number == 5 else None)
        office.clock.forward(60)
    for clerk in (dewi, bayu, dewi, bayu, dewi):
        clerk.calls_next()
        agree(office, hall, dewi, bayu)
        clerk.starts()
        clerk.finishes()
    counts = (dewi.screen.today.finished, bayu.screen.today.finished, office.readers.board_screen().waiting)
    assert counts == (3, 2, 3)
    with office.home.database.reading() as store:
        assert views.live_digest(store, office.home.site_id) == views.rebuilt_digest(store, office.home.site_id)
