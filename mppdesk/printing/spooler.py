"""Prints what the storage holds: one worker for each physical printer, by hand in one thread or each in its own."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

from mppdesk.domain.printer_address import Printer
from mppdesk.operations.ports import Clock
from mppdesk.operations.printing_ports import PrintJobs
from mppdesk.operations.readings import PrinterStatus
from mppdesk.printing.delivery import Device
from mppdesk.printing.roster import Roster
from mppdesk.printing.worker import NOTHING_DUE, PrinterWorker, Ways

STOP_WITHIN_S = 15.0
"""Longer than any job holds a thread; a job that is cut off even so ends as unconfirmed at the next start."""
_PAUSE_AFTER_A_FAILURE_S = 1.0

_log = logging.getLogger(__name__)


class Spooler:
    """All printers of this PC. Only the process that holds the folder's lock may have one.

    `devices` opens a printer (`Devices.open`). `on_status` is told of every change of a printer's state or of the
    number of its open jobs, in the thread of that printer. `is_watched` tells whether anybody here looks at the printer
    of a name; `wake` when that changes. `monotonic` and `sleep` are in seconds.
    """

    def __init__(
        self,
        jobs: PrintJobs,
        devices: Callable[[Printer], Device],
        clock: Clock,
        on_status: Callable[[PrinterStatus], None],
        *,
        is_watched: Callable[[str], bool] = lambda name: True,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._jobs = jobs
        self._clock = clock
        self._on_status = on_status
        self._is_watched = is_watched
        self._monotonic = monotonic
        self._sleep = sleep
        self._bells: dict[PrinterWorker, threading.Event] = {}
        self._threads: list[threading.Thread] = []
        self._told: dict[str, PrinterStatus] = {}
        self._is_recovered = False
        self._is_running = False
        self._changing = threading.RLock()
        self._telling = threading.Lock()
        self._roster = Roster(jobs, devices, self._hire)

    def recover(self) -> int:
        """Once before the first sheet: what was `sending` at a crash becomes `unconfirmed`; answers how many."""
        if self._is_recovered:
            return 0
        self._is_recovered = True
        return self._jobs.recover(round(self._clock.now().timestamp() * 1000))

    def start(self) -> None:
        """Begin to print in the background."""
        self.recover()
        with self._changing:
            self._is_running = True
        self._adopt_printers()

    def wake(self) -> None:
        """Look for new jobs and printers now; a printer out of reach still waits for its next try."""
        self._adopt_printers()
        for bell in tuple(self._bells.values()):
            bell.set()

    def stop(self) -> None:
        """End after the sheets now on their way; everything else stays queued."""
        with self._changing:
            self._is_running = False
            threads, self._threads = self._threads, []
        for bell in tuple(self._bells.values()):
            bell.set()
        for thread in threads:
            thread.join(STOP_WITHIN_S)

    def step(self) -> float:
        """Let each printer do once what is due; give the seconds until something is due again."""
        self._adopt_printers()
        return min((self._tell_after(worker, worker.step) for worker in self._roster.workers()), default=NOTHING_DUE)

    def run_until_empty(self, timeout_s: float) -> int:
        """Print in this thread until no job is open; give how many still are.

        Every sheet that can be printed is; `timeout_s` limits the waiting for printers that cannot (0: no waiting).
        """
        self.recover()
        until = self._monotonic() + timeout_s
        while True:
            self._adopt_printers()
            workers = self._roster.workers()
            wait_s = min((self._tell_after(worker, worker.work) for worker in workers), default=NOTHING_DUE)
            left_s = until - self._monotonic()
            if wait_s == NOTHING_DUE or (wait_s > 0 and left_s <= 0):
                return sum(len(self._jobs.open_jobs(name)) for name in self._jobs.printers())
            if wait_s > 0:
                self._sleep(min(wait_s, left_s))

    def statuses(self) -> dict[str, PrinterStatus]:
        """How each printer stands, by its name."""
        return {name: status for worker in self._roster.workers() for name, status in self._statuses_of(worker).items()}

    def kept_from(self, url: str) -> AbstractContextManager[None]:
        """Keep the worker of a printer from it while somebody else asks it (`Roster.kept_from`)."""
        return self._roster.kept_from(url)

    def _adopt_printers(self) -> None:
        """Follow the settings; whoever is new begins, and whoever is not needed any more may end."""
        self._roster.adopt()
        with self._changing:
            workers = self._roster.workers()
            for worker in workers if self._is_running else ():
                if worker not in self._bells:
                    self._start_thread(worker)
            for worker in self._bells.keys() - workers:
                self._bells[worker].set()

    def _hire(self, ways_of: Callable[[PrinterWorker], Ways]) -> PrinterWorker:
        return PrinterWorker(ways_of, self._jobs, self._clock, self._monotonic, self._tell, self._is_watched)

    def _start_thread(self, worker: PrinterWorker) -> None:
        bell = self._bells[worker] = threading.Event()
        # Daemon: a printer that hangs must not keep a closed program alive.
        thread = threading.Thread(target=partial(self._run, worker, bell), name="printer", daemon=True)
        self._threads = [each for each in self._threads if each.is_alive()]
        thread.start()
        self._threads.append(thread)

    def _run(self, worker: PrinterWorker, bell: threading.Event) -> None:
        while self._is_running and (worker in self._roster.workers() or not worker.is_settled):
            bell.clear()  # before the step: a bell rung during it is not lost
            try:
                wait_s = self._tell_after(worker, worker.step)
            except Exception:  # noqa: BLE001 - the loop outlives whatever happens in one round
                _log.exception("the printing loop failed; it goes on")
                wait_s = _PAUSE_AFTER_A_FAILURE_S
            if self._is_running:
                bell.wait(wait_s)
        with self._changing:
            self._bells.pop(worker, None)

    def _tell_after(self, worker: PrinterWorker, act: Callable[[], float]) -> float:
        """Act and tell; where somebody works for other names than before, all act at once and tell what they find."""
        wait_s = act()
        if self._roster.after_step(worker):
            self.wake()
            wait_s = 0.0
        else:
            self._tell(worker)
        self._roster.tell_jobs()  # last of all: it may fail where the disk is full
        return wait_s

    def _tell(self, worker: PrinterWorker) -> None:
        with self._telling:
            for name, status in self._statuses_of(worker).items():
                if status != self._told.get(name):
                    self._told[name] = status
                    self._on_status(status)

    def _statuses_of(self, worker: PrinterWorker) -> dict[str, PrinterStatus]:
        return {name: self._status_of(worker, name) for name in worker.names()}

    def _status_of(self, worker: PrinterWorker, name: str) -> PrinterStatus:
        open_jobs, roll = len(self._jobs.open_jobs(name)), self._jobs.roll(name)
        left = roll.slips_left(worker.state) if roll else None
        return PrinterStatus(name, worker.state, worker.since_ms, open_jobs, slips_left=left)
