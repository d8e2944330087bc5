"""Gives a written file its name in one step, never over another: a power cut leaves it whole under that name, or not.

A hard link does so wherever there are any; FAT and exFAT, on the sticks of an office, have none.
"""

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_NOREPLACE = 1
_UNKNOWN = {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP}


def take_name(beside: Path, path: Path) -> None:
    """Call the file `beside` `path`, in the same folder; `beside` may keep its own name as well.

    Raises:
        FileExistsError: another file has the name.
        OSError: as the disk says.
    """
    if sys.platform == "win32":
        beside.rename(path)  # which never overwrites there
        return
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:  # no links here; what else is wrong is wrong for the next way as well
        _rename(beside, path)


def _rename(beside: Path, path: Path) -> None:
    """Rename without overwriting; exFAT by FUSE cannot even do that, so there the name is looked at first."""
    try:
        _rename_if_free(beside, path)
    except OSError as error:
        if error.errno not in _UNKNOWN:
            raise
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path) from error
        beside.rename(path)


def _rename_if_free(beside: Path, path: Path) -> None:
    """Call renameat2(2), which Python has no name for."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if renameat2(_AT_FDCWD, os.fsencode(beside), _AT_FDCWD, os.fsencode(path), _RENAME_NOREPLACE):
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error), path)
