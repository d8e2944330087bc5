"""The rows of the print jobs: operations.printing_ports.PrintJobs over `local_print_jobs`.

A paper with personal data is sealed under the key of its submission, so that it ends with that key (DESIGN 10).
"""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from mppdesk.db.engine import Database
from mppdesk.db.journal.codec import decode_slip, encode_slip
from mppdesk.db.privacy.sealing import NONCE_BYTES, DataKeys, seal_paper, unseal_paper
from mppdesk.db.sql import Row, Statement, Store, one_of
from mppdesk.db.tables import local_print_jobs
from mppdesk.db.unit import ChangeRelay, WriteUnit
from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.facts import SlipReprinted
from mppdesk.domain.print_job import JobState, PrinterState, PrintJob
from mppdesk.domain.slip import SlipKind
from mppdesk.domain.slip_layout import as_copy
from mppdesk.texts import msg

_jobs = local_print_jobs.c
_COLUMNS = (
    _jobs.job_id, _jobs.printer, _jobs.slip, _jobs.subject_id, _jobs.label, _jobs.copy_number, _jobs.state,
    _jobs.cause, _jobs.attempts, _jobs.bytes_given, _jobs.created_ms, _jobs.changed_ms, _jobs.key_id, _jobs.kind,
)  # fmt: skip
_OPEN = (str(JobState.QUEUED), str(JobState.BLOCKED))

