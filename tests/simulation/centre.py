"""The process of the centre, which keeps what the buildings send."""

from collections.abc import Mapping

import msgspec

from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.stations import StationBook
from mppdesk.domain.entries import SubjectType
from mppdesk.domain.errors import ClerkError
from mppdesk.server.answers import OK, refused
from mppdesk.sync.exchange import Answerer
from mppdesk.sync.keys import KeyRights
from mppdesk.sync.protocol import Hello, Push, pack, unpack
from tests.simulation.machines import Machine, Process
from tests.simulation.network import Network, Reply
from tests.simulation.servers import answer_of_keys
from tests.simulation.versions import running, said_by


class CentreProcess(Process):
    """Stores journals and folds no view, as the centre does at the moment of their arrival."""

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
        self._of_the_hub = KeyRights(root[0])
        self._answerer = Answerer(self.replica, machine.home_id)

    def started(self) -> None:
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
            reply(OK, pack(said_by(self.machine.disk.version, answer)))

    def _changed(self, topics: frozenset[str]) -> None:
        if SubjectType.STATION in topics:
            self.book.forget()
