"""The rows of the print jobs: operations.printing_ports.PrintJobs over `local_print_jobs`."""

from typing import Any

from sqlalchemy import bindparam, delete, select, update

from mppdesk.db.codec import decode_slip
from mppdesk.db.engine import Database
from mppdesk.db.sql import Row, Statement, Store, one_of
from mppdesk.db.tables import local_print_jobs
from mppdesk.db.unit import ChangeRelay
from mppdesk.domain.print_job import JobState, PrinterState, PrintJob
from mppdesk.domain.slip import SlipKind

_jobs = local_print_jobs.c
_COLUMNS = (
    _jobs.job_id, _jobs.printer, _jobs.slip, _jobs.subject_id, _jobs.label, _jobs.copy_number, _jobs.state,
    _jobs.cause, _jobs.attempts, _jobs.bytes_given, _jobs.created_ms, _jobs.changed_ms,
)  # fmt: skip
_OPEN = (str(JobState.QUEUED), str(JobState.BLOCKED))

_open_jobs = Statement(
    select(*_COLUMNS)
    .where(_jobs.printer == bindparam("printer"), one_of(_jobs.state, _OPEN))
    .order_by(_jobs.created_ms, _jobs.job_id)
)
_one = Statement(select(*_COLUMNS).where(_jobs.job_id == bindparam("job_id")))
_recent = Statement(select(*_COLUMNS).order_by(_jobs.created_ms.desc(), _jobs.job_id.desc()).limit(bindparam("count")))
_of_subject = Statement(
    select(*_COLUMNS).where(_jobs.subject_id == bindparam("subject_id")).order_by(_jobs.created_ms, _jobs.job_id)
)
_begin = Statement(
    update(local_print_jobs)
    .where(_jobs.job_id == bindparam("of_job"), one_of(_jobs.state, _OPEN))
    .values(state=str(JobState.SENDING), cause=None, attempts=_jobs.attempts + 1, changed_ms=bindparam("now_ms"))
)
_settle = Statement(
    update(local_print_jobs)
    .where(_jobs.job_id == bindparam("of_job"))
    .values(
        state=bindparam("new_state"),
        cause=bindparam("new_cause"),
        bytes_given=bindparam("given"),
        changed_ms=bindparam("now_ms"),
    )
)
_recover = Statement(
    update(local_print_jobs)
    .where(_jobs.state == str(JobState.SENDING))
    .values(state=str(JobState.UNCONFIRMED), changed_ms=bindparam("now_ms"))
)
_expire = Statement(
    update(local_print_jobs)
    .where(one_of(_jobs.state, _OPEN), _jobs.kind == str(SlipKind.TICKET), _jobs.created_ms < bindparam("before_ms"))
    .values(state=str(JobState.CANCELLED), changed_ms=bindparam("now_ms"))
)
_drop_of_key = Statement(delete(local_print_jobs).where(_jobs.key_id == bindparam("of_key")))


def job_of(row: Row) -> PrintJob:
    return PrintJob(
        job_id=row[0],
        printer=row[1],
        slip=decode_slip(row[2]),
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


def forget_jobs(store: Store, key_id: str) -> None:
    """Drop the rendered papers that a destroyed key guarded."""
    store.run(_drop_of_key, of_key=key_id)


class StoredPrintJobs:
    """Every change is its own durable transaction."""

    def __init__(self, database: Database, changes: ChangeRelay, printers: dict[str, str]) -> None:
        self._database = database
        self._changes = changes
        self._printers = printers

    def printers(self) -> dict[str, str]:
        return dict(self._printers)

    def open_jobs(self, printer: str) -> tuple[PrintJob, ...]:
        return self._read(_open_jobs, printer=printer)

    def job(self, job_id: str) -> PrintJob | None:
        found = self._read(_one, job_id=job_id)
        return found[0] if found else None

    def recent(self, count: int) -> tuple[PrintJob, ...]:
        """List the latest jobs, newest first."""
        return self._read(_recent, count=count)

    def of_subject(self, subject_id: str) -> tuple[PrintJob, ...]:
        """List the jobs of a ticket or submission, oldest first."""
        return self._read(_of_subject, subject_id=subject_id)

    def begin_sending(self, job_id: str, now_ms: int) -> PrintJob | None:
        with self._database.writing() as store:
            if not store.run(_begin, of_job=job_id, now_ms=now_ms):
                return None
            row = store.one(_one, job_id=job_id)
        self._tell()
        return job_of(row) if row else None

    def settle(self, job_id: str, state: JobState, cause: PrinterState | None, bytes_given: int, now_ms: int) -> None:
        self._write(
            _settle,
            of_job=job_id,
            new_state=str(state),
            new_cause=str(cause) if cause else None,
            given=bytes_given,
            now_ms=now_ms,
        )

    def recover(self, now_ms: int) -> int:
        return self._write(_recover, now_ms=now_ms)

    def expire(self, before_ms: int, now_ms: int) -> int:
        return self._write(_expire, before_ms=before_ms, now_ms=now_ms)

    def _read(self, statement: Statement, **parameters: Any) -> tuple[PrintJob, ...]:
        with self._database.reading() as store:
            return tuple(job_of(row) for row in store.all(statement, **parameters))

    def _write(self, statement: Statement, **parameters: Any) -> int:
        with self._database.writing() as store:
            touched = store.run(statement, **parameters)
        if touched:
            self._tell()
        return touched

    def _tell(self) -> None:
        self._changes.tell(frozenset({"print_jobs"}))
