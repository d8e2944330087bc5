"""The Windows spooler as pywin32's module win32print shows it: one queue, whose jobs leave it or stay."""

import threading
from dataclasses import dataclass, field
from typing import Any

PAPER_OUT, DOOR_OPEN, OFFLINE = 0x10, 0x0040_0000, 0x80
WORKS_OFFLINE = 0x400
DELETE = 5


class SpoolerError(Exception):
    """As pywintypes.error: no OSError."""


@dataclass
class WindowsSpooler:
    """`keeps` jobs that it takes; hangs at the call named by `hangs_at`, until it is `released`."""

    queue: str = "EPSON TM-T82"
    status: int = 0
    attributes: int = 0
    keeps: bool = False
    fails_at: str = ""
    hangs_at: str = ""
    printed: list[tuple[str, bytes]] = field(default_factory=list)
    waiting: dict[int, tuple[str, bytes]] = field(default_factory=dict)
    spooling: set[int] = field(default_factory=set)
    open_handles: int = 0
    released: threading.Event = field(default_factory=threading.Event)
    error: type[Exception] = SpoolerError
    _given: list[tuple[str, bytes]] = field(default_factory=list)

    def OpenPrinter(self, name: str) -> str:
        self.at("OpenPrinter")
        if name != self.queue:
            raise SpoolerError(1801, "OpenPrinter", "The printer name is invalid.")
        self.open_handles += 1
        return name

    def ClosePrinter(self, handle: str) -> None:
        self.open_handles -= 1

    def GetPrinter(self, handle: str, level: int) -> dict[str, Any]:
        assert level == 2
        return {"Status": self.status, "Attributes": self.attributes}

    def StartDocPrinter(self, handle: str, level: int, document: tuple[str, str | None, str]) -> int:
        self.at("StartDocPrinter")
        assert (level, document[1:]) == (1, (None, "RAW"))
        return self.begin_job(document[0])

    def StartPagePrinter(self, handle: str) -> None:
        self.at("StartPagePrinter")

    def WritePrinter(self, handle: str, data: bytes) -> int:
        self.at("WritePrinter")
        self._given[-1] = (self._given[-1][0], data)
        return len(data)

    def EndPagePrinter(self, handle: str) -> None:
        """Nothing is left to do."""

    def EndDocPrinter(self, handle: str) -> None:
        self.end_job(len(self._given))

    def GetJob(self, handle: str, job: int, level: int) -> dict[str, Any]:
        if job not in self.waiting:
            raise SpoolerError(87, "GetJob", "The parameter is incorrect.")
        return {"Status": 0}

    def SetJob(self, handle: str, job: int, level: int, info: None, command: int) -> None:
        assert (level, command) == (0, DELETE)
        if job in self.spooling:
            self.spooling.remove(job)
        elif self.waiting.pop(job, None) is None:
            raise SpoolerError(87, "SetJob", "The parameter is incorrect.")

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

    def at(self, call: str) -> None:
        if call == self.fails_at:
            raise SpoolerError(5, call, "Access is denied.")
        if call == self.hangs_at:
            self.released.wait(30)
