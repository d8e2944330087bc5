"""Print jobs in memory, for tests of whoever prints; keeps the same contract as the stored ones."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from mppdesk.domain.paper_roll import PaperRoll, best_known, unknown_roll
from mppdesk.domain.print_job import JobState, PrinterState, PrintJob
from mppdesk.domain.printer_models import GENERIC_80
from mppdesk.domain.slip import Line, Slip, SlipKind

_OPEN = frozenset({JobState.QUEUED, JobState.BLOCKED})


def print_job(
    job_id: str,
    *,
    printer: str = "Loket 1",
    kind: SlipKind = SlipKind.TICKET,
    created_ms: int = 0,
    state: JobState = JobState.QUEUED,
) -> PrintJob:
    """Make a job as the storage would when it was just ordered."""
    slip = Slip(kind, (Line(job_id, size=6),))
    return PrintJob(job_id, printer, slip, f"visit-{job_id}", job_id, 0, state, None, 0, 0, created_ms, created_ms)


class MemoryPrintJobs:
    """The port, and what a test asks besides: `add`, `job` and the `history` of states of each job.

    `called` are the visits whose number was called.
    """

    def __init__(self, printers: dict[str, str], jobs: Iterable[PrintJob] = ()) -> None:
        self._printers = printers
        self._jobs: dict[str, PrintJob] = {}
        self.called: set[str] = set()
        self._rolls: dict[str, PaperRoll] = {}
        self._sharing: dict[str, frozenset[str]] = {}
        self.history: dict[str, list[JobState]] = {}
        for job in jobs:
            self.add(job)

    def add(self, job: PrintJob) -> None:
        self._put(job)

    def job(self, job_id: str) -> PrintJob | None:
        return self._jobs.get(job_id)

    def printers(self) -> dict[str, str]:
        return dict(self._printers)

    def open_jobs(self, printer: str) -> tuple[PrintJob, ...]:
        mine = (job for job in tuple(self._jobs.values()) if job.printer == printer and job.state in _OPEN)
        return tuple(sorted(mine, key=lambda job: (job.created_ms, job.job_id)))

    def begin_sending(self, job_id: str, now_ms: int) -> PrintJob | None:
        job = self._jobs.get(job_id)
        if job is None or job.state not in _OPEN:
            return None
        return self._put(replace(job, state=JobState.SENDING, cause=None, attempts=job.attempts + 1, changed_ms=now_ms))

    def block(self, job_id: str, cause: PrinterState, now_ms: int) -> bool:
        job = self._jobs.get(job_id)
        if job is None or job.state not in _OPEN:
            return False
        self._put(replace(job, state=JobState.BLOCKED, cause=cause, changed_ms=now_ms))
        return True

    def settle(
        self,
        job_id: str,
        state: JobState,
        cause: PrinterState | None,
        bytes_given: int,
        now_ms: int,
        paper_mm: int = 0,
    ) -> None:
        job = self._jobs[job_id]
        self._put(replace(job, state=state, cause=cause, bytes_given=bytes_given, changed_ms=now_ms))
        if paper_mm:
            self._change_roll(job.printer, lambda roll: roll.printed(paper_mm))

    def roll(self, printer: str) -> PaperRoll | None:
        return self._rolls.get(printer)

    def roll_changed(self, printer: str, now_ms: int) -> None:
        self._change_roll(printer, lambda roll: roll.renewed(now_ms))

    def paper_seen(self, printer: str, state: PrinterState) -> None:
        self._change_roll(printer, lambda roll: roll.seen(state))

    def share_roll(self, names: frozenset[str]) -> None:
        come = {name for name in names if self._sharing.get(name, names) - names}
        self._sharing.update(dict.fromkeys(names, names))
        rolls = {name: self._rolls[name] for name in names if name in self._rolls}
        known = [roll for name, roll in rolls.items() if name not in come] or list(rolls.values())
        if known:
            self._rolls.update(dict.fromkeys(names, best_known(known)))

    def _change_roll(self, printer: str, change: Callable[[PaperRoll], PaperRoll]) -> None:
        changed = change(self._rolls.get(printer) or unknown_roll(GENERIC_80))
        self._rolls.update(dict.fromkeys(self._sharing.get(printer, {printer}), changed))

    def recover(self, now_ms: int) -> int:
        cut_off = [job for job in self._jobs.values() if job.state is JobState.SENDING]
        return self._move(cut_off, JobState.UNCONFIRMED, now_ms)

    def expire(self, before_ms: int, now_ms: int, called_before_ms: int = 0) -> int:
        def is_stale(job: PrintJob) -> bool:
            since_ms = called_before_ms if job.subject_id in self.called else before_ms
            is_young = max(since_ms, before_ms) <= job.created_ms <= 2 * now_ms - before_ms
            return job.state in _OPEN and job.slip.kind is SlipKind.TICKET and not is_young

        stale = [job for job in self._jobs.values() if is_stale(job)]
        return self._move(stale, JobState.EXPIRED, now_ms)

    def _move(self, jobs: list[PrintJob], state: JobState, now_ms: int) -> int:
        for job in jobs:
            self._put(replace(job, state=state, changed_ms=now_ms))
        return len(jobs)

    def _put(self, job: PrintJob) -> PrintJob:
        self._jobs[job.job_id] = job
        self.history.setdefault(job.job_id, []).append(job.state)
        return job
