"""The hubs of a building: the one that decides, in batches, and the one that holds itself ready."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import cast

import msgspec

from mppdesk.db.deciding.hub import Answered, Asked
from mppdesk.db.deciding.unconfirmed_calls import UnconfirmedCalls
from mppdesk.db.deciding.unmapped_files import unmapped_files
from mppdesk.db.reading.readers import StoredReaders
from mppdesk.db.reading.reference import Reference
from mppdesk.db.replication.stations import StationBook
from mppdesk.domain.commands import Command, ExpireCall, MapRegister
from mppdesk.domain.entries import SYSTEM_USER, Actor, SubjectType
from mppdesk.domain.errors import ClerkError
from mppdesk.domain.hub.arrival import ARRIVAL_MS
from mppdesk.domain.station import Station
from mppdesk.server import takeover
from mppdesk.server.answers import OK, refused
from mppdesk.server.building import VIA, Building
from mppdesk.server.fence import Fence
from mppdesk.server.requests import key_rights_of
from mppdesk.server.station_calls import Prepared, StationCalls
from mppdesk.sync.addresses import TERM_HEADER, Addresses, addresses_of, known_term, learn_from
from mppdesk.sync.exchange import Answerer
from mppdesk.sync.key_rounds import KeyRounds
from mppdesk.sync.keys import KeyAnswerer, KeyRights, KeysHello, KeysPush
from mppdesk.sync.link import TERM_PATH, Unreachable
from mppdesk.sync.own_replica import replica_of
from mppdesk.sync.protocol import Ask, Hello, Push, pack, unpack
from tests.simulation.exchanging import Exchanging
from tests.simulation.machines import Machine, Process
from tests.simulation.network import SCHEME, Network, Reply, SimulatedLink
from tests.simulation.versions import running, said_by

_UNAUTHORIZED, _FORBIDDEN = 401, 403
_LOOK_FOR_CALLS_S = 5.0
# The commit of a decision, synced; what comes meanwhile shares the next one.
_COMMIT_S = 0.004
# A hub that returns must soon know that it was taken over; in `mppdesk.sync.peers` within five seconds.
_LONGEST_S = 20.0


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A question whose decision is due; `term` is the one that the station knew when it asked."""

    station: Station
    question: Ask
    prepared: Prepared
    reply: Reply
    term: int


@dataclass(frozen=True, slots=True)
class HubPlace:
    """What the folder of a hub or standby knows; `first` are the hubs it was told of at its enrolment."""

    root: tuple[str, bytes]
    token: str
    centre: str
    first: tuple[str, ...] = ()


def answer_of_keys(keys: KeyAnswerer, path: str, body: bytes, rights: KeyRights) -> msgspec.Struct:
    """What the two endpoints of keys answer."""
    if path.endswith("/hello"):
        return keys.hello(unpack(body, KeysHello), rights)
    return keys.push(unpack(body, KeysPush), rights)


