"""The print jobs in memory and those in the database keep one contract."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, insert

from mppdesk.db import migrate
from mppdesk.db.engine import Database
from mppdesk.db.journal.codec import encode_slip
from mppdesk.db.print_jobs import StoredPrintJobs
from mppdesk.db.sql import Statement
from mppdesk.db.tables import local_print_jobs
from mppdesk.db.unit import ChangeRelay
from mppdesk.domain.print_job import PrintJob
from tests.fakes.memory_print_jobs import MemoryPrintJobs
from tests.printing.print_jobs_contract import MakePrintJobs, PrintJobsContract

_add = Statement(insert(local_print_jobs))
_clear = Statement(delete(local_print_jobs))


class TestMemoryPrintJobs(PrintJobsContract):
    @pytest.fixture
    def make(self) -> MakePrintJobs:
        return MemoryPrintJobs


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An encrypted database with its tables, made once: the jobs in it are cleared for each test."""
    folder: Path = tmp_path_factory.mktemp("print-jobs")
    opened = Database(folder / "mppdesk.db", bytes(32))
    migrate.upgrade(opened, folder / "backups", datetime(2026, 11, 20, tzinfo=UTC))
    yield opened
    opened.close()


class TestStoredPrintJobs(PrintJobsContract):
    @pytest.fixture
    def make(self, database: Database) -> MakePrintJobs:
        def with_jobs(printers: dict[str, str], jobs: tuple[PrintJob, ...]) -> StoredPrintJobs:
            with database.writing() as store:
                store.run(_clear)
                for job in jobs:
                    store.run(_add, **_row_of(job))
            return StoredPrintJobs(database, ChangeRelay(), printers)

        return with_jobs


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
