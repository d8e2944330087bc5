"""A receipt printer on the network (raw port 9100): ask, hand the sheet over once, wait for its word, hang up."""

import contextlib
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.slip import Slip
from mppdesk.printing.delivery import Outcome, Sheet, blocked, printed, unconfirmed
from mppdesk.printing.status import ALL_QUESTIONS, ASK_PAPER_IN_PRINT_ORDER, Question, Report, StatusParser

_MOST_UNASKED_READS = 64
_WORKING = frozenset({PrinterState.READY, PrinterState.PAPER_NEAR_END})


@dataclass(frozen=True, slots=True)
class Timings:
    """How long to wait for what, in seconds.

    `look_again` is the time between two looks at a printer that is still busy; a fault is seen no later.
    `end` is for the printer to close the line after an unsure job, which loses what the kernel still holds if it is
    cut; where the printer has stopped, people must hear of it first (`stopped_end`), and a confirmed job has nothing
    left to lose (`confirmed_end`).
    """

    connect: float = 2.0
    answer: float = 0.5
    stall: float = 5.0
    confirm: float = 3.0
    look_again: float = 0.5
    end: float = 2.0
    stopped_end: float = 1.0
    confirmed_end: float = 0.1
    slowest_mm_per_s: float = 50.0

    def confirmation_of(self, sheet: Sheet) -> float:
        """Twice the time that the slowest printer needs for this paper, and some for the cutter."""
        return self.confirm + 2 * sheet.paper_mm / self.slowest_mm_per_s


class TcpPrinter:
    """Opens a line for each sheet and each probe: printers drop idle lines, and a kept one fails at the next sheet.

    `render` ends a slip with GS r 1 where the model knows it; without it no job is ever confirmed.
    """

    def __init__(self, host: str, port: int, render: Callable[[Slip], bytes], timings: Timings | None = None) -> None:
        self._address = (host, port)
        self._render = render
        self._timings = timings or Timings()

    def prepare(self, slip: Slip, name: str) -> Sheet:
        return Sheet(name, slip, self._render(slip))

    def probe(self) -> PrinterState:
        try:
            with self._open() as line:
                return line.look()
        except OSError:
            return PrinterState.UNREACHABLE

    def print(self, sheet: Sheet) -> Outcome:
        try:
            line = self._open()
        except OSError:
            return blocked(PrinterState.UNREACHABLE)
        with line:
            return self._print_over(line, sheet)

    def _open(self) -> "_Line":
        try:
            connection = socket.create_connection(self._address, self._timings.connect)
        except UnicodeError as error:  # a name too long for IDNA, which Python encodes before it asks anybody
            raise ConnectionAbortedError from error
        return _Line(connection, self._timings)

    def _print_over(self, line: "_Line", sheet: Sheet) -> Outcome:
        try:
            before = line.look()
        except OSError:
            return blocked(PrinterState.UNREACHABLE)
        if before.blocks:
            return blocked(before)
        given = line.hand_over(sheet.data)
        if not given:
            return blocked(PrinterState.UNREACHABLE)
        if given < len(sheet.data):
            return unconfirmed(given, PrinterState.UNREACHABLE)
        if before is PrinterState.MUTE or not sheet.data.endswith(ASK_PAPER_IN_PRINT_ORDER):
            line.end_within(self._timings.end)
            return unconfirmed(given, before)
        return self._outcome_of(line, given, self._timings.confirmation_of(sheet))

    def _outcome_of(self, line: "_Line", given: int, patience_s: float) -> Outcome:
        try:
            state = line.wait_for_confirmation(patience_s)
        except OSError:
            return unconfirmed(given, PrinterState.UNREACHABLE)
        if line.is_confirmed and state in _WORKING:
            line.end_within(self._timings.confirmed_end)
            return printed(given, state)
        line.end_within(self._timings.stopped_end if state.blocks else self._timings.end)
        return unconfirmed(given, state)


class _Line:
    """One open connection with the one reader of its answers; every method but the last two raises OSError."""

    def __init__(self, connection: socket.socket, timings: Timings) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self._connection = connection
        self._timings = timings
        self._parser = StatusParser()
        self._stray_confirmations = 0

    def __enter__(self) -> "_Line":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()

    @property
    def is_confirmed(self) -> bool:
        return self._parser.report.confirmations > self._stray_confirmations

    def look(self) -> PrinterState:
        """Ask how the printer stands now: all four questions at once, singly if it leaves some of them out."""
        self._take_what_is_there()
        self._parser.forget()
        if self._ask(*ALL_QUESTIONS):
            return self._parser.report.state
        if self._parser.report == Report(confirmations=self._parser.report.confirmations):
            return PrinterState.MUTE
        for question in ALL_QUESTIONS:  # which answer is missing cannot be told: they carry no number
            self._ask(question)
        return self._parser.report.state

    def wait_for_confirmation(self, patience_s: float) -> PrinterState:
        """Wait until the printer has worked off all it was given, or stopped; give how it stands after that."""
        until = time.monotonic() + patience_s
        while not self.is_confirmed and (left_s := until - time.monotonic()) > 0:
            if self._receive_until(lambda: self.is_confirmed, min(left_s, self._timings.look_again)):
                break
            state = self.look()
            if state.blocks:
                return state
        if self._parser.report.state.blocks:  # the confirmation itself said that the paper ended
            return self._parser.report.state
        return self.look()

    def hand_over(self, data: bytes) -> int:
        """Write everything; give how many bytes the system took before the printer stalled or went away."""
        given = 0
        with contextlib.suppress(OSError):
            self._take_what_is_there()
            self._stray_confirmations = self._parser.report.confirmations
            self._connection.settimeout(self._timings.stall)
            while given < len(data):
                given += self._connection.send(data[given:])
        return given

    def end_within(self, seconds: float) -> None:
        """Say that nothing more comes and let the printer hang up; unread answers would make closing a reset."""
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_WR)
            self._receive_until(lambda: False, seconds)

    def _ask(self, *questions: Question) -> bool:
        self._connection.settimeout(self._timings.stall)
        self._connection.sendall(self._parser.ask(*questions))
        return self._receive_until(lambda: not self._parser.awaited, self._timings.answer)

    def _receive_until(self, is_enough: Callable[[], bool], timeout_s: float) -> bool:
        until = time.monotonic() + timeout_s
        while not is_enough():
            left_s = until - time.monotonic()
            if left_s <= 0:
                return False
            self._connection.settimeout(left_s)
            with contextlib.suppress(TimeoutError):
                self._take(self._connection.recv(256))
        return True

    def _take_what_is_there(self) -> None:
        """Take what was sent unasked; raises OSError where that has no end, since no printer talks so much."""
        self._connection.settimeout(0)
        with contextlib.suppress(BlockingIOError):
            for _ in range(_MOST_UNASKED_READS):
                self._take(self._connection.recv(256))
            raise ConnectionAbortedError

    def _take(self, received: bytes) -> None:
        if not received:
            raise ConnectionAbortedError
        self._acknowledge_at_once()
        self._parser.feed(received)

    def _acknowledge_at_once(self) -> None:
        """Printers send the next answer only after our acknowledgement, which the system likes to hold back 40 ms."""
        if hasattr(socket, "TCP_QUICKACK"):  # Linux; the system takes it back by itself, so it is asked each time
            self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
