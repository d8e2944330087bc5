"""A printer made of a folder: each slip becomes one file with the bytes that a printer would get."""

import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.slip import Slip
from mppdesk.printing.delivery import Outcome, Sheet, Tell, blocked, printed, to_nobody

SUFFIX = ".escpos"
PDF_SUFFIX = ".pdf"


class FolderPrinter:
    """Writes one file, named by `file_name`, into an existing folder; it is there whole and on disk, or not at all."""

    place = None

    def __init__(self, folder: Path, render: Callable[[Slip], bytes], suffix: str = SUFFIX) -> None:
        self._folder = folder
        self._render = render
        self._suffix = suffix

    def prepare(self, slip: Slip, name: str) -> Sheet:
        return Sheet(name, slip, self._render(slip))

    def print(self, sheet: Sheet, tell: Tell = to_nobody) -> Outcome:
        try:
            _write_whole(self._folder / file_name(sheet.name, self._suffix), sheet.data)
        except OSError:  # the folder is gone, read-only or full: nothing of the slip is left behind
            return blocked(self._trouble())
        return printed(len(sheet.data), PrinterState.READY)

    def probe(self) -> PrinterState:
        return PrinterState.READY if os.access(self._folder, os.W_OK | os.X_OK) else self._trouble()

    def _trouble(self) -> PrinterState:
        return PrinterState.ERROR if self._folder.is_dir() else PrinterState.UNREACHABLE


def file_name(sheet_name: str, suffix: str = SUFFIX) -> str:
    """Keep what every file system takes; a register number has slashes."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", sheet_name) + suffix


def _write_whole(path: Path, data: bytes) -> None:
    """Write beside, then rename: whoever watches the folder never reads half a slip."""
    descriptor, beside = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except OSError:
        Path(beside).unlink(missing_ok=True)
        raise
