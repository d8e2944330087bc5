"""A queue of the Windows spooler (Win32 "Print Spooler API": OpenPrinter, GetPrinter, StartDocPrinter, GetJob).

The spooler takes jobs also for a printer that is unplugged and calls them well; so the queue is looked at before and
after, and no sheet is ever called printed here.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import Any, TypeVar, cast

from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.slip import Slip
from mppdesk.printing.conversation import Timings
from mppdesk.printing.delivery import Outcome, Sheet, Tell, blocked, to_nobody, unconfirmed

T = TypeVar("T")

_CALL_S = 5.0
_WITH_STATUS, _JOB_WITH_STATUS = 2, 1
_WORKS_OFFLINE = 0x400
_CANCEL = 3
_HAS_LEFT = 0x80 | 0x100 | 0x1000  # printed, deleted, complete
# Bits of PRINTER_INFO_2.Status; the first that is found is the one to mend first.
_TROUBLES = (
    (0x0040_0000, PrinterState.COVER_OPEN),
    (0x0000_0010 | 0x0000_0040, PrinterState.PAPER_OUT),
    (0x0000_0008 | 0x0000_0002 | 0x0010_0000, PrinterState.ERROR),
    (0x0000_0080 | 0x0000_1000 | 0x0000_0001 | 0x0000_0004, PrinterState.OFFLINE),
)


class WindowsQueue:
    """`spooler` is pywin32's module win32print."""

    def __init__(
        self,
        queue: str,
        render: Callable[[Slip], bytes],
        timings: Timings | None = None,
        *,
        spooler: Any = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._queue = queue
        self._render = render
        self._timings = timings or Timings()
        self._loaded = spooler
        self._sleep = sleep

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
        handed = _HandedOver()
        try:
            self._within(lambda: self._hand_over(sheet, handed))
        except OSError:
            if handed.give_up():
                return blocked(PrinterState.UNREACHABLE)
            return unconfirmed(handed.given or len(sheet.data), PrinterState.UNREACHABLE)
        return unconfirmed(handed.given, self._after(handed.job, self._timings.confirmation_of(sheet)))

    def _hand_over(self, sheet: Sheet, handed: "_HandedOver") -> None:
        with self._opened() as handle:
            handed.job = self._spooler.StartDocPrinter(handle, 1, (sheet.name, None, "RAW"))
            self._spooler.StartPagePrinter(handle)
            handed.begin()
            handed.given = self._spooler.WritePrinter(handle, sheet.data)
            self._spooler.EndPagePrinter(handle)
            self._spooler.EndDocPrinter(handle)

    def _after(self, job: int, patience_s: float) -> PrinterState:
        """Follow a job to its end. One that stays is taken back: a mended printer would print it hours later."""
        until = time.monotonic() + patience_s
        while True:
            try:
                if self._within(lambda: self._has_left(job)):
                    return self.probe()
            except OSError:
                return PrinterState.UNREACHABLE
            state = self.probe()
            if state.blocks or time.monotonic() >= until:
                with suppress(OSError):
                    self._within(lambda: self._cancel(job))
                return state
            self._sleep(self._timings.look_again)

    def _state(self) -> PrinterState:
        with self._opened() as handle:
            told = self._spooler.GetPrinter(handle, _WITH_STATUS)
        if told["Attributes"] & _WORKS_OFFLINE:
            return PrinterState.OFFLINE
        return next((state for bits, state in _TROUBLES if told["Status"] & bits), PrinterState.READY)

    def _has_left(self, job: int) -> bool:
        with self._opened() as handle:
            try:
                told = self._spooler.GetJob(handle, job, _JOB_WITH_STATUS)
            except self._spooler.error:  # a job that is done is no longer listed
                return True
        return bool(told["Status"] & _HAS_LEFT)

    def _cancel(self, job: int) -> None:
        with self._opened() as handle:
            self._spooler.SetJob(handle, job, 0, None, _CANCEL)

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        """Raises OSError, whatever the spooler calls its trouble."""
        try:
            handle = self._spooler.OpenPrinter(self._queue)
            try:
                yield handle
            finally:
                self._spooler.ClosePrinter(handle)
        except (self._spooler.error, ImportError) as error:
            raise ConnectionAbortedError from error

    @staticmethod
    def _within(act: Callable[[], T]) -> T:
        """Wait for a call some seconds, no more: to a printer shared by another computer it may take minutes."""
        answers: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

        def work() -> None:
            try:
                answers.put((act(), None))
            except BaseException as error:  # noqa: BLE001 - raised again where it was asked
                answers.put((None, error))

        threading.Thread(target=work, name="windows spooler", daemon=True).start()
        try:
            answer, error = answers.get(timeout=_CALL_S)
        except Empty:
            raise TimeoutError from None
        if error is not None:
            raise error
        return cast(T, answer)

    @property
    def _spooler(self) -> Any:
        if self._loaded is None:
            import win32print

            self._loaded = win32print
        return self._loaded


class _HandedOver:
    """How far a job came; either its first byte is given, or it is given up, and never both.

    A call that was not waited for may still go on minutes later, when the sheet was printed by another attempt.
    """

    def __init__(self) -> None:
        self.job = 0
        self.given = 0
        self._is_begun = False
        self._is_given_up = False
        self._lock = threading.Lock()

    def begin(self) -> None:
        """The next call hands over bytes; raises OSError where nobody waits for it any more."""
        with self._lock:
            if self._is_given_up:
                raise ConnectionAbortedError
            self._is_begun = True

    def give_up(self) -> bool:
        """Whether not a byte was given, and none ever will be."""
        with self._lock:
            self._is_given_up = not self._is_begun
            return self._is_given_up
