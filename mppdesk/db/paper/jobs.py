"""The rows of the print jobs: operations.printing_ports.PrintJobs over `local_print_jobs`.

A paper with personal data is sealed under the key of its submission, so that it ends with that key (DESIGN 10).
"""

from datetime import datetime
from typing import Any

from mppdesk.db.engine import Database
from mppdesk.db.journal.codec import encode_slip
from mppdesk.db.paper import rows
from mppdesk.db.paper.copies import copies_before, record_copy
from mppdesk.db.paper.old_jobs import OldPrintJobs
from mppdesk.db.paper.rolls import PaperRolls
from mppdesk.db.paper.rows import found_job, job_of, sealed_slip
from mppdesk.db.sql import Statement
from mppdesk.db.unit import ChangeRelay, WriteUnit
from mppdesk.domain.errors import Refused
from mppdesk.domain.paper_roll import PaperRoll
from mppdesk.domain.print_job import JobState, PrinterState, PrintJob
from mppdesk.domain.slip_layout import as_copy
from mppdesk.texts import msg


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


class StoredPrintJobs:
    """Every change is its own durable transaction."""

    def __init__(self, database: Database, changes: ChangeRelay, printers: dict[str, str]) -> None:
        self._database = database
        self._changes = changes
        self._printers = printers
        self._rolls = PaperRolls(self.printers)
        self._old = OldPrintJobs(database)

    def printers(self) -> dict[str, str]:
        return dict(self._printers)

    def use_printers(self, printers: dict[str, str]) -> None:
        """From now on these are the printers of this PC: the settings have changed."""
        self._printers = dict(printers)

    def open_jobs(self, printer: str) -> tuple[PrintJob, ...]:
        return self._read(rows.OPEN_JOBS, printer=printer)

    def job(self, job_id: str) -> PrintJob | None:
        found = self._read(rows.ONE, job_id=job_id)
        return found[0] if found else None

    def recent(self, count: int) -> tuple[PrintJob, ...]:
        """List the latest jobs, newest first."""
        return self._read(rows.RECENT, count=count)

    def of_subject(self, subject_id: str) -> tuple[PrintJob, ...]:
        """List the jobs of a ticket or submission among the latest hundred, oldest first."""
        return self._read(rows.OF_SUBJECT, subject_id=subject_id)[::-1]

    def unconfirmed(self) -> tuple[PrintJob, ...]:
        """List the latest jobs whose end only a person can tell, oldest first: "Apakah karcis B-023 keluar?".

        What a printer printed that never says anything is not among them.
        """
        return self._read(rows.UNCONFIRMED)[::-1]

    def confirm(self, job_id: str, now_ms: int) -> None:
        """A person saw the paper."""
        self._write(rows.CONFIRM, of_job=job_id, now_ms=now_ms)

    def expired(self) -> tuple[PrintJob, ...]:
        """List the tickets that got too old to come out by themselves, until somebody lets them go, oldest first."""
        return self._read(rows.EXPIRED)

    def revive(self, job_id: str, now_ms: int) -> bool:
        """Queue an expired ticket after all, as what it was; False when it is not expired any more."""
        return bool(self._write(rows.REVIVE, of_job=job_id, now_ms=now_ms))

    def move(self, job_id: str, printer: str, now_ms: int) -> bool:
        """Let an open job come out of another printer, as what it is, since not a byte of it was given anywhere.

        False when it is not open any more. Raises Refused where the printer is not known.
        """
        to = self._target(printer, is_named=True)
        return bool(self._write(rows.MOVE, of_job=job_id, to=to, now_ms=now_ms))

    def without_printer(self) -> tuple[PrintJob, ...]:
        """List the open jobs of printers that were removed or renamed, oldest first: no worker takes them."""
        return tuple(job for job in self._read(rows.ALL_OPEN) if job.printer not in self._printers)

    def cancel(self, job_id: str, now_ms: int) -> PrintJob:
        """Give up a job that never surely came out; raises Refused."""
        with self._database.writing(changes_journal=False) as store:
            was_open = store.run(rows.CANCEL, of_job=job_id, now_ms=now_ms)
            job = found_job(store, job_id)
            if job is None:
                raise _unknown_job()
            if not was_open:
                raise _over(job)
        self._tell()
        return job

    def reprint(self, unit: WriteUnit, job_id: str, moment: datetime, printer: str | None = None) -> PrintJob:
        """Queue a copy that says SALINAN n and when, on another printer if one is named.

        In `unit`, whose actor asked for it, the journal says so too: of tickets and of the papers of a file. What never
        left this PC is no copy: it is queued anew as what it is. `moment` is aware, in the site's zone. Raises Refused,
        also where the printer is not there any more.
        """
        store, now_ms = unit.store, int(moment.timestamp() * 1000)
        row, original = store.one(rows.ONE, job_id=job_id), found_job(store, job_id)
        if row is None or original is None:
            raise _unknown_job()
        target = self._target(printer or original.printer, is_named=printer is not None)
        if original.is_still_here:
            return self._bring_out(unit, job_id, target, now_ms)
        key_id, kind = row[12:]
        new_job_id, number = unit.new_id(), 1 + copies_before(unit, original)
        slip = as_copy(original.slip, number, moment)
        copied = {
            "job_id": new_job_id,
            "printer": target,
            "slip": sealed_slip(store, new_job_id, encode_slip(slip), key_id),
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
        store.run(rows.ADD, **copied)
        store.run(rows.CANCEL, of_job=job_id, now_ms=now_ms)
        made = found_job(store, new_job_id)
        assert made is not None
        record_copy(unit, made)
        unit.topics.add("print_jobs")
        return made

    def _bring_out(self, unit: WriteUnit, job_id: str, printer: str, now_ms: int) -> PrintJob:
        unit.has_written = True
        unit.store.run(rows.BRING_OUT, of_job=job_id, to=printer, now_ms=now_ms)
        unit.topics.add("print_jobs")
        waiting = found_job(unit.store, job_id)
        assert waiting is not None
        return waiting

    def begin_sending(self, job_id: str, now_ms: int) -> PrintJob | None:
        with self._database.writing(changes_journal=False) as store:
            if not store.run(rows.BEGIN, of_job=job_id, now_ms=now_ms):
                return None
            begun = found_job(store, job_id)
        self._tell()
        return begun

    def block(self, job_id: str, cause: PrinterState, now_ms: int) -> bool:
        return bool(self._write(rows.BLOCK, of_job=job_id, new_cause=str(cause), now_ms=now_ms))

    def settle(
        self,
        job_id: str,
        state: JobState,
        cause: PrinterState | None,
        bytes_given: int,
        now_ms: int,
        paper_mm: int = 0,
    ) -> None:
        settled = {"new_state": str(state), "new_cause": str(cause) if cause else None, "given": bytes_given}
        with self._database.writing(changes_journal=False) as store:
            store.run(rows.SETTLE, of_job=job_id, now_ms=now_ms, **settled)
            if paper_mm:
                self._rolls.print_on(store, job_id, paper_mm)
        self._tell()

    def roll(self, printer: str) -> PaperRoll | None:
        with self._database.reading() as store:
            return self._rolls.roll(store, printer)

    def roll_changed(self, printer: str, now_ms: int) -> None:
        """A person put a new roll into a printer."""
        with self._database.writing(changes_journal=False) as store:
            self._rolls.change(store, printer, now_ms)
        self._tell()

    def share_roll(self, names: frozenset[str]) -> None:
        with self._database.writing(changes_journal=False) as store:
            self._rolls.share(store, names)

    def paper_seen(self, printer: str, state: PrinterState) -> None:
        with self._database.writing(changes_journal=False) as store:
            self._rolls.see(store, printer, state)

    def recover(self, now_ms: int) -> int:
        return self._write(rows.RECOVER, now_ms=now_ms)

    def expire(self, before_ms: int, now_ms: int, called_before_ms: int = 0) -> int:
        bounds = {"before_ms": before_ms, "after_ms": 2 * now_ms - before_ms, "called_before_ms": called_before_ms}
        return self._write(rows.EXPIRE, now_ms=now_ms, **bounds)

    def tidy(self, now_ms: int) -> int:
        """Drop some slips of the past, in an idle moment; answers how many."""
        return self._old.tidy(now_ms)

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
            jobs = [job_of(store, row) for row in store.all(statement, **parameters)]
        return tuple(job for job in jobs if job is not None)

    def _write(self, statement: Statement, **parameters: Any) -> int:
        with self._database.writing(changes_journal=False) as store:
            touched = store.run(statement, **parameters)
        if touched:
            self._tell()
        return touched

    def _tell(self) -> None:
        self._changes.tell(frozenset({"print_jobs"}))
