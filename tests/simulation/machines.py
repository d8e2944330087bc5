"""A computer of the building: a disk and a clock that last, and a process that is started, killed, started again."""

import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from pathlib import Path

import msgspec
from sqlalchemy import bindparam, func, insert, select

from mppdesk.db import home as homes
from mppdesk.db.home import HomeFile, OpenHome
from mppdesk.db.journal.logs import Journal
from mppdesk.db.privacy import forgotten
from mppdesk.db.privacy.secret_store import SecretPlace, Secrets
from mppdesk.db.projections.refolding import refold
from mppdesk.db.reading.reference import ReferenceCache
from mppdesk.db.replication.signing import Signer
from mppdesk.db.sql import Statement
from mppdesk.db.tables import journal_entries, local_settings
from mppdesk.domain.entries import SYSTEM_USER, Actor, Entry, SubjectType
from mppdesk.domain.errors import StorageTrouble
from tests.simulation.chance import SeededIds, WallClock
from tests.simulation.disk import Disk, Row, SimulatedDatabase
from tests.simulation.privacy import keys_in
from tests.simulation.timeline import Activity, Killed, Timeline
from tests.simulation.versions import NEWER

_add_setting = Statement(insert(local_settings))
_places = Statement(
    select(journal_entries.c.log_id, journal_entries.c.seq, journal_entries.c.entry_id).where(
        journal_entries.c.site_id == bindparam("site_id")
    )
)
_by_visit = Statement(
    select(journal_entries.c.subject_id, func.count())
    .where(journal_entries.c.site_id == bindparam("site_id"), journal_entries.c.subject_type == SubjectType.VISIT)
    .group_by(journal_entries.c.subject_id)
)
_SYSTEM = Actor(SYSTEM_USER, "hub")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a computer is as long as it keeps its disk."""

    device_id: str
    home_id: str
    secrets: Secrets

    @property
    def signer(self) -> Signer:
        return Signer(self.device_id, self.secrets.device)


class Machine:
    """One computer. `process` is what runs on it now; `make` makes a new one at each start."""

    def __init__(self, name: str, timeline: Timeline, chance: random.Random, site: "SiteKeys") -> None:
        self.name = name
        self.timeline = timeline
        self.chance = chance
        self.clock = WallClock(timeline)
        self.ids = SeededIds(self.clock, random.Random(chance.getrandbits(64)))
        self._site = site
        self.site_id = site.site_id
        self.is_clone = False
        self.process: Process | None = None
        self.make: Callable[[Machine], Process] = Process
        self.on_commit: Callable[[Machine, list[Row]], None] = lambda machine, rows: None
        self.on_put_back: Callable[[Machine], None] = lambda machine: None
        self.on_promise: Callable[[Machine, msgspec.Struct], None] = lambda machine, message: None
        self.begin_anew(self.another_identity())

    def another_identity(self) -> Identity:
        """Who this computer may become on an empty disk."""
        device_id, secrets = self.ids.new(), self._site.secrets(self.chance)
        return Identity(device_id, self.ids.new(), secrets)

    def begin_anew(self, identity: Identity) -> None:
        """Take an empty disk, as a computer that nobody knows yet."""
        self.device_id, self.home_id, self.secrets = identity.device_id, identity.home_id, identity.secrets
        self.signer = identity.signer
        self.disk = Disk()
        self.restores: frozenset[int] = frozenset()
        self._name_disk()

    def _name_disk(self) -> None:
        with SimulatedDatabase(self.disk).writing() as store:
            for setting, value in (("site_id", self.site_id), ("device_id", self.device_id)):
                store.run(_add_setting, name=setting, value=value)

    def cloned(self, name: str, clock: WallClock) -> "Machine":
        """Another computer with a copy of this one's disk: the same device, key and token."""
        clone: Machine = copy(self)
        clone.name, clone.clock, clone.is_clone = name, clock, True
        clone.chance = random.Random(self.chance.getrandbits(64))
        clone.ids = SeededIds(clock, random.Random(clone.chance.getrandbits(64)))
        clone.disk = Disk(self.disk.image(), self.disk.version)
        clone.process = None
        return clone

    def database(self) -> SimulatedDatabase:
        """The disk as the running process sees it, or as it lies there."""
        if self.process is not None:
            database = self.process.home.database
            assert isinstance(database, SimulatedDatabase)
            return database
        return SimulatedDatabase(self.disk)

    def heads(self) -> dict[str, int]:
        """The last number of each log on the disk."""
        with SimulatedDatabase(self.disk).reading() as store:
            return {head.log_id: head.seq for head in Journal(store, self.site_id).heads()}

    def entry_ids_after(self, heads: Mapping[str, int]) -> set[str]:
        """The entries on the disk beyond what others have."""
        with SimulatedDatabase(self.disk).reading() as store:
            rows = store.all(_places, site_id=self.site_id)
        return {entry_id for log_id, seq, entry_id in rows if seq > heads.get(log_id, 0)}

    def entries_by_visit(self) -> dict[str, int]:
        """How many entries of each visit are on the disk."""
        with SimulatedDatabase(self.disk).reading() as store:
            return {str(visit): count for visit, count in store.all(_by_visit, site_id=self.site_id)}

    def key_ids(self) -> set[str]:
        """The ids of the data keys on the disk."""
        with SimulatedDatabase(self.disk).reading() as store:
            return set(keys_in(store))

    def is_author_of(self, entry: Entry) -> bool:
        """Whether an entry was made by the process that runs now."""
        return self.process is not None and entry.log_id == self.process.writer.author.log_id

    def start(self) -> None:
        """Start the program, unless it runs or cannot."""
        if self.process is None:
            self.hear_commits()
            with suppress(StorageTrouble):  # a full disk, on which a new version cannot fold what was unread
                self.process = self.make(self)
                self.guarded(self.process.started)

    def hear_commits(self) -> None:
        self.disk.after_commit = lambda rows: self.on_commit(self, rows)

    def update(self) -> None:
        """Install the newer version of the program; it runs from the next start on."""
        self.stop()
        self.disk.version = NEWER

    def stop(self) -> None:
        """End the program in order."""
        process = self.process
        if process is not None:
            self.guarded(process.close_log)
            self._end()

    def crash(self) -> None:
        """Lose the process with everything it has in memory; what was committed stays."""
        self._end()

    def _end(self) -> None:
        process, self.process = self.process, None
        self.disk.before_commit = lambda: None
        if process is not None:
            process.die()
            self.disk.roll_back()

    def guarded(self, act: Callable[[], object]) -> None:
        """Do something in the process outside an activity; a crash inside ends the process."""
        try:
            act()
        except Killed:
            self.crash()


