"""The process of the centre, which keeps what the buildings send, and folds it after."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from unittest import mock

import msgspec

from mppdesk.db.central import folding
from mppdesk.db.journal.logs import Journal
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.stations import StationBook
from mppdesk.db.sql import Store
from mppdesk.domain.entries import Entry, Subject, SubjectType
from mppdesk.domain.errors import ClerkError
from mppdesk.server.answers import OK, refused
from mppdesk.sync.exchange import Answerer
from mppdesk.sync.keys import KeyRights
from mppdesk.sync.protocol import Hello, Push, pack, unpack
from tests.simulation.machines import Machine, Process
from tests.simulation.network import Network, Reply
from tests.simulation.servers import answer_of_keys
from tests.simulation.versions import running, said_by

_FOLDED_WITHIN_S = (0.5, 5.0)
_BATCHES = (1, 2, 5, 100)
# PostgreSQL's words in the centre's own statements, as far as SQLite lacks them.
_WORDS: tuple[tuple[str, int, Callable[..., object]], ...] = (
    ("least", 2, min),
    ("pg_try_advisory_xact_lock", 1, lambda key: 1),
    ("hashtextextended", 2, lambda text, seed: 0),
)


@contextmanager
def folding_on_sqlite() -> Iterator[None]:
    """Let the centre's folding read a list of subjects one by one."""

    def stored(store: Store, site_id: str, subjects: Iterable[Subject]) -> dict[Subject, list[Entry]]:
        return {subject: Journal(store, site_id).entries_of(subject) for subject in subjects}

    with mock.patch.object(folding, "_stored", stored):
        yield


class CentreProcess(Process):
    """Stores journals at their arrival, and folds them later in batches of any size."""

    def __init__(self, machine: Machine, network: Network, root: tuple[str, bytes]) -> None:
        super().__init__(machine)
        self._network = network
        self.book = StationBook(self.home.database, machine.site_id, root)
        self.replica = ReplicaStore(
            self.home.database,
            machine.site_id,
            self.book.admits,
            self.writer.now_ms,
            is_folded=False,
            tell=self._changed,
        )
        self._is_due = False
        self._of_the_hub = KeyRights(root[0])
        self._answerer = Answerer(self.replica, machine.home_id)

    def fold_unread(self) -> None:
        """The centre does it with its next batch."""

    def started(self) -> None:
        for word in _WORDS:
            self.machine.disk.connection.create_function(*word)
        self._fold()
        self._network.servers[self.machine.name] = self

    def die(self) -> None:
        super().die()
        if self._network.servers.get(self.machine.name) is self:
            del self._network.servers[self.machine.name]

    def handle(self, path: str, headers: Mapping[str, str], body: bytes, reply: Reply) -> None:
        with running(self.machine.disk.version):
            self.machine.guarded(lambda: self._answered(path, body, reply))

    def says(self) -> dict[str, str]:
        """The centre knows of no terms."""
        return {}

    def _answered(self, path: str, body: bytes, reply: Reply) -> None:
        try:
            answer: msgspec.Struct
            if "/keys" in path:
                answer = answer_of_keys(self._answerer.keys, path, body, self._of_the_hub)
            elif path.endswith("/hello"):
                answer = self._answerer.hello(unpack(body, Hello))
            else:
                answer = self._answerer.push(unpack(body, Push))
        except ClerkError as trouble:
            reply(refused(trouble).status_code, b"")
        else:
            self.machine.on_promise(self.machine, answer)
            reply(OK, pack(said_by(self.machine.disk.version, answer)))

    def _changed(self, topics: frozenset[str]) -> None:
        if SubjectType.STATION in topics:
            self.book.forget()
        self._fold_soon()

    def _fold_soon(self) -> None:
        if not self._is_due:
            self._is_due = True
            self.later(self.machine.chance.uniform(*_FOLDED_WITHIN_S), self._fold)

    def _fold(self) -> None:
        self._is_due = False
        try:
            while folding.fold_next(self.home.database, self.machine.site_id, self.machine.chance.choice(_BATCHES)):
                pass
        except ClerkError:
            self._fold_soon()  # a full disk; looked at again
