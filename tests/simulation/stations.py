"""The processes that ask: counters and kiosks, which act; board and standby, which only hold the journal."""

from mppdesk.db.deciding.hub import LocalHub
from mppdesk.db.reading.readers import StoredReaders
from mppdesk.db.replication.stations import StationBook
from mppdesk.domain.entries import SubjectType
from mppdesk.sync.hub_client import RemoteHub
from mppdesk.sync.own_replica import replica_of
from mppdesk.sync.pace import Breaker
from mppdesk.sync.station_hub import StationHub
from tests.simulation.exchanging import Exchanging
from tests.simulation.machines import Machine, Process
from tests.simulation.network import Network, SimulatedLink
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


class StationProcess(Process):
    """One run of the program at a station: it asks the hub, exchanges, and decides alone when it must."""

    def __init__(self, machine: Machine, network: Network, place: "Place") -> None:
        super().__init__(machine)
        self.readers = StoredReaders(self.home.database, machine.site_id, self.home.reference, machine.clock)
        self.book = StationBook(self.home.database, machine.site_id, place.root)
        self.replica = replica_of(self.home, self.book)
        link = SimulatedLink(network, machine.name, place.hub, place.token)
        remote = RemoteHub(link, self.writer, self.replica, Breaker(), lambda: self.timeline.now)
        remote._lock = VirtualLock(self.timeline)  # type: ignore[assignment]
        alone = LocalHub(self.writer, self.home.reference, is_cut_off=True)
        self.hub = StationHub(remote, alone, place.issuer_no, self.writer.ids.new)
        self.exchanging = Exchanging(self, network, place.hub, place.token, self.replica, self.hub.settle)
        self.writer.changes.subscribe(self._changed)

    def started(self) -> None:
        self.exchanging.start()

    def _changed(self, topics: frozenset[str]) -> None:
        if SubjectType.STATION in topics:
            self.book.forget()
        self.exchanging.poke()


class Place:
    """What a station's folder knows of its place."""

    def __init__(self, hub: str, root: tuple[str, bytes], token: str, issuer_no: int) -> None:
        self.hub = hub
        self.root = root
        self.token = token
        self.issuer_no = issuer_no
