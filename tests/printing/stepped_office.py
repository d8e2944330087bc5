"""An office with one printer whose time moves only when a test says so."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from mppdesk.domain.print_job import JobState, PrinterState, PrintJob
from mppdesk.domain.printer_address import Printer, parse_printer
from mppdesk.domain.slip import Slip, SlipKind
from mppdesk.operations.readings import PrinterStatus
from mppdesk.printing.delivery import Outcome, Sheet, Tell, blocked, printed, to_nobody
from mppdesk.printing.spooler import Spooler
from tests.fakes.memory_print_jobs import MemoryPrintJobs, print_job

LOKET_1, KIOSK = "Loket 1", "Kios 1"
HERE, THERE = "tcp://192.0.2.7:9100", "tcp://192.0.2.9:9100"
GIVEN = 200


class SteppedTime:
    """A clock, a stopwatch and a sleep that move only when told to; `at` lets things happen on the way.

    `set_ahead_s` is by how much somebody set the clock meanwhile; the stopwatch knows nothing of it.
    """

    def __init__(self) -> None:
        self.passed_s = 0.0
        self.set_ahead_s = 0.0
        self._start = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
        self._events: list[tuple[float, Callable[[], None]]] = []

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.passed_s + self.set_ahead_s)

    @property
    def now_ms(self) -> int:
        return round(self.now().timestamp() * 1000)

    def monotonic(self) -> float:
        return self.passed_s

    def sleep(self, seconds: float) -> None:
        self.passed_s += seconds
        due = [event for event in self._events if event[0] <= self.passed_s]
        self._events = [event for event in self._events if event not in due]
        for _, happen in due:
            happen()

    def at(self, seconds: float, happen: Callable[[], None]) -> None:
        self._events.append((seconds, happen))


class ScriptedPrinter:
    """A device that stands as the test says; `outcomes` come first, then whatever its state leads to."""

    def __init__(self, time: SteppedTime, state: PrinterState = PrinterState.READY) -> None:
        self.state = state
        self.place: str | None = None
        self.outcomes: list[Outcome | Exception] = []
        self.sheets: list[str] = []
        self.looked_at: list[float] = []
        self.cannot_render = False
        self._time = time

    def prepare(self, slip: Slip, name: str) -> Sheet:
        if self.cannot_render:
            raise ValueError(name)
        return Sheet(name, slip, b"x" * GIVEN)

    def print(self, sheet: Sheet, tell: Tell = to_nobody) -> Outcome:
        if self.state.blocks:
            self.looked_at.append(self._time.passed_s)
            return blocked(self.state)
        self.sheets.append(sheet.name)
        outcome = self.outcomes.pop(0) if self.outcomes else printed(GIVEN, self.state)
        if isinstance(outcome, Exception):
            raise outcome
        self.state = outcome.printer
        return outcome

    def probe(self) -> PrinterState:
        self.looked_at.append(self._time.passed_s)
        return self.state


class Office:
    """One printer with its spooler, and a notebook of what was told."""

    def __init__(self, printers: dict[str, str] | None = None) -> None:
        self.time = SteppedTime()
        self.printer = ScriptedPrinter(self.time)
        self.jobs = MemoryPrintJobs(printers or {LOKET_1: "tcp://192.0.2.7:9100"})
        self.told: list[PrinterStatus] = []
        self.opened: list[Printer] = []
        self.watched = set(self.jobs.printers())
        self.spooler = self.new_spooler()

    def new_spooler(self) -> Spooler:
        return Spooler(
            self.jobs,
            self._open,
            self.time,
            self.told.append,
            is_watched=lambda name: name in self.watched,
            monotonic=self.time.monotonic,
            sleep=self.time.sleep,
        )

    def _open(self, address: Printer) -> ScriptedPrinter:
        self.opened.append(address)
        return self.printer

    def order(self, *names: str, printer: str = LOKET_1, kind: SlipKind = SlipKind.TICKET) -> None:
        for name in names:
            self.jobs.add(print_job(name, printer=printer, kind=kind, created_ms=self.time.now_ms))

    def run_for(self, seconds: float) -> None:
        until = self.time.passed_s + seconds
        while self.time.passed_s < until:
            self.time.sleep(min(self.spooler.step(), until - self.time.passed_s))
        self.spooler.step()

    def job(self, name: str) -> PrintJob:
        job = self.jobs.job(name)
        assert job is not None
        return job

    def state_of(self, name: str) -> JobState:
        return self.job(name).state

    @property
    def states_told(self) -> list[PrinterState]:
        """The states in the order told, repetitions left out."""
        states = [status.state for status in self.told]
        return [state for before, state in zip([None, *states], states, strict=False) if state is not before]


class Moving(Office):
    """An office whose printer gets another address; each of the `urls` that stands there leads to a device of its own.

    `printers` are those devices by their URL.
    """

    def __init__(self, urls: dict[str, str]) -> None:
        self.urls = urls
        self.printers: dict[str, ScriptedPrinter] = {}
        super().__init__(urls)

    def _open(self, address: Printer) -> ScriptedPrinter:
        url = next(url for url in self.urls.values() if parse_printer(url) == address)
        return self.printers.setdefault(url, ScriptedPrinter(self.time))
