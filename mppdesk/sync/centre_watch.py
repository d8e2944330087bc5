"""How the hub stands to its centre, for whoever asks it: the same as `mppdesk sync status` tells of that link."""

from collections.abc import Callable
from threading import Lock

from mppdesk.db.home import OpenHome
from mppdesk.sync.centre_link import CENTRE
from mppdesk.sync.protocol import CentreStanding
from mppdesk.sync.status import link_status

# Sixty stations ask all the time, and what waits is counted in the journal.
_REMEMBERED_S = 10.0


class CentreWatch:
    """Reads it anew at most every ten seconds, or after `forget`; for any thread. `steady_s` gives seconds."""

    def __init__(self, home: OpenHome, now_ms: Callable[[], int], steady_s: Callable[[], float]) -> None:
        self._home = home
        self._now_ms = now_ms
        self._steady_s = steady_s
        self._lock = Lock()
        self._read_s: float | None = None
        self._known: CentreStanding | None = None

    def forget(self) -> None:
        """Something is known to have changed: read it anew for whoever asks next."""
        self._read_s = None

    def __call__(self) -> CentreStanding | None:
        """None where no centre was linked, and before it answered or failed to answer for the first time."""
        with self._lock:
            now_s = self._steady_s()
            if self._read_s is None or now_s - self._read_s >= _REMEMBERED_S:
                self._read_s, self._known = now_s, self._read()
            return self._known

    def _read(self) -> CentreStanding | None:
        link = link_status(self._home, CENTRE, self._now_ms())
        if link is None or link.since_ms is None or not (link.is_reached or link.has_failed):
            return None
        return CentreStanding(link.is_reached, max(0, link.since_ms), link.waiting, link.oldest_waiting_ms)
