"""The processes that ask: counters and kiosks, which act; the board, which only holds the journal."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from mppdesk.db.deciding.hub import LocalHub
from mppdesk.db.reading.readers import StoredReaders
from mppdesk.db.replication.stations import StationBook
from mppdesk.domain.entries import SubjectType
from mppdesk.domain.station import StationRole
from mppdesk.sync.addresses import TERM_HEADER, addresses_of, known_term, learn_from
from mppdesk.sync.hub_client import RemoteHub
from mppdesk.sync.key_rounds import KeyRounds
from mppdesk.sync.link import Unreachable
from mppdesk.sync.own_replica import replica_of
from mppdesk.sync.pace import Breaker
from mppdesk.sync.station_hub import StationHub
from tests.simulation.exchanging import Exchanging
from tests.simulation.machines import Machine, Process
from tests.simulation.network import SCHEME, Network, SimulatedLink
from tests.simulation.timeline import Timeline


class VirtualLock:
    """A lock that is waited for in virtual time; a thread that waited really would stop the whole building."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._holder: object = None
        self._depth = 0

    def __enter__(self) -> None:
        activity = self._timeline.current
        while self._holder not in (None, activity):
            self._timeline.sleep(0.05)
        self._holder = activity
        self._depth += 1

    def __exit__(self, *trouble: object) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._holder = None


@dataclass(frozen=True, slots=True)
class Place:
    """What a station's folder knows of its place."""

    hub: str
    root: tuple[str, bytes]
    token: str
    issuer_no: int
    role: StationRole


class StationProcess(Process):
    """One run of the program at a station: it asks the hub, exchanges, and decides alone when it must.

    `accuse` hears of each answer of a term below that of this station's journal (I11).
    """

    def __init__(self, machine: Machine, network: Network, place: Place, accuse: Callable[[str], None]) -> None:
        super().__init__(machine)
        self._accuse = accuse
        self.readers = StoredReaders(self.home.database, machine.site_id, self.home.reference, machine.clock)
        self.book = StationBook(self.home.database, machine.site_id, place.root)
        self.replica = replica_of(self.home, self.book)
        self._addresses = addresses_of(self.home, SCHEME + place.hub, told=lambda term: remote.meet_anew())
        asking, exchanging = (
            SimulatedLink(network, machine.name, place.token, self._addresses, machine.disk.version) for _ in range(2)
        )
        asking.took = self._check_term
        remote = RemoteHub(asking, self.writer, self.replica, Breaker(), lambda: self.timeline.now)
        remote._lock = VirtualLock(self.timeline)  # type: ignore[assignment]
        alone = LocalHub(self.writer, self.home.reference, is_cut_off=True)
        self.hub = StationHub(remote, alone, place.issuer_no, self.writer.ids.new)
        self._reads_people = place.role.reads_people
        self._exchange_keys = KeyRounds(exchanging, self.replica)
        self.exchanging = Exchanging(self, exchanging, self.replica, self._beside_the_journal)
        self.writer.changes.subscribe(self._changed)

    def started(self) -> None:
        self.exchanging.start()

    def _beside_the_journal(self, link: SimulatedLink) -> None:
        self.hub.settle(link)
        if self._reads_people:
            with suppress(Unreachable):
                self._exchange_keys()

    def _changed(self, topics: frozenset[str]) -> None:
        if SubjectType.STATION in topics:
            self.book.forget()
        if SubjectType.STATION in topics or SubjectType.SITE_SETTING in topics:
            learn_from(self.home, self._addresses)
        self.exchanging.poke()

    def _check_term(self, path: str, headers: Mapping[str, str]) -> None:
        with self.home.database.reading() as store:
            known = known_term(store, self.machine.site_id)
        if int(headers[TERM_HEADER]) < known:
            self._accuse(f"I11: {self.machine.name} in term {known} obeyed one of term {headers[TERM_HEADER]}: {path}")
