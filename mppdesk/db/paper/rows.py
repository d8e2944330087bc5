"""The statements over `local_print_jobs`, and a row as a job.

What is open or doubtful is found by the index of the unsettled; what is recent by its rowid, in which jobs lie as they
were ordered whatever a clock said.
"""

import secrets

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, func, insert, literal_column, or_, select, update

from mppdesk.db.journal.codec import decode_slip
from mppdesk.db.paper.tables import COPIED_JOBS, UNSETTLED_JOBS, local_print_jobs
from mppdesk.db.privacy.sealing import NONCE_BYTES, DataKeys, seal_paper, unseal_paper
from mppdesk.db.sql import Row, Statement, Store, one_of
from mppdesk.db.tables import local_settings, view_visits
from mppdesk.domain.print_job import JobState, PrinterState, PrintJob
from mppdesk.domain.slip import SlipKind
from mppdesk.domain.visit_state import TicketStatus

_LOOK_BACK = 100
"""An hour of a busy kiosk: whoever asks for the slip of a ticket or a file has just ordered it."""
_MOST_QUESTIONS = 20
"""A queue that never tells what became of its sheets leaves a question about each; only the latest are worth asking."""

_jobs = local_print_jobs.c
_COLUMNS = (
    _jobs.job_id, _jobs.printer, _jobs.slip, _jobs.subject_id, _jobs.label, _jobs.copy_number, _jobs.state,
    _jobs.cause, _jobs.attempts, _jobs.bytes_given, _jobs.created_ms, _jobs.changed_ms, _jobs.key_id, _jobs.kind,
)  # fmt: skip
_BY_AGE: ColumnElement[int] = literal_column("rowid")
_OPEN = (str(JobState.QUEUED), str(JobState.BLOCKED))
# What never surely came out: a copy may take its place, and nobody needs it for ever. What is printed stays as it is.
_CANCELLABLE = (*_OPEN, str(JobState.UNCONFIRMED), str(JobState.EXPIRED), str(JobState.FAILED))
_is_open = one_of(_jobs.state, _OPEN)
_is_unconfirmed = _jobs.state == str(JobState.UNCONFIRMED)
_is_expired = _jobs.state == str(JobState.EXPIRED)
_was_called = exists().where(
    local_settings.c.name == "site_id",
    view_visits.c.site_id == local_settings.c.value,
    view_visits.c.visit_id == _jobs.subject_id,
    view_visits.c.status != str(TicketStatus.WAITING),
)
_latest = select(*_COLUMNS).order_by(_BY_AGE.desc()).limit(_LOOK_BACK).subquery("latest")

