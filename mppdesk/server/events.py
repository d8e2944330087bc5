"""What changed, to everybody who listens: small deltas with a sequence, and a word when one must read all again."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

# A listener who missed more than this reads the queue again; a quiet building sends a sign of life this often.
_REMEMBERED = 1000
_KEEP_ALIVE_S = 15.0
_MOST_IN_ONE = 3
# Who reads after each of five hundred commits a second takes the time of the commits; nobody sees a fiftieth.
_BETWEEN_READINGS_S = 0.02

Changed = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Event:
    """A server-sent event; `seq` grows by one for each change of this hub's run."""

    seq: int
    data: bytes

    def encoded(self, epoch: str) -> bytes:
        """The bytes on the wire (WHATWG HTML, server-sent events)."""
        return b"id: %s-%d\nevent: delta\ndata: %s\n\n" % (epoch.encode(), self.seq, self.data)


class EventFeed:
    """Reads what changed once for all listeners. Everything but `wake` belongs to the event loop."""

    def __init__(self, read: Callable[[], Changed], epoch: str) -> None:
        """`read` gives the changes since its last call and may block; `epoch` names this run of the hub."""
        self._read = read
        self._epoch = epoch
        self._events: deque[Event] = deque(maxlen=_REMEMBERED)
        self._seq = 0
        self._news = asyncio.Event()
        self._changed = asyncio.Event()
        self._is_woken = False
        self._is_ended = False
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def seq(self) -> int:
        return self._seq

    @property
    def place(self) -> str:
        """Where a listener stands who has read everything now."""
        return f"{self._epoch}-{self._seq}"

    def wake(self) -> None:
        """Say that something was committed; from any thread."""
        loop = self._loop
        if loop is not None and not self._is_woken and not loop.is_closed():
            self._is_woken = True
            loop.call_soon_threadsafe(self._changed.set)

    async def run(self) -> None:
        """Turn changes into events until cancelled."""
        self._loop = asyncio.get_running_loop()
        self._changed.set()  # what was committed before somebody could be woken
        while True:
            await self._changed.wait()
            self._changed.clear()
            self._is_woken = False  # before the reading: what is committed from here on wakes again
            changes = await asyncio.to_thread(self._read)
            if changes:
                self._publish(changes)
            await asyncio.sleep(_BETWEEN_READINGS_S)

    def end(self) -> None:
        """Let everybody who listens go: a server that stops would else cut them off. Called in the event loop."""
        self._is_ended = True
        self._call_all()

    async def listen(self, last_seen: str | None) -> AsyncIterator[bytes]:
        """Give the events after the place a listener saw last, then each new one, until the feed ends."""
        seq = self._after(last_seen)
        if seq is None:
            seq = self._seq
            yield self._refetch()
        while not self._is_ended:
            missed = [each for each in self._events if each.seq > seq]
            if missed and missed[0].seq > seq + 1:
                yield self._refetch()
                missed, seq = [], self._seq
            for event in missed:
                yield event.encoded(self._epoch)
                seq = event.seq
            if not await self._wait_for(seq):
                yield b": alive\n\n"

    def _after(self, last_seen: str | None) -> int | None:
        """The sequence to go on after; None when what was missed is not remembered."""
        if last_seen is None:
            return self._seq
        epoch, _, number = last_seen.rpartition("-")
        if epoch != self._epoch or not number.isdecimal() or len(number) > 18:
            return None
        seq = int(number)
        oldest = self._events[0].seq if self._events else self._seq + 1
        return seq if oldest - 1 <= seq <= self._seq else None

    def _refetch(self) -> bytes:
        return b"id: %s\nevent: refetch\ndata: {}\n\n" % self.place.encode()

    def _publish(self, changes: Changed) -> None:
        for at in range(0, len(changes), _MOST_IN_ONE):
            self._seq += 1
            part = list(changes[at : at + _MOST_IN_ONE])
            self._events.append(Event(self._seq, msgspec.json.encode({"seq": self._seq, "changed": part})))
        self._call_all()

    def _call_all(self) -> None:
        """Wake whoever waits now; who waits from here on waits for the next news."""
        # No condition: its lock stays taken, or free under another's feet, when somebody who waits is cancelled twice.
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def _wait_for(self, seq: int) -> bool:
        """Wait until there is something newer or the end; False when it stays quiet."""
        if self._is_ended or self._seq > seq:
            return True
        try:
            await asyncio.wait_for(self._news.wait(), _KEEP_ALIVE_S)
        except TimeoutError:
            return False
        return True
