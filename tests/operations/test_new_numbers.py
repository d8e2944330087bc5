"""Closing to new numbers on the real store: what the kiosk offers, whom a counter alone serves, and handing over."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import bindparam, select

from mppdesk.db.journal.codec import encode_entry
from mppdesk.db.privacy.private_tables import local_data_keys
from mppdesk.db.settings import StoredSettings
from mppdesk.db.sql import Statement
from mppdesk.domain import commands
from mppdesk.domain.entries import SYSTEM_USER, Actor, Subject, SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.office_day import NO_NEW_NUMBERS, CounterState
from mppdesk.operations import desk as desks
from mppdesk.operations import setup
from mppdesk.operations.desk import Desk
from mppdesk.operations.readings import KioskAgency
from tests.fakes.office import Office, open_office

_agencies_of = Statement(
    select(local_data_keys.c.agency).where(local_data_keys.c.subject_id == bindparam("subject_id"))
)
KIOSK = Actor(SYSTEM_USER, "kiosk")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "home") as opened:
        yield opened


def tile(office: Office, agency: str = "DUKA") -> KioskAgency:
    return next(each for each in office.readers.kiosk_screen().agencies if each.agency.code == agency)


def take_number(office: Office, service: str = "DUKA-01") -> str:
    """Somebody touches the kiosk."""
    answer = office.hub.ask(commands.IssueTicket(command_id=office.ids.new(), service=service), KIOSK)
    assert answer.ticket is not None
    return answer.ticket.number


def test_before_the_first_counter_opens_numbers_are_given(office: Office) -> None:
    assert tile(office).closed is None
    assert take_number(office) == "B-001"


def test_the_kiosk_offers_a_service_while_one_of_its_counters_takes_numbers(office: Office) -> None:
    first = office.desk("Loket 1")
    office.open("Loket 1", "Loket 2")
    desks.stop_new_numbers(first, office.hub, office.ids)
    assert tile(office).closed is None
    desks.stop_new_numbers(office.desk("Loket 2"), office.hub, office.ids)
    assert tile(office).closed == NO_NEW_NUMBERS
    assert [each.closed for each in tile(office).services] == [NO_NEW_NUMBERS] * 2
    assert tile(office, "POLI").closed is None
    with pytest.raises(Refused, match="Tidak menerima nomor baru lagi hari ini"):
        take_number(office)
    desks.resume_new_numbers(first, office.hub, office.ids)
    assert take_number(office) == "B-001"


def test_only_the_services_without_a_counter_are_closed(office: Office) -> None:
    office.act(commands.OpenCounter, "Loket 1", services=("DUKA-01",))
    office.act(commands.OpenCounter, "Loket 2", services=("DUKA-02",))
    office.act(commands.CloseCounter, "Loket 2")
    closed = {each.service.code: each.closed for each in tile(office).services}
    assert (tile(office).closed, closed) == (None, {"DUKA-01": None, "DUKA-02": NO_NEW_NUMBERS})


def test_a_break_keeps_the_numbers_coming_and_the_closing_in_mind(office: Office) -> None:
    desk = office.desk("Loket 1")
    office.open("Loket 1")
    desks.take_break(desk, office.hub, office.ids, "13.00")
    assert tile(office).closed is None
    desks.stop_new_numbers(desk, office.hub, office.ids)
    assert tile(office).closed == NO_NEW_NUMBERS
    desks.end_break(desk, office.hub, office.ids)
    assert office.readers.counter_screen(desk.counter).state is CounterState.CLOSING


def test_a_counter_knows_whom_nobody_else_serves(office: Office) -> None:
    desk = office.desk("Loket 1")
    numbers = [take_number(office), take_number(office, "DUKA-02")]
    alone = office.readers.counter_screen(desk.counter).only_here
    office.act(commands.OpenCounter, "Loket 2", services=("DUKA-02",))
    shared = office.readers.counter_screen(desk.counter).only_here
    office.act(commands.CloseCounter, "Loket 2")
    again = office.readers.counter_screen(desk.counter).only_here
    assert [row.number for row in alone] == numbers == [row.number for row in again]
    assert [row.number for row in shared] == numbers[:1]


def successor_of(office: Office, desk: Desk) -> str:
    with office.readers.moment() as moment:
        return next(key for key in moment.reference.users if key != desk.actor.user)


def test_an_open_counter_goes_to_the_next_clerk_with_its_services(office: Office) -> None:
    desk = office.desk("Loket 1")
    office.open("Loket 1")
    successor = successor_of(office, desk)
    desks.hand_over(desk, office.hub, office.ids, successor, ("DUKA-01",))
    with office.readers.moment() as moment:
        opening = moment.view.counter_day(desk.counter, moment.day)
    assert opening is not None
    assert (opening.user, opening.services) == (successor, ("DUKA-01",))


def test_a_note_goes_with_the_counter_until_a_newer_one_or_the_close(office: Office) -> None:
    desk = office.desk("Loket 1")
    office.open("Loket 1")
    desks.hand_over(desk, office.hub, office.ids, successor_of(office, desk), note="Meterai ada di koperasi.")
    first = office.readers.counter_screen(desk.counter).note
    desks.leave_shift_note(desk, office.hub, office.ids, "Karcis terakhir pukul 14.30.")
    newer = office.readers.counter_screen(desk.counter).note
    office.act(commands.CloseCounter, "Loket 1")
    office.open("Loket 1")
    assert first is not None and newer is not None
    assert (first.text, newer.text) == ("Meterai ada di koperasi.", "Karcis terakhir pukul 14.30.")
    assert first.by == "Ratna A."
    assert office.readers.counter_screen(desk.counter).note is None


def test_a_note_is_sealed_for_the_agency_of_its_counter(office: Office) -> None:
    desk = office.desk("Loket 1")
    office.open("Loket 1")
    desks.leave_shift_note(desk, office.hub, office.ids, "Meterai ada di koperasi.")
    with office.readers.moment() as moment:
        opening = moment.view.counter_day(desk.counter, moment.day)
        assert opening is not None
        subject = Subject(SubjectType.COUNTER_DAY, opening.counter_day_id)
        written = [encode_entry(entry) for entry in moment.journal.entries_of(subject)]
        agencies = [row[0] for row in moment.store.all(_agencies_of, subject_id=subject.id)]
    assert len(written) == 2 and not any(b"koperasi" in raw for raw in written)
    assert agencies == ["DUKA"]


def test_a_counter_is_not_handed_to_its_own_clerk(office: Office) -> None:
    desk = office.desk("Loket 1")
    office.open("Loket 1")
    with pytest.raises(Refused, match="sudah Anda pegang"):
        desks.hand_over(desk, office.hub, office.ids, desk.actor.user)
    assert office.readers.counter_screen(desk.counter).state is CounterState.OPEN


def test_a_counter_stays_with_its_clerk_where_the_other_may_not_work(office: Office) -> None:
    desk = office.desk("Loket 1")
    office.open("Loket 1")
    with office.readers.moment() as moment:
        name, successor = next(
            (user.user_name, key) for key, user in moment.reference.users.items() if key != desk.actor.user
        )
    current = StoredSettings(office.home.database, office.home.site_id)
    elsewhere = {f"workplaces/{name}": {"agencies": ["POLI"], "counters": []}}
    setup.change_settings(office.writer, current, Actor(SYSTEM_USER, "cli"), elsewhere)
    with pytest.raises(Refused, match="tidak terdaftar di Loket 1"):
        desks.hand_over(desk, office.hub, office.ids, successor)
    with office.readers.moment() as moment:
        opening = moment.view.counter_day(desk.counter, moment.day)
    assert opening is not None and opening.user == desk.actor.user
