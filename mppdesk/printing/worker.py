"""The one worker of a physical printer: it takes the oldest open job, or looks how the printer stands."""

import logging
import math
import threading
from collections.abc import Callable, Hashable, Sequence

from mppdesk.domain.print_job import JobState, PrinterState, PrintJob
from mppdesk.domain.slip import SlipKind
from mppdesk.domain.slip_length import paper_mm
from mppdesk.operations.ports import Clock
from mppdesk.operations.printing_ports import PrintJobs
from mppdesk.printing.delivery import Device, Outcome, unconfirmed

LOOK_EVERY_S = 1.0
LOOK_AT_MUTE_EVERY_S = 10.0
LOOK_AT_OTHERS_EVERY_S = 60.0
"""At a printer that nobody here prints on now: thirty computers that ask each second would keep it from its own."""
BACK_OFF_S = (0.5, 1.0, 2.0, 5.0, 10.0)
TICKET_LIFE_MS = 30 * 60_000
CALLED_TICKET_LIFE_MS = 2 * 60_000
"""Of a ticket whose number was called while it waited; one that is called at once still gets its slip."""
NOTHING_DUE = math.inf
_PAPER_SENSED = frozenset({PrinterState.PAPER_NEAR_END, PrinterState.PAPER_OUT})

Ways = dict[str, Device]
"""The device behind each name that leads to a printer; names of one address have the same."""

_log = logging.getLogger(__name__)


