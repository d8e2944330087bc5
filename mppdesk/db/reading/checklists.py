"""The checklist of the person at the desk: the standard's rows, how each was found, what the rules say."""

from datetime import date

from mppdesk.db.reading.moment import Moment
from mppdesk.domain.catalog import Requirement, ServiceVersion
from mppdesk.domain.conditions import fee_sentence
from mppdesk.domain.formats import masked_nik
from mppdesk.domain.submission import Row, Submission, SubmissionStatus
from mppdesk.domain.validity import Finding, check
from mppdesk.domain.visit import Visit
from mppdesk.domain.working_time import due_date, duration_sentence
from mppdesk.operations.readings import Applicant, Checklist, CheckRow

_NO_ROW = Row()


def checklist_of(moment: Moment, visit: Visit) -> Checklist | None:
    """The checklist of a visit's current service, None when the catalogue has no such version."""
    # Other errands of the visit have files of their own.
    submission = moment.view.submission_for(visit.visit_id, visit.stop.service)
    version = moment.view.service_version(submission.service_version if submission else visit.stop.service_version)
    return checklist_under(moment, version, submission) if version else None


def checklist_under(moment: Moment, version: ServiceVersion, submission: Submission | None) -> Checklist:
    """The rows of one version of a standard, and how a file stands to them; None before the first tick."""
    service, today = version.service, moment.date
    return Checklist(
        submission=submission.submission_id if submission else None,
        service=service,
        version_ordinal=version.ordinal,
        rows=tuple(
            _row(number, requirement, submission, today) for number, requirement in enumerate(service.requirements, 1)
        ),
        applicant=_applicant(moment, submission),
        status=submission.status if submission else SubmissionStatus.OPEN,
        due=due_date(today, service.duration, moment.reference.site.holidays),
        fee=fee_sentence(service.fee),
        duration=duration_sentence(service.duration),
        register_number=submission.register_number if submission else None,
    )


def _row(number: int, requirement: Requirement, submission: Submission | None, today: date) -> CheckRow:
    row = submission.row(requirement.code) if submission else _NO_ROW
    on_paper = _date(row.date)
    return CheckRow(
        number=number,
        requirement=requirement,
        state=row.state,
        reason=row.reason,
        originals=row.originals,
        copies=row.copies,
        paper_date=on_paper,
        finding=_finding(requirement, on_paper, today),
    )


def _finding(requirement: Requirement, on_paper: date | None, today: date) -> Finding | None:
    return check(requirement.validity, on_paper, today) if requirement.validity else None


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _applicant(moment: Moment, submission: Submission | None) -> Applicant:
    if submission is None:
        return Applicant()
    opened = {name: moment.opened(field.sealed, field.entry_id, name) for name, field in submission.applicant.items()}
    nik = opened.get("nik")
    return Applicant(
        name=opened.get("name") or None,
        masked_nik=masked_nik(nik) if nik else None,
        phone=opened.get("phone") or None,
        represented_by=opened.get("represented_by") or None,
        is_forgotten=bool(submission.forgotten_keys),
    )
