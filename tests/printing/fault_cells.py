"""One cell of the fault matrix: two tickets, one fault at one moment, its repair, and what was promised meanwhile."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from mppdesk.domain.print_job import JobState, PrinterState, PrintJob
from mppdesk.domain.printer_address import Printer
from mppdesk.domain.slip import Line, QrCode, Slip, SlipKind
from mppdesk.operations.printing_ports import PrintJobs
from mppdesk.operations.readings import PrinterStatus
from mppdesk.printing.delivery import Device, Outcome, Sheet, Tell, to_nobody
from mppdesk.printing.escpos import to_bytes
from mppdesk.printing.spooler import Spooler
from tests.fakes.escpos_stream import EscposStream, as_text
from tests.fakes.memory_print_jobs import print_job
from tests.fakes.printer import Moment, SheetKind, SimulatedPrinter
from tests.printing.fault_list import Fault, Plugged
from tests.printing.hurried_clock import OPENING, SLOWER_LOOK_S, HurriedClock

# A mute printer is looked at every ten seconds.
SEEN_WITHIN_S, ENDS_WITHIN_S = 2.0, 24.0
_BUSY_MACHINE_S = 1.0
# Before a fault is seen, so many take turns: the spooler, the printer's line, its mechanism, the cells beside.
_THREADS = 4
_LASTS_S, _PATIENCE_S = 12.0, 90.0
NUMBERS = ("A-001", "A-002")
_FINAL = frozenset({JobState.PRINTED, JobState.UNCONFIRMED, JobState.FAILED, JobState.CANCELLED})
_WELL = frozenset({PrinterState.READY, PrinterState.PAPER_NEAR_END})


class When(StrEnum):
    """The moments of a fault; the first is no moment of the printer."""

    BEFORE = "sebelum"
    CHECKED = Moment.CHECKED.value
    PRINTING = Moment.PRINTING.value
    CUT = Moment.CUT.value
    CONFIRMED = Moment.CONFIRMED.value


class JobsWithCopies(PrintJobs, Protocol):
    """The jobs of one cell, and what a clerk does with one that nobody is sure of."""

    def job(self, job_id: str) -> PrintJob | None: ...

    def print_copy(self, job: PrintJob, moment: datetime) -> PrintJob: ...


def ticket(number: str, printer: str) -> PrintJob:
    """A ticket as the kiosk prints it, in small: large digits and a QR code."""
    parts = (Line("MPP Kabupaten Sukamaju"), Line(number, size=6), QrCode(f"{number}9XH4TRB3WZP"), Line("Jaga karcis"))
    made_ms = round(OPENING.timestamp() * 1000) + int(number[-3:])
    made = print_job(f"{printer}-{number}", printer=printer, created_ms=made_ms)
    return replace(made, slip=Slip(SlipKind.TICKET, parts), label=number)


def on_paper(slip: Slip) -> str:
    return as_text(list(EscposStream().feed(to_bytes(slip)))).strip()


@dataclass(frozen=True, slots=True, eq=False)
class Witness:
    """A device that compares each claim with the paper at once; `broken` has what was claimed falsely."""

    device: Device
    printer: SimulatedPrinter
    broken: list[str]

    @property
    def place(self) -> Hashable | None:
        return self.device.place

    def prepare(self, slip: Slip, name: str) -> Sheet:
        return self.device.prepare(slip, name)

    def print(self, sheet: Sheet, tell: Tell = to_nobody) -> Outcome:
        outcome = self.device.print(sheet, tell)
        if outcome.state is JobState.PRINTED and not times_out(self.printer, sheet.slip):
            self.broken.append(f"called printed, but it is not: {sheet.name}")
        return outcome

    def probe(self) -> PrinterState:
        return self.device.probe()


def times_out(printer: SimulatedPrinter, slip: Slip) -> int:
    """How often a slip came out whole."""
    whole = (SheetKind.ORIGINAL, SheetKind.COPY)
    text = on_paper(slip)
    return sum(sheet.kind in whole and sheet.text == text for sheet in tuple(printer.sheets))


@dataclass(slots=True)
class Cell:
    """Run it once; `broken` are the promises that did not hold."""

    fault: Fault
    when: When
    plugged: Plugged
    jobs: JobsWithCopies
    open_device: Callable[[Printer], Device]
    shows: frozenset[PrinterState]
    clock: HurriedClock
    seen_within_s: float = SEEN_WITHIN_S
    broken: list[str] = field(default_factory=list)
    _told: list[tuple[float, PrinterState]] = field(default_factory=list)
    _device: Device | None = None
    _struck_at: float | None = None
    _stood_still_s: float = 0.0

    def run(self) -> list[str]:
        spooler = Spooler(
            self.jobs, self._watched, self.clock, self._hear, monotonic=self.clock.monotonic, sleep=self.clock.sleep
        )
        if self.when is not When.BEFORE:
            self._look_first()
        self._plan()
        self._suffer(spooler)
        mended_at = self.clock.monotonic()
        self.fault.mend(self.plugged)
        self._work_until(spooler, lambda: self._is_over(spooler), _PATIENCE_S)
        self._note_how_it_ended(spooler, mended_at)
        self._ask_people(spooler)
        self._compare_with_paper()
        return self.broken

    def _watched(self, printer: Printer) -> Device:
        self._device = Witness(self.open_device(printer), self.plugged.printer, self.broken)
        return self._device

    def _look_first(self) -> None:
        """Nobody knows what is left in a printer that was never looked at, so that look takes several questions."""
        assert self._device is not None
        self._device.probe()

    def _hear(self, status: PrinterStatus) -> None:
        self._told.append((self.clock.monotonic(), status.state))

    def _plan(self) -> None:
        if self.when is When.BEFORE:
            self._strike()
        else:
            self.plugged.printer.at(Moment(self.when.value), self._strike)

    def _strike(self) -> None:
        self._struck_at, self._stood_still_s = self.clock.monotonic(), self.clock.stood_still_s
        self.fault.strike(self.plugged)

    def _suffer(self, spooler: Spooler) -> None:
        """Let the fault last until it is seen, or, where nothing is to be seen, until both tickets have an end."""

        self._work_until(spooler, lambda: self._struck_at is not None, _PATIENCE_S)
        self._work_until(spooler, self._is_seen if self.shows else self._are_settled, _LASTS_S)
        if self._struck_at is None:
            self.broken.append("the fault never struck")
        elif self.shows:
            self._note_when_it_was_seen(self._struck_at)

    def _is_seen(self) -> bool:
        return any(state in self.shows for at, state in self._told if at >= (self._struck_at or 0))

    def _note_when_it_was_seen(self, struck_at: float) -> None:
        seen = [at - struck_at for at, state in self._told if state in self.shows and at >= struck_at]
        if not seen:
            self.broken.append("nobody saw the fault")
        elif seen[0] > self.seen_within_s + SLOWER_LOOK_S + self._busy_machine_s():
            self.broken.append(f"the fault was seen only after {seen[0]:.1f} s")

    def _busy_machine_s(self) -> float:
        """What the machine took of the time since the fault, beyond what the clock left out by itself."""
        return _BUSY_MACHINE_S + _THREADS * (self.clock.stood_still_s - self._stood_still_s)

    def _note_how_it_ended(self, spooler: Spooler, mended_at: float) -> None:
        if not self._is_over(spooler):
            states = [str(job.state) for job in self._originals()]
            self.broken.append(f"it did not end by itself: {states}, {self._state(spooler)}")
        elif self.clock.monotonic() - mended_at > ENDS_WITHIN_S + self._busy_machine_s() and self.shows:
            self.broken.append(f"it ended only after {self.clock.monotonic() - mended_at:.1f} s")

    def _is_over(self, spooler: Spooler) -> bool:
        return self._are_settled() and self._state(spooler) in _WELL

    def _are_settled(self) -> bool:
        return all(job.state in _FINAL for job in self._originals())

    def _state(self, spooler: Spooler) -> PrinterState:
        return next(iter(spooler.statuses().values())).state

    def _originals(self) -> list[PrintJob]:
        found = (self.jobs.job(ticket(number, self._printer).job_id) for number in NUMBERS)
        return [job for job in found if job is not None]

    @property
    def _printer(self) -> str:
        return next(iter(self.jobs.printers()))

    def _work_until(self, spooler: Spooler, is_so: Callable[[], bool], most_s: float) -> None:
        until = self.clock.monotonic() + most_s
        while not is_so() and self.clock.monotonic() < until:
            self.clock.sleep(min(spooler.step(), most_s))

    def _ask_people(self, spooler: Spooler) -> None:
        """Apakah karcis A-001 keluar? A clerk looks once the printer is still, and orders a copy if it did not."""
        self.plugged.printer.wait_for(lambda it: not it.is_busy)
        unsure = [job for job in self._originals() if job.state is not JobState.PRINTED]
        missing = [job for job in unsure if not times_out(self.plugged.printer, job.slip)]
        copies = [self.jobs.print_copy(job, self.clock.now()) for job in missing]

        def are_out() -> bool:
            return all(times_out(self.plugged.printer, copy.slip) for copy in copies)

        self._work_until(spooler, are_out, _PATIENCE_S)
        if not are_out():
            self.broken.append("a copy did not come out")

    def _compare_with_paper(self) -> None:
        for job in self._originals():
            originals = times_out(self.plugged.printer, job.slip)
            if originals > 1:
                self.broken.append(f"{job.label} came out as an original {originals} times")
            if job.state in (JobState.FAILED, JobState.CANCELLED) and not originals:
                self.broken.append(f"{job.label} is lost: {job.state}")
