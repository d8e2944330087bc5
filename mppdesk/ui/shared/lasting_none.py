"""Keeps `None` alive beside PySide6 6.12 on Python 3.10 and 3.11.

Each call of a Qt function that returns nothing gives one reference to `None` back that it never took (measured with
PySide6 6.12.0 on CPython 3.11: `QObject.setObjectName` -1 per call). From Python 3.12 on `None` is not counted; before,
the count falls to zero after some thousand calls and the interpreter aborts with "deallocating None". A program that
stands at a counter all day has to start with more references than it can ever lose.
"""

import ctypes
import sys

_MORE_THAN_ANY_DAY_LOSES = 1 << 60


def keep_none() -> None:
    """Raise the count of `None` once; does nothing where it is not counted, or where it has been raised already."""
    if sys.version_info >= (3, 12) or sys.getrefcount(None) > _MORE_THAN_ANY_DAY_LOSES // 2:
        return
    count = ctypes.c_ssize_t.from_address(id(None))
    if abs(count.value - sys.getrefcount(None)) < 100:  # else this interpreter keeps its counts elsewhere
        count.value += _MORE_THAN_ANY_DAY_LOSES
