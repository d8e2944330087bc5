"""What only POSIX systems have, in one place, with what stands for it on Windows."""

import os
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path


def is_open_to_others(path: Path) -> bool:
    """Whether other users of this computer may read a file; on Windows its folder's rights say so, and not the file."""
    return os.name == "posix" and bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))


def steady_ns() -> int:
    """What has gone by on this computer, sleep included, whoever sets its clock; counted from any moment."""
    # On Linux the usual steady clock stands still while a computer sleeps; that of Windows does not.
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) if sys.platform == "linux" else time.monotonic_ns()


def lock_while_open(descriptor: int) -> None:
    """Show that somebody writes a file, until it is closed or its writer is gone; not every disk takes locks."""
    if sys.platform != "win32":
        import fcntl

        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_locked(file: Path) -> bool | None:
    """Whether somebody writes a file; None where nobody can say, as on Windows. Raises OSError without the file."""
    if sys.platform == "win32":
        return None
    import fcntl

    with file.open("rb+") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return None
    return False
