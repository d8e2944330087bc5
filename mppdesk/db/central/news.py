"""What one process of the centre tells the others: that a site has news (PostgreSQL manual, LISTEN and NOTIFY)."""

from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread

import psycopg
from sqlalchemy import text

from mppdesk.db.central.database import connect
from mppdesk.db.sql import Statement, Store
from mppdesk.domain.errors import StorageTrouble

_CHANNEL = "mppdesk_news"
# How long the line may be dead, or a stop go unheard, before anybody looks.
LISTEN_S = 1.0
_tell = Statement(text(f"SELECT pg_notify('{_CHANNEL}', :site_id)"))


def tell(store: Store, site_id: str) -> None:
    """Tell every process, this one too, when the caller's transaction commits."""
    store.run(_tell, site_id=site_id)


class News:
    """Hears of sites in a thread; `heard` gets None after each time that something may have been missed."""

    def __init__(self, address: str, heard: Callable[[str | None], None]) -> None:
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
            self._heard(None)
            while not self._stopping.is_set():
                for news in connection.notifies(timeout=LISTEN_S):
                    self._heard(news.payload)
