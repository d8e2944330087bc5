"""A queue of the Windows spooler as a printer.

The spooler takes jobs also for a printer that is unplugged and calls them well; so the queue is looked at before and
after, and no sheet is ever called printed here.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.slip import Slip
from mppdesk.printing.conversation import Timings
from mppdesk.printing.delivery import Outcome, Sheet, Tell, blocked, to_nobody, unconfirmed
from mppdesk.printing.handed_over import HandedOver
from mppdesk.printing.left_behind import longest_command
from mppdesk.printing.painted_sheets import SheetPainter
from mppdesk.printing.patient_calls import PatientCalls
from mppdesk.printing.winspool import Winspool

T = TypeVar("T")

_CALL_S = 5.0
_PAINTING_S = 15.0
_WORKS_OFFLINE = 0x400
_HAS_LEFT = 0x80 | 0x100 | 0x1000  # printed, deleted, complete
# Bits of PRINTER_INFO_2.Status; the first that is found is the one to mend first.
_TROUBLES = (
    (0x0040_0000, PrinterState.COVER_OPEN),
    (0x0000_0010 | 0x0000_0040, PrinterState.PAPER_OUT),
    (0x0000_0008 | 0x0000_0002 | 0x0010_0000, PrinterState.ERROR),
    (0x0000_0080 | 0x0000_1000 | 0x0000_0001 | 0x0000_0004, PrinterState.OFFLINE),
)


class WindowsQueue:
    """`render` gives PDF where there is a `painter` for it; else what goes to the printer as is."""

    place = None

    def __init__(
        self,
        queue: str,
        render: Callable[[Slip], bytes],
        timings: Timings | None = None,
        *,
        painter: SheetPainter | None = None,
        winspool: Winspool | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._queue = queue
        self._render = render
        self._timings = timings or Timings()
        self._painter = painter
        self._winspool = winspool or Winspool()
        self._sleep = sleep
        self._calls = PatientCalls("windows spooler")
        self._unfinished = 0

    def prepare(self, slip: Slip, name: str) -> Sheet:
        return Sheet(name, slip, self._render(slip))

    def probe(self) -> PrinterState:
        """What the queue says; most drivers say nothing of paper or cover."""
        try:
            return self._within(self._state)
        except OSError:
            return PrinterState.UNREACHABLE

    def print(self, sheet: Sheet, tell: Tell = to_nobody) -> Outcome:
        before = self.probe()
        if before.blocks:
            return blocked(before)
        handed = HandedOver()
        try:
            self._hand_over(sheet, handed)
        except OSError:
            if handed.give_up():
                return blocked(PrinterState.UNREACHABLE)
            self._take_back(handed.job)
            self._unfinished = longest_command(sheet.data)
            return unconfirmed(handed.given or len(sheet.data), PrinterState.UNREACHABLE)
        patience_s = self._timings.confirmation_of(sheet) + (self._timings.office_printer if self._painter else 0.0)
        has_left, state = self._after(handed.job, patience_s)
        self._unfinished = 0 if has_left else longest_command(sheet.data)
        return unconfirmed(handed.given, state)

    def _hand_over(self, sheet: Sheet, handed: HandedOver) -> None:
        if (painter := self._painter) is None:
            self._calls.within(_CALL_S, lambda: self._write(sheet, handed))
        else:
            self._calls.within(_PAINTING_S, lambda: painter.hand_over(self._queue, sheet, handed))

    def _write(self, sheet: Sheet, handed: HandedOver) -> None:
        with self._winspool.opened(self._queue) as queue:
            handed.job = queue.start_raw_document(sheet.name)
            queue.start_page()
            handed.go_on()
            if self._unfinished:  # a sheet that was taken back may have broken off in a command
                queue.write(bytes(self._unfinished))
            handed.given = queue.write(sheet.data)
            queue.end_page()
            queue.end_document()

    def _after(self, job: int, patience_s: float) -> tuple[bool, PrinterState]:
        """Follow a job to its end; whether it left the queue, and how that stands now.

        One that stays is taken back: a mended printer would print it hours later.
        """
        until = time.monotonic() + patience_s
        while True:
            try:
                if self._within(lambda: self._has_left(job)):
                    return True, self.probe()
            except OSError:  # nobody says that it left
                self._take_back(job)
                return False, PrinterState.UNREACHABLE
            state = self.probe()
            if state.blocks or time.monotonic() >= until:
                self._take_back(job)
                return False, state
            self._sleep(self._timings.look_again)

    def _state(self) -> PrinterState:
        with self._winspool.opened(self._queue) as queue:
            told = queue.told()
        if told.attributes & _WORKS_OFFLINE:
            return PrinterState.OFFLINE
        return next((state for bits, state in _TROUBLES if told.status & bits), PrinterState.READY)

    def _has_left(self, job: int) -> bool:
        with self._winspool.opened(self._queue) as queue:
            status = queue.job_status(job)
        return status is None or bool(status & _HAS_LEFT)

    def _take_back(self, job: int) -> None:
        with suppress(OSError):
            self._within(lambda: self._delete(job))

    def _delete(self, job: int) -> None:
        with self._winspool.opened(self._queue) as queue:
            queue.delete(job)

    def _within(self, act: Callable[[], T]) -> T:
        return self._calls.within(_CALL_S, act)
