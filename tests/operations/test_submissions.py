"""The checklist on a real database: every tick at once on disk, decisions whole or not at all, people masked."""

from datetime import date
from typing import Any

import pytest

from mppdesk.db.journal.logs import Journal
from mppdesk.db.paper.jobs import StoredPrintJobs
from mppdesk.db.unit import WriteUnit
from mppdesk.domain import commands
from mppdesk.domain.entries import Subject, SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.hub import SlipOrder
from mppdesk.domain.slip import SlipKind
from mppdesk.domain.submission import CheckState, LackReason, SubmissionStatus
from mppdesk.operations import desk as desks
from mppdesk.operations import submissions
from mppdesk.operations.readings import CurrentTicket
from mppdesk.operations.submissions import ApplicantData, Check
from tests.fakes.office import PRINTER, SERVICES, Office

CODES = tuple(each.code for each in SERVICES[0].requirements)
NIK = "9999012311260001"
MELATI = ApplicantData(name="Melati Contohwati", nik=NIK, phone="081200000000", represented_by="Bayu Misalnya")


def current(office: Office, label: str = "Loket 1") -> CurrentTicket:
    ticket = office.readers.counter_screen(office.counter(label)).current
    assert ticket is not None
    return ticket


def served(office: Office, label: str = "Loket 1", service: str = "DUKA-01") -> CurrentTicket:
    """A new person, called and being served."""
    office.issue(service)
    office.act(commands.CallNext, label)
    office.act(commands.StartService, label)
    return current(office, label)


def check(office: Office, ticket: CurrentTicket, *checks: Check, label: str = "Loket 1") -> str:
    return submissions.check_requirements(office.desk(label), office.writer, office.ids, ticket, checks)


def complete(office: Office, label: str = "Loket 1") -> CurrentTicket:
    """The person at the counter with everything in order, and her data taken."""
    ticket = current(office, label)
    check(office, ticket, *(Check(code, CheckState.FULFILLED) for code in CODES), label=label)
    submissions.record_applicant(office.desk(label), office.writer, office.ids, ticket, MELATI)
    return current(office, label)


def incomplete(office: Office) -> CurrentTicket:
    check(office, current(office), Check(CODES[0], CheckState.LACKING, LackReason.EXPIRED))
    return current(office)


def register(office: Office, ticket: CurrentTicket, label: str = "Loket 1") -> commands.Answer:
    return submissions.register(office.desk(label), office.hub, office.readers, office.ids, ticket)


def hand_back(office: Office, ticket: CurrentTicket) -> commands.Answer:
    return submissions.hand_back(office.desk("Loket 1"), office.hub, office.ids, ticket)


def entries_of(office: Office, submission: str) -> list[tuple[str, str]]:
    with office.readers.moment() as moment:
        found = Journal(moment.store, moment.site_id).entries_of(Subject(SubjectType.SUBMISSION, submission))
    return [(each.kind, each.actor.user) for each in found]


def everything(office: Office) -> tuple[int, int]:
    """How many entries and print jobs there are."""
    with office.readers.moment() as moment:
        entries = Journal(moment.store, moment.site_id).count()
    return entries, len(jobs(office).recent(10_000))


def jobs(office: Office) -> StoredPrintJobs:
    return StoredPrintJobs(office.home.database, office.writer.changes, {PRINTER: "screen:"})


def row_of(ticket: CurrentTicket, code: str) -> tuple[CheckState, Any, Any, Any, Any]:
    row = next(row for row in ticket.checklist.rows if row.requirement.code == code)
    return row.state, row.reason, row.originals, row.copies, row.paper_date


# --- ticking ---------------------------------------------------------------------------------------------------------


def test_before_the_first_tick_there_is_a_checklist_but_no_file(office: Office) -> None:
    checklist = served(office).checklist
    assert checklist.submission is None
    assert [row.requirement.code for row in checklist.undecided] == list(CODES)


def test_the_first_tick_opens_the_file_and_the_next_ones_go_into_it(office: Office) -> None:
    ticket = served(office)
    first = check(office, ticket, Check(CODES[0], CheckState.FULFILLED, originals=1, copies=2))
    second = check(office, ticket, Check(CODES[2], CheckState.NOT_APPLICABLE))
    assert first == second == current(office).checklist.submission
    user = office.actor.user
    assert entries_of(office, first) == [
        ("SubmissionOpened", user), ("RequirementChecked", user), ("RequirementChecked", user)
    ]  # fmt: skip


