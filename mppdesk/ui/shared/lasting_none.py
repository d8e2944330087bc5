"""Keeps `None`, `True` and `False` alive beside PySide6 6.12 on Python 3.11 (docs/decisions/0003).

Each call of a Qt function that returns nothing gives one reference to `None` back that it never took (measured with
PySide6 6.12.0 on CPython 3.11: `QObject.setObjectName` -1 per call), and some that answer yes or no do the same to
`True` and `False`. From Python 3.12 on these are not counted; before, a count falls to zero after some thousand calls
and the interpreter aborts. A program that stands at a counter all day has to start with more references than it loses.
"""

import ctypes
import sys

_MORE_THAN_ANY_DAY_LOSES = 1 << 60


def keep_none() -> None:
    """Raise the counts once; does nothing where they are not counted, or where they have been raised already."""
    if sys.version_info >= (3, 12):
        return
    for lasting in (None, True, False):
        count = ctypes.c_ssize_t.from_address(id(lasting))
        is_counted_there = abs(count.value - sys.getrefcount(lasting)) < 100
        if is_counted_there and count.value < _MORE_THAN_ANY_DAY_LOSES // 2:
            count.value += _MORE_THAN_ANY_DAY_LOSES
