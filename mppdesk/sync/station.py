"""An open folder as a station of a building: its way to the hub, its exchange, and who decides for it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from mppdesk.db.deciding.hub import LocalHub
from mppdesk.db.home import OpenHome
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.stations import StationBook
from mppdesk.domain.entries import SubjectType
from mppdesk.domain.station import StationRole
from mppdesk.sync import hubs_clock
from mppdesk.sync.addresses import addresses_of, learn_from
from mppdesk.sync.beside import BesideTheJournal
from mppdesk.sync.centre_link import linked_to_centre
from mppdesk.sync.hub_client import RemoteHub
from mppdesk.sync.hubs_clock import HubsClock
from mppdesk.sync.link import Link
from mppdesk.sync.loop import LinkState, SyncLoop
from mppdesk.sync.marked_link import MarkedLink
from mppdesk.sync.own_replica import replica_of
from mppdesk.sync.pace import Breaker, Pace
from mppdesk.sync.place import StationPlace
from mppdesk.sync.pokes import Pokes
from mppdesk.sync.printer_exchange import PrinterExchange
from mppdesk.sync.standing import Standing, Standings
from mppdesk.sync.station_hub import StationHub

HUB = "hub"
# Whoever is cut off looks at the bar: the longest wait between two tries.
_LONGEST_S = 5.0
_OF_THE_JOURNAL = frozenset(SubjectType)


@dataclass(frozen=True)
class StationLink:
    """The parts of a running station that reach the hub; `standing` is how it stands to the hub now.

    `printers` tells the hub of this station's printers, and knows of the others'.
    """

    hub: StationHub
    printers: PrinterExchange
    loop: SyncLoop
    replica: ReplicaStore
    standing: Callable[[], Standing]


@contextmanager
def linked(
    home: OpenHome,
    place: StationPlace,
    chance: Callable[[], float],
    clock: HubsClock,
    told: Callable[[], None] = lambda: None,
    told_of_printers: Callable[[], None] = lambda: None,
) -> Iterator[StationLink]:
    """Reach the hub for as long as the block runs; the exchange goes on in threads of its own.

    `clock` is the one by which this folder was opened: it learns what the hub's shows. `told` is called in one of the
    threads when `standing` may have changed, `told_of_printers` when there is news of the others' printers.
    """
    clock.believe(hubs_clock.kept(home))
    writer, welcome = home.required_writer(), place.welcome
    book = StationBook(home.database, home.site_id, place.root)
    replica, breaker = replica_of(home, book), Breaker()
    addresses = addresses_of(home, place.url, told=lambda term: remote.meet_anew())
    exchanging = MarkedLink(
        home, HUB, place.url, welcome.token, place.authority, addresses, clock.learn, lambda at: printers.seen(at)
    )
    standings = Standings(home, lambda: exchanging.mark, clock)

    def on_state(state: LinkState) -> None:
        if state.is_reached:
            breaker.succeeded()
            hubs_clock.keep(home, clock.ahead_ms)
        else:
            printers.lost()
        standings.told(state)
        exchanging.note(state)
        told()

    def on_cut_off() -> None:
        if loop.state.is_reached:
            loop.poke()

    asking = Link(place.url, welcome.token, place.authority, addresses)
    alone = LocalHub(writer, home.reference, is_cut_off=True)
    remote = RemoteHub(asking, writer, replica, breaker, time.monotonic)
    hub = StationHub(remote, alone, welcome.issuer_no, writer.ids.new, on_cut_off)
    role = StationRole(welcome.role)
    printers = PrinterExchange(
        exchanging, time.monotonic, reads=role.signs_in, poke=lambda: loop.poke(), told=told_of_printers
    )
    beside = BesideTheJournal(exchanging, replica, role, lambda: hub.settle(exchanging), printers)
    loop = SyncLoop(exchanging, replica, Pace(chance, longest_s=_LONGEST_S), on_state, beside, beside.due_s)
    pokes = Pokes(place.url, welcome.token, place.authority, loop, Pace(chance, longest_s=_LONGEST_S), addresses)

    def on_change(topics: frozenset[str]) -> None:
        if SubjectType.STATION in topics:
            book.forget()
        if SubjectType.STATION in topics or SubjectType.SITE_SETTING in topics:
            learn_from(home, addresses)
        if SubjectType.USER in topics or SubjectType.SITE_SETTING in topics:
            beside.people_changed()
        if topics & _OF_THE_JOURNAL:
            loop.poke()

    unsubscribe = writer.changes.subscribe(on_change)
    loop.start()
    pokes.start()
    try:
        with linked_to_centre(home, replica, chance, place):
            yield StationLink(hub, printers, loop, replica, standings.now)
    finally:
        unsubscribe()
        pokes.stop()
        loop.stop()
        asking.close()
        hubs_clock.keep(home, clock.ahead_ms)  # it may have been set meanwhile
