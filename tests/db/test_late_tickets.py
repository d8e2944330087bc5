"""Tickets that arrive when their day is over: a kiosk was cut off while it ended."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mppdesk.db.journal.logs import Journal
from mppdesk.domain import commands
from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.facts import TicketIssued
from mppdesk.domain.visit import TicketStatus
from tests.fakes.office import Office, open_office

A_YEAR_S = 365 * 86_400


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "office") as opened:
        yield opened


def arrives_late(office: Office, like: str) -> str:
    """A ticket as another one, of the same day and with another number, that comes only now."""
    with office.readers.moment() as moment:
        first = Journal(moment.store, moment.site_id).entries_of(Subject(SubjectType.VISIT, like))[0].fact
    assert isinstance(first, TicketIssued)
    fact = replace(first, command_id=office.ids.new(), number=first.number + 500, token=office.ids.token())
    visit = office.ids.new()
    with office.writer.begin(office.actor) as unit:
        unit.record(Draft(unit.new_id(), Subject(SubjectType.VISIT, visit), fact))
    return visit


def test_the_next_closing_decides_a_ticket_of_a_wrong_date_that_arrives_after_the_correction(office: Office) -> None:
    office.clock.forward(A_YEAR_S)
    issued = office.ask(commands.IssueTicket(command_id=office.ids.new(), service="DUKA-01")).ticket
    assert issued is not None
    office.clock.forward(-A_YEAR_S)
    office.ask(commands.CorrectDate(command_id=office.ids.new(), day="2026-11-23", leftovers="outside"))
    late = arrives_late(office, issued.id)

    office.ask(commands.CloseDay(command_id=office.ids.new(), leftovers="outside"))

    with office.readers.moment() as moment:
        visit = moment.view.visit(late)
        assert visit is not None
        assert visit.status is TicketStatus.FINISHED
