"""The Windows spooler as its library winspool shows it: one queue, whose jobs leave it or stay."""

import ctypes
import threading
from dataclasses import dataclass, field
from typing import Any

from mppdesk.printing.windows_types import WINSPOOL, JobInfo, PrinterInfo
from mppdesk.printing.winspool import Winspool
from tests.fakes.windows_library import FIRST_HANDLE, library

PAPER_OUT, DOOR_OPEN, OFFLINE = 0x10, 0x0040_0000, 0x80
WORKS_OFFLINE = 0x400
PRINTED = 0x80  # of a job
DELETE = 5
_NAMES = bytes(100)  # what stands behind a structure, for its pointers to point to


@dataclass
class WindowsSpooler:
    """`keeps` jobs that it takes, in the state `job_status`; hangs at the call named by `hangs_at` until `released`."""

    queue: str = "EPSON TM-T82"
    status: int = 0
    attributes: int = 0
    keeps: bool = False
    job_status: int = 0
    fails_at: str = ""
    hangs_at: str = ""
    printed: list[tuple[str, bytes]] = field(default_factory=list)
    waiting: dict[int, tuple[str, bytes]] = field(default_factory=dict)
    spooling: set[int] = field(default_factory=set)
    open_handles: int = 0
    released: threading.Event = field(default_factory=threading.Event)
    _given: list[tuple[str, bytes]] = field(default_factory=list)

    def winspool(self) -> Winspool:
        return Winspool(library(WINSPOOL, self))

    def OpenPrinterW(self, name: str, handle: Any, defaults: None) -> int:
        if not self.goes_well("OpenPrinterW") or name != self.queue:
            return 0
        self.open_handles += 1
        handle.contents.value = FIRST_HANDLE
        return 1

    def ClosePrinter(self, handle: int) -> int:
        assert handle == FIRST_HANDLE
        self.open_handles -= 1
        return 1

    def GetPrinterW(self, handle: int, level: int, data: Any, size: int, needed: Any) -> int:
        assert level == 2
        info = PrinterInfo(attributes=self.attributes, status=self.status, jobs=0xFFFF, pages_per_minute=0xFFFF)
        return _fill(bytes(info) + _NAMES, data, size, needed)

    def DocumentPropertiesW(self, window: None, handle: int, name: str, answer: Any, wish: Any, mode: int) -> int:
        """A receipt printer has no paper to choose."""
        return -1

    def StartDocPrinterW(self, handle: int, level: int, info: Any) -> int:
        document = info.contents
        assert (level, document.output, document.data_type) == (1, None, "RAW")
        return self.begin_job(document.title) if self.goes_well("StartDocPrinterW") else 0

    def StartPagePrinter(self, handle: int) -> int:
        return int(self.goes_well("StartPagePrinter"))

    def WritePrinter(self, handle: int, data: int, size: int, taken: Any) -> int:
        if not self.goes_well("WritePrinter"):
            return 0
        name, given = self._given[-1]
        self._given[-1] = (name, given + ctypes.string_at(data, size))
        taken.contents.value = size
        return 1

    def EndPagePrinter(self, handle: int) -> int:
        return int(self.goes_well("EndPagePrinter"))

    def EndDocPrinter(self, handle: int) -> int:
        if not self.goes_well("EndDocPrinter"):
            return 0
        self.end_job(len(self._given))
        return 1

    def GetJobW(self, handle: int, job: int, level: int, data: Any, size: int, needed: Any) -> int:
        assert level == 1
        if job not in self.waiting:
            return 0
        return _fill(bytes(JobInfo(job=job, status=self.job_status)) + _NAMES, data, size, needed)

    def SetJobW(self, handle: int, job: int, level: int, info: None, command: int) -> int:
        assert (level, info, command) == (0, None, DELETE)
        if job in self.spooling:
            self.spooling.remove(job)
            return 1
        return int(self.waiting.pop(job, None) is not None)

    def begin_job(self, title: str) -> int:
        self._given.append((title, b""))
        self.spooling.add(len(self._given))
        return len(self._given)

    def title(self, job: int) -> str:
        return self._given[job - 1][0]

    def end_job(self, job: int) -> None:
        """The job is whole: it comes out or stays, unless it was deleted meanwhile."""
        if job not in self.spooling:
            return
        self.spooling.remove(job)
        if self.keeps:
            self.waiting[job] = self._given[job - 1]
        else:
            self.printed.append(self._given[job - 1])

    def goes_well(self, call: str) -> bool:
        if call == self.hangs_at:
            self.released.wait(30)
        return call != self.fails_at


def _fill(answer: bytes, data: Any, size: int, needed: Any) -> int:
    """As these functions do: tell how many bytes are needed, and write them where there is room."""
    needed.contents.value = len(answer)
    if size < len(answer):
        return 0
    ctypes.memmove(data, answer, len(answer))
    return 1
