"""Anomalies as a supervisor reads them: which number, who, where, and what did not fit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from mppdesk.db.privacy.forgetting import forget
from mppdesk.db.projections import views
from mppdesk.db.reading.anomalies import anomalies, open_anomalies
from mppdesk.db.replication.replica import Replica
from mppdesk.db.sql import Statement
from mppdesk.db.tables import journal_entries
from mppdesk.domain import commands
from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.errors import BadInput, NotAllowed
from mppdesk.domain.facts import DayMisdated, TicketNoShow
from mppdesk.operations.anomalies import mark_seen
from mppdesk.operations.readings import SignedIn
from tests.fakes.office import Office, open_office
from tests.sync.hostile import HostileLog, log_id_of, stranger
from tests.sync.replicas import NOW_MS, everybody

_bytes = Statement(select(journal_entries.c.bytes))


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


def no_shows(office: Office, count: int) -> list[str]:
    """The ids of entries that do not fit: nobody called these people."""
    made = []
    for _ in range(count):
        ticket = office.ask(commands.IssueTicket(command_id=office.ids.new(), service="DUKA-01")).ticket
        assert ticket is not None
        with office.writer.begin(office.actor) as unit:
            fact = TicketNoShow(command_id="", term=1, day="2026-11-23", number=ticket.number, service="DUKA-01")
            made.append(unit.new_id())
            unit.record(Draft(made[-1], Subject(SubjectType.VISIT, ticket.id), fact))
    return made


def test_who_leads_looks_at_an_anomaly_and_it_goes_behind_the_open_ones(office: Office) -> None:
    leader = SignedIn(office.actor.user, "ratna", "Ratna A.", ("supervisor",))
    first, second, third = no_shows(office, 3)

    mark_seen(office.writer, leader, third, "  Orangnya Melati Contohwati, hadir. ")
    mark_seen(office.writer, leader, second, "")
    mark_seen(office.writer, leader, second, "Salah tekan.")

    with office.readers.moment() as moment:
        found, more = anomalies(moment, 10)
        assert (open_anomalies(moment), more, anomalies(moment, 2)[1]) == (1, 0, 1)
        assert views.live_digest(moment.store, moment.site_id) == views.rebuilt_digest(moment.store, moment.site_id)
        raw = b"".join(bytes(row[0]) for row in moment.store.all(_bytes))
    assert [each.entry_id for each in found] == [first, third, second]
    assert [each.seen and (each.seen.who, each.seen.note) for each in found] == [
        None, ("Ratna A.", "Orangnya Melati Contohwati, hadir."), ("Ratna A.", "Salah tekan."),
    ]  # fmt: skip
    assert b"Melati" not in raw, "what a person types is sealed"


def test_a_note_about_somebody_is_forgotten_with_her(office: Office) -> None:
    leader = SignedIn(office.actor.user, "ratna", "Ratna A.", ("supervisor",))
    (entry_id,) = no_shows(office, 1)
    mark_seen(office.writer, leader, entry_id, "Orangnya Melati Contohwati.")
    with office.readers.moment() as moment:
        entry = moment.journal.entry(entry_id)
    assert entry is not None

    assert forget(office.home, office.actor, office.readers.subjects_of(entry.subject.id)) == 1

    with office.readers.moment() as moment:
        (found,), _ = anomalies(moment, 10)
    assert found.seen is not None
    assert (found.seen.who, found.seen.note) == ("Ratna A.", None)


def test_only_who_leads_marks_an_anomaly_and_in_few_words(office: Office) -> None:
    (entry_id,) = no_shows(office, 1)
    with pytest.raises(NotAllowed):
        mark_seen(office.writer, SignedIn(office.actor.user, "dewi", "Dewi C.", ("clerk",)), entry_id, "")
    with pytest.raises(BadInput):
        mark_seen(office.writer, SignedIn(office.actor.user, "ratna", "R", ("supervisor",)), entry_id, "x" * 501)
    with office.readers.moment() as moment:
        assert open_anomalies(moment) == 1


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


def test_a_date_put_right_that_nobody_opened_is_one_anomaly(office: Office) -> None:
    nobodys = Subject(SubjectType.SERVICE_DAY, "d" * 32)
    with office.writer.begin(office.actor) as unit:
        fact = DayMisdated(command_id="", term=1, day="2027-11-23", really="2026-11-23", counts={})
        unit.record(Draft(unit.new_id(), nobodys, fact))

    with office.readers.moment() as moment:
        assert [each.reason for each in anomalies(moment, 10)[0]] == ["not_opened"]
        assert views.live_digest(moment.store, moment.site_id) == views.rebuilt_digest(moment.store, moment.site_id)


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
