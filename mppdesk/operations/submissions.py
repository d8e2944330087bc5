"""The checklist at the counter: every tick is on disk at once; register and return are the hub's."""

from dataclasses import dataclass
from datetime import date

from mppdesk.domain import commands, facts
from mppdesk.domain.commands import Answer
from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.hub import refusals
from mppdesk.domain.submission import CheckState, LackReason, SubmissionStatus
from mppdesk.operations.desk import Desk
from mppdesk.operations.ports import Hub, Ids, Unit, Units
from mppdesk.operations.readings import CurrentTicket, Readers
from mppdesk.operations.receipts import receipt_draft
from mppdesk.texts import msg

LOOK_REASONS = ("identity", "correction", "complaint")


@dataclass(frozen=True, slots=True)
class Check:
    """How the clerk found one requirement; counts are papers, `paper_date` the paper's own date."""

    code: str
    state: CheckState
    reason: LackReason | None = None
    originals: int | None = None
    copies: int | None = None
    paper_date: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ApplicantData:
    """What the clerk typed; None leaves a field as it was, an empty text clears it."""

    name: str | None = None
    nik: str | None = None
    phone: str | None = None
    represented_by: str | None = None


def check_requirements(desk: Desk, units: Units, ids: Ids, ticket: CurrentTicket, checks: tuple[Check, ...]) -> str:
    """Record how requirements stand, opening the submission with the first; answers its id."""
    with units.begin(desk.actor) as unit:
        submission = _open_submission(desk, unit, ids, ticket)
        unit.record(*(_check_draft(unit, submission, check) for check in checks))
    return submission


def record_applicant(desk: Desk, units: Units, ids: Ids, ticket: CurrentTicket, data: ApplicantData) -> str:
    """Record the applicant's data, sealed under the submission's key; answers the submission's id."""
    typed = ((name, getattr(data, name)) for name in ("name", "nik", "phone", "represented_by"))
    secrets = {name: text.strip() for name, text in typed if text is not None}
    with units.begin(desk.actor) as unit:
        submission = _open_submission(desk, unit, ids, ticket)
        if secrets:
            unit.record(Draft(unit.new_id(), _subject(submission), facts.ApplicantRecorded(), secrets))
    return submission


def register(desk: Desk, hub: Hub, readers: Readers, ids: Ids, ticket: CurrentTicket, *, sheets: int = 2) -> Answer:
    """Accept the complete file: register number, tanda terima, ticket finished, all at once."""
    if ticket.checklist.submission is None:
        raise _not_checked()
    command = commands.RegisterSubmission(
        command_id=ids.new(),
        counter=desk.counter,
        visit=ticket.row.visit,
        submission=ticket.checklist.submission,
        paper=receipt_draft(readers.counter_screen(desk.counter), ticket, desk),
        sheets=sheets,
        printer=desk.printer,
    )
    return hub.ask(command, desk.actor)


def hand_back(desk: Desk, hub: Hub, ids: Ids, ticket: CurrentTicket) -> Answer:
    """Return the incomplete file with the list of what lacks; the ticket is finished."""
    if ticket.checklist.submission is None:
        raise _not_checked()
    command = commands.ReturnSubmission(
        command_id=ids.new(),
        counter=desk.counter,
        visit=ticket.row.visit,
        submission=ticket.checklist.submission,
        clerk_name=desk.clerk_name,
        printer=desk.printer,
    )
    return hub.ask(command, desk.actor)


def resume(desk: Desk, hub: Hub, ids: Ids, submission: str, visit: str | None = None) -> Answer:
    """Take up a returned submission with the `visit` at this desk; None brings its own visit of today back."""
    command = commands.ResumeSubmission(command_id=ids.new(), counter=desk.counter, submission=submission, visit=visit)
    return hub.ask(command, desk.actor)


def look_at_nik(desk: Desk, units: Units, readers: Readers, submission: str, reason: str) -> str | None:
    """Show the NIK in full; who looked and why is recorded before it is shown."""
    if reason not in LOOK_REASONS:
        raise Refused(msg("Alasan membuka NIK belum dipilih."), msg("Pilih salah satu alasan di daftar."))
    with units.begin(desk.actor) as unit:
        fact = facts.PersonalDataOpened(fields=("nik",), reason=reason)
        unit.record(Draft(unit.new_id(), _subject(submission), fact))
    return readers.full_nik(submission)


def _open_submission(desk: Desk, unit: Unit, ids: Ids, ticket: CurrentTicket) -> str:
    """The submission of the person at the desk, made with its first entry, taken up again after a return."""
    known = unit.submission_of(ticket.row.visit, ticket.row.service_code)
    if known is None:
        fact = facts.SubmissionOpened(
            visit=ticket.row.visit,
            service=ticket.row.service_code,
            agency=ticket.agency,
            service_version=ticket.service_version,
            counter=desk.counter,
            token=ids.token(),
        )
        submission = unit.new_id()
        unit.record(Draft(unit.new_id(), _subject(submission), fact))
        return submission
    if known.status is SubmissionStatus.REGISTERED:
        raise Refused(
            msg("Berkas {number} sudah terdaftar.", number=known.register_number or ticket.row.number),
            msg("Tidak ada yang berubah. Batalkan pendaftarannya dahulu (Ctrl+Z)."),
        )
    if known.status is SubmissionStatus.RETURNED:
        fact_resumed = facts.SubmissionResumed(visit=ticket.row.visit, counter=desk.counter)
        unit.record(Draft(unit.new_id(), _subject(known.submission_id), fact_resumed))
    return known.submission_id


def _check_draft(unit: Unit, submission: str, check: Check) -> Draft:
    reason = check.reason if check.state is CheckState.LACKING else None
    fact = facts.RequirementChecked(
        code=check.code,
        state=str(check.state),
        reason=str(reason) if reason else None,
        originals=check.originals,
        copies=check.copies,
        date=check.paper_date.isoformat() if check.paper_date else None,
    )
    return Draft(unit.new_id(), _subject(submission), fact, {"note": check.note} if check.note else {})


def _subject(submission: str) -> Subject:
    return Subject(SubjectType.SUBMISSION, submission)


def _not_checked() -> Refused:
    return Refused(msg("Daftar periksa belum diisi. Tidak ada yang berubah."), refusals.check_each_row())
