"""One process of the centre: its parts wired around one database, which it shares with any number of others."""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Lock

from starlette.routing import Route

from mppdesk.db.central import epoch as central_epoch
from mppdesk.db.central import schema as central_schema
from mppdesk.db.central.database import PostgresDatabase
from mppdesk.db.central.news import Heard, Herald, News, StationsChanged
from mppdesk.db.central.rewrapping import require_known
from mppdesk.db.central.sites import Askers
from mppdesk.db.central.wrapping import Wrapping
from mppdesk.db.sql import Store
from mppdesk.server import central_endpoints
from mppdesk.server.app import application
from mppdesk.server.central_applier import Applier
from mppdesk.server.central_endpoints import Centre
from mppdesk.server.central_events import SitePokes
from mppdesk.server.central_queue import SiteQueues
from mppdesk.server.central_sites import SiteReplicas
from mppdesk.server.door import Door
from mppdesk.server.openapi import get_central_openapi

_EPOCH_BYTES = 16
ROUTES = (
    Route("/health", central_endpoints.get_health, methods=["GET"]),
    Route("/openapi.json", get_central_openapi, methods=["GET"]),
    Route("/v1/queue", central_endpoints.get_queue, methods=["GET"]),
    Route("/v1/events", central_endpoints.get_events, methods=["GET"]),
    Route("/v1/sync/hello", central_endpoints.post_hello, methods=["POST"]),
    Route("/v1/sync/push", central_endpoints.post_push, methods=["POST"]),
    Route("/v1/sync/keys/hello", central_endpoints.post_keys_hello, methods=["POST"]),
    Route("/v1/sync/keys", central_endpoints.post_keys, methods=["POST"]),
)


class _Life:
    """Which life of the database this process serves; `changed` hears of a restore or a takeover under it."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self.epoch = ""
        self._changed = changed
        self._lock = Lock()

    def confirm(self, store: Store) -> None:
        """Compare with the database's own marks; what this process remembers of a former life is worthless."""
        with self._lock:
            before, self.epoch = self.epoch, central_epoch.confirm(store, new_epoch)
        if before not in ("", self.epoch):
            self._changed()


def _now() -> datetime:
    return datetime.now(UTC)


def new_epoch() -> str:
    """A name that no other life of a database has."""
    return secrets.token_hex(_EPOCH_BYTES)


@contextmanager
def running_centre(address: str, wrapping: Wrapping, now: Callable[[], datetime] = _now) -> Iterator[Centre]:
    """Bring the database to this program's schema, then serve and fold for as long as the block runs.

    `wrapping` encrypts the data keys; raises StorageTrouble when it is not the one that the database needs.
    """
    central_schema.upgrade(address)

    def forget_all() -> None:
        replicas.drop()
        askers.forget("")

    life = _Life(forget_all)
    database = PostgresDatabase(address, life.confirm)
    herald, askers, pokes = Herald(database), Askers(database), SitePokes(lambda: life.epoch)
    queues = SiteQueues(database, lambda: life.epoch, now)
    applier = Applier(database, lambda: _look(database, life))
    replicas = SiteReplicas(
        database, wrapping, _now_ms, lambda: life.epoch, applier.wake, herald.stations_changed
    )  # fmt: skip

    def heard(news: Heard) -> None:
        if isinstance(news, StationsChanged):
            replicas.forget(news.site_id)
            askers.forget(news.site_id)
        else:
            pokes.heard(news)

    try:
        with database.writing() as store:
            require_known(store, wrapping, _now_ms())
        _prove_write(database)
        with applier, News(address, heard):
            yield Centre(askers, replicas.answerer, herald, pokes, queues.read, lambda: _prove_write(database))
    finally:
        database.close()


def make_central_app(centre: Centre) -> Door:
    """The ASGI application of the centre."""
    app = application(ROUTES)
    app.state.centre = centre
    return app


def _look(database: PostgresDatabase, life: _Life) -> None:
    with database.outside() as store:
        life.confirm(store)


def _prove_write(database: PostgresDatabase) -> None:
    with database.writing() as store:
        central_epoch.touch(store)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
