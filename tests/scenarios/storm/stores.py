"""What lies in the folders and in PostgreSQL, read beside the running programs."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import bindparam, select

from mppdesk.db import home as homes
from mppdesk.db.central.database import PostgresDatabase
from mppdesk.db.deciding.unmapped_files import unmapped_files
from mppdesk.db.journal.codec import decode_entry
from mppdesk.db.journal.logs import Journal
from mppdesk.db.paper.tables import local_print_jobs
from mppdesk.db.privacy.sealing import DataKeys, unseal
from mppdesk.db.projections import views
from mppdesk.db.replication import arrivals, troubles
from mppdesk.db.replication.outbox import Outbox
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import journal_entries
from mppdesk.domain.entries import Entry
from mppdesk.domain.facts import ApplicantRecorded, TicketCalled
from mppdesk.domain.slip import SlipKind
from tests.scenarios.storm.building import STANDBY, Building

CENTRE, HUB = "pusat", "hub"
_entries = journal_entries.c
_all_bytes = Statement(
    select(_entries.bytes)
    .where(_entries.site_id == bindparam("site_id"))
    .order_by(_entries.hlc, _entries.log_id, _entries.seq)
)
_ticket_slips = Statement(select(local_print_jobs.c.subject_id).where(local_print_jobs.c.kind == bindparam("kind")))

Heads = dict[str, tuple[int, bytes]]
Texts = dict[str, set[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Digests:
    """The rows of the views as they stand and as the journal says they should be."""

    live: str
    rebuilt: str


class Stores:
    """Every store of the building by the name of its computer."""

    def __init__(self, building: Building) -> None:
        self._building = building
        self._central = PostgresDatabase(building.database)
        with homes.reading(building.hub) as opened:
            self._site_id = opened.site_id

    @property
    def names(self) -> tuple[str, ...]:
        return *self.hubs, CENTRE, *self._building.stations

    def heads(self, name: str) -> Heads:
        with self._reading(name) as store:
            return {head.log_id: (head.seq, head.hash) for head in Journal(store, self._site_id).heads()}

    def digests(self, name: str) -> Digests:
        with self._reading(name) as store:
            return Digests(views.live_digest(store, self._site_id), views.rebuilt_digest(store, self._site_id))

    def entries(self, name: str) -> list[Entry]:
        """The whole journal in the order of its own clock, which no computer's clock can turn round."""
        with self._reading(name) as store:
            return [decode_entry(bytes(row[0])) for row in store.all(_all_bytes, site_id=self._site_id)]

    @property
    def hubs(self) -> tuple[str, ...]:
        return (HUB, STANDBY) if self._building.size.has_standby else (HUB,)

    def texts(self, name: str, entries: list[Entry]) -> Texts:
        """What a hub can read of each submission's applicant: names and NIKs, by submission; empty without a key."""
        found: Texts = defaultdict(set)
        with self._reading(name) as store:
            keys = DataKeys(store)
            for entry in entries:
                if isinstance(entry.fact, ApplicantRecorded):
                    name, nik = (_read(keys, entry, each) for each in ("name", "nik"))
                    found[entry.subject.id].add((name, nik))
        return found

    def slips(self, name: str) -> Counter[str]:
        """How many slips a station has for each ticket."""
        with self._reading(name) as store:
            return Counter(row[0] for row in store.all(_ticket_slips, kind=str(SlipKind.TICKET)))

    def is_folded(self) -> bool:
        """Whether the views of the centre show all that arrived there."""
        with self._reading(CENTRE) as store:
            return arrivals.applied(store, self._site_id) == arrivals.last(store, self._site_id)

    def undone(self) -> int:
        """What hubs still owe: calls that never arrived go back to the queue, numbers in the book, keys of texts."""
        with self._reading(HUB) as store:
            unmapped = unmapped_files(store, self._site_id)
        entries = sorted(self.entries(HUB), key=lambda entry: entry.order)
        last = {each.subject.id: each for each in entries}
        hanging = [each for each in last.values() if isinstance(each.fact, TicketCalled)]
        texts = [text for hub in self.hubs for found in self.texts(hub, entries).values() for text in found]
        return len(unmapped) + len(hanging) + texts.count(("", ""))

    def unsettled(self, name: str) -> int:
        """Questions whose answers a station still waits for."""
        if name == CENTRE:
            return 0
        with self._reading(name) as store:
            return len(Outbox(store).all())

    def troubles(self, name: str) -> list[str]:
        with self._reading(name) as store:
            return [f"{each.log_id} at {each.seq}: {each.reason}" for each in troubles.all_of(store, self._site_id)]

    def close(self) -> None:
        self._central.close()

    @contextmanager
    def _reading(self, name: str) -> Iterator[Store]:
        if name == CENTRE:
            with self._central.reading() as store:
                yield store
            return
        folder = self._building.hub if name == HUB else self._building.home_of(name)
        with homes.reading(folder) as opened, opened.database.reading() as store:
            yield store


def _read(keys: DataKeys, entry: Entry, field: str) -> str:
    sealed = getattr(entry.fact, field)
    key = keys.key(sealed.key_id) if sealed else None
    return (unseal(key, entry.entry_id, field, sealed) or "") if key else ""


def places_of_bytes(building: Building) -> Iterator[tuple[str, bytes]]:
    """The content of every file that a computer of the building left, and of every table of the centre."""
    for name in (HUB, STANDBY, *building.stations):
        for path in filter(Path.is_file, building.home_of(name).rglob("*")):
            yield str(path.relative_to(building.folder)), path.read_bytes()
    for path in building.folder.glob("*.log"):
        yield path.name, path.read_bytes()
    with psycopg.connect(building.database.replace("postgresql+psycopg:", "postgresql:")) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (name,) in names:
            copy = psycopg.sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(psycopg.sql.Identifier(name))
            with connection.cursor().copy(copy) as rows:
                yield name, b"".join(map(bytes, rows))
