"""Pages painted into a queue of the Windows spooler (Win32 "GDI Print API": CreateDC, StartDoc, StretchDIBits).

By ctypes, since any of these calls may wait minutes for a printer far away, and pywin32 stops every thread of the
program meanwhile: it keeps the interpreter's lock.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PIL import Image

from mppdesk.printing import gdi_types
from mppdesk.printing.gdi_types import DEVMODE_HEAD_BYTES, BitmapInfo, DevMode, DocInfo

_OUT, _IN = 2, 8  # DocumentProperties: DM_OUT_BUFFER, DM_IN_BUFFER
_ORIENTATION, _PAPER_SIZE, _PAPER_LENGTH, _PAPER_WIDTH, _COPIES, _FORM_NAME = 1, 2, 4, 8, 0x100, 0x1_0000
_A5 = 11
_PORTRAIT, _LANDSCAPE = 1, 2
# GetDeviceCaps
_WIDTH, _HEIGHT, _DPI_X, _DPI_Y, _LEFT, _TOP = 8, 10, 88, 90, 112, 113
_NEAREST_DOT = 3  # SetStretchBltMode: COLORONCOLOR
_COPY = 0x00CC_0020

Box = tuple[int, int, int, int]
"""Left, top, right and bottom edge."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a printer can reach of its sheet, in its dots; `left` and `top` are the edges that it cannot."""

    dpi_x: int
    dpi_y: int
    left: int
    top: int
    width: int
    height: int


class Gdi:
    """`gdi32` and `winspool` are other libraries than those of Windows, declared as these are by `gdi_types`."""

    def __init__(self, gdi32: Any = None, winspool: Any = None) -> None:
        self._given = (gdi32, winspool)

    @contextmanager
    def opened(self, queue: str, *, is_landscape: bool) -> Iterator["Canvas"]:
        """Open a queue for A5, or for the paper that it has where it knows no A5. Raises OSError."""
        gdi32, winspool = self._given if self._given[0] is not None else gdi_types.libraries()
        settings = _a5_settings(winspool, queue, is_landscape)
        dc = gdi32.CreateDCW("WINSPOOL", queue, None, settings)
        if not dc:
            raise OSError("CreateDC")
        try:
            yield Canvas(gdi32, dc)
        finally:
            gdi32.DeleteDC(dc)


class Canvas:
    """The sheets of one printer; every method raises OSError."""

    def __init__(self, gdi32: Any, dc: int) -> None:
        self._gdi32 = gdi32
        self._dc = dc

    @property
    def paper(self) -> Paper:
        found = Paper(
            *(self._gdi32.GetDeviceCaps(self._dc, each) for each in (_DPI_X, _DPI_Y, _LEFT, _TOP, _WIDTH, _HEIGHT))
        )
        if min(found.dpi_x, found.dpi_y, found.width, found.height) <= 0:
            raise OSError("GetDeviceCaps")
        return found

    def start_document(self, title: str) -> int:
        """Give the number of the job in the queue."""
        info = DocInfo(ctypes.sizeof(DocInfo), title, None, None, 0)
        return self._succeeded("StartDoc", self._gdi32.StartDocW(self._dc, ctypes.byref(info)))

    def start_page(self) -> None:
        self._succeeded("StartPage", self._gdi32.StartPage(self._dc))

    def paint(self, picture: Image.Image, place: Box) -> None:
        """Stretch a picture of mode `L` into a place of the reachable part of the sheet."""
        info, dots = BitmapInfo.of_grey(*picture.size), _bottom_up(picture)
        left, top, right, bottom = place
        self._gdi32.SetStretchBltMode(self._dc, _NEAREST_DOT)
        into, out_of = (left, top, right - left, bottom - top), (0, 0, *picture.size)
        lines = self._gdi32.StretchDIBits(self._dc, *into, *out_of, dots, ctypes.byref(info), 0, _COPY)
        self._succeeded("StretchDIBits", lines)

    def end_page(self) -> None:
        self._succeeded("EndPage", self._gdi32.EndPage(self._dc))

    def end_document(self) -> None:
        self._succeeded("EndDoc", self._gdi32.EndDoc(self._dc))

    def abort_document(self) -> None:
        """Nothing of what was painted is to come out."""
        self._succeeded("AbortDoc", self._gdi32.AbortDoc(self._dc))

    @staticmethod
    def _succeeded(call: str, answer: int) -> int:
        if answer <= 0:
            raise OSError(call)
        return answer


def _bottom_up(picture: Image.Image) -> bytes:
    """The dots of a grey picture as Windows keeps them: from the lowest row up, each filled to four bytes."""
    row_bytes = (picture.width + 3) // 4 * 4
    return picture.tobytes("raw", "L", row_bytes, -1)


def _a5_settings(winspool: Any, queue: str, is_landscape: bool) -> Any:
    """What the printer's driver makes of the wish for one copy on A5."""
    printer = ctypes.c_void_p()
    if not winspool.OpenPrinterW(queue, ctypes.byref(printer), None):
        raise OSError("OpenPrinter")
    try:
        size = winspool.DocumentPropertiesW(None, printer, queue, None, None, 0)
        if size < DEVMODE_HEAD_BYTES:
            raise OSError("DocumentProperties")
        settings = ctypes.create_string_buffer(size)
        _ask_driver(winspool, printer, queue, settings, None, _OUT)
        _wish(DevMode.from_buffer(settings), is_landscape)
        _ask_driver(winspool, printer, queue, settings, settings, _IN | _OUT)
        return settings
    finally:
        winspool.ClosePrinter(printer)


def _ask_driver(winspool: Any, printer: Any, queue: str, answer: Any, wish: Any, mode: int) -> None:
    if winspool.DocumentPropertiesW(None, printer, queue, answer, wish, mode) < 0:
        raise OSError("DocumentProperties")


def _wish(settings: DevMode, is_landscape: bool) -> None:
    settings.fields &= ~(_PAPER_LENGTH | _PAPER_WIDTH | _FORM_NAME)  # which would go before the size
    settings.fields |= _ORIENTATION | _PAPER_SIZE | _COPIES
    settings.orientation = _LANDSCAPE if is_landscape else _PORTRAIT
    settings.paper_size = _A5
    settings.copies = 1  # somebody's own default of two would double every receipt