OPEN_JOBS = Statement(
    select(*_COLUMNS)
    .where(UNSETTLED_JOBS, _jobs.printer == bindparam("printer"), _is_open)
    .order_by(_jobs.created_ms, _jobs.job_id)
)
ALL_OPEN = Statement(select(*_COLUMNS).where(UNSETTLED_JOBS, _is_open).order_by(_jobs.created_ms, _jobs.job_id))
UNCONFIRMED = Statement(
    select(*_COLUMNS)
    .where(UNSETTLED_JOBS, _is_unconfirmed)
    .order_by(_jobs.created_ms.desc(), _jobs.job_id.desc())
    .limit(_MOST_QUESTIONS)
)
EXPIRED = Statement(select(*_COLUMNS).where(UNSETTLED_JOBS, _is_expired).order_by(_jobs.created_ms, _jobs.job_id))
ONE = Statement(select(*_COLUMNS).where(_jobs.job_id == bindparam("job_id")))
RECENT = Statement(select(*_COLUMNS).order_by(_BY_AGE.desc()).limit(bindparam("count")))
OF_SUBJECT = Statement(select(_latest).where(_latest.c.subject_id == bindparam("subject_id")))
MOST_COPIES = Statement(
    select(func.max(_jobs.copy_number)).where(
        COPIED_JOBS, _jobs.subject_id == bindparam("subject_id"), _jobs.kind == bindparam("kind")
    )
)
ADD = Statement(insert(local_print_jobs))
CONFIRM = Statement(
    update(local_print_jobs)
    .where(_jobs.job_id == bindparam("of_job"), _is_unconfirmed)
    .values(state=str(JobState.PRINTED), changed_ms=bindparam("now_ms"))
)
CANCEL = Statement(
    update(local_print_jobs)
    .where(_jobs.job_id == bindparam("of_job"), one_of(_jobs.state, _CANCELLABLE))
    .values(state=str(JobState.CANCELLED), changed_ms=bindparam("now_ms"))
)
BEGIN = Statement(
    update(local_print_jobs)
    .where(_jobs.job_id == bindparam("of_job"), _is_open)
    .values(state=str(JobState.SENDING), cause=None, attempts=_jobs.attempts + 1, changed_ms=bindparam("now_ms"))
)
BLOCK = Statement(
    update(local_print_jobs)
    .where(_jobs.job_id == bindparam("of_job"), _is_open)
    .values(state=str(JobState.BLOCKED), cause=bindparam("new_cause"), changed_ms=bindparam("now_ms"))
)
SETTLE = Statement(
    update(local_print_jobs)
    .where(_jobs.job_id == bindparam("of_job"))
    .values(
        state=bindparam("new_state"),
        cause=bindparam("new_cause"),
        bytes_given=bindparam("given"),
        changed_ms=bindparam("now_ms"),
    )
)
RECOVER = Statement(
    update(local_print_jobs)
    .where(UNSETTLED_JOBS, _jobs.state == str(JobState.SENDING))
    .values(state=str(JobState.UNCONFIRMED), changed_ms=bindparam("now_ms"))
)
EXPIRE = Statement(
    update(local_print_jobs)
    .where(
        UNSETTLED_JOBS,
        _is_open,
        _jobs.kind == str(SlipKind.TICKET),
        or_(
            _jobs.created_ms < bindparam("before_ms"),
            _jobs.created_ms > bindparam("after_ms"),
            and_(_jobs.created_ms < bindparam("called_before_ms"), _was_called),
        ),
    )
    .values(state=str(JobState.EXPIRED), changed_ms=bindparam("now_ms"))
)
REVIVE = Statement(
    update(local_print_jobs)
    .where(_jobs.job_id == bindparam("of_job"), _is_expired)
    # Wanted anew, so its time begins anew.
    .values(state=str(JobState.QUEUED), created_ms=bindparam("now_ms"), changed_ms=bindparam("now_ms"))
)
BRING_OUT = Statement(
    update(local_print_jobs)
    .where(_jobs.job_id == bindparam("of_job"), or_(_is_open, _is_expired))
    .values(
        printer=bindparam("to"),
        state=str(JobState.QUEUED),
        cause=None,
        created_ms=bindparam("now_ms"),
        changed_ms=bindparam("now_ms"),
    )
)
MOVE = Statement(
    update(local_print_jobs)
    .where(_jobs.job_id == bindparam("of_job"), _is_open, _jobs.bytes_given == 0)
    .values(printer=bindparam("to"), state=str(JobState.QUEUED), cause=None, changed_ms=bindparam("now_ms"))
)
_drop_of_key = Statement(delete(local_print_jobs).where(_jobs.key_id == bindparam("of_key")))


def job_of(store: Store, row: Row) -> PrintJob | None:
    """The job of a row; None when its paper was sealed under a key that is not here."""
    slip = _opened(store, row[0], bytes(row[2]), row[12])
    if slip is None:
        return None
    return PrintJob(
        job_id=row[0],
        printer=row[1],
        slip=decode_slip(slip),
        subject_id=row[3],
        label=row[4],
        copy_number=row[5],
        state=JobState(row[6]),
        cause=PrinterState(row[7]) if row[7] else None,
        attempts=row[8],
        bytes_given=row[9],
        created_ms=row[10],
        changed_ms=row[11],
    )


def found_job(store: Store, job_id: str) -> PrintJob | None:
    row = store.one(ONE, job_id=job_id)
    return job_of(store, row) if row else None


def sealed_slip(store: Store, job_id: str, slip: bytes, key_id: str | None) -> bytes:
    """Seal a paper for its job under the key of its submission, if it has one."""
    key = DataKeys(store).key(key_id) if key_id else None
    return seal_paper(key, job_id, slip, secrets.token_bytes(NONCE_BYTES)) if key else slip


def forget_jobs(store: Store, key_id: str) -> None:
    """Drop the rendered papers that a destroyed key guarded."""
    store.run(_drop_of_key, of_key=key_id)


def _opened(store: Store, job_id: str, slip: bytes, key_id: str | None) -> bytes | None:
    if key_id is None:
        return slip
    key = DataKeys(store).key(key_id)
    return unseal_paper(key, job_id, slip) if key else None
