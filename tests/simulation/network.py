"""A network that loses, repeats, delays and cuts, and the program's own client speaking over it."""

import random
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

import msgspec

from mppdesk.domain.commands import Answer
from mppdesk.sync.addresses import TERM_HEADER, Addresses
from mppdesk.sync.link import ANSWER_S, CLERKS_PATIENCE_S, TERM_PATH, Link, Reading, Unreachable
from mppdesk.sync.protocol import pack, unpack
from tests.simulation.timeline import Timeline
from tests.simulation.versions import NEWER, Version, said_by

_CONNECT_S = 0.5
_REFUSED_S = 0.002
_SLOWEST_MEAN_S = 2.0
_WITHDRAWAL = "withdrawal"
_OK = 200

SCHEME = "https://"
"""Before the name of a computer, this is its address."""

Reply = Callable[[int, bytes], None]


class NotConnected(Unreachable):
    """Nothing was sent: no line, or nobody who listens."""


class Server(Protocol):
    """Who listens at an address; `reply` is called once with an HTTP status and a body, perhaps later."""

    def handle(self, path: str, headers: Mapping[str, str], body: bytes, reply: Reply) -> None: ...

    def says(self) -> dict[str, str]:
        """The headers of an answer that is given now."""


@dataclass
class Weather:
    """How bad the lines are: chances of each message, seconds of delay, and between polls that nobody hurries."""

    drop: float = 0.0
    repeat: float = 0.0
    mean_delay_s: float = 0.004
    slow: float = 0.0
    poll_s: float = 120.0


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it arrives."""

    status: int
    body: bytes
    headers: Mapping[str, str]


_Arrives = Callable[[Said], None]


@dataclass
class _Call:
    """One question on its way; an answer after the time-out finds nobody."""

    is_waiting: bool = True
    said: Said | None = None


@dataclass
class Network:
    """The lines between computers, by their names.

    `cuts` holds unordered pairs that do not reach each other, `deaf` who hears nothing of whom; `listen` hears the path
    and the body of each packet.
    """

    timeline: Timeline
    chance: random.Random
    weather: Weather = field(default_factory=Weather)
    servers: dict[str, Server] = field(default_factory=dict)
    cuts: Counter[frozenset[str]] = field(default_factory=Counter)
    deaf: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    listen: Callable[[str, bytes], None] = lambda path, body: None

    def is_cut(self, here: str, there: str) -> bool:
        return bool(self.cuts) and self.cuts.get(frozenset((here, there)), 0) > 0

    def hears(self, here: str, there: str) -> bool:
        """Whether what one says reaches the other."""
        return not self.is_cut(here, there) and not (self.deaf and self.deaf.get((there, here), 0) > 0)

    def mend(self) -> None:
        """Every line holds again, and none of today's breaks ends later."""
        self.cuts, self.deaf = Counter(), Counter()

    def cut_for(self, lines: Collection[frozenset[str]], seconds: float) -> None:
        """Cut lines between two computers each, and mend them later."""
        cuts = self.cuts
        cuts.update(lines)
        self.timeline.after(seconds, lambda: cuts.subtract(lines))

    def deafen(self, here: str, there: str, seconds: float) -> None:
        """Let one hear nothing of the other for a while, as a half-broken line does."""
        deaf, pair = self.deaf, ((here, there),)
        deaf.update(pair)
        self.timeline.after(seconds, lambda: deaf.subtract(pair))

    def call(
        self, here: str, there: str, headers: Mapping[str, str], path: str, body: bytes, patience_s: float
    ) -> Said:
        """Ask in an activity; raises Unreachable after the patience, when nobody knows what the other side did."""
        if self.is_cut(here, there):
            self.timeline.sleep(min(patience_s, _CONNECT_S))
            raise NotConnected("no connection")
        if there not in self.servers:
            self.timeline.sleep(_REFUSED_S)
            raise NotConnected("refused")
        call, activity = _Call(), self.timeline.current
        wake = activity.wake()

        def answered(said: Said) -> None:
            if self._is_lost("reply lost") or not self.hears(there, here):
                return
            self.timeline.after(self._delay(), lambda: arrived(said))

        def arrived(said: Said) -> None:
            if call.is_waiting and call.said is None:
                call.said = said
                self.timeline.after(0.0, wake)

        self._send(here, there, partial(self._deliver, there, path, headers, body), answered)
        self.timeline.after(patience_s, wake)
        activity.wait()
        call.is_waiting = False
        if call.said is None:
            raise Unreachable("no answer")
        return call.said

    def _send(self, here: str, there: str, deliver: Callable[[_Arrives], None], answered: _Arrives) -> None:
        if not self._is_lost("request lost"):
            self.timeline.after(self._delay(), lambda: deliver(answered) if self.hears(here, there) else None)
        if self.weather.repeat and self.chance.random() < self.weather.repeat:
            self.faults["request repeated"] += 1
            self.timeline.after(self._delay() + self.chance.expovariate(1 / 20), lambda: deliver(_to_nobody))

    def _deliver(self, there: str, path: str, headers: Mapping[str, str], body: bytes, answered: _Arrives) -> None:
        server = self.servers.get(there)
        if server is not None:
            server.handle(path, headers, body, lambda status, said: answered(Said(status, said, server.says())))

    def _is_lost(self, kind: str) -> bool:
        if not self.weather.drop or self.chance.random() >= self.weather.drop:
            return False
        self.faults[kind] += 1
        return True

    def _delay(self) -> float:
        mean = self.weather.mean_delay_s
        if self.weather.slow and self.chance.random() < self.weather.slow:
            self.faults["delayed"] += 1
            mean = self.chance.uniform(0.005, _SLOWEST_MEAN_S)
        return 0.0005 + (self.chance.expovariate(1 / mean) if mean else 0.0)


