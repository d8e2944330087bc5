"""A hub or standby keeps in step with whoever is the hub: a standby to hold all, a hub that returns to learn."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Lock

from mppdesk.db.home import OpenHome
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.domain.entries import SubjectType
from mppdesk.domain.errors import ClerkError
from mppdesk.domain.station import StationRole
from mppdesk.sync.addresses import Addresses, addresses_of, learn_from
from mppdesk.sync.beside import BesideTheJournal
from mppdesk.sync.link import Link, Unreachable, each_message_within
from mppdesk.sync.loop import SyncLoop
from mppdesk.sync.marked_link import MarkedLink
from mppdesk.sync.pace import Pace
from mppdesk.sync.pokes import Pokes

PEER = "hub"
# As long may a hub that comes back decide beside another one that it cannot hear of by its stations.
_LONGEST_S = 5.0
# A building waits for its hub to start.
_PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True)
class PeerPlace:
    """How the others know this computer; `url` is the hub it was enrolled at, empty for the site's first hub."""

    url: str
    token: str
    authority: str | None


@contextmanager
def linked_to_peers(
    home: OpenHome, place: PeerPlace, replica: ReplicaStore, chance: Callable[[], float], heard: Callable[[int], object]
) -> Iterator[None]:
    """Exchange with the hub of the building while the block runs, once before it: a returning hub learns first.

    `heard` is told each higher term that another computer names.
    """
    addresses = addresses_of(home, *filter(None, (place.url,)), told=heard)
    url = next(iter(addresses.all()), "http://localhost")
    link = MarkedLink(home, PEER, url, place.token, place.authority, addresses)
    beside = BesideTheJournal(link, replica, StationRole.STANDBY, bool)

    loop = SyncLoop(link, replica, Pace(chance, longest_s=_LONGEST_S), link.note, beside, beside.due_s)
    pokes = Pokes(url, place.token, place.authority, loop, Pace(chance, longest_s=_LONGEST_S), addresses)
    going = _Going(loop, pokes, addresses)

    def on_change(topics: frozenset[str]) -> None:
        if SubjectType.STATION in topics or SubjectType.SITE_SETTING in topics:
            learn_from(home, addresses)
        going.poke()

    _take_back(addresses, place, replica)
    if addresses.all():
        loop.once()
    unsubscribe = home.required_writer().changes.subscribe(on_change)
    going.poke()
    try:
        yield
    finally:
        unsubscribe()
        going.stop()
        link.close()


def _take_back(addresses: Addresses, place: PeerPlace, replica: ReplicaStore) -> None:
    """Exchange with everybody who is known, hub or not: an older copy of this disk lost what a standby still has.

    Nobody who hangs, and no full disk here, keeps the hub from serving: later exchanges bring what is missing.
    """
    for url in addresses.all():
        with suppress(Unreachable, ClerkError), Link(url, place.token, place.authority) as peer:
            peer.exchange(replica, each_message_within(_PATIENCE_S))


class _Going:
    """The threads of a link, from the first address on: a hub without a standby has none."""

    def __init__(self, loop: SyncLoop, pokes: Pokes, addresses: Addresses) -> None:
        self._loop = loop
        self._pokes = pokes
        self._addresses = addresses
        self._lock = Lock()
        self._is_started = False

    def poke(self) -> None:
        """Exchange soon, if there is anybody; from any thread."""
        if not self._addresses.all():
            return
        with self._lock:
            if not self._is_started:
                self._is_started = True
                self._loop.start()
                self._pokes.start()
        self._loop.poke()

    def stop(self) -> None:
        if self._is_started:
            self._pokes.stop()
            self._loop.stop()
