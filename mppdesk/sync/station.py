"""An open folder as a station of a building: its way to the hub, its exchange, and who decides for it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from mppdesk.db.home import OpenHome
from mppdesk.db.replica_store import ReplicaStore
from mppdesk.db.stations import StationBook
from mppdesk.domain.entries import SubjectType
from mppdesk.sync.hub_client import RemoteHub
from mppdesk.sync.joining import StationPlace
from mppdesk.sync.link import Link
from mppdesk.sync.loop import LinkState, SyncLoop
from mppdesk.sync.own_replica import replica_of
from mppdesk.sync.pace import Breaker, Pace
from mppdesk.sync.station_hub import StationHub


@dataclass(frozen=True)
class StationLink:
    """The parts of a running station that reach the hub."""

    hub: StationHub
    loop: SyncLoop
    replica: ReplicaStore


@contextmanager
def linked(
    home: OpenHome,
    place: StationPlace,
    chance: Callable[[], float],
    told: Callable[[LinkState], None] = lambda state: None,
) -> Iterator[StationLink]:
    """Reach the hub for as long as the block runs; the exchange goes on in a thread of its own."""
    writer = home.required_writer()
    book = StationBook(home.database, home.site_id, place.root)
    replica = replica_of(home, book)
    asking = Link(place.url, place.welcome.token, place.authority)
    remote = RemoteHub(asking, writer, replica, Breaker(), time.monotonic)
    hub = StationHub(remote, home.required_hub(), place.welcome.issuer_no, writer.ids.new)
    exchanging = Link(place.url, place.welcome.token, place.authority)
    loop = SyncLoop(exchanging, replica, Pace(chance), told, lambda: hub.settle(exchanging))

    def on_change(topics: frozenset[str]) -> None:
        if SubjectType.STATION in topics:
            book.forget()
        loop.poke()

    unsubscribe = writer.changes.subscribe(on_change)
    loop.start()
    try:
        yield StationLink(hub, loop, replica)
    finally:
        unsubscribe()
        loop.stop()
        asking.close()
