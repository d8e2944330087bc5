"""Print jobs as rows of a real database, without an office that orders them."""

from collections.abc import Iterable

from sqlalchemy import delete

from mppdesk.db.engine import Database
from mppdesk.db.journal.codec import encode_slip
from mppdesk.db.paper.rows import ADD
from mppdesk.db.paper.tables import local_paper_rolls, local_print_jobs
from mppdesk.db.sql import Statement
from mppdesk.domain.print_job import PrintJob

_clear = (Statement(delete(local_print_jobs)), Statement(delete(local_paper_rolls)))


def fill(database: Database, jobs: Iterable[PrintJob]) -> None:
    """Let a database have these jobs and no others, in this order, and know nothing of its printers' rolls."""
    with database.writing() as store:
        for statement in _clear:
            store.run(statement)
    add(database, jobs)


def add(database: Database, jobs: Iterable[PrintJob]) -> None:
    with database.writing() as store:
        store.many(ADD, [_row_of(job) for job in jobs])


def _row_of(job: PrintJob) -> dict[str, object]:
    return {
        "job_id": job.job_id,
        "printer": job.printer,
        "slip": encode_slip(job.slip),
        "kind": str(job.slip.kind),
        "subject_id": job.subject_id,
        "label": job.label,
        "key_id": None,
        "copy_number": job.copy_number,
        "state": str(job.state),
        "cause": str(job.cause) if job.cause else None,
        "attempts": job.attempts,
        "bytes_given": job.bytes_given,
        "created_ms": job.created_ms,
        "changed_ms": job.changed_ms,
    }
