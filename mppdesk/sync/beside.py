"""What travels beside the journal, after an exchange of it: open questions, data keys, who may sign in, printers."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from mppdesk.db.privacy.verifiers import replace_verifiers
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.domain.station import StationRole
from mppdesk.sync.key_rounds import KeyRounds
from mppdesk.sync.link import Unreachable
from mppdesk.sync.protocol import People

# A new PIN is no entry; it is here at the latest after this.
_PEOPLE_EVERY_MS = 300_000
_LONG_AGO_MS = -(2**60)
_log = logging.getLogger("mppdesk.sync")


class Way(Protocol):
    """What this needs of the link to the hub; each call raises Unreachable."""

    def exchange_keys(self, here: ReplicaStore, from_day: int) -> tuple[int, int]: ...

    def people(self) -> People: ...


class Beside(Protocol):
    """Does what is due and raises nothing; `due_s` are the seconds until it wants to be called again."""

    def __call__(self) -> None: ...

    def due_s(self) -> float: ...


@dataclass
class BesideTheJournal:
    """Called after each exchange, in the thread of the loop; `settle` comes first and always, `printers` last.

    Never gives what a role may not have: kiosk and board ask for neither keys nor people.
    """

    way: Way
    here: ReplicaStore
    role: StationRole
    settle: Callable[[], object]
    printers: Beside | None = None
    _people_ms: int = _LONG_AGO_MS

    def __post_init__(self) -> None:
        self._exchange_keys = KeyRounds(self.way, self.here)

    def people_changed(self) -> None:
        """Ask for the people again after the next exchange; from any thread."""
        self._people_ms = _LONG_AGO_MS

    def due_s(self) -> float:
        """Seconds until this wants to be called again, if nothing else asks for an exchange."""
        due_s = self._exchange_keys.due_s()
        return min(due_s, self.printers.due_s()) if self.printers else due_s

    def __call__(self) -> None:
        """Do what is due; raises Unreachable when an open question could not be settled.

        Keys and people wait for the next time: the journal's own exchange tells whether the hub is there.
        """
        self.settle()
        now_ms = self.here.now_ms()
        with suppress(Unreachable):
            if self.role.reads_people:
                self._exchange_keys()
            if self.role.signs_in and not 0 <= now_ms - self._people_ms < _PEOPLE_EVERY_MS:
                self._refresh_people(now_ms)
        if self.printers:
            self.printers()

    def _refresh_people(self, now_ms: int) -> None:
        found = self.way.people()
        self._people_ms = now_ms
        with self.here.database.writing() as store:
            if replace_verifiers(store, found.verifiers):
                _log.info("who may sign in here changed")
