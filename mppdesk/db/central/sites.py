"""The sites that the centre keeps journals for, and who may ask: a hub by its site's token, a station by its own."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import bindparam, delete, insert, select

from mppdesk.db.central.tables import central_sites
from mppdesk.db.replication import arrivals
from mppdesk.db.replication.replica_store import Databases
from mppdesk.db.replication.stations import station_anywhere, token_hash
from mppdesk.db.sql import Row, Statement, Store
from mppdesk.domain.station import Station

# A token that was taken back elsewhere is still believed for so long; each request would cost a query otherwise.
_BELIEVED_S = 30.0

_sites = central_sites.c
_COLUMNS = (_sites.site_id, _sites.name, _sites.hub_device_id, _sites.hub_public_key, _sites.added_ms)
_by_token = Statement(select(*_COLUMNS).where(_sites.token_hash == bindparam("token_hash")))
_by_id = Statement(select(*_COLUMNS).where(_sites.site_id == bindparam("site_id")))
_all = Statement(select(*_COLUMNS).order_by(_sites.name, _sites.site_id))
_add = Statement(insert(central_sites))
_drop = Statement(delete(central_sites).where(_sites.site_id == bindparam("of_site")))


@dataclass(frozen=True, slots=True)
class CentralSite:
    """A registered site; the hub's device is the root of its trust. Times are UTC milliseconds."""

    site_id: str
    name: str
    hub_device_id: str
    hub_public_key: bytes
    added_ms: int


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: a station of a site, or, without one, whoever holds the token of the site itself: its hub."""

    site: CentralSite
    station: Station | None = None

    @property
    def device_id(self) -> str:
        """The device of a station; empty for the holder of the site's token."""
        return self.station.device_id if self.station else ""


def register(store: Store, site: CentralSite, token: str) -> None:
    """Add a site, or give a known one a new token, name and hub; its former token is worthless after the commit."""
    arrivals.lock_site(store, site.site_id)
    store.run(_drop, of_site=site.site_id)
    store.run(
        _add,
        site_id=site.site_id,
        name=site.name,
        token_hash=token_hash(token),
        hub_device_id=site.hub_device_id,
        hub_public_key=site.hub_public_key,
        added_ms=site.added_ms,
    )


def site_of(store: Store, site_id: str) -> CentralSite | None:
    row = store.one(_by_id, site_id=site_id)
    return _site(row) if row else None


def all_sites(store: Store) -> tuple[CentralSite, ...]:
    """List the sites by name."""
    return tuple(map(_site, store.all(_all)))


class Askers:
    """Who holds a token, asked of the database and believed for a few seconds; for any thread."""

    def __init__(self, database: Databases, seconds: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._seconds = seconds
        self._found: dict[str, tuple[float, Asker]] = {}
        self._lock = Lock()

    def remembered(self, token: str) -> Asker | None:
        """The holder of a bearer token that was asked for a moment ago; never blocks."""
        with self._lock:
            until, asker = self._found.get(token_hash(token), (0.0, None))
        return asker if self._seconds() < until else None

    def by_token(self, token: str) -> Asker | None:
        """The holder of a bearer token; strangers are never remembered, so that they cannot fill the memory."""
        found = self.remembered(token)
        if found is not None:
            return found
        key, until = token_hash(token), self._seconds() + _BELIEVED_S
        with self._database.outside() as store:
            asker = _asker(store, token)
        with self._lock:
            if asker is None:
                self._found.pop(key, None)
            else:
                self._found[key] = (until, asker)
        return asker

    def forget(self, site_id: str) -> None:
        """A station of this site may have been revoked, or of any site when it is empty: ask again."""
        with self._lock:
            kept = self._found if site_id else {}
            self._found = {key: found for key, found in kept.items() if found[1].site.site_id != site_id}


def _asker(store: Store, token: str) -> Asker | None:
    row = store.one(_by_token, token_hash=token_hash(token))
    if row is not None:
        return Asker(_site(row))
    found = station_anywhere(store, token)
    site = site_of(store, found[0]) if found else None
    return Asker(site, found[1]) if site and found else None


def _site(row: Row) -> CentralSite:
    return CentralSite(row[0], row[1], row[2], bytes(row[3]), row[4])