def test_a_row_is_shown_as_it_was_ticked_last(office: Office) -> None:
    ticket = served(office)
    on_paper = date(2026, 8, 12)
    check(office, ticket, Check(CODES[1], CheckState.LACKING, LackReason.EXPIRED, paper_date=on_paper))
    assert row_of(current(office), CODES[1]) == (CheckState.LACKING, LackReason.EXPIRED, None, None, on_paper)
    check(office, ticket, Check(CODES[1], CheckState.FULFILLED, LackReason.EXPIRED, 1, 2))
    assert row_of(current(office), CODES[1]) == (CheckState.FULFILLED, None, 1, 2, None)


def test_an_old_paper_is_explained_and_blocks_nothing(office: Office) -> None:
    served(office)
    check(office, current(office), Check(CODES[1], CheckState.FULFILLED, paper_date=date(2026, 1, 2)))
    row = current(office).checklist.rows[1]
    assert row.finding is not None
    assert row.state is CheckState.FULFILLED


# --- the applicant ---------------------------------------------------------------------------------------------------


def test_the_applicant_is_shown_with_her_nik_masked(office: Office) -> None:
    submissions.record_applicant(office.desk("Loket 1"), office.writer, office.ids, served(office), MELATI)
    applicant = current(office).checklist.applicant
    assert (applicant.name, applicant.phone) == ("Melati Contohwati", "081200000000")
    assert applicant.represented_by == "Bayu Misalnya"
    assert applicant.masked_nik is not None
    assert NIK not in str(current(office))


def test_a_field_left_out_stays_and_an_empty_one_is_cleared(office: Office) -> None:
    desk, ticket = office.desk("Loket 1"), served(office)
    submissions.record_applicant(desk, office.writer, office.ids, ticket, MELATI)
    submissions.record_applicant(
        desk, office.writer, office.ids, ticket, ApplicantData(represented_by="", phone="0812")
    )
    applicant = current(office).checklist.applicant
    assert (applicant.name, applicant.phone) == ("Melati Contohwati", "0812")
    assert not applicant.represented_by


def test_who_looks_at_a_nik_is_recorded_before_it_is_shown(office: Office) -> None:
    submission = submissions.record_applicant(office.desk("Loket 1"), office.writer, office.ids, served(office), MELATI)
    seen: list[list[tuple[str, str]]] = []

    class WatchedReaders:
        def full_nik(self, asked: str) -> str | None:
            seen.append(entries_of(office, asked))
            return office.readers.full_nik(asked)

    readers: Any = WatchedReaders()
    assert submissions.look_at_nik(office.desk("Loket 1"), office.writer, readers, submission, "identity") == NIK
    assert seen[0][-1] == ("PersonalDataOpened", office.actor.user)


def test_without_a_reason_of_the_list_no_nik_is_shown(office: Office) -> None:
    submission = submissions.record_applicant(office.desk("Loket 1"), office.writer, office.ids, served(office), MELATI)
    before = everything(office)
    with pytest.raises(Refused, match="Alasan membuka NIK belum dipilih"):
        submissions.look_at_nik(office.desk("Loket 1"), office.writer, office.readers, submission, "penasaran")
    assert everything(office) == before


# --- F9 --------------------------------------------------------------------------------------------------------------


def test_register_and_receipt_come_together(office: Office) -> None:
    served(office)
    ticket = complete(office)
    answer = register(office, ticket)
    assert answer.register_number is not None
    assert answer.ticket is not None
    assert answer.ticket.state == "finished"
    found = jobs(office).of_subject(ticket.checklist.submission or "")
    assert [job.slip.kind for job in found] == [SlipKind.RECEIPT, SlipKind.RECEIPT]
    assert all(answer.register_number in str(job.slip) for job in found)
    assert all(NIK not in str(job.slip) for job in found)


def test_the_list_of_what_lacks_is_queued_with_the_return(office: Office) -> None:
    served(office)
    ticket = incomplete(office)
    answer = hand_back(office, ticket)
    assert answer.register_number is None
    (job,) = jobs(office).of_subject(ticket.checklist.submission or "")
    assert (job.slip.kind, job.printer) == (SlipKind.LACKING, PRINTER)


@pytest.mark.parametrize("decide", [register, hand_back])
def test_without_a_checklist_nothing_is_decided(office: Office, decide: Any) -> None:
    ticket = served(office)
    with pytest.raises(Refused, match="Daftar periksa belum diisi"):
        decide(office, ticket)


