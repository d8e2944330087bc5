"""A library of Windows as `ctypes` shows it, whose functions are methods of a fake.

Each is called through a real pointer, so that what the program gives is turned into C and read back from memory.
"""

import ctypes
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from mppdesk.printing.windows_types import declared

FIRST_HANDLE = 0x7FF_0000_0001
"""Wider than 32 bits, as handles may be."""


def library(functions: dict[str, tuple[Any, ...]], *fakes: object) -> Any:
    """Make the `functions` of a table of `windows_types`, each of the first fake that has it."""
    made = SimpleNamespace()
    for name, (answer, *given) in functions.items():
        act: Callable[..., Any] = getattr(next(fake for fake in fakes if hasattr(fake, name)), name)
        as_read = [ctypes.c_void_p if kind is ctypes.c_char_p else kind for kind in given]  # bytes may hold zeros
        setattr(made, name, ctypes.CFUNCTYPE(answer, *as_read)(act))
    return declared(made, functions)
