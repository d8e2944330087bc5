"""What travels beside the journal, after an exchange of it: open questions, data keys, and who may sign in here."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from mppdesk.db.privacy.verifiers import replace_verifiers
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.domain.station import StationRole
from mppdesk.sync.keys import ALL_DAYS
from mppdesk.sync.link import Unreachable
from mppdesk.sync.protocol import People

_DAY_MS = 86_400_000
# Keys are compared often and little: those of these days; all of them at the start and every hour.
_RECENT_DAYS = 2
_KEYS_EVERY_MS = 5_000
_ALL_KEYS_EVERY_MS = 3_600_000
# A new PIN is no entry; it is here at the latest after this.
_PEOPLE_EVERY_MS = 300_000
_LONG_AGO_MS = -(2**60)
_log = logging.getLogger("mppdesk.sync")


class Way(Protocol):
    """What this needs of the link to the hub; each call raises Unreachable."""

    def exchange_keys(self, here: ReplicaStore, from_day: int) -> tuple[int, int]: ...

    def people(self) -> People: ...


@dataclass
class BesideTheJournal:
    """Called after each exchange, in the thread of the loop; `settle` comes first and always.

    Never gives what a role may not have: kiosk and board ask for neither keys nor people.
    """

    way: Way
    here: ReplicaStore
    role: StationRole
    settle: Callable[[], object]
    _keys_ms: int = _LONG_AGO_MS
    _all_keys_ms: int = _LONG_AGO_MS
    _people_ms: int = _LONG_AGO_MS

    def people_changed(self) -> None:
        """Ask for the people again after the next exchange; from any thread."""
        self._people_ms = _LONG_AGO_MS

    def __call__(self) -> None:
        """Do what is due; raises Unreachable when an open question could not be settled.

        Keys and people wait for the next time: the journal's own exchange tells whether the hub is there.
        """
        self.settle()
        now_ms = self.here.now_ms()
        with suppress(Unreachable):
            if self.role.reads_people:
                self._exchange_keys(now_ms)
            if self.role.signs_in and now_ms - self._people_ms >= _PEOPLE_EVERY_MS:
                self._refresh_people(now_ms)

    def _exchange_keys(self, now_ms: int) -> None:
        if now_ms - self._all_keys_ms >= _ALL_KEYS_EVERY_MS:
            self.way.exchange_keys(self.here, ALL_DAYS)
            self._all_keys_ms = self._keys_ms = now_ms
        elif now_ms - self._keys_ms >= _KEYS_EVERY_MS:
            self.way.exchange_keys(self.here, now_ms // _DAY_MS - _RECENT_DAYS)
            self._keys_ms = now_ms

    def _refresh_people(self, now_ms: int) -> None:
        found = self.way.people()
        self._people_ms = now_ms
        with self.here.database.writing() as store:
            if replace_verifiers(store, found.verifiers):
                _log.info("who may sign in here changed")
