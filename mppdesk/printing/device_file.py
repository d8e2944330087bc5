"""The wire to a USB printer through Linux's own driver: `/dev/usb/lp0` (Linux kernel, drivers/usb/class/usblp.c)."""

import os
import select
import stat
from types import TracebackType
from typing import Self

from mppdesk.printing.sysfs import device_at
from mppdesk.printing.turns import Turn, take_turn

_MOST_AT_ONCE = 256
# The driver gives a writer one transfer at a time; a small one makes "nothing was taken" sure.
_A_STEP = 4096


class DeviceFileWire:
    """The kernel lets one program open the printer; opened so that neither reading nor writing ever waits in it."""

    def __init__(self, descriptor: int, turn: Turn) -> None:
        self._descriptor = descriptor
        self._turn = turn
        self.place = turn.place

    @classmethod
    def connect(cls, path: str) -> Self:
        """Raises OSError where there is no such device, it is taken, or this system has no such files."""
        if not hasattr(os, "O_NONBLOCK"):
            raise OSError
        turn = take_turn(*device_at(path))
        try:
            return cls(_opened(path), turn)
        except OSError:
            turn.end()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def send(self, data: bytes, timeout_s: float, *, is_urgent: bool = False) -> int:
        _, is_ready, _ = select.select([], [self._descriptor], [], timeout_s)
        if not is_ready:
            raise TimeoutError
        try:
            return os.write(self._descriptor, data[:_A_STEP])
        except BlockingIOError as error:  # the driver may say so after all while the last transfer is on its way
            raise TimeoutError from error

    def receive(self, timeout_s: float) -> bytes:
        is_ready, _, _ = select.select([self._descriptor], [], [], timeout_s)
        if not is_ready:
            return b""
        try:
            received = os.read(self._descriptor, _MOST_AT_ONCE)
        except BlockingIOError:
            return b""
        if not received:
            raise ConnectionAbortedError
        return received

    def finish(self, timeout_s: float) -> bool:
        """The driver finishes its last transfer before it takes more; a USB printer hangs up nothing."""
        _, is_ready, _ = select.select([], [self._descriptor], [], timeout_s)
        if not is_ready:
            raise TimeoutError
        return False

    def close(self) -> None:
        try:
            os.close(self._descriptor)
        finally:
            self._turn.end()


def _opened(path: str) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
    if not stat.S_ISCHR(os.fstat(descriptor).st_mode):  # a slip of the pen in the address must cost nobody a file
        os.close(descriptor)
        raise FileNotFoundError
    return descriptor
