"""The structures and functions of Windows that `gdi` and `winspool` use, as wingdi.h and winspool.h declare them."""

import ctypes
from ctypes import POINTER, c_char, c_char_p, c_int, c_int16, c_int32, c_uint16, c_uint32, c_void_p, c_wchar_p
from functools import cache
from typing import Any, Self

GREYS = 256


class DevMode(ctypes.Structure):
    """The head of DEVMODEW, up to the number of copies; what follows differs from driver to driver."""

    _fields_ = [
        ("device_name", c_uint16 * 32),
        ("spec_version", c_uint16),
        ("driver_version", c_uint16),
        ("size", c_uint16),
        ("driver_extra", c_uint16),
        ("fields", c_uint32),
        ("orientation", c_int16),
        ("paper_size", c_int16),
        ("paper_length", c_int16),
        ("paper_width", c_int16),
        ("scale", c_int16),
        ("copies", c_int16),
    ]
    fields: int
    orientation: int
    paper_size: int
    copies: int


DEVMODE_HEAD_BYTES = ctypes.sizeof(DevMode)


class DocInfo(ctypes.Structure):
    """DOCINFOW: the title that people see in the queue; no output file, the queue's own type of data."""

    _fields_ = [
        ("size", c_int32),
        ("title", c_wchar_p),
        ("output", c_wchar_p),
        ("data_type", c_wchar_p),
        ("kind", c_uint32),
    ]


class BitmapInfo(ctypes.Structure):
    """BITMAPINFO of a picture of 256 greys, from its lowest row up."""

    _fields_ = [
        ("header_size", c_uint32),
        ("width", c_int32),
        ("height", c_int32),
        ("planes", c_uint16),
        ("bits_per_dot", c_uint16),
        ("compression", c_uint32),
        ("image_size", c_uint32),
        ("dots_per_metre_x", c_int32),
        ("dots_per_metre_y", c_int32),
        ("colours_used", c_uint32),
        ("colours_important", c_uint32),
        ("colours", c_uint32 * GREYS),
    ]

    @classmethod
    def of_grey(cls, width: int, height: int) -> Self:
        greys = (c_uint32 * GREYS)(*(grey * 0x01_01_01 for grey in range(GREYS)))
        header_size = ctypes.sizeof(cls) - ctypes.sizeof(greys)
        return cls(header_size, width, height, 1, 8, 0, 0, 0, 0, GREYS, 0, greys)


class PrinterInfo(ctypes.Structure):
    """PRINTER_INFO_2W: thirteen names and settings, then numbers."""

    _fields_ = [
        ("names_and_settings", c_void_p * 13),
        ("attributes", c_uint32),
        ("priorities_and_times", c_uint32 * 4),
        ("status", c_uint32),
        ("jobs", c_uint32),
        ("pages_per_minute", c_uint32),
    ]
    attributes: int
    status: int


class JobInfo(ctypes.Structure):
    """JOB_INFO_1W, up to the job's state."""

    _fields_ = [
        ("job", c_uint32),
        ("names", c_void_p * 6),
        ("status", c_uint32),
    ]
    status: int


class SlipInfo(ctypes.Structure):
    """DOC_INFO_1W: the title that people see in the queue, no output file, and what the data are."""

    _fields_ = [
        ("title", c_wchar_p),
        ("output", c_wchar_p),
        ("data_type", c_wchar_p),
    ]


_Buffer = POINTER(c_char)
_Number = POINTER(c_uint32)
GDI32: dict[str, tuple[Any, ...]] = {
    "CreateDCW": (c_void_p, c_wchar_p, c_wchar_p, c_wchar_p, _Buffer),
    "DeleteDC": (c_int, c_void_p),
    "GetDeviceCaps": (c_int, c_void_p, c_int),
    "StartDocW": (c_int, c_void_p, POINTER(DocInfo)),
    "StartPage": (c_int, c_void_p),
    "SetStretchBltMode": (c_int, c_void_p, c_int),
    "StretchDIBits": (c_int, c_void_p, *(c_int,) * 8, c_char_p, POINTER(BitmapInfo), c_uint32, c_uint32),
    "EndPage": (c_int, c_void_p),
    "EndDoc": (c_int, c_void_p),
    "AbortDoc": (c_int, c_void_p),
}
"""What each function answers, then what it is given."""
WINSPOOL: dict[str, tuple[Any, ...]] = {
    "OpenPrinterW": (c_int, c_wchar_p, POINTER(c_void_p), c_void_p),
    "ClosePrinter": (c_int, c_void_p),
    "DocumentPropertiesW": (c_int32, c_void_p, c_void_p, c_wchar_p, _Buffer, _Buffer, c_uint32),
    "GetPrinterW": (c_int, c_void_p, c_uint32, _Buffer, c_uint32, _Number),
    "StartDocPrinterW": (c_uint32, c_void_p, c_uint32, POINTER(SlipInfo)),
    "StartPagePrinter": (c_int, c_void_p),
    "WritePrinter": (c_int, c_void_p, c_char_p, c_uint32, _Number),
    "EndPagePrinter": (c_int, c_void_p),
    "EndDocPrinter": (c_int, c_void_p),
    "GetJobW": (c_int, c_void_p, c_uint32, c_uint32, _Buffer, c_uint32, _Number),
    "SetJobW": (c_int, c_void_p, c_uint32, c_uint32, c_void_p, c_uint32),
}


@cache
def gdi32() -> Any:
    """Load the library for `gdi` alone. Raises OSError elsewhere than on Windows."""
    return declared(_loaded("gdi32"), GDI32)


@cache
def winspool() -> Any:
    """Load the library for `winspool` alone. Raises OSError elsewhere than on Windows."""
    return declared(_loaded("winspool.drv"), WINSPOOL)


def _loaded(name: str) -> Any:
    load: Any = getattr(ctypes, "WinDLL", None)
    if load is None:
        raise OSError(name)
    return load(name)


def declared(library: Any, functions: dict[str, tuple[Any, ...]]) -> Any:
    """Tell a library what its functions take and answer."""
    for name, (answer, *given) in functions.items():
        function = getattr(library, name)
        function.restype, function.argtypes = answer, given
    return library