_open_jobs = Statement(
    select(*_COLUMNS)
    .where(_jobs.printer == bindparam("printer"), one_of(_jobs.state, _OPEN))
    .order_by(_jobs.created_ms, _jobs.job_id)
)
_all_open = Statement(select(*_COLUMNS).where(one_of(_jobs.state, _OPEN)).order_by(_jobs.created_ms, _jobs.job_id))
_one = Statement(select(*_COLUMNS).where(_jobs.job_id == bindparam("job_id")))
_recent = Statement(select(*_COLUMNS).order_by(_jobs.created_ms.desc(), _jobs.job_id.desc()).limit(bindparam("count")))
_of_subject = Statement(
    select(*_COLUMNS).where(_jobs.subject_id == bindparam("subject_id")).order_by(_jobs.created_ms, _jobs.job_id)
)
_unconfirmed = Statement(
    select(*_COLUMNS).where(_jobs.state == str(JobState.UNCONFIRMED)).order_by(_jobs.created_ms, _jobs.job_id)
)
_most_copies = Statement(
    select(func.max(_jobs.copy_number)).where(
        _jobs.subject_id == bindparam("subject_id"), _jobs.kind == bindparam("kind")
    )
)
_add = Statement(insert(local_print_jobs))
_confirm = Statement(
    update(local_print_jobs)
    .where(_jobs.job_id == bindparam("of_job"), _jobs.state == str(JobState.UNCONFIRMED))
    .values(state=str(JobState.PRINTED), changed_ms=bindparam("now_ms"))
)
# What never surely came out: a copy may take its place, and nobody needs it for ever. What is printed stays as it is.
_CANCELLABLE = (*_OPEN, str(JobState.UNCONFIRMED), str(JobState.FAILED))
_cancel = Statement(
    update(local_print_jobs)
    .where(_jobs.job_id == bindparam("of_job"), one_of(_jobs.state, _CANCELLABLE))
    .values(state=str(JobState.CANCELLED), changed_ms=bindparam("now_ms"))
)
_begin = Statement(
    update(local_print_jobs)
    .where(_jobs.job_id == bindparam("of_job"), one_of(_jobs.state, _OPEN))
    .values(state=str(JobState.SENDING), cause=None, attempts=_jobs.attempts + 1, changed_ms=bindparam("now_ms"))
)
_block = Statement(
    update(local_print_jobs)
    .where(_jobs.job_id == bindparam("of_job"), one_of(_jobs.state, _OPEN))
    .values(state=str(JobState.BLOCKED), cause=bindparam("new_cause"), changed_ms=bindparam("now_ms"))
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

_SUBJECTS = {
    SlipKind.TICKET: SubjectType.VISIT,
    SlipKind.RECEIPT: SubjectType.SUBMISSION,
    SlipKind.LACKING: SubjectType.SUBMISSION,
}


def _job_of(store: Store, row: Row) -> PrintJob | None:
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


def _found(store: Store, job_id: str) -> PrintJob | None:
    row = store.one(_one, job_id=job_id)
    return _job_of(store, row) if row else None


def _opened(store: Store, job_id: str, slip: bytes, key_id: str | None) -> bytes | None:
    if key_id is None:
        return slip
    key = DataKeys(store).key(key_id)
    return unseal_paper(key, job_id, slip) if key else None


def _sealed(store: Store, job_id: str, slip: bytes, key_id: str | None) -> bytes:
    key = DataKeys(store).key(key_id) if key_id else None
    return seal_paper(key, job_id, slip, secrets.token_bytes(NONCE_BYTES)) if key else slip


def _copies_before(unit: WriteUnit, job: PrintJob) -> int:
    """The highest copy there is of a slip, here or, by the journal, at another station."""
    kind, subject = job.slip.kind, _subject_of(job)
    here = unit.store.one(_most_copies, subject_id=job.subject_id, kind=str(kind))
    facts = (each.fact for each in unit.entries_of(subject)) if subject else ()
    known = (fact.copy_number for fact in facts if isinstance(fact, SlipReprinted) and fact.slip == kind)
    return max(job.copy_number, here[0] if here and here[0] is not None else 0, *known)


def _record_copy(unit: WriteUnit, copy: PrintJob) -> None:
    subject = _subject_of(copy)
    if subject is not None:
        fact = SlipReprinted(
            slip=str(copy.slip.kind), label=copy.label, copy_number=copy.copy_number, printer=copy.printer
        )
        unit.record(Draft(unit.new_id(), subject, fact))


def _subject_of(job: PrintJob) -> Subject | None:
    """What a slip is about; None for one that is about nobody, such as a list of requirements."""
    type_ = _SUBJECTS.get(job.slip.kind)
    return Subject(type_, job.subject_id) if type_ else None


def _unknown_job() -> Refused:
    return Refused(msg("Pekerjaan cetak ini tidak ada lagi."), msg("Lihat daftar pekerjaan cetak."))


def _over(job: PrintJob) -> Refused:
    if job.state is JobState.CANCELLED:
        return Refused(
            msg("Cetakan {label} sudah dibatalkan sebelumnya.", label=job.label), msg("Tidak ada yang perlu dilakukan.")
        )
    if job.state is JobState.PRINTED:
        return Refused(
            msg("Cetakan {label} sudah tercetak, jadi tidak dibatalkan.", label=job.label),
            msg("Ambil kertasnya dari printer {printer}.", printer=job.printer),
        )
    return Refused(
        msg("Cetakan {label} sedang dikirim, jadi belum dapat dibatalkan.", label=job.label),
        msg("Tunggu sebentar, lalu lihat daftar pekerjaan cetak."),
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

    def unconfirmed(self) -> tuple[PrintJob, ...]:
        """List the jobs nobody knows the end of, oldest first: "Apakah karcis B-023 keluar?"."""
        return self._read(_unconfirmed)

    def confirm(self, job_id: str, now_ms: int) -> None:
        """A person saw the paper."""
        self._write(_confirm, of_job=job_id, now_ms=now_ms)

    def without_printer(self) -> tuple[PrintJob, ...]:
        """List the open jobs of printers that were removed or renamed, oldest first: no worker takes them."""
        return tuple(job for job in self._read(_all_open) if job.printer not in self._printers)

    def cancel(self, job_id: str, now_ms: int) -> PrintJob:
        """Give up a job that never surely came out; raises Refused."""
        with self._database.writing() as store:
            was_open = store.run(_cancel, of_job=job_id, now_ms=now_ms)
            job = _found(store, job_id)
            if job is None:
                raise _unknown_job()
            if not was_open:
                raise _over(job)
        self._tell()
        return job

    def reprint(self, unit: WriteUnit, job_id: str, moment: datetime, printer: str | None = None) -> PrintJob:
        """Queue a copy that says SALINAN n and when, on another printer if one is named.

        In `unit`, whose actor asked for it, the journal says so too: of tickets and of the papers of a file.
        `moment` is aware, in the site's zone. Raises Refused, also where the printer is not there any more.
        """
        store, now_ms = unit.store, int(moment.timestamp() * 1000)
        row, original = store.one(_one, job_id=job_id), _found(store, job_id)
        if row is None or original is None:
            raise _unknown_job()
        target = self._target(printer or original.printer, is_named=printer is not None)
        key_id, kind = row[12:]
        new_job_id, number = unit.new_id(), 1 + _copies_before(unit, original)
        slip = as_copy(original.slip, number, moment)
        copied = {
            "job_id": new_job_id,
            "printer": target,
            "slip": _sealed(store, new_job_id, encode_slip(slip), key_id),
            "kind": kind,
            "subject_id": original.subject_id,
            "label": original.label,
            "key_id": key_id,
            "copy_number": number,
            "state": str(JobState.QUEUED),
            "cause": None,
            "attempts": 0,
            "bytes_given": 0,
            "created_ms": now_ms,
            "changed_ms": now_ms,
        }
        unit.has_written = True
        store.run(_add, **copied)
        store.run(_cancel, of_job=job_id, now_ms=now_ms)
        made = _found(store, new_job_id)
        assert made is not None
        _record_copy(unit, made)
        unit.topics.add("print_jobs")
        return made

    def begin_sending(self, job_id: str, now_ms: int) -> PrintJob | None:
        with self._database.writing() as store:
            if not store.run(_begin, of_job=job_id, now_ms=now_ms):
                return None
            begun = _found(store, job_id)
        self._tell()
        return begun

    def block(self, job_id: str, cause: PrinterState, now_ms: int) -> bool:
        return bool(self._write(_block, of_job=job_id, new_cause=str(cause), now_ms=now_ms))

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

    def _target(self, printer: str, *, is_named: bool) -> str:
        if printer in self._printers:
            return printer
        happened = (
            msg("Printer {name} tidak dikenal. Tidak ada yang dicetak.", name=printer)
            if is_named
            else msg("Printer {name} sudah tidak ada. Cetakan ini tetap tersimpan.", name=printer)
        )
        raise Refused(happened, msg("Pilih printer lain: {known}.", known=", ".join(self._printers)))

    def _read(self, statement: Statement, **parameters: Any) -> tuple[PrintJob, ...]:
        with self._database.reading() as store:
            jobs = [_job_of(store, row) for row in store.all(statement, **parameters)]
        return tuple(job for job in jobs if job is not None)

    def _write(self, statement: Statement, **parameters: Any) -> int:
        with self._database.writing() as store:
            touched = store.run(statement, **parameters)
        if touched:
            self._tell()
        return touched

    def _tell(self) -> None:
        self._changes.tell(frozenset({"print_jobs"}))
