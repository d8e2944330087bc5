"""What one process of the centre tells the others: that a site has news (PostgreSQL manual, LISTEN and NOTIFY)."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Thread

import psycopg
from sqlalchemy import bindparam, select, text

from mppdesk.db.central.database import PostgresDatabase, connect
from mppdesk.db.replication import arrivals
from mppdesk.db.replication.sync_tables import local_arrival_heads
from mppdesk.db.sql import Statement
from mppdesk.domain.errors import StorageTrouble

_CHANNEL = "mppdesk_news"
# How long the line may be dead, or a stop go unheard, before anybody looks.
LISTEN_S = 1.0
_heads = local_arrival_heads.c
_told = text(f"pg_notify('{_CHANNEL}', site_id || '/' || site_seq || '/' || :by)")
_tell = Statement(select(_told).select_from(local_arrival_heads).where(_heads.site_id == bindparam("site_id")))
_tell_stations = Statement(text(f"SELECT pg_notify('{_CHANNEL}', :site_id)"))


@dataclass(frozen=True, slots=True)
class SiteNews:
    """Entries of a site arrived, up to `site_seq`; `by` is the station that brought them, empty for the hub."""

    site_id: str
    site_seq: int
    by: str


@dataclass(frozen=True, slots=True)
class StationsChanged:
    """Whoever remembers the stations of a site must ask again; of any site when it is empty."""

    site_id: str = ""


Heard = SiteNews | StationsChanged


class Herald:
    """Tells every process, this one too. What gets lost is found at the next poll, or believed half a minute longer.

    Never in the transaction that stores: while their news is on its way, commits wait for one another (async.c).
    """

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    def arrived(self, site_id: str, by: str) -> None:
        """Tell that a site has entries that `by` brought."""
        self._tell(_tell, site_id=site_id, by=by)

    def stations_changed(self, site_id: str) -> None:
        """Tell that a station was enrolled, revoked or admitted."""
        self._tell(_tell_stations, site_id=site_id)

    def last_seq(self, site_id: str) -> int:
        """The number of a site's newest entry; may raise what the database raises."""
        with self._database.reading() as store:
            return arrivals.last(store, site_id)

    def _tell(self, statement: Statement, **what: str) -> None:
        with suppress(StorageTrouble), self._database.outside() as store:
            store.run(statement, **what)


class News:
    """Hears of sites in a thread; after each time that something may have been missed, that all stations changed."""

    def __init__(self, address: str, heard: Callable[[Heard], None]) -> None:
        self._address = address
        self._heard = heard
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="news", daemon=True)

    def __enter__(self) -> "News":
        self._thread.start()
        return self

    def __exit__(self, *ended: object) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            # A line that is cut is made anew; meanwhile whoever waits for news looks by itself now and then.
            with suppress(psycopg.Error, StorageTrouble):
                self._listen()
            self._stopping.wait(LISTEN_S)

    def _listen(self) -> None:
        with connect(self._address) as connection:
            connection.execute(f"LISTEN {_CHANNEL}")
            self._heard(StationsChanged())
            while not self._stopping.is_set():
                for news in connection.notifies(timeout=LISTEN_S):
                    self._heard(_read(news.payload))


def _read(payload: str) -> Heard:
    site_id, separator, rest = payload.partition("/")
    seq, _, by = rest.partition("/")
    return SiteNews(site_id, int(seq), by) if separator else StationsChanged(site_id)