class SiteKeys:
    """What all computers of the building share."""

    def __init__(self, chance: random.Random) -> None:
        self.site_id = f"{chance.getrandbits(128):032x}"
        self._search = chance.randbytes(32)

    def secrets(self, chance: random.Random) -> Secrets:
        return Secrets(chance.randbytes(32), chance.randbytes(32), self._search, chance.randbytes(32))


class Process:
    """One run of the program on a machine: a new log, nothing remembered but what the disk holds."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.timeline = machine.timeline
        database = SimulatedDatabase(machine.disk)
        file = HomeFile(machine.home_id, SecretPlace.FILE)
        reference = ReferenceCache(machine.site_id)
        self.home = OpenHome(Path(machine.name), file, machine.secrets, database, machine.site_id, reference)
        self.fold_unread()
        forgotten.settle(self.home.path, database)
        homes.make_writer(self.home, machine.clock, machine.ids)
        self.writer = self.home.required_writer()
        self.is_alive = True
        self._activities: list[Activity] = []

    def fold_unread(self) -> None:
        """Fold what an older version left unread, as every opening of a folder does."""
        with self.home.database.writing() as store:
            refold(store, self.machine.site_id)

    def started(self) -> None:
        """Begin the work of this process."""

    def die(self) -> None:
        self.is_alive = False
        for activity in self._activities:
            activity.kill()

    def run(self, work: Callable[[], object], delay: float = 0.0) -> Activity:
        """Run an activity that ends with the process; a crash inside ends the process."""

        def guarded() -> None:
            try:
                work()
            except Killed:
                if self.is_alive:
                    self.machine.crash()
                raise

        self._activities = self.activities
        activity = self.timeline.start(guarded, delay)
        self._activities.append(activity)
        return activity

    def later(self, delay: float, act: Callable[[], None]) -> None:
        """Do something later, if this process still runs then."""
        self.timeline.after(delay, lambda: self.machine.guarded(act) if self.is_alive else None)

    @property
    def activities(self) -> list[Activity]:
        """What it does just now."""
        return [each for each in self._activities if not each.is_over]

    def close_log(self) -> None:
        try:
            with self.writer.begin(_SYSTEM) as unit:
                unit.close_log()
        except StorageTrouble:
            pass  # a full disk; the log simply ends
