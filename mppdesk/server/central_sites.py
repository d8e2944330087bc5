"""The journals of all sites on one database: a replica for each, made when its hub first asks."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

from mppdesk.db.central.data_keys import shelf_of
from mppdesk.db.central.database import PostgresDatabase
from mppdesk.db.central.sites import CentralSite
from mppdesk.db.central.wrapping import Wrapping
from mppdesk.db.replication.replica import Admits
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.stations import StationBook
from mppdesk.domain.entitlement import Rank
from mppdesk.domain.entries import SubjectType
from mppdesk.domain.errors import StorageTrouble
from mppdesk.sync.exchange import Answerer


@dataclass(frozen=True, slots=True)
class _Kept:
    site: CentralSite
    book: StationBook
    replica: ReplicaStore


class SiteReplicas:
    """For any thread. `arrived` is called after each commit of new entries, `stations_changed` with the site too."""

    def __init__(
        self,
        database: PostgresDatabase,
        wrapping: Wrapping,
        now_ms: Callable[[], int],
        epoch: Callable[[], str],
        arrived: Callable[[], None],
        stations_changed: Callable[[str], None],
    ) -> None:
        self._database = database
        self._wrapping = wrapping
        self._now_ms = now_ms
        self._epoch = epoch
        self._arrived = arrived
        self._stations_changed = stations_changed
        self._kept: dict[str, _Kept] = {}
        self._lock = Lock()

    def answerer(self, site: CentralSite) -> Answerer:
        """The other side of an exchange with this site, in the epoch of now."""
        return Answerer(self._of(site).replica, self._epoch())

    def forget(self, site_id: str) -> None:
        """Another process may have taken news of a site's stations, of all when it is empty: read them again."""
        with self._lock:
            kept = [each for key, each in self._kept.items() if site_id in ("", key)]
        for each in kept:
            each.book.forget()

    def drop(self) -> None:
        """Everything remembered is of a former life of the database."""
        with self._lock:
            self._kept.clear()

    def _of(self, site: CentralSite) -> _Kept:
        with self._lock:
            found = self._kept.get(site.site_id)
            if found is None or found.site != site:
                found = self._kept[site.site_id] = self._made(site)
            return found

    def _made(self, site: CentralSite) -> _Kept:
        book = StationBook(self._database, site.site_id, (site.hub_device_id, site.hub_public_key))

        def tell(topics: frozenset[str]) -> None:
            if SubjectType.STATION in topics:
                book.forget()
                self._stations_changed(site.site_id)
            self._arrived()

        replica = ReplicaStore(
            self._database,
            site.site_id,
            lambda: _admits(book),
            self._now_ms,
            is_folded=False,
            shelf=shelf_of(site.site_id, self._wrapping),
            tell=tell,
            settle=self._settle,
        )
        return _Kept(site, book, replica)

    def _settle(self) -> None:
        """Free the space of destroyed keys now; where that fails, PostgreSQL's own VACUUM does it soon."""
        with suppress(StorageTrouble), self._database.outside() as store:
            store.connection.execute("VACUUM central_data_keys")


def _admits(book: StationBook) -> Admits:
    """Whose logs are taken: as known here, and when unknown, as the database says now."""
    known = book.admits()

    def admits(device_id: str, public_key: bytes) -> Rank | None:
        rank = known(device_id, public_key)
        if rank is not None:
            return rank
        book.forget()
        return book.admits()(device_id, public_key)

    return admits