class HubProcess(Process):
    """Decides for the building when it is the hub, and keeps the centre and the other hub informed.

    `accuse` hears of a decision for a station that knew a higher term (I11).
    """

    def __init__(self, machine: Machine, network: Network, place: HubPlace, accuse: Callable[[str], None]) -> None:
        super().__init__(machine)
        self._accuse = accuse
        self._network = network
        self.readers = StoredReaders(self.home.database, machine.site_id, self.home.reference, machine.clock)
        self.book = StationBook(self.home.database, machine.site_id, place.root)
        self.fence = Fence(self.book, machine.device_id)
        self.replica = replica_of(self.home, self.book)
        self.calls = self._made_calls()
        self.addresses = addresses_of(self.home, *(SCHEME + name for name in place.first), told=self.fence.heard)
        at_centre, version = Addresses([SCHEME + place.centre]), machine.disk.version
        to_centre = SimulatedLink(network, machine.name, "", at_centre, version, has_choice=False)
        self.upwards = Exchanging(self, to_centre, self.replica, self._keys_by(to_centre))
        to_peer = SimulatedLink(network, machine.name, place.token, self.addresses, version)
        self.sideways = Exchanging(self, to_peer, self.replica, self._keys_by(to_peer), longest_s=_LONGEST_S)
        self._unconfirmed = UnconfirmedCalls()
        self._waiting: list[_Waiting] = []
        self._last_news_s = self.timeline.now
        self._is_looking = False
        self.writer.changes.subscribe(self._changed)

    def started(self) -> None:
        self.run(self._begin)

    def _begin(self) -> None:
        """Learn from the other hub first, then serve."""
        self.sideways.loop.once()
        self._network.servers[self.machine.name] = self
        self.sideways.start()
        self.upwards.start()
        self._look_for_calls()

    def die(self) -> None:
        super().die()
        if self._network.servers.get(self.machine.name) is self:
            del self._network.servers[self.machine.name]

    @property
    def is_hub(self) -> bool:
        """Whether this process decides now, as far as it knows."""
        return self.fence.is_hub

    def take_over(self, reason: str) -> None:
        """What `mppdesk hub take-over` asks of the process that runs here; raises Refused where it is the hub."""
        station = self.book.by_device(self.machine.device_id)
        assert station is not None
        takeover.ordered(self.home, self.book, self.fence, station, Actor(SYSTEM_USER, VIA), reason)

    def announce(self) -> None:
        """Tell the building where this computer listens."""
        takeover.announce(self.home, SCHEME + self.machine.name)

    def handle(self, path: str, headers: Mapping[str, str], body: bytes, reply: Reply) -> None:
        self.fence.listen(headers, lambda token: self.book.by_token(token) is not None)
        with running(self.machine.disk.version):
            self.machine.guarded(lambda: self._answered(path, headers, body, reply))

    def says(self) -> dict[str, str]:
        return self.fence.says()

    @property
    def term(self) -> int:
        """The term that the journal here tells of."""
        with self.home.database.reading() as store:
            return known_term(store, self.machine.site_id)

    def decide(self, *asked: Asked) -> list[Answered | Exception]:
        """Decide in one commit, as the decider's thread does; raises NotTheHub where another is."""
        self.fence.require_hub()
        return self.home.required_hub().ask_many(asked)

    def _answered(self, path: str, headers: Mapping[str, str], body: bytes, reply: Reply) -> None:
        station = self.book.by_token(headers["authorization"].removeprefix("Bearer "))
        if station is None:
            reply(_UNAUTHORIZED, b"")
            return
        try:
            if path == TERM_PATH:
                reply(OK, b"")
            elif path.endswith("/ask"):
                self._ask(station, unpack(body, Ask), reply, int(headers[TERM_HEADER]))
            elif "/keys" in path:
                self._say(reply, answer_of_keys(self.calls.answerer.keys, path, body, key_rights_of(station)))
            elif path.endswith("/hello"):
                self._say(reply, self.calls.answerer.hello(unpack(body, Hello)))
            elif path.endswith("/push"):
                self._say(reply, self.calls.answerer.push(unpack(body, Push)))
            else:
                self._withdraw(station, body.decode(), reply)
        except ClerkError as trouble:
            reply(refused(trouble).status_code, b"")

    def _withdraw(self, station: Station, command_id: str, reply: Reply) -> None:
        if not station.may_command:
            reply(_FORBIDDEN, b"")
            return
        reply(OK, msgspec.msgpack.encode(self.home.required_hub().withdraw(command_id)))

    def _ask(self, station: Station, question: Ask, reply: Reply, term: int) -> None:
        if not station.may_command:
            reply(_FORBIDDEN, b"")
            return
        prepared = self.calls.prepare(station, question)
        waiting = _Waiting(station, question, prepared, reply, term)
        if prepared.asked is None:
            self._tell(waiting, None)
            return
        self._waiting.append(waiting)
        if len(self._waiting) == 1:
            self.later(_COMMIT_S, self._decide_waiting)

    def _decide_waiting(self) -> None:
        batch, self._waiting = self._waiting, []
        try:
            decided = self.decide(*(each.prepared.asked for each in batch if each.prepared.asked is not None))
        except ClerkError as trouble:
            decided = [trouble] * len(batch)
        for waiting, answer in zip(batch, decided, strict=True):
            if not isinstance(answer, ClerkError | Answered):
                raise answer
            if isinstance(answer, Answered) and waiting.term > self.term:
                self._accuse(f"I11: {self.machine.name} decided in term {self.term} what was asked in {waiting.term}")
            self._tell(waiting, answer)

    def _tell(self, waiting: _Waiting, decided: Answered | ClerkError | None) -> None:
        told = self.calls.told(waiting.station, waiting.question, waiting.prepared, decided)
        self._say(waiting.reply, told)

    def _say(self, reply: Reply, message: msgspec.Struct) -> None:
        self.machine.on_promise(self.machine, message)
        reply(OK, pack(said_by(self.machine.disk.version, message)))

    def _do_what_is_due(self) -> None:
        """What `mppdesk.server.expiry` does: calls that never arrived, and files that have no number in the book."""
        self._is_looking = False
        if not self.is_hub or self.timeline.now - self._last_news_s > 2 * ARRIVAL_MS / 1000:
            return  # nothing happened lately; looked at again after the next news
        self._look_for_calls()
        with self.readers.moment() as moment:
            found = self._unconfirmed.older_than(moment, moment.now_ms - ARRIVAL_MS)
            unmapped = unmapped_files(moment.store, moment.site_id)
        due: list[Command] = [
            ExpireCall(command_id=self.writer.ids.new(), visit=call.visit, call=call.call) for call in found
        ]
        due += [MapRegister(command_id=self.writer.ids.new(), submission=each) for each in unmapped]
        for command in due:
            try:
                self.decide(Asked(command, Actor(SYSTEM_USER, VIA)))
            except ClerkError:
                self._last_news_s = self.timeline.now  # a full disk; looked at again
                return

    def _look_for_calls(self) -> None:
        if not self._is_looking:
            self._is_looking = True
            self.later(_LOOK_FOR_CALLS_S, self._do_what_is_due)

    def _changed(self, topics: frozenset[str]) -> None:
        if SubjectType.STATION in topics:
            self.book.forget()
        if SubjectType.STATION in topics or SubjectType.SITE_SETTING in topics:
            learn_from(self.home, self.addresses)
        self._last_news_s = self.timeline.now
        self._look_for_calls()
        if self.is_hub:
            self.upwards.poke()  # the other one is looked for at its own pace
        else:
            self.sideways.poke()

    def _keys_by(self, link: SimulatedLink) -> Callable[[SimulatedLink], None]:
        rounds = KeyRounds(link, self.replica)

        def exchange_keys(link: SimulatedLink) -> None:
            with suppress(Unreachable):
                rounds()

        return exchange_keys

    def _made_calls(self) -> StationCalls:
        """What the endpoints ask, with the building's own knowledge of names and none of its threads."""
        named = cast(Building, SimpleNamespace(reference=self._reference))
        answerer = Answerer(self.replica, self.machine.home_id)
        log_id = self.writer.author.log_id
        return StationCalls(log_id, answerer, partial(Building.counter_id, named), partial(Building.actor, named))

    def _reference(self) -> Reference:
        with self.readers.moment() as moment:
            return moment.reference
