"""The wire to a printer on a serial port, or on a USB adapter that looks like one: 8 bits, no parity, 1 stop bit."""

import contextlib
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

import serial

from mppdesk.domain.printer_address import Flow
from mppdesk.printing.sysfs import device_at
from mppdesk.printing.turns import Turn, take_turn

_A_STEP = 64
_BITS_A_BYTE = 10  # with start and stop bit
_LOOK_EVERY_S = 0.01
_MOST_AT_ONCE = 256


class SerialWire:
    """A port of its own for each sheet; another program that has it open keeps it, another name waits for its turn.

    No system knows DTR flow control by itself, so the printer's ready line is looked at here, before every step.
    """

    def __init__(self, port: serial.Serial, flow: Flow, turn: Turn) -> None:
        self._port = port
        self._flow = flow
        self._is_stuck = False
        self._turn = turn
        self.place = turn.place

    @classmethod
    def connect(cls, name: str, baud: int, flow: Flow, timeout_s: float) -> Self:
        """Raises OSError where there is no such port or it is taken."""
        turn = take_turn(*device_at(name))
        try:
            port = serial.Serial(
                name,
                baud,
                timeout=timeout_s,
                write_timeout=timeout_s,
                rtscts=flow is Flow.RTS,
                xonxoff=flow is Flow.XON,
                exclusive=True,
            )
        except ValueError as error:  # a speed that this port cannot do
            turn.end()
            raise ConnectionAbortedError from error
        except OSError:
            turn.end()
            raise
        return cls(port, flow, turn)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def send(self, data: bytes, timeout_s: float, *, is_urgent: bool = False) -> int:
        """The first byte goes alone: where it is not taken nothing was, and the sheet may be tried again.

        Of a later step that is taken in part nobody learns how much; nothing follows it.
        """
        if self._is_stuck:
            raise TimeoutError
        if not is_urgent:
            self._wait_until(self._is_ready, timeout_s)
        self._write(data[:1], timeout_s)
        try:
            self._write(data[1:_A_STEP], timeout_s)
        except TimeoutError:
            self._is_stuck = True
            return 1
        return min(len(data), _A_STEP)

    def receive(self, timeout_s: float) -> bytes:
        if self._port.timeout != timeout_s:
            self._port.timeout = timeout_s
        first: bytes = self._port.read(1)
        return first + self._port.read(min(self._port.in_waiting, _MOST_AT_ONCE)) if first else b""

    def finish(self, timeout_s: float) -> bool:
        """Let the port send what it still holds, as long as its speed needs; nobody hangs up a serial line."""
        needed_s = self._port.out_waiting * _BITS_A_BYTE / self._port.baudrate
        self._wait_until(lambda: not self._port.out_waiting, timeout_s + needed_s)
        return False

    def close(self) -> None:
        with contextlib.suppress(OSError):
            if self._port.out_waiting:
                self._port.reset_output_buffer()  # else the system waits for a printer that takes nothing
        with contextlib.suppress(OSError):
            self._port.close()
        self._turn.end()

    def _is_ready(self) -> bool:
        return self._flow is not Flow.DTR or bool(self._port.dsr)

    def _write(self, data: bytes, timeout_s: float) -> None:
        if self._port.write_timeout != timeout_s:
            self._port.write_timeout = timeout_s
        try:
            self._port.write(data)
        except serial.SerialTimeoutException as error:
            raise TimeoutError from error

    def _wait_until(self, is_so: Callable[[], bool], timeout_s: float) -> None:
        until = time.monotonic() + timeout_s
        while not is_so():
            if time.monotonic() >= until:
                raise TimeoutError
            time.sleep(_LOOK_EVERY_S)
