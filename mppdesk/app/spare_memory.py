"""Freed memory that the C library keeps for later: given back to the system now and then.

A window that is put away, and the pages of a reader that looked a moment ago, leave holes between what stays. glibc
gives back only what lies at the end of its heaps, so a counter grew by some megabytes in ten thousand tickets though it
held no more than before (`malloc_trim(3)` also gives back whole pages between).
"""

import ctypes
import sys


def give_back() -> bool:
    """Give free pages back, in a few milliseconds; answers whether there were any.

    Elsewhere than on Linux the system's own library sees to it.
    """
    if not sys.platform.startswith("linux"):
        return False
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
    return trim is not None and bool(trim(0))
