"""Pages painted into a queue of the Windows spooler (Win32 "GDI Print API": CreateDC, StartDoc, StretchDIBits).

By ctypes, for the reason that `winspool` tells: any of these calls may wait minutes for a printer far away.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from PIL import Image

from mppdesk.printing import windows_types
from mppdesk.printing.windows_types import BitmapInfo, DevMode, DocInfo
from mppdesk.printing.winspool import Winspool

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
    """`gdi32` is another library than Windows' own, declared as that is by `windows_types`."""

    def __init__(self, winspool: Winspool, gdi32: Any = None) -> None:
        self._winspool = winspool
        self._given = gdi32

    @contextmanager
    def opened(self, queue: str, *, is_landscape: bool) -> Iterator["Canvas"]:
        """Open a queue for A5, or for the paper that it has where it knows no A5. Raises OSError."""
        gdi32 = self._given if self._given is not None else windows_types.gdi32()
        with self._winspool.opened(queue) as opened:
            settings = opened.settings(partial(_wish_a5, is_landscape))
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


def _wish_a5(is_landscape: bool, settings: DevMode) -> None:
    """One copy on A5."""
    settings.fields &= ~(_PAPER_LENGTH | _PAPER_WIDTH | _FORM_NAME)  # which would go before the size
    settings.fields |= _ORIENTATION | _PAPER_SIZE | _COPIES
    settings.orientation = _LANDSCAPE if is_landscape else _PORTRAIT
    settings.paper_size = _A5
    settings.copies = 1  # somebody's own default of two would double every receipt
