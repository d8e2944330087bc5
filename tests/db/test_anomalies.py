"""Anomalies as a supervisor reads them: which number, who, where, and what did not fit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mppdesk.db.reading.anomalies import anomalies
from mppdesk.domain import commands
from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.facts import TicketNoShow
from tests.fakes.office import Office, open_office


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
