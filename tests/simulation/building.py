"""A whole building: its computers set up, enrolled and joined, in one of two sizes."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import msgspec

from mppdesk.db.replication.replica import Replica
from mppdesk.db.replication.segments import Segment
from mppdesk.db.replication.stations import own_token, token_hash
from mppdesk.db.settings import StoredSettings
from mppdesk.domain import commands
from mppdesk.domain.catalog import service_hash
from mppdesk.domain.entries import SYSTEM_USER, Actor, Draft, Subject, SubjectType
from mppdesk.domain.facts import StationEnrolled, UserDefined
from mppdesk.domain.site import CounterPlace, UserProfile
from mppdesk.domain.station import FIRST_STATION_ISSUER, StationRole
from mppdesk.operations import setup
from tests.fakes import office
from tests.simulation.centre import CentreProcess
from tests.simulation.chance import FRIDAY_BEFORE, WallClock
from tests.simulation.machines import Machine, Process, SiteKeys
from tests.simulation.network import Network
from tests.simulation.servers import HubPlace, HubProcess
from tests.simulation.stations import Place, StationProcess
from tests.simulation.timeline import Timeline
from tests.simulation.versions import OLDER
from tests.sync.replicas import everybody, meet

HUB, STANDBY, CENTRE, BOARD = "hub", "Cadangan", "centre", "Papan"
HUBS = (HUB, STANDBY)
CLONED = " (2)"
FORMER = " (lama)"
_WITH_OLDER = 0.5
_SYSTEM = Actor(SYSTEM_USER, "cli")


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each, and the tickets of a day."""

    counters: int
    kiosks: int
    tickets: int


def label_of(name: str) -> str:
    """The place where a computer stands, or a copy of it, or where it stood before it got a successor."""
    return name.removesuffix(CLONED).removesuffix(FORMER)


SMALL = Size(4, 1, 80)
LARGE = Size(12, 2, 300)


