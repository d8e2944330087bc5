"""From a number as typed or a code as scanned to the ticket and the submission it stands for."""

from datetime import date

from sqlalchemy import bindparam, select

from mppdesk.db import numbers_issued, tables
from mppdesk.db.reading.moment import Moment
from mppdesk.db.sql import Statement
from mppdesk.domain.submission import Submission, SubmissionStatus, lacking
from mppdesk.domain.ticket_code import ScannedCode, read_code
from mppdesk.domain.ticket_number import read_number, visit_name
from mppdesk.domain.visit import Visit
from mppdesk.operations.readings import Sought, SubmissionHit

_visits = tables.view_visits.c
_submissions = tables.view_submissions.c
_by_token = Statement(
    select(_visits.visit_id).where(
        _visits.site_id == bindparam("site_id"), _visits.day == bindparam("day"), _visits.token == bindparam("token")
    )
)
_submission_by_token = Statement(
    select(_submissions.submission_id).where(
        _submissions.site_id == bindparam("site_id"), _submissions.token == bindparam("token")
    )
)
_of_visit = Statement(
    select(tables.view_submission_visits.c.submission_id).where(
        tables.view_submission_visits.c.site_id == bindparam("site_id"),
        tables.view_submission_visits.c.visit_id == bindparam("visit_id"),
    )
)


def visit_id_of(moment: Moment, typed: str, day: str) -> str | None:
    """The ticket of a day by its number (`a19`, `A-019`) or by the code printed on it."""
    read, code = read_number(typed), read_code(typed)
    if read:
        return _visit_of_number(moment, day, *read)
    if code is None:
        return None
    row = moment.store.one(_by_token, site_id=moment.site_id, day=day, token=code.token)
    return str(row[0]) if row else _visit_of_unheard(moment, day, code)


def sought(moment: Moment, typed: str, day: str) -> Sought:
    """What answers to this text; a submission's code is good on any day, a ticket's on its own."""
    visit_id = visit_id_of(moment, typed, day)
    submission = _submission_of_visit(moment, visit_id) if visit_id else _submission_of_code(moment, typed)
    holder = moment.view.visit(submission.visit) if submission else None
    ticket = moment.view.visit(visit_id) if visit_id else holder
    return Sought(
        moment.row_of(ticket) if ticket else None, _hit(moment, submission, holder) if submission and holder else None
    )


def _visit_of_unheard(moment: Moment, day: str, code: ScannedCode) -> str | None:
    """Somebody was served on this slip before its ticket was heard of; a ticket with another token it does not open."""
    read = read_number(code.number) if code.number is not None and code.day == day else None
    visit = moment.view.visit(visit_name(day, *read)) if read else None
    return visit.visit_id if visit is not None and visit.is_unheard else None


def _visit_of_number(moment: Moment, day: str, prefix: str, number: int) -> str | None:
    """Visits of before decision 0017 are found by the number that was given to them: their ids are chance."""
    named = visit_name(day, prefix, number)
    if moment.view.visit(named) is not None:
        return named
    return numbers_issued.visit_of(moment.store, moment.site_id, day, prefix, number)


def _submission_of_visit(moment: Moment, visit_id: str) -> Submission | None:
    """Of several errands the one that is not yet registered, else the one decided last."""
    rows = moment.store.all(_of_visit, site_id=moment.site_id, visit_id=visit_id)
    found = (submission for row in rows if (submission := moment.view.submission(row[0])) is not None)
    return max(
        found, key=lambda each: (each.status is not SubmissionStatus.REGISTERED, each.decided_ms or 0), default=None
    )


def _submission_of_code(moment: Moment, typed: str) -> Submission | None:
    code = read_code(typed)
    if code is None:
        return None
    row = moment.store.one(_submission_by_token, site_id=moment.site_id, token=code.token)
    return moment.view.submission(row[0]) if row else None


def _hit(moment: Moment, submission: Submission, holder: Visit) -> SubmissionHit | None:
    version = moment.view.service_version(submission.service_version)
    agency = moment.reference.catalog.agencies.get(submission.agency)
    if version is None or agency is None:
        return None
    return SubmissionHit(
        submission=submission.submission_id,
        visit=holder.visit_id,
        number=holder.label,
        day=date.fromisoformat(holder.day),
        service=version.service.name_in_lists,
        service_code=submission.service,
        agency=agency,
        status=submission.status,
        ticket_status=holder.status,
        counter_label=holder.counter_label,
        was_returned=submission.last_return is not None,
        lacking=len(lacking(version.service.requirements, submission)),
        register_number=submission.register_number,
    )
