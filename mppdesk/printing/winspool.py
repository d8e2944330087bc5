"""The queues of the Windows spooler (Win32 "Print Spooler API": OpenPrinter, GetPrinter, StartDocPrinter, GetJob).

By ctypes, since any of these calls may wait minutes for a printer far away, and pywin32 stops every thread of the
program meanwhile: it keeps the interpreter's lock in nearly all of them.
"""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from mppdesk.printing import windows_types
from mppdesk.printing.windows_types import DEVMODE_HEAD_BYTES, DevMode, JobInfo, PrinterInfo, SlipInfo

_PRINTER_LEVEL, _JOB_LEVEL, _SLIP_LEVEL = 2, 1, 1
_OUT, _IN = 2, 8  # DocumentProperties: DM_OUT_BUFFER, DM_IN_BUFFER
_DELETE = 5  # JOB_CONTROL_DELETE; the manual says of JOB_CONTROL_CANCEL not to use it


class Winspool:
    """`library` is another one than Windows' own, declared as that is by `windows_types`."""

    def __init__(self, library: Any = None) -> None:
        self._library = library

    @contextmanager
    def opened(self, queue: str) -> Iterator["Queue"]:
        """Raises OSError where there is no such queue, or no Windows."""
        library = self._library if self._library is not None else windows_types.winspool()
        handle = ctypes.c_void_p()
        if not library.OpenPrinterW(queue, ctypes.byref(handle), None):
            raise OSError("OpenPrinter")
        try:
            yield Queue(library, handle, queue)
        finally:
            library.ClosePrinter(handle)


class Queue:
    """An open queue; every method raises OSError."""

    def __init__(self, library: Any, handle: ctypes.c_void_p, name: str) -> None:
        self._library = library
        self._handle = handle
        self._name = name

    def told(self) -> PrinterInfo:
        """What the spooler knows of the printer."""
        data = _filled(self._library.GetPrinterW, self._handle, _PRINTER_LEVEL)
        if data is None:
            raise OSError("GetPrinter")
        return PrinterInfo.from_buffer(data)

    def job_status(self, job: int) -> int | None:
        """The bits of a job's state; None for one that is done, which is no longer listed."""
        data = _filled(self._library.GetJobW, self._handle, job, _JOB_LEVEL)
        return None if data is None else JobInfo.from_buffer(data).status

    def delete(self, job: int) -> None:
        self._succeeded("SetJob", self._library.SetJobW(self._handle, job, 0, None, _DELETE))

    def start_raw_document(self, title: str) -> int:
        """Give the number of the job; its bytes go to the printer as they are."""
        info = SlipInfo(title, None, "RAW")
        answer = self._library.StartDocPrinterW(self._handle, _SLIP_LEVEL, ctypes.byref(info))
        return self._succeeded("StartDocPrinter", answer)

    def start_page(self) -> None:
        self._succeeded("StartPagePrinter", self._library.StartPagePrinter(self._handle))

    def write(self, data: bytes) -> int:
        """Give the number of bytes that the spooler took."""
        taken = ctypes.c_uint32()
        answer = self._library.WritePrinter(self._handle, data, len(data), ctypes.byref(taken))
        self._succeeded("WritePrinter", answer)
        return taken.value

    def end_page(self) -> None:
        self._succeeded("EndPagePrinter", self._library.EndPagePrinter(self._handle))

    def end_document(self) -> None:
        self._succeeded("EndDocPrinter", self._library.EndDocPrinter(self._handle))

    def settings(self, wish: Callable[[DevMode], None]) -> Any:
        """The printer's own settings, with what its driver makes of a wish, for `CreateDC`."""
        size = self._driver(None, None, 0)
        if size < DEVMODE_HEAD_BYTES:
            raise OSError("DocumentProperties")
        settings = ctypes.create_string_buffer(size)
        self._driver(settings, None, _OUT)
        wish(DevMode.from_buffer(settings))
        self._driver(settings, settings, _IN | _OUT)
        return settings

    def _driver(self, answer: Any, wish: Any, mode: int) -> int:
        size: int = self._library.DocumentPropertiesW(None, self._handle, self._name, answer, wish, mode)
        if size < 0:
            raise OSError("DocumentProperties")
        return size

    @staticmethod
    def _succeeded(call: str, answer: int) -> int:
        if not answer:
            raise OSError(call)
        return answer


def _filled(ask: Callable[..., int], *what: Any) -> Any:
    """What a function answers that first tells how many bytes it needs; None where it has no answer."""
    needed = ctypes.c_uint32()
    ask(*what, None, 0, ctypes.byref(needed))
    data = ctypes.create_string_buffer(needed.value)
    if not needed.value or not ask(*what, data, len(data), ctypes.byref(needed)):
        return None
    return data
