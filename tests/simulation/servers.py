"""The processes that answer: the hub, which decides in batches, and the centre, which keeps."""

from functools import partial
from types import SimpleNamespace
from typing import TypeVar, cast

import msgspec

from mppdesk.db.deciding.hub import Answered, Asked
from mppdesk.db.deciding.unconfirmed_calls import UnconfirmedCalls
from mppdesk.db.reading.readers import StoredReaders
from mppdesk.db.reading.reference import Reference
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.stations import StationBook
from mppdesk.domain.commands import ExpireCall
from mppdesk.domain.entries import SYSTEM_USER, Actor, SubjectType
from mppdesk.domain.errors import ClerkError
from mppdesk.domain.hub.arrival import ARRIVAL_MS
from mppdesk.domain.station import Station
from mppdesk.server.answers import refused
from mppdesk.server.building import VIA, Building
from mppdesk.server.station_calls import Prepared, StationCalls
from mppdesk.sync.exchange import Answerer
from mppdesk.sync.own_replica import replica_of
from mppdesk.sync.protocol import Ask, Hello, Push, Told, pack, unpack
from tests.simulation.exchanging import Exchanging
from tests.simulation.machines import Machine, Process
from tests.simulation.network import Network, Reply

_OK, _UNAUTHORIZED, _FORBIDDEN = 200, 401, 403
_LOOK_FOR_CALLS_S = 5.0
# The commit of a decision, synced; what comes meanwhile shares the next one.
_COMMIT_S = 0.004

Message = TypeVar("Message", bound=msgspec.Struct)
_Waiting = tuple[Station, Ask, Prepared, Reply]


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
        self._answerer = Answerer(self.replica, machine.home_id)

    def started(self) -> None:
        self._network.servers[self.machine.name] = self

    def die(self) -> None:
        super().die()
        if self._network.servers.get(self.machine.name) is self:
            del self._network.servers[self.machine.name]

    def handle(self, path: str, token: str, body: bytes, reply: Reply) -> None:
        self.machine.guarded(lambda: self._answered(path, body, reply))

    def _answered(self, path: str, body: bytes, reply: Reply) -> None:
        try:
            if path.endswith("/hello"):
                answer: msgspec.Struct = self._answerer.hello(unpack(body, Hello))
            else:
                answer = self._answerer.push(unpack(body, Push))
        except ClerkError as trouble:
            reply(refused(trouble).status_code, b"")
        else:
            reply(_OK, pack(answer))

    def _changed(self, topics: frozenset[str]) -> None:
        if SubjectType.STATION in topics:
            self.book.forget()


class HubProcess(Process):
    """Decides for the building, and keeps the centre informed."""

    def __init__(self, machine: Machine, network: Network, centre: str) -> None:
        super().__init__(machine)
        self._network = network
        self.readers = StoredReaders(self.home.database, machine.site_id, self.home.reference, machine.clock)
        self.book = StationBook(self.home.database, machine.site_id, (machine.device_id, self.writer.author.public_key))
        self.replica = replica_of(self.home, self.book)
        self.calls = self._made_calls()
        self.upwards = Exchanging(self, network, centre, "", self.replica)
        self._unconfirmed = UnconfirmedCalls()
        self._waiting: list[_Waiting] = []
        self._last_news_s = self.timeline.now
        self.writer.changes.subscribe(self._changed)

    def started(self) -> None:
        self._network.servers[self.machine.name] = self
        self.upwards.start()
        self.later(_LOOK_FOR_CALLS_S, self._expire_calls)

    def die(self) -> None:
        super().die()
        if self._network.servers.get(self.machine.name) is self:
            del self._network.servers[self.machine.name]

    def handle(self, path: str, token: str, body: bytes, reply: Reply) -> None:
        self.machine.guarded(lambda: self._answered(path, token, body, reply))

    def decide(self, *asked: Asked) -> list[Answered | Exception]:
        """Decide in one commit, as the decider's thread does."""
        return self.home.required_hub().ask_many(asked)

    def _answered(self, path: str, token: str, body: bytes, reply: Reply) -> None:
        station = self.book.by_token(token)
        if station is None:
            reply(_UNAUTHORIZED, b"")
            return
        try:
            if path.endswith("/ask"):
                self._ask(station, unpack(body, Ask), reply)
            elif path.endswith("/hello"):
                reply(_OK, pack(self.calls.answerer.hello(unpack(body, Hello))))
            elif path.endswith("/push"):
                reply(_OK, pack(self.calls.answerer.push(unpack(body, Push))))
            else:
                self._withdraw(station, body.decode(), reply)
        except ClerkError as trouble:
            reply(refused(trouble).status_code, b"")

    def _withdraw(self, station: Station, command_id: str, reply: Reply) -> None:
        if not station.may_command:
            reply(_FORBIDDEN, b"")
            return
        reply(_OK, msgspec.msgpack.encode(self.home.required_hub().withdraw(command_id)))

    def _ask(self, station: Station, question: Ask, reply: Reply) -> None:
        if not station.may_command:
            reply(_FORBIDDEN, b"")
            return
        prepared = self.calls.prepare(question)
        if prepared.asked is None:
            self._tell(station, question, prepared, None, reply)
            return
        self._waiting.append((station, question, prepared, reply))
        if len(self._waiting) == 1:
            self.later(_COMMIT_S, self._decide_waiting)

    def _decide_waiting(self) -> None:
        batch, self._waiting = self._waiting, []
        try:
            decided = self.decide(*(each[2].asked for each in batch if each[2].asked is not None))
        except ClerkError as trouble:
            decided = [trouble] * len(batch)
        for (station, question, prepared, reply), answer in zip(batch, decided, strict=True):
            if isinstance(answer, ClerkError | Answered):
                self._tell(station, question, prepared, answer, reply)
            else:
                raise answer

    def _tell(
        self, station: Station, question: Ask, prepared: Prepared, decided: Answered | ClerkError | None, reply: Reply
    ) -> None:
        told: Told = self.calls.told(station, question, prepared, decided)
        reply(_OK, pack(told))

    def _expire_calls(self) -> None:
        self.later(_LOOK_FOR_CALLS_S, self._expire_calls)
        if self.timeline.now - self._last_news_s > 2 * ARRIVAL_MS / 1000:
            return  # nothing was called lately
        with self.readers.moment() as moment:
            found = self._unconfirmed.older_than(moment, moment.now_ms - ARRIVAL_MS)
        for call in found:
            command = ExpireCall(command_id=self.writer.ids.new(), visit=call.visit, call=call.call)
            try:
                self.decide(Asked(command, Actor(SYSTEM_USER, VIA)))
            except ClerkError:
                self._last_news_s = self.timeline.now  # a full disk; looked at again
                return

    def _changed(self, topics: frozenset[str]) -> None:
        if SubjectType.STATION in topics:
            self.book.forget()
        self._last_news_s = self.timeline.now
        self.upwards.poke()

    def _made_calls(self) -> StationCalls:
        """What the endpoints ask, with the building's own knowledge of names and none of its threads."""
        named = cast(Building, SimpleNamespace(reference=self._reference))
        answerer = Answerer(self.replica, self.machine.home_id)
        log_id = self.writer.author.log_id
        return StationCalls(log_id, answerer, partial(Building.counter_id, named), partial(Building.actor, named))

    def _reference(self) -> Reference:
        with self.readers.moment() as moment:
            return moment.reference
