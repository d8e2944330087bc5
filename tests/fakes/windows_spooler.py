"""The Windows spooler as pywin32's module win32print shows it: one queue, whose jobs leave it or stay."""

import threading
from dataclasses import dataclass, field
from typing import Any

PAPER_OUT, DOOR_OPEN, OFFLINE = 0x10, 0x0040_0000, 0x80
WORKS_OFFLINE = 0x400
CANCEL = 3


class SpoolerError(Exception):
    """As pywintypes.error: no OSError."""


@dataclass
class WindowsSpooler:
    """`keeps` jobs that it takes; `hangs` at the named call, until it is `released`."""

    queue: str = "EPSON TM-T82"
    status: int = 0
    attributes: int = 0
    keeps: bool = False
    fails_at: str = ""
    hangs_at: str = ""
    printed: list[tuple[str, bytes]] = field(default_factory=list)
    waiting: dict[int, tuple[str, bytes]] = field(default_factory=dict)
    open_handles: int = 0
    released: threading.Event = field(default_factory=threading.Event)
    error: type[Exception] = SpoolerError
    _given: list[tuple[str, bytes]] = field(default_factory=list)

    def OpenPrinter(self, name: str) -> str:
        self._at("OpenPrinter")
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
        self._at("StartDocPrinter")
        assert (level, document[1:]) == (1, (None, "RAW"))
        self._given.append((document[0], b""))
        return len(self._given)

    def StartPagePrinter(self, handle: str) -> None:
        self._at("StartPagePrinter")

    def WritePrinter(self, handle: str, data: bytes) -> int:
        self._at("WritePrinter")
        self._given[-1] = (self._given[-1][0], data)
        return len(data)

    def EndPagePrinter(self, handle: str) -> None:
        """Nothing is left to do."""

    def EndDocPrinter(self, handle: str) -> None:
        if self.keeps:
            self.waiting[len(self._given)] = self._given[-1]
        else:
            self.printed.append(self._given[-1])

    def GetJob(self, handle: str, job: int, level: int) -> dict[str, Any]:
        if job not in self.waiting:
            raise SpoolerError(87, "GetJob", "The parameter is incorrect.")
        return {"Status": 0}

    def SetJob(self, handle: str, job: int, level: int, info: None, command: int) -> None:
        assert (level, command) == (0, CANCEL)
        del self.waiting[job]

    def _at(self, call: str) -> None:
        if call == self.fails_at:
            raise SpoolerError(5, call, "Access is denied.")
        if call == self.hangs_at:
            self.released.wait(30)