class Building:
    """The computers by name, and the network between them."""

    def __init__(
        self, size: Size, timeline: Timeline, chance: random.Random, *, is_new: bool = False, updates: float = 1.0
    ) -> None:
        """`is_new`: the office opens for the first time on the first day; else it was open on the Friday before.

        `updates`: how many buildings, against the usual half, have computers with an older version of the program.
        """
        self.size = size
        self.is_new = is_new
        self.timeline = timeline
        self.chance = chance
        self.network = Network(timeline, random.Random(chance.getrandbits(64)))
        self._site = SiteKeys(chance)
        self.counters = tuple(f"Loket {n}" for n in range(1, size.counters + 1))
        self.kiosks = tuple(f"Kios {n}" for n in range(1, size.kiosks + 1))
        self.stations = (*self.counters, *self.kiosks, BOARD)
        self._issuers = {name: n for n, name in enumerate(self.stations, FIRST_STATION_ISSUER)}
        self.machines = {name: self._machine(name) for name in (*HUBS, CENTRE, *self.stations)}
        self.clerks: dict[str, Actor] = {}
        self.leader = _SYSTEM
        self.accuse: Callable[[str], None] = lambda violation: None
        self._set_up()
        self._leave_some_old(_WITH_OLDER * updates)

    @property
    def hub(self) -> Machine:
        return self.machines[HUB]

    @property
    def deciding(self) -> tuple[HubProcess, ...]:
        """The processes that hold themselves for the hub now, that of the highest term first; two while split."""
        processes = (self.machines[name].process for name in HUBS)
        hubs = [each for each in processes if isinstance(each, HubProcess) and each.is_hub]
        return tuple(sorted(hubs, key=lambda each: -each.fence.term))

    @property
    def hub_machine(self) -> Machine:
        """The computer of the hub of the highest term; the first one while none runs."""
        return self.deciding[0].machine if self.deciding else self.hub

    @property
    def spare_machine(self) -> Machine:
        """The one that holds itself ready."""
        return self.machines[STANDBY if self.hub_machine is self.hub else HUB]

    def lines_of(self, machine: Machine) -> list[frozenset[str]]:
        """The lines between a computer and every station and hub."""
        others = (*self.stations, *HUBS)
        return [frozenset((name, machine.name)) for name in others if name != machine.name]

    @property
    def centre(self) -> Machine:
        return self.machines[CENTRE]

    @property
    def reaches_centre(self) -> bool:
        """Whether the building has a line to the centre."""
        return not all(self.network.is_cut(hub, CENTRE) for hub in HUBS)

    @property
    def site_id(self) -> str:
        return self._site.site_id

    def counter_place(self, label: str) -> CounterPlace:
        """The counters share the agencies in turn, as the small office has them."""
        pattern = office.COUNTERS[self.counters.index(label) % len(office.COUNTERS)]
        return replace(pattern, label=label)

    def agencies_of(self, machine: Machine) -> frozenset[str]:
        """The agencies whose data keys belong on a computer."""
        if machine.name in self.counters:
            return frozenset((self.counter_place(machine.name).agency,))
        reads_none = machine.name == BOARD or machine.name in self.kiosks
        return frozenset() if reads_none else frozenset(each.code for each in office.AGENCIES)

    def clone(self, original: Machine) -> Machine:
        """Put a computer with a copy of another's disk into the building."""
        made = original.cloned(f"{original.name}{CLONED}", WallClock(self.timeline))
        self.machines[made.name] = made
        return made

    def stranger(self, name: str) -> Machine:
        """A computer that the hub does not know; its log is older than all of today, so it goes first."""
        made = self._machine(name)
        made.clock.jump(-(self.timeline.now % 86_400))
        return made

    def log_of(self, stranger: Machine) -> Segment:
        """What a stranger wrote."""
        stranger.start()
        assert stranger.process is not None
        writer = stranger.process.writer
        with writer.begin(_SYSTEM) as unit:
            user = Subject(SubjectType.USER, unit.new_id())
            fact = UserDefined(user_name=stranger.name, display_name="Asing", roles=())
            unit.record(Draft(unit.new_id(), user, fact))
        with stranger.process.home.database.reading() as store:
            segment = Replica(store, self.site_id).cut(writer.author.log_id, 0, stranger.signer)
        stranger.crash()
        assert segment is not None
        return segment

    def leave_log(self, log: Segment, machine: Machine) -> None:
        """Bring a stranger's log onto a disk of the building, past all checks."""
        now_ms = int(machine.clock.now().timestamp() * 1000)
        with machine.database().writing() as store:
            Replica(store, self.site_id).take(log, everybody(), now_ms)

    def enrol_stranger(self, stranger: Machine) -> None:
        """Make a station of a stranger, whose facts are then taken."""
        hub = self.deciding[0]
        key = stranger.signer.public_key
        fact = StationEnrolled(
            public_key=key, label=stranger.name, role=StationRole.SUPERVISOR, issuer_no=99, token_hash=key.hex()
        )
        with hub.writer.begin(_SYSTEM) as unit:
            unit.record(Draft(unit.new_id(), Subject(SubjectType.STATION, stranger.device_id), fact, by_system=True))

    def only_on(self, machine: Machine) -> set[str]:
        """The ids of the entries that no other disk has."""
        elsewhere: dict[str, int] = {}
        for other in self.machines.values():
            if other is not machine:
                for log_id, seq in other.heads().items():
                    elsewhere[log_id] = max(seq, elsewhere.get(log_id, 0))
        return machine.entry_ids_after(elsewhere)

    def keys_only_on(self, machine: Machine) -> set[str]:
        """The ids of the data keys that no other disk has."""
        others = (other.key_ids() for other in self.machines.values() if other is not machine)
        return machine.key_ids().difference(*others)

    def reset_processes(self) -> None:
        """Say what each computer runs when it starts."""
        root = self.root
        for name in HUBS:
            place = HubPlace(root, self._token(name), CENTRE, first=() if name == HUB else (HUB,))
            self.machines[name].make = partial(HubProcess, network=self.network, place=place, accuse=self._accuse)
        self.centre.make = lambda machine: CentreProcess(machine, self.network, root)
        for name, issuer_no in self._issuers.items():
            self.place(self.machines[name], self._token(name), issuer_no)

    def place(self, station: Machine, token: str, issuer_no: int, hub: str = HUB) -> None:
        """Say what a station was told when it was enrolled at a hub."""
        seat = Place(hub, self.root, token, issuer_no, self.role_of(station.name))
        station.make = partial(StationProcess, network=self.network, place=seat, accuse=self._accuse)

    @property
    def root(self) -> tuple[str, bytes]:
        """The device whose logs every station believes first."""
        return self.hub.device_id, self.hub.signer.public_key

    def enrolled_agencies(self, label: str) -> tuple[str, ...]:
        """The agencies that a station is enrolled for."""
        return (self.counter_place(label).agency,) if label in self.counters else ()

    def _accuse(self, violation: str) -> None:
        self.accuse(violation)

    def _machine(self, name: str) -> Machine:
        return Machine(name, self.timeline, random.Random(self.chance.getrandbits(64)), self._site)

    def _token(self, name: str) -> str:
        return own_token(self.hub.secrets.search, self.machines[name].device_id)

    def _set_up(self) -> None:
        """The morning before the run: the office is described, everybody is enrolled and has the journal."""
        self.reset_processes()
        self.hub.start()
        hub = self.hub.process
        assert isinstance(hub, HubProcess)
        self._describe(hub)
        self._enrol(hub)
        hub.announce()
        if not self.is_new:
            self._last_week(hub)
        for name in (CENTRE, STANDBY, *self.stations):
            machine = self.machines[name]
            machine.start()
            process = machine.process
            assert isinstance(process, StationProcess | CentreProcess | HubProcess)
            if isinstance(process, HubProcess):
                meet(process.replica, hub.replica)
                process.announce()
            meet(process.replica, hub.replica)
        for machine in self.machines.values():
            machine.stop()

    def _leave_some_old(self, share: float) -> None:
        """In a share of the buildings the newer version of the program has only begun to be installed."""
        if self.chance.random() < share:
            for machine in self.machines.values():
                if self.chance.random() < 0.5:
                    machine.disk.version = OLDER

    def _describe(self, hub: Process) -> None:
        current = StoredSettings(hub.home.database, hub.home.site_id)
        users = [UserProfile(f"petugas{n}", f"Petugas {n}", ("clerk",)) for n in range(len(self.counters))]
        users.append(UserProfile("penyelia", "Penyelia", ("supervisor",)))
        ids = setup.define_users(hub.writer, current, _SYSTEM, users)
        self.leader = Actor(ids["penyelia"], "desktop")
        for label, user in zip(self.counters, users[:-1], strict=True):
            self.clerks[label] = Actor(ids[user.user_name], "desktop")
        settings = {"site": msgspec.to_builtins(office.SITE)}
        settings |= {f"counter/{label}": msgspec.to_builtins(self.counter_place(label)) for label in self.counters}
        setup.change_settings(hub.writer, current, _SYSTEM, settings)
        setup.import_catalog(
            hub.writer,
            current,
            _SYSTEM,
            [(each, msgspec.to_builtins(each)) for each in office.AGENCIES],
            [(each, service_hash(each)) for each in office.SERVICES],
        )

    def _last_week(self, hub: Process) -> None:
        """The office was open on the Friday before: a clock that is far ahead can be told from a new day."""
        decide = hub.home.required_hub().ask
        decide(commands.OpenDay(command_id=hub.writer.ids.new(), day=FRIDAY_BEFORE), _SYSTEM)
        decide(commands.CloseDay(command_id=hub.writer.ids.new()), _SYSTEM)

    def _enrol(self, hub: Process) -> None:
        devices = [(HUB, StationRole.HUB, 0)]
        devices += [(name, self.role_of(name), issuer_no) for name, issuer_no in self._issuers.items()]
        devices.append((STANDBY, StationRole.STANDBY, FIRST_STATION_ISSUER + len(self.stations)))
        with hub.writer.begin(_SYSTEM) as unit:
            for name, role, issuer_no in devices:
                machine = self.machines[name]
                fact = StationEnrolled(
                    public_key=machine.signer.public_key,
                    label=name,
                    role=role,
                    agencies=self.enrolled_agencies(name),
                    issuer_no=issuer_no,
                    token_hash=token_hash(self._token(name)),
                )
                subject = Subject(SubjectType.STATION, machine.device_id)
                unit.record(Draft(unit.new_id(), subject, fact, by_system=True))

    def role_of(self, name: str) -> StationRole:
        """What a station is for."""
        if name in self.counters:
            return StationRole.COUNTER
        if name in self.kiosks:
            return StationRole.KIOSK
        return StationRole.BOARD