class PrinterWorker:
    """Works on what the port holds, never on a list of its own, so that after a power cut it simply goes on.

    `ways_of` gives the ways that are this worker's now, `is_watched` whether anybody here looks at the printer of a
    name; `on_seen` is called when `state` has changed. `place` is the printer that the last open way ended at. Whoever
    holds `alone` keeps the worker from it. A job comes out by the way of its own name, and looks go by each in turn.
    """

    def __init__(
        self,
        ways_of: Callable[["PrinterWorker"], Ways],
        jobs: PrintJobs,
        clock: Clock,
        monotonic: Callable[[], float],
        on_seen: Callable[["PrinterWorker"], None],
        is_watched: Callable[[str], bool],
    ) -> None:
        self.state = PrinterState.UNKNOWN
        self.place: Hashable | None = None
        self.alone = threading.RLock()
        self._ways_of = ways_of
        self._lost: tuple[Device, ...] = ()
        self._looks = 0
        self._jobs = jobs
        self._clock = clock
        self._monotonic = monotonic
        self._on_seen = on_seen
        self.since_ms = self._now_ms()
        self._paper = PrinterState.UNKNOWN
        self._is_watched = is_watched
        self._looked_at = -math.inf
        self._failures = 0
        self._is_printing = False
        self._unsettled: tuple[str, Outcome, int] | None = None

    @property
    def is_settled(self) -> bool:
        """Whether no job is on its way, and the end of the last one is recorded."""
        return self._unsettled is None and not self._is_printing

    def names(self) -> tuple[str, ...]:
        """Give the names that lead to this printer."""
        return tuple(self._ways())

    def begin_anew(self) -> None:
        """Look at once: what an address says of the printer was written anew, or somebody else asked it."""
        self._failures = 0
        self._looked_at = -math.inf

    def take_lost(self) -> tuple[Device, ...]:
        """Give the devices that led nowhere, or elsewhere, when another one was at the printer; only once."""
        lost, self._lost = self._lost, ()
        return lost

    def step(self) -> float:
        """Do what is due, idle looks included; give the seconds until something is due again."""
        with self.alone:
            wait_s = self.work()
            if wait_s < NOTHING_DUE:
                return wait_s
            return self._look_again(self._pause)

    def work(self) -> float:
        """Give one job its chance; answer 0 while there may be more to do, NOTHING_DUE when no job is open."""
        with self.alone:
            self._settle()
            open_jobs = self._open_jobs()
            if not open_jobs:
                return NOTHING_DUE
            if self.state.blocks:
                self._mark_blocked(open_jobs)
                due_s = self._look_again(self._pause_at_work)
                return due_s if self.state.blocks else 0.0
            self._is_printing = True
            try:
                is_over = self._print(open_jobs[0])
            finally:
                self._is_printing = False
            return 0.0 if is_over or self.state.blocks else LOOK_EVERY_S

    def _open_jobs(self) -> list[PrintJob]:
        """Read the open jobs of all names, oldest first; tickets whose time is over expire on the way.

        Whether one was called meanwhile is asked when it would come out, not each second that the printer is stopped.
        """
        now_ms, found = self._now_ms(), self._read_open()
        life_ms = TICKET_LIFE_MS if self.state.blocks else CALLED_TICKET_LIFE_MS
        if not any(_is_ticket_of(job, now_ms, life_ms) for job in found):
            return found
        self._jobs.expire(now_ms - TICKET_LIFE_MS, now_ms, now_ms - CALLED_TICKET_LIFE_MS)
        return self._read_open()

    def _read_open(self) -> list[PrintJob]:
        found = (job for name in self.names() for job in self._jobs.open_jobs(name))
        return sorted(found, key=lambda job: (job.created_ms, job.job_id))

    def _mark_blocked(self, open_jobs: list[PrintJob]) -> None:
        """Say of every waiting job why it waits; whoever cancels one meanwhile wins."""
        for job in open_jobs:
            if job.cause is not self.state:
                self._jobs.block(job.job_id, self.state, self._now_ms())

    def _print(self, job: PrintJob) -> bool:
        """`sending` is on disk before the first byte: a crash from here on leaves a job that a person must look at.

        False where it has to wait: at once it would be tried again.
        """
        begun = self._jobs.begin_sending(job.job_id, self._now_ms())
        if begun is None:
            return True
        device = self._ways().get(begun.printer)
        if device is None:  # it was moved to another printer, or the settings have changed, since it was read
            self._unsettled = (begun.job_id, Outcome(JobState.BLOCKED, None, 0, self.state), 0)
            self._settle()
            return True
        outcome, taken_mm = self._attempt(device, begun)
        self._unsettled = (begun.job_id, outcome, taken_mm)
        self._settle()
        if outcome.state is not JobState.FAILED:  # else the printer was not asked
            self._see(self._checked([device, *self._others(device)], outcome.printer))
        return outcome.state is not JobState.BLOCKED

    def _attempt(self, device: Device, job: PrintJob) -> tuple[Outcome, int]:
        """Hand the job over; give what came of it, and the millimetres of paper that it took or may have taken."""
        try:
            sheet = device.prepare(job.slip, f"{job.label}-{job.job_id}")
        except Exception:  # noqa: BLE001 - a slip that breaks the renderer must not stop the next one
            _log.exception("print job %s cannot be rendered", job.job_id)
            return Outcome(JobState.FAILED, None, 0, self.state), 0
        try:
            outcome = device.print(sheet, self._hear)
            return outcome, round(paper_mm(job.slip)) if outcome.bytes_given else 0
        except Exception:  # noqa: BLE001 - nobody knows what was handed over; the job must not stay `sending`
            _log.exception("print job %s: the printer's program failed", job.job_id)
            return unconfirmed(0, PrinterState.ERROR), round(paper_mm(job.slip))

    def _settle(self) -> None:
        """Record the last outcome; when the disk refuses, it is kept for the next step and not printed again."""
        if self._unsettled is not None:
            job_id, outcome, taken_mm = self._unsettled
            self._jobs.settle(job_id, outcome.state, outcome.cause, outcome.bytes_given, self._now_ms(), taken_mm)
            self._unsettled = None

    def _look_again(self, pause: Callable[[], float]) -> float:
        """Look if the last look is as long ago as the pause; give the seconds until the next one is due."""
        if self._monotonic() >= self._looked_at + pause():
            self._see(self._look())
        return max(0.0, self._looked_at + pause() - self._monotonic())

    def _look(self) -> PrinterState:
        ways = list(dict.fromkeys(self._ways().values()))
        if not ways:
            return self.state
        self._looks += 1
        device = ways[self._looks % len(ways)]
        return self._checked([device, *self._others(device)], device.probe())

    def _checked(self, ways: Sequence[Device], state: PrinterState) -> PrinterState:
        """How the printer stands, if `state` is what the first of these ways said.

        If that one leads nowhere, or elsewhere than they all did before, the others are tried at once: the printer is
        where the first open one leads, and which are not there is remembered as lost. Where all are closed it is the
        printer that is out of reach, and nobody has to part from it.
        """
        first = ways[0]
        if len(ways) == 1 or (state is not PrinterState.UNREACHABLE and first.place == self.place):
            self.place = first.place
            return state
        seen = [(first, state), *((way, way.probe()) for way in ways[1:])]
        there = [(way, said) for way, said in seen if said is not PrinterState.UNREACHABLE]
        if not there:
            return PrinterState.UNREACHABLE
        self.place = there[0][0].place
        at_printer = {id(way) for way, _ in there if way.place == self.place}
        self._lost = tuple(way for way in ways if id(way) not in at_printer)
        return there[0][1]

    def _ways(self) -> Ways:
        return self._ways_of(self)

    def _others(self, device: Device) -> list[Device]:
        return [way for way in dict.fromkeys(self._ways().values()) if way is not device]

    def _see(self, state: PrinterState) -> None:
        self._failures = self._failures + 1 if state is PrinterState.UNREACHABLE else 0
        self._looked_at = self._monotonic()
        self._hear(state)
        if not self._lost:  # else this may be another printer's roll than that of all names
            self._note_paper(state)

    def _hear(self, state: PrinterState) -> None:
        if state is not self.state:
            self.state, self.since_ms = state, self._now_ms()
            self._on_seen(self)

    def _note_paper(self, state: PrinterState) -> None:
        """Tell what a sensor says of the roll, once; all names have the same roll."""
        if state in _PAPER_SENSED and state is not self._paper:
            for name in self.names()[:1]:
                self._jobs.paper_seen(name, state)
        self._paper = state

    def _pause(self) -> float:
        """Seconds between two looks at a printer for which nothing waits."""
        return self._pause_at_work() if any(map(self._is_watched, self.names())) else LOOK_AT_OTHERS_EVERY_S

    def _pause_at_work(self) -> float:
        if self.state is PrinterState.UNREACHABLE:
            return BACK_OFF_S[min(self._failures, len(BACK_OFF_S)) - 1]
        return LOOK_AT_MUTE_EVERY_S if self.state is PrinterState.MUTE else LOOK_EVERY_S

    def _now_ms(self) -> int:
        return round(self._clock.now().timestamp() * 1000)


def _is_ticket_of(job: PrintJob, now_ms: int, life_ms: int) -> bool:
    """Whether a ticket may have outlived its time; of one that is of the future the clock was set back meanwhile."""
    return job.slip.kind is SlipKind.TICKET and abs(now_ms - job.created_ms) > life_ms
