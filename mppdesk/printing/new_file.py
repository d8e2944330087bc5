"""A file that is there whole and under a name of its own, or not at all; it never takes the place of another."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from mppdesk.db import posix
from mppdesk.printing.taken_name import take_name

_PREFIX, _SUFFIX = ".mppdesk-", ".part"
_WRITTEN_JUST_NOW_S = 10.0
"""No computer is back so soon after a power cut, and a file is locked much sooner after it was made."""
_LEFT_BEHIND_S = 3600.0
"""No disk takes so long for a paper: what is older was cut short with the power, and may name a person."""


@contextmanager
def written_beside(folder: Path, data: bytes) -> Iterator[Path]:
    """Write into a folder, on its disk, under a name that nobody opens; gone at the end unless it got its own name."""
    _sweep(folder)
    descriptor, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder)
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            posix.lock_while_open(file.fileno())
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if os.name != "nt":  # where an open file cannot be given another name
                yield beside
                return
        yield beside
    finally:
        with suppress(OSError):  # the stick was pulled out, and the file with it
            beside.unlink(missing_ok=True)


def under_free_name(beside: Path, stem: str, suffix: str) -> Path:
    """Give a file its name in the folder where it lies: `stem`, or with -2, -3 ... after it where that is taken."""
    for path in (beside.with_name(f"{stem}{'' if n == 1 else f'-{n}'}{suffix}") for n in count(1)):
        with suppress(FileExistsError):
            take_name(beside, path)
            _settle(path.parent)
            return path
    raise AssertionError("numbers have no end")


def _sweep(folder: Path) -> None:
    """Drop what a power cut left here earlier, and not what another program or PC writes just now."""
    for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            if _is_left_behind(left):
                left.unlink()


def _is_left_behind(file: Path) -> bool:
    known = file.stat()
    if known.st_nlink > 1:
        return True  # it has its own name by now
    is_locked = posix.is_locked(file)
    age_s = abs(time.time() - known.st_mtime)
    return not is_locked and age_s > (_LEFT_BEHIND_S if is_locked is None else _WRITTEN_JUST_NOW_S)


def _settle(folder: Path) -> None:
    """Have the name on disk too; Windows writes it with the file, and opens no folder for this."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
