"""A returned file over the real store: found by code or number, its secrets still readable, its history whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from mppdesk.db.journal.verify import verify
from mppdesk.db.privacy.forgetting import forget
from mppdesk.db.sql import Statement
from mppdesk.db.tables import view_submissions, view_visits
from mppdesk.domain import commands
from mppdesk.domain.submission import CheckState, LackReason, SubmissionStatus
from mppdesk.domain.visit import TicketStatus
from mppdesk.operations import submissions
from mppdesk.operations.readings import CurrentTicket
from mppdesk.operations.submissions import ApplicantData, Check
from tests.fakes.office import Office, open_office

PERSON = ApplicantData("Melati Contohwati", "9999010101900001", "081200000000")
CHECKS = (
    Check("DUKA-01-R01", CheckState.FULFILLED, originals=1),
    Check("DUKA-01-R02", CheckState.LACKING, LackReason.EXPIRED),
    Check("DUKA-01-R03", CheckState.NOT_APPLICABLE),
)


@dataclass(frozen=True)
class Returned:
    """B-001 went home from Loket 1 with the list of what lacks."""

    visit: str
    submission: str
    day: str


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "home") as opened:
        opened.open("Loket 1", "Loket 2")
        yield opened


@pytest.fixture
def returned(office: Office) -> Returned:
    ticket = serve(office)
    submission = submissions.check_requirements(office.desk("Loket 1"), office.writer, office.ids, ticket, CHECKS)
    submissions.record_applicant(office.desk("Loket 1"), office.writer, office.ids, ticket, PERSON)
    submissions.hand_back(office.desk("Loket 1"), office.hub, office.ids, here(office))
    return Returned(ticket.row.visit, submission, office.clock.now().date().isoformat())


def here(office: Office, label: str = "Loket 1") -> CurrentTicket:
    ticket = office.readers.counter_screen(office.counter(label)).current
    assert ticket is not None
    return ticket


def serve(office: Office, label: str = "Loket 1") -> CurrentTicket:
    office.issue("DUKA-01")
    office.act(commands.CallNext, label)
    office.act(commands.StartService, label)
    return here(office, label)


def resume(office: Office, submission: str, visit: str | None = None, label: str = "Loket 1") -> CurrentTicket:
    submissions.resume(office.desk(label), office.hub, office.ids, submission, visit)
    return here(office, label)


def tomorrow(office: Office) -> None:
    office.clock.forward(86_400)
    office.open("Loket 1", "Loket 2")


def code_of(office: Office, table: str) -> str:
    column = {"ticket": view_visits.c.token, "submission": view_submissions.c.token}[table]
    with office.home.database.reading() as store:
        row = store.one(Statement(select(column)))
    assert row is not None
    return str(row[0])


def is_sound(office: Office) -> bool:
    with office.home.database.reading() as store:
        return verify(store, office.home.site_id).is_sound


@pytest.mark.parametrize("by", ["number", "code on the ticket", "code on the list"])
def test_it_is_found_by_number_or_by_either_code(office: Office, returned: Returned, by: str) -> None:
    typed = {"number": "b1", "code on the ticket": code_of(office, "ticket"), "code on the list": ""}[by]
    found = office.readers.seek(f" {(typed or code_of(office, 'submission')).lower()} ")
    assert found.ticket is not None and found.submission is not None
    assert (found.ticket.number, found.submission.submission) == ("B-001", returned.submission)
    assert (found.submission.lacking, found.submission.was_returned) == (1, True)
    assert (found.submission.status, found.submission.ticket_status) == (
        SubmissionStatus.RETURNED,
        TicketStatus.FINISHED,
    )


def test_on_a_later_day_the_list_is_good_and_the_ticket_is_not(office: Office, returned: Returned) -> None:
    list_code, ticket_code = code_of(office, "submission"), code_of(office, "ticket")
    tomorrow(office)
    found = office.readers.seek(list_code).submission
    assert found is not None
    assert (found.number, found.day) == ("B-001", date.fromisoformat(returned.day))
    for text in (ticket_code, "B-001", "Z-9", "0" * 16, "nobody", ""):
        assert office.readers.seek(text).ticket is None
    by_number = office.readers.seek("B-001", returned.day).submission
    assert by_number == found


def test_a_code_is_looked_up_by_an_index_or_among_one_days_tickets(office: Office, returned: Returned) -> None:
    with office.home.database.reading() as store:
        for table, index in (
            ("view_visits", "day=?"),
            ("view_submissions", "ix_view_submissions_token"),
        ):
            of_day = "AND day = 'd'" if table == "view_visits" else ""
            plan = f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE site_id = 's' {of_day} AND token = 't'"
            assert index in str(store.connection.execute(plan).fetchall())


@pytest.mark.parametrize("label", ["Loket 1", "Loket 2"])
def test_the_checklist_and_the_person_are_as_they_were(office: Office, returned: Returned, label: str) -> None:
    ticket = resume(office, returned.submission, label=label)
    assert (ticket.row.visit, ticket.row.number, ticket.row.status) == (returned.visit, "B-001", TicketStatus.SERVING)
    assert [row.state for row in ticket.checklist.rows] == [each.state for each in CHECKS]
    assert ticket.checklist.applicant.name == PERSON.name
    assert office.readers.full_nik(returned.submission) == PERSON.nik
    assert is_sound(office)


def test_tomorrow_it_goes_on_with_a_new_number_and_is_registered(office: Office, returned: Returned) -> None:
    tomorrow(office)
    new = serve(office)
    ticket = resume(office, returned.submission, new.row.visit)
    assert (ticket.row.visit, ticket.checklist.submission) == (new.row.visit, returned.submission)
    assert ticket.checklist.applicant.name == PERSON.name
    repaired = (Check("DUKA-01-R02", CheckState.FULFILLED, originals=1),)
    submissions.check_requirements(office.desk("Loket 1"), office.writer, office.ids, ticket, repaired)
    answer = submissions.register(office.desk("Loket 1"), office.hub, office.readers, office.ids, here(office))
    assert answer.register_number == "DUKA/2026/11/000001"
    assert is_sound(office)


def test_both_numbers_tell_what_happened_and_both_lead_to_forgetting(office: Office, returned: Returned) -> None:
    tomorrow(office)
    new = serve(office)
    resume(office, returned.submission, new.row.visit)
    for visit in (returned.visit, new.row.visit):
        told = [str(line.what) for line in office.readers.history(visit)]
        assert "Berkas dikembalikan, 1 dokumen kurang." in told
        assert "Berkas diperiksa lagi." in told
        assert returned.submission in [subject.id for subject in office.readers.subjects_of(visit)]
    by_number = office.readers.seek("B-001", returned.day).submission
    assert by_number is not None and by_number.visit == new.row.visit
    forget(office.home, office.actor, office.readers.subjects_of(returned.visit))
    assert here(office).checklist.applicant.is_forgotten
    assert office.readers.full_nik(returned.submission) is None


def test_a_file_taken_up_by_mistake_leaves_no_trace_at_the_wrong_person(office: Office, returned: Returned) -> None:
    tomorrow(office)
    wrong = serve(office)
    answer = submissions.resume(office.desk("Loket 1"), office.hub, office.ids, returned.submission, wrong.row.visit)
    assert answer.act is not None
    at = office.counter("Loket 1")
    office.ask(commands.UndoAct(command_id=office.ids.new(), counter=at, visit=wrong.row.visit, act=answer.act))
    assert here(office).checklist.submission is None
    assert [subject.id for subject in office.readers.subjects_of(wrong.row.visit)] == [wrong.row.visit]
    assert office.readers.seek("B-001", returned.day).submission is not None
    assert is_sound(office)
