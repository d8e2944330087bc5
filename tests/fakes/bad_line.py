"""A bad line between real processes: an HTTP relay that ends TLS, and drops, delays, cuts, repeats and swallows."""

import asyncio
import random
import ssl
from collections import Counter
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from threading import Event, Thread
from typing import Any, cast

_HOST = "127.0.0.1"
_HEAD_END = b"\r\n\r\n"
_LONGEST_DELAY_S = 0.6
_LATE_S = 1.5
_STOP_S = 10.0
_PIECE = 65536
_BROKEN = (OSError, asyncio.IncompleteReadError, ssl.SSLError)

_Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Fault(StrEnum):
    """What may happen to a request or to a whole connection."""

    DROPPED = "dropped"
    """The connection closes before the request got through."""
    DELAYED = "delayed"
    CUT = "cut"
    """The request got through; its answer ends in the middle."""
    DEAF = "deaf"
    """The request got through; the answer never comes."""
    REPEATED = "repeated"
    """The request gets through twice at once, as from an asker that tries again; the second answer is given."""
    REPEATED_LATE = "repeated late"
    """The request gets through a second time when nobody waits for it any more."""
    SWALLOWED = "swallowed"
    """The line is open, and nothing on it is heard."""


@dataclass(frozen=True, slots=True)
class Way:
    """What lies behind a line: `ports` of processes that serve the same, of which each connection meets one.

    `shown` is the certificate of the near end, `trusted` whom the far end must prove.
    """

    ports: tuple[int, ...]
    shown: ssl.SSLContext | None = None
    trusted: ssl.SSLContext | None = None


@dataclass(frozen=True, slots=True)
class Weather:
    """How likely a request is hurt, and whether everything is swallowed just now."""

    chance_of_fault: float = 0.0
    is_dead: bool = False


CALM = Weather()


class BadLine:
    """Relays whole requests and answers; whoever owns it sets the weather. For one building, from any thread.

    A plan of faults comes from `chance`; `counts` says how many there were of each kind.
    """

    def __init__(self, chance: random.Random) -> None:
        self.counts: Counter[str] = Counter()
        self.chance = chance
        self._weather = CALM
        self._loop = asyncio.new_event_loop()
        self._servers: list[asyncio.Server] = []
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_calm = asyncio.Event()

    def run(self, ready: Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.call_soon(ready.set)
        self._loop.run_forever()
        self._loop.close()

    def lay(self, way: Way) -> int:
        """Lay one more line to a port of this computer; answers the port of the near end."""
        port: int = self._done(self._listen(way))
        return port

    def set_weather(self, weather: Weather) -> None:
        """From now on; calm weather closes whatever was being swallowed."""
        self._done(self._turn(weather))

    def stop(self) -> None:
        self.set_weather(CALM)
        self._done(self._close_all())
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _done(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_STOP_S)

    async def _listen(self, way: Way) -> int:
        async def come(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await self._serve((reader, writer), way)

        server = await asyncio.start_server(come, _HOST, 0)
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    async def _turn(self, weather: Weather) -> None:
        self._weather = weather
        if weather == CALM:
            self._is_calm.set()
        else:
            self._is_calm.clear()

    async def _close_all(self) -> None:
        for server in self._servers:
            server.close()
        for writer in tuple(self._open):
            writer.transport.abort()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, near: _Ends, way: Way) -> None:
        """Serve one connection of an asker for as long as both sides keep it."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._open.add(near[1])
        far: _Ends | None = None
        try:
            with suppress(*_BROKEN, asyncio.CancelledError):
                if self._weather.is_dead:
                    self.counts[Fault.SWALLOWED] += 1
                    await self._swallow()
                    return
                # The far end first: who reaches no program may not believe that she reached one.
                listening = cast(asyncio.ReadTransport, near[1].transport)
                listening.pause_reading()
                far = await self._connected(way)
                if way.shown is not None:
                    await near[1].start_tls(way.shown)
                else:
                    listening.resume_reading()
                while await self._relay(near, far, way):
                    pass
        finally:
            self._open.discard(near[1])
            self._tasks.discard(task)
            for ends in filter(None, (near, far)):
                ends[1].transport.abort()

    async def _relay(self, near: _Ends, far: _Ends, way: Way) -> bool:
        """Bring one request over and its answer back; answers whether the connection lives on."""
        request = await _message(near[0])
        fault = self._fault()
        if fault is Fault.SWALLOWED:
            await self._swallow()
            return False
        if fault is Fault.DROPPED:
            return False
        if fault is Fault.DELAYED:
            await asyncio.sleep(self.chance.uniform(0.0, _LONGEST_DELAY_S))
        if fault is Fault.REPEATED:
            await _asked(await self._connected(way), request)
        if fault is Fault.REPEATED_LATE:
            self._later(self._repeat(way, request))
        return await self._bring_back(near, far, request, fault)

    async def _bring_back(self, near: _Ends, far: _Ends, request: bytes, fault: Fault | None) -> bool:
        far[1].write(request)
        await far[1].drain()
        head = await far[0].readuntil(_HEAD_END)
        if _length(head) is None:
            await self._stream(head, near, far)
            return False
        answer = head + await far[0].readexactly(_length(head) or 0)
        if fault is Fault.DEAF:
            await self._swallow()
            return False
        is_cut = fault is Fault.CUT
        near[1].write(answer[: self.chance.randrange(len(answer))] if is_cut else answer)
        await near[1].drain()
        return not is_cut

    async def _stream(self, head: bytes, near: _Ends, far: _Ends) -> None:
        """An answer without an end: events as they come."""
        near[1].write(head)
        while piece := await far[0].read(_PIECE):
            if self._weather.is_dead:
                await self._swallow()
                return
            near[1].write(piece)
            await near[1].drain()

    async def _repeat(self, way: Way, request: bytes) -> None:
        await asyncio.sleep(self.chance.uniform(0.0, _LATE_S))
        with suppress(*_BROKEN):
            await _asked(await self._connected(way), request)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _connected(self, way: Way) -> _Ends:
        return await asyncio.open_connection(_HOST, self.chance.choice(way.ports), ssl=way.trusted)

    async def _swallow(self) -> None:
        """Keep the line open until the weather is calm."""
        await self._is_calm.wait()

    def _fault(self) -> Fault | None:
        """What happens to the next request."""
        fault = None
        if self._weather.is_dead:
            fault = Fault.SWALLOWED
        elif self.chance.random() < self._weather.chance_of_fault:
            fault = self.chance.choice(tuple(Fault))
        if fault is not None:
            self.counts[fault] += 1
        return fault


@contextmanager
def bad_line(seed: int) -> Iterator[BadLine]:
    """A line in calm weather, in a thread of its own."""
    line, ready = BadLine(random.Random(seed)), Event()
    thread = Thread(target=line.run, args=(ready,), name="bad line")
    thread.start()
    assert ready.wait(_STOP_S)
    try:
        yield line
    finally:
        line.stop()
        thread.join(_STOP_S)


async def _asked(far: _Ends, request: bytes) -> None:
    """Ask on a connection of its own and throw the answer away."""
    reader, writer = far
    try:
        writer.write(request)
        await writer.drain()
        head = await reader.readuntil(_HEAD_END)
        await reader.readexactly(_length(head) or 0)
    finally:
        writer.transport.abort()


async def _message(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(_HEAD_END)
    return head + await reader.readexactly(_length(head) or 0)


def _length(head: bytes) -> int | None:
    """The bytes after a head; None where it does not say."""
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return int(value)
    return None
