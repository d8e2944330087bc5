"""The thread that folds what arrived at the centre into its views, site by site, in every process of the centre."""

import logging
from collections.abc import Callable
from threading import Event, Thread

from mppdesk.db.central.folding import fold_next, sites_waiting
from mppdesk.db.projections.refolding import sites_to_refold
from mppdesk.db.replication.replica_store import Databases
from mppdesk.db.sql import Store
from mppdesk.domain.errors import ClerkError

# Entries that a process stored which died before it folded them wait so long for another one.
POLL_S = 2.0
_log = logging.getLogger("mppdesk.server")


class Applier:
    """Folds after each `wake` and each poll; every batch is one transaction, so it may be stopped at any moment."""

    def __init__(self, database: Databases, look: Callable[[], None] = lambda: None, poll_s: float = POLL_S) -> None:
        """`look` is called before each round, and may raise what the database raises."""
        self._database = database
        self._look = look
        self._poll_s = poll_s
        self._woken = Event()
        self._is_stopping = False
        self._has_looked_back = False
        self._thread = Thread(target=self._run, name="applier", daemon=True)

    def __enter__(self) -> "Applier":
        self._thread.start()
        return self

    def __exit__(self, *ended: object) -> None:
        self._is_stopping = True
        self._woken.set()
        self._thread.join()

    def wake(self) -> None:
        """Say that entries were stored; from any thread."""
        self._woken.set()

    def _run(self) -> None:
        while not self._is_stopping:
            self._woken.clear()
            if not self._fold_everywhere():
                self._woken.wait(self._poll_s)

    def _fold_everywhere(self) -> bool:
        """Fold one batch of each site that waits, so that a long backlog makes no other site wait; whether any did."""
        try:
            self._look()
            with self._database.reading() as store:
                waiting = self._waiting(store)
        except ClerkError as trouble:
            _log.warning("folding waits: %s", trouble.what_happened)
            return False
        except Exception:  # noqa: BLE001 - logged; the next look may find what this one could not
            _log.exception("looking for what is to be folded failed")
            return False
        has_folded = False
        for site_id in waiting:
            if self._is_stopping:
                return False
            has_folded |= self._fold(site_id)
        return has_folded

    def _waiting(self, store: Store) -> list[str]:
        """The sites with something to fold; the first time also those where an older version left something unread."""
        unread = [] if self._has_looked_back else sites_to_refold(store)
        self._has_looked_back = True
        return [*sites_waiting(store), *unread]

    def _fold(self, site_id: str) -> bool:
        try:
            return fold_next(self._database, site_id) > 0
        except ClerkError as trouble:
            _log.warning("folding of site %s waits: %s", site_id, trouble.what_happened)
            return False
        except Exception:  # noqa: BLE001 - logged; one site's fault must not stop the views of all others
            _log.exception("folding of site %s failed", site_id)
            return False
