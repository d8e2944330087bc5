"""The queue of a site as the centre's views show it: read only, and as old as the last batch that was folded."""

import time
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Any

import msgspec

from mppdesk.db.reading.moment import Moment
from mppdesk.db.reading.queue_reader import counters, open_tickets
from mppdesk.db.reading.reference import Reference, read_reference
from mppdesk.db.replication import arrivals
from mppdesk.db.replication.replica_store import Databases
from mppdesk.db.sql import Store
from mppdesk.domain.errors import Refused
from mppdesk.texts import msg

# The catalogue of a site is read anew so often at most; the queue itself each time.
_BELIEVED_S = 60.0


class SiteQueues:
    """For any thread."""

    def __init__(
        self,
        database: Databases,
        epoch: Callable[[], str],
        now: Callable[[], datetime],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._epoch = epoch
        self._now = now
        self._seconds = seconds
        self._references: dict[str, tuple[float, Reference]] = {}
        self._lock = Lock()

    def read(self, site_id: str) -> dict[str, Any]:
        """Everybody who is in a building, with the place that the views had reached; Refused before any entry came."""
        with self._database.reading() as store:
            seq = arrivals.applied(store, site_id)
            if seq == 0:
                raise Refused(
                    msg("Jurnal gedung ini belum sampai di pusat, jadi antreannya belum terlihat."),
                    msg("Tunggu sampai hub tersambung ke pusat."),
                )
            moment = Moment(store, site_id, self._reference(store, site_id), self._now())
            return {
                "place": f"{self._epoch()}-{seq}",
                "day": moment.day,
                "tickets": msgspec.to_builtins(open_tickets(moment)),
                "counters": msgspec.to_builtins(counters(moment)),
            }

    def _reference(self, store: Store, site_id: str) -> Reference:
        with self._lock:
            until, found = self._references.get(site_id, (0.0, None))
        if found is not None and self._seconds() < until:
            return found
        fresh = read_reference(store, site_id)
        with self._lock:
            self._references[site_id] = (self._seconds() + _BELIEVED_S, fresh)
        return fresh