def _to_nobody(said: Said) -> None:
    """The answer to a request that its sender made only once."""


class SimulatedLink(Link):
    """The program's link with the simulated network under it instead of HTTP.

    `took` hears the path and the headers of each answer that is believed; the centre alone leaves no choice.
    """

    def __init__(
        self,
        network: Network,
        here: str,
        token: str,
        addresses: Addresses,
        version: Version = NEWER,
        *,
        has_choice: bool = True,
    ) -> None:
        self._network = network
        self._version = version
        self._here = here
        self._token = token
        self._addresses = addresses
        self._has_choice, self._is_lost = has_choice, False
        self.took: Callable[[str, Mapping[str, str]], None] = lambda path, headers: None

    @property
    def poll_s(self) -> float:
        """Seconds until the next exchange when there is no news."""
        return self._network.weather.poll_s

    def look(self, patience_s: float = ANSWER_S) -> None:
        self._asked(TERM_PATH, b"", patience_s)

    def withdraw(self, command_id: str) -> Answer | None:
        raw = self._call(_WITHDRAWAL, command_id.encode(), CLERKS_PATIENCE_S)
        return msgspec.msgpack.decode(raw, type=Answer | None)

    def close(self) -> None:
        """Nothing is open."""

    def _post(self, path: str, message: msgspec.Struct, kind: type[Reading], patience_s: float = ANSWER_S) -> Reading:
        return unpack(self._call(path, pack(said_by(self._version, message)), patience_s), kind)

    def _call(self, path: str, body: bytes, patience_s: float) -> bytes:
        said = self._asked(path, body, patience_s)
        if said.status != _OK:
            raise Unreachable(f"HTTP {said.status}")
        return said.body

    def _asked(self, path: str, body: bytes, patience_s: float) -> Said:
        """Ask one address after the other, as `ToTheHub` does."""
        trouble: Unreachable = NotConnected("no address is known")
        self._network.listen(path, body)
        for url in self._addresses.all():
            headers = {TERM_HEADER: str(self._addresses.term), "authorization": f"Bearer {self._token}"}
            try:
                said = self._network.call(self._here, url.removeprefix(SCHEME), headers, path, body, patience_s)
            except NotConnected as error:
                trouble = error
                continue
            self._network.listen(path, said.body)
            if self._addresses.obeys(said.headers):
                self._addresses.answered(url)
                self.took(path, said.headers)
                return said
            trouble = NotConnected("not the hub of the highest term")
        raise trouble
