"""A building whose stations may mean harm: a hub with its stations' places, and stores that hear of it from nothing."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mppdesk.db.engine import Database
from mppdesk.db.migrate import upgrade
from mppdesk.db.replication import held, troubles
from mppdesk.db.replication.replica import Outcome
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.segments import Segment
from mppdesk.db.replication.signing import Signer
from mppdesk.db.replication.stations import StationBook
from mppdesk.domain import facts
from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.station import StationRole
from mppdesk.sync.own_replica import replica_of
from tests.fakes.office import Office
from tests.fakes.running_hub import signer_of
from tests.sync.hostile import HostileLog, log_id_of
from tests.sync.replicas import KEY, NOW, NOW_MS

COUNTER, KIOSK, BOARD, SUPERVISOR, STANDBY = (signer_of(lane) for lane in range(71, 76))
PLACES = {
    COUNTER: StationRole.COUNTER,
    KIOSK: StationRole.KIOSK,
    BOARD: StationRole.BOARD,
    SUPERVISOR: StationRole.SUPERVISOR,
    STANDBY: StationRole.STANDBY,
}


@dataclass(frozen=True)
class Rulers:
    """The hub of an office as a replica that asks its own book whose logs it takes."""

    office: Office
    book: StationBook
    hub: ReplicaStore

    @classmethod
    def of(cls, office: Office) -> "Rulers":
        author = office.writer.author
        book = StationBook(office.home.database, office.home.site_id, (author.device_id, author.public_key))
        office.writer.changes.subscribe(lambda topics: book.forget())
        return cls(office, book, replica_of(office.home, book))

    @property
    def root(self) -> tuple[str, bytes]:
        return self.office.writer.author.device_id, self.office.writer.author.public_key

    def record(self, kind: SubjectType, subject_id: str, fact: Any) -> None:
        """Let the hub record a fact."""
        with self.office.writer.begin(self.office.actor) as unit:
            unit.record(Draft(unit.new_id(), Subject(kind, subject_id), fact))

    def enrol(self, signer: Signer, role: str, issuer_no: int = 7) -> None:
        """Give a device a place, and take what waited for it."""
        self.record(SubjectType.STATION, signer.device_id, enrolled(signer, role, issuer_no))
        self.hub.admit(signer.device_id)

    def log(self, signer: Signer, number: int) -> HostileLog:
        return HostileLog(self.office.home.site_id, signer, log_id_of(number))

    def troubles(self) -> set[tuple[str, str]]:
        """The logs that stopped, and why."""
        with self.office.home.database.reading() as store:
            return {(each.log_id, each.reason) for each in troubles.all_of(store, self.office.home.site_id)}

    def waiting(self) -> list[str]:
        """The devices of which something is held."""
        with self.office.home.database.reading() as store:
            return [each.device_id for each in held.devices(store, self.office.home.site_id)]


def enrolled(signer: Signer, role: str, issuer_no: int = 7, token_hash: str = "") -> facts.StationEnrolled:
    return facts.StationEnrolled(
        public_key=signer.public_key,
        label=f"{role} {issuer_no}",
        role=role,
        issuer_no=issuer_no,
        token_hash=token_hash or signer.device_id,
    )


@contextmanager
def hearing_store(
    path: Path, site_id: str, root: tuple[str, bytes], *, is_folded: bool = True
) -> Iterator[ReplicaStore]:
    """A store with nothing in it that believes the hub, and from then on what it hears; not folded as at the centre."""
    database = Database(path, KEY)
    upgrade(database, path.parent / "backups", NOW)
    book = StationBook(database, site_id, root)
    try:
        yield ReplicaStore(
            database, site_id, book.admits, lambda: NOW_MS, is_folded=is_folded, tell=lambda topics: book.forget()
        )
    finally:
        database.close()


def deliver(store: ReplicaStore, segments: Iterable[Segment]) -> list[Outcome]:
    """Bring segments in this order, again and again as exchanges do, until nothing moves any more."""
    waiting, last = list(segments), [Outcome.NEED]
    while True:
        outcomes = [store.take(segment).outcome for segment in waiting]
        if outcomes == last:
            return outcomes
        last = outcomes
