"""Prints what the storage holds: one worker for each physical printer, by hand in one thread or each in its own."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from mppdesk.domain.errors import BadInput
from mppdesk.domain.printer_address import Printer, WiredAddress, parse_printer, parse_url
from mppdesk.operations.ports import Clock
from mppdesk.operations.printing_ports import PrintJobs
from mppdesk.operations.readings import PrinterStatus
from mppdesk.printing.delivery import Device
from mppdesk.printing.devices import UnusablePrinter, place_of
from mppdesk.printing.worker import NOTHING_DUE, PrinterWorker

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
        self._devices = devices
        self._clock = clock
        self._on_status = on_status
        self._is_watched = is_watched
        self._monotonic = monotonic
        self._sleep = sleep
        self._workers: dict[str, PrinterWorker] = {}
        self._urls: dict[str, str] = {}
        self._alone: dict[str, threading.RLock] = {}
        self._bells: dict[str, threading.Event] = {}
        self._threads: list[threading.Thread] = []
        self._told: dict[str, PrinterStatus] = {}
        self._is_recovered = False
        self._is_running = False
        self._changing = threading.RLock()
        self._telling = threading.Lock()
        self._adopt_printers()

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
            for place in self._workers:
                self._start_thread(place)

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
        return min((self._tell_after(worker, worker.step) for worker in self._known()), default=NOTHING_DUE)

    def run_until_empty(self, timeout_s: float) -> int:
        """Print in this thread until no job is open; give how many still are.

        Every sheet that can be printed is; `timeout_s` limits the waiting for printers that cannot (0: no waiting).
        """
        self.recover()
        until = self._monotonic() + timeout_s
        while True:
            self._adopt_printers()
            wait_s = min((self._tell_after(worker, worker.work) for worker in self._known()), default=NOTHING_DUE)
            left_s = until - self._monotonic()
            if wait_s == NOTHING_DUE or (wait_s > 0 and left_s <= 0):
                return sum(len(self._jobs.open_jobs(name)) for name in self._jobs.printers())
            if wait_s > 0:
                self._sleep(min(wait_s, left_s))

    def statuses(self) -> dict[str, PrinterStatus]:
        """How each printer stands, by its name."""
        return {name: status for worker in self._known() for name, status in self._statuses_of(worker).items()}

    @contextmanager
    def kept_from(self, url: str) -> Iterator[None]:
        """Keep the worker of a printer from it while somebody else asks it; waits for the sheet on its way.

        Afterwards it begins anew, and so do all at the end of a wire: a device remembers what it left in the printer,
        not what others did, and that another name leads to the same one is seen only when its wire is open.
        """
        place = _place_of(url)
        with self._changing:
            alone = self._alone_at(place)
        with alone:
            try:
                yield
            finally:
                with self._changing:
                    for known, worker in self._workers.items():
                        if known == place or _is_wired(self._urls[known]):
                            worker.serve(self._device_of(self._urls[known]))

    def _known(self) -> tuple[PrinterWorker, ...]:
        with self._changing:
            return tuple(self._workers.values())

    def _adopt_printers(self) -> None:
        """Follow the settings: new places get a worker, changed ones another device, and left ones are left alone."""
        with self._changing:
            wanted: dict[str, str] = {}
            for url in self._jobs.printers().values():
                wanted.setdefault(_place_of(url), url)
            for place in self._workers.keys() - wanted.keys():
                self._retire(place)
            for place, url in wanted.items():
                if place not in self._workers:
                    self._employ(place, url)
                elif self._urls[place] != url:
                    self._urls[place] = url
                    self._workers[place].serve(self._device_of(url))

    def _employ(self, place: str, url: str) -> None:
        names = partial(self._names_of, place)
        alone = self._alone_at(place)
        self._urls[place] = url
        self._workers[place] = PrinterWorker(
            self._device_of(url), names, self._jobs, self._clock, self._monotonic, self._tell, self._is_watched, alone
        )
        self._bells[place] = threading.Event()
        if self._is_running:
            self._start_thread(place)

    def _retire(self, place: str) -> None:
        """Let a worker go whose place no name leads to any more, once the end of its last job is recorded."""
        if self._workers[place].is_settled:
            del self._workers[place]
            self._bells.pop(place).set()

    def _alone_at(self, place: str) -> threading.RLock:
        return self._alone.setdefault(place, threading.RLock())

    def _device_of(self, url: str) -> Device:
        try:
            return self._devices(parse_printer(url))
        except (BadInput, OSError):  # on Windows a path of another system is no path at all
            _log.error("a printer's address is not understood; its jobs wait")
            return UnusablePrinter()

    def _names_of(self, place: str) -> tuple[str, ...]:
        return tuple(name for name, url in self._jobs.printers().items() if _place_of(url) == place)

    def _start_thread(self, place: str) -> None:
        work = partial(self._run, place, self._workers[place], self._bells[place])
        # Daemon: a printer that hangs must not keep a closed program alive.
        thread = threading.Thread(target=work, name="printer", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _run(self, place: str, worker: PrinterWorker, bell: threading.Event) -> None:
        while self._is_running and (self._workers.get(place) is worker or not worker.is_settled):
            bell.clear()  # before the step: a bell rung during it is not lost
            try:
                wait_s = self._tell_after(worker, worker.step)
            except Exception:  # noqa: BLE001 - the loop outlives whatever happens in one round
                _log.exception("the printing loop failed; it goes on")
                wait_s = _PAUSE_AFTER_A_FAILURE_S
            if self._is_running:
                bell.wait(wait_s)

    def _tell_after(self, worker: PrinterWorker, act: Callable[[], float]) -> float:
        wait_s = act()
        self._tell(worker)
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


def _is_wired(url: str) -> bool:
    try:
        return isinstance(parse_url(url), WiredAddress)
    except (BadInput, OSError):
        return False


def _place_of(url: str) -> str:
    """Name the physical printer; what nobody understands stands for itself."""
    try:
        return place_of(parse_url(url))
    except (BadInput, OSError):
        return url