def test_what_does_not_lack_is_not_returned_and_what_lacks_is_not_registered(office: Office) -> None:
    served(office)
    ticket = incomplete(office)
    before = everything(office)
    with pytest.raises(Refused, match="belum diputuskan"):
        register(office, ticket)
    ticket = complete(office)
    with pytest.raises(Refused, match="Tidak ada baris yang Kurang"):
        hand_back(office, ticket)
    assert everything(office)[1] == before[1]


def test_a_file_is_registered_once_whoever_presses_f9_again(office: Office) -> None:
    served(office)
    ticket = complete(office)
    register(office, ticket)
    before = everything(office)
    with pytest.raises(Refused, match="sudah selesai"):
        register(office, ticket)
    with pytest.raises(Refused, match="sudah terdaftar"):
        check(office, ticket, Check(CODES[0], CheckState.LACKING, LackReason.MISSING))
    assert everything(office) == before


def test_a_registration_taken_back_opens_the_checklist_with_its_ticks(office: Office) -> None:
    served(office)
    ticket = complete(office)
    answer = register(office, ticket)
    desks.undo(office.desk("Loket 1"), office.hub, office.ids, ticket.row.visit, answer.act or "")
    checklist = current(office).checklist
    assert (checklist.status, checklist.register_number) == (SubmissionStatus.OPEN, None)
    assert checklist.undecided == ()
    again = register(office, current(office))
    assert answer.register_number is not None
    assert again.register_number is not None
    assert again.register_number > answer.register_number


def test_a_file_goes_on_at_another_counter_when_its_visit_comes_back_from_elsewhere(office: Office) -> None:
    ticket = served(office)
    visit = ticket.row.visit
    incomplete(office)
    desks.transfer(office.desk("Loket 1"), office.hub, office.ids, visit, "POLI-01", then_back=True)
    desks.call_next(office.desk("Loket 3"), office.hub, office.ids)
    desks.start(office.desk("Loket 3"), office.hub, office.ids, visit)
    desks.finish(office.desk("Loket 3"), office.hub, office.ids, visit)
    desks.call_next(office.desk("Loket 2"), office.hub, office.ids)
    desks.start(office.desk("Loket 2"), office.hub, office.ids, visit)
    assert row_of(current(office, "Loket 2"), CODES[0])[:2] == (CheckState.LACKING, LackReason.EXPIRED)
    back = complete(office, "Loket 2")
    assert register(office, back, "Loket 2").register_number is not None


# --- all or nothing --------------------------------------------------------------------------------------------------


class PowerCut(Exception):
    """What stops the program in the middle of a transaction."""


def test_power_lost_while_the_receipt_is_queued_leaves_no_number_and_no_paper(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    served(office)
    ticket = complete(office)
    before, queue = everything(office), WriteUnit.print

    def cut(unit: WriteUnit, order: SlipOrder) -> str:
        queue(unit, order)
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(WriteUnit, "print", cut)
        with pytest.raises(PowerCut):
            register(office, ticket)
        with pytest.raises(PowerCut):
            office.issue()
    assert everything(office) == before
    assert current(office) == ticket
    assert register(office, ticket).register_number is not None


def test_power_lost_between_two_ticks_leaves_neither(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = served(office)
    before, record = everything(office), WriteUnit.record

    def cut(unit: WriteUnit, *drafts: Any) -> Any:
        record(unit, *drafts)
        if len(drafts) == 2:
            raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(WriteUnit, "record", cut)
        with pytest.raises(PowerCut):
            check(office, ticket, *(Check(code, CheckState.FULFILLED) for code in CODES[:2]))
    assert everything(office) == before
    assert current(office).checklist.submission is None


def test_an_emptied_field_is_unknown_again_and_found_no_more(office: Office) -> None:
    ticket = served(office)
    submissions.record_applicant(office.desk("Loket 1"), office.writer, office.ids, ticket, MELATI)
    cleared = ApplicantData(name="", nik="", represented_by="")
    submissions.record_applicant(office.desk("Loket 1"), office.writer, office.ids, current(office), cleared)
    known = current(office).checklist.applicant
    assert (known.name, known.masked_nik, known.represented_by) == (None, None, None)
    assert known.phone == MELATI.phone
    office.act(commands.FinishTicket)
