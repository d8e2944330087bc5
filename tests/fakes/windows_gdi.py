"""An office printer behind the Windows spooler, as the library gdi32 shows it: its sheets can be looked at."""

import ctypes
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from mppdesk.printing.gdi import Gdi
from mppdesk.printing.windows_types import DEVMODE_HEAD_BYTES, GDI32, WINSPOOL, BitmapInfo, DevMode
from mppdesk.printing.winspool import Winspool
from tests.fakes.windows_library import FIRST_HANDLE, library
from tests.fakes.windows_spooler import WindowsSpooler

A4, A5 = 9, 11
SIZES_MM = {A4: (210.0, 297.0), A5: (148.0, 210.0), 70: (105.0, 148.0)}
A6 = 70
_PRIVATE_BYTES = 200
_LENGTH, _WIDTH = 4, 8  # DEVMODE's dmFields
_MM_PER_INCH = 25.4


@dataclass
class _Drawing:
    """A device context: one job on one kind of sheet."""

    width_mm: float
    height_mm: float
    job: int = 0
    pages: list[Image.Image] = field(default_factory=list)


@dataclass
class WindowsGdi:
    """`own` is the printer's own paper, `knows` what else; `edge_mm` is what it cannot reach on each side.

    `sheets` holds by its title what came out of each job: whole sheets, the part out of reach included.
    """

    spooler: WindowsSpooler
    own: int = A4
    knows: tuple[int, ...] = (A4, A5)
    dpi: tuple[int, int] = (100, 100)
    edge_mm: float = 4.0
    sheets: dict[str, list[Image.Image]] = field(default_factory=dict)
    aborted: list[int] = field(default_factory=list)
    wished: list[tuple[int, int]] = field(default_factory=list)
    most_pixels: int = 0
    _drawings: dict[int, _Drawing] = field(default_factory=dict)

    def gdi32(self) -> Any:
        return library(GDI32, self)

    def winspool_library(self) -> Any:
        return library(WINSPOOL, self, self.spooler)

    def winspool(self) -> Winspool:
        return Winspool(self.winspool_library())

    def gdi(self) -> Gdi:
        return Gdi(self.winspool(), self.gdi32())

    @property
    def open_contexts(self) -> int:
        return len(self._drawings)

    def DocumentPropertiesW(self, window: None, handle: int, name: str, answer: Any, wish: Any, mode: int) -> int:
        if not self.spooler.goes_well("DocumentPropertiesW"):
            return -1
        if mode == 0:
            return DEVMODE_HEAD_BYTES + _PRIVATE_BYTES
        own = DevMode(paper_size=self.own, paper_length=2970, fields=_LENGTH | _WIDTH, orientation=1, copies=2)
        merged = _mode_at(wish) if mode & 8 else own
        if merged.paper_size not in self.knows:
            merged.paper_size = self.own
        ctypes.memmove(answer, ctypes.byref(merged), DEVMODE_HEAD_BYTES)
        ctypes.memset(ctypes.addressof(answer.contents) + DEVMODE_HEAD_BYTES, 0x5A, _PRIVATE_BYTES)
        return 1

    def CreateDCW(self, driver: str, name: str, output: None, mode: Any) -> int | None:
        if not self.spooler.goes_well("CreateDCW") or (driver, name) != ("WINSPOOL", self.spooler.queue):
            return None
        wish = _mode_at(mode)
        assert ctypes.string_at(ctypes.addressof(mode.contents) + DEVMODE_HEAD_BYTES, 1) == b"\x5a"
        self.wished.append((wish.paper_size, wish.copies))
        size = SIZES_MM[self.own if wish.fields & (_LENGTH | _WIDTH) else wish.paper_size]
        width_mm, height_mm = size if wish.orientation == 1 else size[::-1]
        dc = FIRST_HANDLE + len(self.wished)
        self._drawings[dc] = _Drawing(width_mm, height_mm)
        return dc

    def DeleteDC(self, dc: int) -> int:
        del self._drawings[dc]
        return 1

    def GetDeviceCaps(self, dc: int, index: int) -> int:
        drawing, edge = self._drawings[dc], 2 * self.edge_mm
        x, y = (dpi / _MM_PER_INCH for dpi in self.dpi)
        return round(
            {
                8: (drawing.width_mm - edge) * x,
                10: (drawing.height_mm - edge) * y,
                88: self.dpi[0],
                90: self.dpi[1],
                112: self.edge_mm * x,
                113: self.edge_mm * y,
            }[index]
        )

    def StartDocW(self, dc: int, info: Any) -> int:
        document = info.contents
        assert (document.size, document.output, document.data_type) == (ctypes.sizeof(document), None, None)
        if not self.spooler.goes_well("StartDocW"):
            return -1
        self._drawings[dc].job = self.spooler.begin_job(document.title)
        return self._drawings[dc].job

    def StartPage(self, dc: int) -> int:
        if not self.spooler.goes_well("StartPage"):
            return -1
        x, y = (dpi / _MM_PER_INCH for dpi in self.dpi)
        drawing = self._drawings[dc]
        drawing.pages.append(Image.new("L", (round(drawing.width_mm * x), round(drawing.height_mm * y)), 255))
        return 1

    def SetStretchBltMode(self, dc: int, mode: int) -> int:
        return 1 if mode == 3 else 0

    def StretchDIBits(self, dc: int, *given: Any) -> int:
        (left, top, width, height, *source), bits, info, usage, operation = given[:8], *given[8:]
        bitmap = info.contents
        size = (bitmap.width, bitmap.height)
        assert (source, usage, operation) == ([0, 0, *size], 0, 0x00CC_0020)
        if not self.spooler.goes_well("StretchDIBits"):
            return 0
        self.most_pixels = max(self.most_pixels, bitmap.width * bitmap.height)
        shift = (self.GetDeviceCaps(dc, 112) + left, self.GetDeviceCaps(dc, 113) + top)
        assert left >= 0 <= top
        assert left + width <= self.GetDeviceCaps(dc, 8)
        assert top + height <= self.GetDeviceCaps(dc, 10)
        picture = _picture_of(bitmap, bits).resize((width, height), Image.Resampling.NEAREST)
        self._drawings[dc].pages[-1].paste(picture, shift)
        return int(bitmap.height)

    def EndPage(self, dc: int) -> int:
        return 1 if self.spooler.goes_well("EndPage") else -1

    def EndDoc(self, dc: int) -> int:
        if not self.spooler.goes_well("EndDoc"):
            return -1
        drawing = self._drawings[dc]
        self.spooler.end_job(drawing.job)
        if (title := self.spooler.title(drawing.job)) in (printed for printed, _ in self.spooler.printed):
            self.sheets[title] = drawing.pages
        return 1

    def AbortDoc(self, dc: int) -> int:
        self.aborted.append(self._drawings[dc].job)
        self.spooler.spooling.discard(self._drawings[dc].job)
        return 1


def _mode_at(buffer: Any) -> DevMode:
    return DevMode.from_buffer_copy(ctypes.string_at(buffer, DEVMODE_HEAD_BYTES))


def _picture_of(bitmap: BitmapInfo, bits: int) -> Image.Image:
    """What Windows would see of a bitmap: rows of whole four bytes, the lowest first."""
    assert (bitmap.header_size, bitmap.planes, bitmap.bits_per_dot, bitmap.compression) == (40, 1, 8, 0)
    assert list(bitmap.colours) == [grey << 16 | grey << 8 | grey for grey in range(256)]
    row_bytes = -(-bitmap.width // 4) * 4
    rows = ctypes.string_at(bits, row_bytes * bitmap.height)
    return Image.frombytes("L", (bitmap.width, bitmap.height), rows, "raw", "L", row_bytes, -1)
