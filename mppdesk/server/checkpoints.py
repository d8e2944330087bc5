"""The write-ahead log goes into the file beside the commands, so that none of them has to carry it."""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Protocol

from mppdesk.domain.errors import StorageTrouble

_LOOK_S = 0.5
# A commit writes up to a hundred pages; at ten thousand SQLite lets the next one wait for all that are not folded.
_MANY_COMMITS = 16
_AT_LATEST_S = 60.0
_log = logging.getLogger("mppdesk.server")


class Folds(Protocol):
    """A database whose log can be moved into its file while others write."""

    def checkpoint(self) -> bool: ...


class Checkpoints:
    """Knows when the log is worth folding: after many commits at once, after a few within a minute."""

    def __init__(self, database: Folds, seconds: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._seconds = seconds
        self._commits = self._folded = 0
        self._folded_s = seconds()

    def note_commit(self) -> None:
        """Count a commit, roughly; in whichever thread made it."""
        self._commits += 1

    def fold_when_due(self) -> bool:
        """Fold the log if it is time; answers whether it did. Blocks while the disk works."""
        commits, now = self._commits, self._seconds()
        new = commits - self._folded
        if not new or (new < _MANY_COMMITS and now - self._folded_s < _AT_LATEST_S):
            return False
        self._database.checkpoint()
        self._folded, self._folded_s = commits, now
        return True


async def fold_log(checkpoints: Checkpoints) -> None:
    """Look twice a second until cancelled; a disk that refuses says so to the commands too."""
    while True:
        await asyncio.sleep(_LOOK_S)
        try:
            await asyncio.to_thread(checkpoints.fold_when_due)
        except StorageTrouble as trouble:
            _log.warning("left for the next look: %s", type(trouble).__name__)
