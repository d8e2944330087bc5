"""When a link exchanges data keys: often the newest days, now and then all of them."""

import math
from dataclasses import dataclass
from typing import Protocol

from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.sync.keys import ALL_DAYS

_DAY_MS = 86_400_000
# Keys are compared often and little: those of these days; all of them at the start and every hour.
_RECENT_DAYS = 2
_EVERY_MS = 5_000
_ALL_EVERY_MS = 3_600_000
_LONG_AGO_MS = -(2**60)
_MS = 1000.0


class Way(Protocol):
    """What this needs of a link; it raises Unreachable."""

    def exchange_keys(self, here: ReplicaStore, from_day: int) -> tuple[int, int]: ...


@dataclass
class KeyRounds:
    """Called after each exchange of the journal, in the thread of the loop."""

    way: Way
    here: ReplicaStore
    _newest_ms: int = _LONG_AGO_MS
    _all_ms: int = _LONG_AGO_MS
    _is_owing: bool = False

    def due_s(self) -> float:
        """Seconds until the keys of what the last exchange brought are due; infinite when they went with it."""
        if not self._is_owing:
            return math.inf
        return max(0, self._newest_ms + _EVERY_MS - self.here.now_ms()) / _MS

    def __call__(self) -> None:
        """Exchange what is due; raises Unreachable, after which it is due again with the next exchange."""
        now_ms = self.here.now_ms()
        # A clock that was set back puts nothing off.
        is_all = not 0 <= now_ms - self._all_ms < _ALL_EVERY_MS
        self._is_owing = not is_all and 0 <= now_ms - self._newest_ms < _EVERY_MS
        if is_all:
            self.way.exchange_keys(self.here, ALL_DAYS)
            self._all_ms = self._newest_ms = now_ms
        elif not self._is_owing:
            self.way.exchange_keys(self.here, now_ms // _DAY_MS - _RECENT_DAYS)
            self._newest_ms = now_ms
