"""A program that prints and stands still at a chosen step of one job, so that somebody can kill it just there."""

import threading
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from mppdesk.db.paper.jobs import StoredPrintJobs
from mppdesk.domain.print_job import JobState, PrinterState, PrintJob
from mppdesk.domain.printer_address import NetworkAddress, Printer
from mppdesk.printing.conversation import Timings
from mppdesk.printing.devices import connect
from mppdesk.printing.escpos import to_bytes
from mppdesk.printing.receipt_printer import ReceiptPrinter
from mppdesk.printing.spooler import Spooler
from mppdesk.printing.wire import Wire
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import PRINTER, open_office

QUICK = Timings(answer=5.0, confirm=10.0, look_again=0.05, end=0.2)
"""Where everything answers on this machine nothing is waited for long, however busy it is."""


class Step(StrEnum):
    """The steps of a job, between which a program can die."""

    NOTHING_SAID = "before sending is on disk"
    SAID = "after sending is on disk"
    FIRST_BYTE = "after the first byte"
    LAST_BYTE = "after the last byte"
    CONFIRMED = "before the end is on disk"
    SETTLED = "after the end is on disk"


class Fate:
    """Stands still for ever at the chosen step of the chosen job, once it has said so."""

    def __init__(self, label: str, step: Step, say: Callable[[str], None]) -> None:
        self._label = label
        self._step = step
        self._say = say
        self.job: PrintJob | None = None

    def reach(self, step: Step) -> None:
        if step is self._step and self.job is not None and self.job.label == self._label:
            self._say(step)
            threading.Event().wait()

    def is_at(self, step: Step) -> bool:
        return step is self._step and self.job is not None and self.job.label == self._label


class MortalJobs(StoredPrintJobs):
    """The stored jobs, with a fate before and after each change of them."""

    fate: Fate

    def begin_sending(self, job_id: str, now_ms: int) -> PrintJob | None:
        self.fate.job = self.job(job_id)
        self.fate.reach(Step.NOTHING_SAID)
        begun = super().begin_sending(job_id, now_ms)
        self.fate.reach(Step.SAID)
        return begun

    def settle(
        self,
        job_id: str,
        state: JobState,
        cause: PrinterState | None,
        bytes_given: int,
        now_ms: int,
        paper_mm: int = 0,
    ) -> None:
        self.fate.reach(Step.CONFIRMED)
        super().settle(job_id, state, cause, bytes_given, now_ms, paper_mm)
        self.fate.reach(Step.SETTLED)


class MortalWire:
    """A wire that hands over a single byte first, where the program dies after it."""

    def __init__(self, wire: Wire, fate: Fate) -> None:
        self._wire = wire
        self._fate = fate
        self.place = wire.place

    def send(self, data: bytes, timeout_s: float, *, is_urgent: bool = False) -> int:
        if is_urgent:
            return self._wire.send(data, timeout_s, is_urgent=True)
        if self._fate.is_at(Step.FIRST_BYTE):
            self._wire.send(data[:1], timeout_s)
            self._fate.reach(Step.FIRST_BYTE)
        taken = self._wire.send(data, timeout_s)
        if taken == len(data):
            self._fate.reach(Step.LAST_BYTE)
        return taken

    def receive(self, timeout_s: float) -> bytes:
        return self._wire.receive(timeout_s)

    def finish(self, timeout_s: float) -> bool:
        return self._wire.finish(timeout_s)

    def close(self) -> None:
        self._wire.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def print_until(home: Path, url: str, label: str, step: Step, say: Callable[[str], None]) -> None:
    """Print the jobs of an office; at the step of the job with this label, say so and go no further."""
    with open_office(home, FakeClock(), CountedIds("mortal")) as office:
        fate = Fate(label, step, say)
        jobs = MortalJobs(office.home.database, office.writer.changes, {PRINTER: url})
        jobs.fate = fate

        def device(printer: Printer) -> ReceiptPrinter:
            address = printer.address
            assert isinstance(address, NetworkAddress)
            return ReceiptPrinter(lambda timeout_s: MortalWire(connect(address, timeout_s), fate), to_bytes, QUICK)

        Spooler(jobs, device, office.clock, lambda _: None).run_until_empty(0)
