"""Anomalies as a supervisor reads them: which number, who, where, and what did not fit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mppdesk.db.projections import views
from mppdesk.db.reading.anomalies import anomalies
from mppdesk.db.replication.replica import Replica
from mppdesk.domain import commands
from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.facts import TicketNoShow
from tests.fakes.office import Office, open_office
from tests.sync.hostile import HostileLog, log_id_of, stranger
from tests.sync.replicas import NOW_MS, everybody


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "office") as opened:
        yield opened


def test_a_step_that_does_not_fit_is_told_with_number_and_name(office: Office) -> None:
    ticket = office.ask(commands.IssueTicket(command_id=office.ids.new(), service="DUKA-01")).ticket
    assert ticket is not None
    with office.writer.begin(office.actor) as unit:
        fact = TicketNoShow(command_id="", term=1, day="2026-11-23", number=ticket.number, service="DUKA-01")
        unit.record(Draft(unit.new_id(), Subject(SubjectType.VISIT, ticket.id), fact))

    with office.readers.moment() as moment:
        found, more = anomalies(moment, 10)

    assert [(str(each.about), each.who, each.kind, each.reason) for each in found] == [
        (ticket.number, "Ratna A.", "TicketNoShow", "while_waiting")
    ]
    assert (str(found[0].what), more) == ("Tidak hadir.", 0)


def test_nothing_is_told_of_an_office_where_all_fits(office: Office) -> None:
    office.ask(commands.IssueTicket(command_id=office.ids.new(), service="DUKA-01"))
    with office.readers.moment() as moment:
        assert anomalies(moment, 10) == ((), 0)


def test_the_days_of_a_wrong_clock_are_told_of(office: Office) -> None:
    office.clock.forward(365 * 86_400)
    office.ask(commands.IssueTicket(command_id=office.ids.new(), service="DUKA-01"))
    office.clock.forward(-365 * 86_400)
    office.ask(commands.CorrectDate(command_id=office.ids.new(), day="2026-11-23", leftovers="cancel"))

    with office.readers.moment() as moment:
        (found,), _ = anomalies(moment, 10)
        assert moment.day == "2026-11-23"
        assert views.live_digest(moment.store, moment.site_id) == views.rebuilt_digest(moment.store, moment.site_id)

    assert (found.reason, found.who, str(found.about)) == ("wrong_clock", "Ratna A.", "Hari pelayanan")
    assert str(found.what) == "Tanggal 2027-11-23 dibetulkan menjadi 2026-11-23."


def test_what_only_a_later_version_can_read_is_told_too(office: Office) -> None:
    """It is about something that this version has no word for."""
    later = HostileLog(office.home.site_id, stranger(), log_id_of(5))
    later.add(TicketNoShow(command_id="", term=1, day="2026-11-23", number="B-1", service="DUKA-01"),
              Subject("parking_place", "P1"), kind="CarParked")  # fmt: skip
    with office.home.database.writing() as store:
        assert Replica(store, office.home.site_id).take(later.segment(), everybody(), NOW_MS).added

    with office.readers.moment() as moment:
        (found,), _ = anomalies(moment, 10)

    assert (found.kind, found.reason, str(found.about)) == ("CarParked", "unreadable", "Antrean")
