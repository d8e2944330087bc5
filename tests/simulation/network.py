"""A network that loses, repeats, delays and cuts, and the program's own client speaking over it."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from mppdesk.domain.commands import Answer
from mppdesk.sync.link import CLERKS_PATIENCE_S, Link, Reading, Unreachable
from mppdesk.sync.protocol import pack, unpack
from tests.simulation.timeline import Timeline

_CONNECT_S = 0.5
_REFUSED_S = 0.002
_WITHDRAWAL = "withdrawal"

Reply = Callable[[int, bytes], None]


class Server(Protocol):
    """Who listens at an address; `reply` is called once with an HTTP status and a body, perhaps later."""

    def handle(self, path: str, token: str, body: bytes, reply: Reply) -> None: ...


@dataclass
class Weather:
    """How bad the lines are: chances of each message, and seconds of delay."""

    drop: float = 0.0
    repeat: float = 0.0
    mean_delay_s: float = 0.004
    slow: float = 0.0


@dataclass
class _Call:
    """One question on its way; an answer after the time-out finds nobody."""

    is_waiting: bool = True
    status: int = 0
    body: bytes = b""


@dataclass
class Network:
    """Names of computers are addresses. `cuts` holds unordered pairs that do not reach each other."""

    timeline: Timeline
    chance: random.Random
    weather: Weather = field(default_factory=Weather)
    servers: dict[str, Server] = field(default_factory=dict)
    cuts: Counter[frozenset[str]] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    def is_cut(self, here: str, there: str) -> bool:
        return self.cuts[frozenset((here, there))] > 0

    def call(self, here: str, there: str, token: str, path: str, body: bytes, patience_s: float) -> tuple[int, bytes]:
        """Ask in an activity; raises Unreachable after the patience, when nobody knows what the other side did."""
        if self.is_cut(here, there):
            self.timeline.sleep(min(patience_s, _CONNECT_S))
            raise Unreachable("no connection")
        if there not in self.servers:
            self.timeline.sleep(_REFUSED_S)
            raise Unreachable("refused")
        call, activity = _Call(), self.timeline.current
        wake = activity.wake()

        def answered(status: int, said: bytes) -> None:
            if self._is_lost("reply lost") or self.is_cut(here, there):
                return
            self.timeline.after(self._delay(), lambda: arrived(status, said))

        def arrived(status: int, said: bytes) -> None:
            if call.is_waiting and not call.status:
                call.status, call.body = status, said
                self.timeline.after(0.0, wake)

        self._send(here, there, lambda reply: self._deliver(there, path, token, body, reply), answered)
        self.timeline.after(patience_s, wake)
        activity.wait()
        call.is_waiting = False
        if not call.status:
            raise Unreachable("no answer")
        return call.status, call.body

    def _send(self, here: str, there: str, deliver: Callable[[Reply], None], answered: Reply) -> None:
        if not self._is_lost("request lost"):
            self.timeline.after(self._delay(), lambda: None if self.is_cut(here, there) else deliver(answered))
        if self.weather.repeat and self.chance.random() < self.weather.repeat:
            self.faults["request repeated"] += 1
            self.timeline.after(self._delay() + self.chance.expovariate(1 / 20), lambda: deliver(_to_nobody))

    def _deliver(self, there: str, path: str, token: str, body: bytes, reply: Reply) -> None:
        server = self.servers.get(there)
        if server is not None:
            server.handle(path, token, body, reply)

    def _is_lost(self, kind: str) -> bool:
        if not self.weather.drop or self.chance.random() >= self.weather.drop:
            return False
        self.faults[kind] += 1
        return True

    def _delay(self) -> float:
        mean = self.weather.mean_delay_s
        if self.weather.slow and self.chance.random() < self.weather.slow:
            self.faults["delayed"] += 1
            mean = 1.0
        return 0.0005 + self.chance.expovariate(1 / mean)


def _to_nobody(status: int, body: bytes) -> None:
    """The answer to a request that its sender made only once."""


class SimulatedLink(Link):
    """The program's link with the simulated network under it instead of HTTP."""

    def __init__(self, network: Network, here: str, there: str, token: str) -> None:
        self._network = network
        self._here, self.there = here, there
        self._token = token

    def withdraw(self, command_id: str) -> Answer | None:
        raw = self._call(_WITHDRAWAL, command_id.encode(), CLERKS_PATIENCE_S)
        return msgspec.msgpack.decode(raw, type=Answer | None)

    def close(self) -> None:
        """Nothing is open."""

    def _post(self, path: str, message: msgspec.Struct, kind: type[Reading], patience_s: float = 30.0) -> Reading:
        return unpack(self._call(path, pack(message), patience_s), kind)

    def _call(self, path: str, body: bytes, patience_s: float) -> bytes:
        status, said = self._network.call(self._here, self.there, self._token, path, body, patience_s)
        if status != 200:
            raise Unreachable(f"HTTP {status}")
        return said
