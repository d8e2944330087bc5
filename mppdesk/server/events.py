"""What changed, to everybody who listens: small deltas with a sequence, and a word when one must read all again."""

import asyncio
import logging
import math
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import msgspec

# A listener who missed more than this reads the queue again; a quiet building sends a sign of life this often.
_REMEMBERED = 1000
_KEEP_ALIVE_S = 15.0
_MOST_IN_ONE = 3
# Who reads after each of five hundred commits a second takes the time of the commits; nobody sees a fiftieth.
_BETWEEN_READINGS_S = 0.02
# Sixty stations that exchange at each tick of a checklist would be all that a hub does.
_POKE_S = 5.0
# What stands in no entry is told at once, and a computer whose printer flutters wakes nobody more often than this.
_BETWEEN_POKES_S = 0.5
_AFTER_TROUBLE_S = 1.0
_SIGN_OF_LIFE = b": alive\n\n"
_log = logging.getLogger("mppdesk.server")

Changed = Sequence[dict[str, Any]]
QUIET: dict[str, Any] = {}
"""A change that no screen shows, and of which every store is to hear soon."""


@dataclass(frozen=True, slots=True)
class Event:
    """A server-sent event as on the wire (WHATWG HTML, server-sent events), made once for all who listen.

    `seq` grows by one for each event of this hub's run.
    """

    seq: int
    raw: bytes

    @classmethod
    def of(cls, epoch: str, seq: int, changed: Changed) -> "Event":
        data = msgspec.json.encode({"seq": seq, "changed": changed})
        return cls(seq, b"id: %s-%d\nevent: delta\ndata: %s\n\n" % (epoch.encode(), seq, data))


class EventFeed:
    """Reads what changed once for all listeners. Everything but `wake` belongs to the event loop."""

    def __init__(self, read: Callable[[], Changed], epoch: str) -> None:
        """`read` gives the changes since its last call and may block; `epoch` names this run of the hub."""
        self._read = read
        self._epoch = epoch
        self._events: deque[Event] = deque(maxlen=_REMEMBERED)
        self._seq = 0
        self._news = asyncio.Event()
        self._newest = (0, b"")
        self._changed = asyncio.Event()
        self._is_woken = False
        self._is_ended = False
        self._has_missed = False
        self._poke_at: float | None = None
        self._poked_at = -math.inf
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

    def poke(self) -> None:
        """Let everybody come at once for what stands in no entry; from any thread."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._poke_soon, loop)

    def end(self) -> None:
        """End all streams, which would never end by themselves: this hub stops, and listeners look for the next."""
        self._is_ended = True
        self._wake_listeners()

    async def run(self) -> None:
        """Turn changes into events until cancelled; without any, let the listeners say that the hub lives."""
        loop = self._loop = asyncio.get_running_loop()
        self._changed.set()  # what was committed before somebody could be woken
        while True:
            patience = _KEEP_ALIVE_S if self._poke_at is None else max(0.0, self._poke_at - loop.time())
            is_changed = self._changed.is_set() or await _comes(self._changed, patience)
            if self._poke_at is not None and loop.time() >= self._poke_at:
                self._poked_at = loop.time()
                self._publish(())
            elif not is_changed:
                self._wake_listeners()
            if is_changed:
                self._changed.clear()
                self._is_woken = False  # before the reading: what is committed from here on wakes again
                await asyncio.sleep(await self._look(loop.time() + _POKE_S))

    async def listen(self, last_seen: str | None) -> AsyncIterator[bytes]:
        """Give the events after the place a listener saw last, then each new one, until the hub stops.

        A piece holds all events that came since the one before it.
        """
        seq = self._after(last_seen)
        while not self._is_ended:
            missed = None if seq is None else self._since(seq)
            if missed is None:
                missed = b"id: %s\nevent: refetch\ndata: {}\n\n" % self.place.encode()
            seq = self._seq
            if missed:
                yield missed
            if seq == self._seq and not self._is_ended:  # nothing came while it was sent
                await self._news.wait()
                if seq == self._seq and not self._is_ended:
                    yield _SIGN_OF_LIFE

    def _poke_soon(self, loop: asyncio.AbstractEventLoop) -> None:
        at = max(loop.time(), self._poked_at + _BETWEEN_POKES_S)
        self._poke_at = at if self._poke_at is None else min(at, self._poke_at)
        self._changed.set()

    async def _look(self, poke_at: float) -> float:
        """Read and tell what changed; answers the seconds until the next look, more of them after trouble."""
        try:
            changes = await asyncio.to_thread(self._read)
        except Exception as trouble:  # noqa: BLE001 - logged, and read again
            _log.warning("changes wait for the next look", exc_info=trouble)
            self._has_missed = True
            self._changed.set()
            return _AFTER_TROUBLE_S
        if self._has_missed:
            self._forget()
        self._tell(changes, poke_at)
        return _BETWEEN_READINGS_S

    def _forget(self) -> None:
        """Let every listener read the queue anew: what a failed reading took may be in no event."""
        self._has_missed = False
        self._seq += 1
        self._events.clear()
        self._newest = (self._seq, b"")
        self._wake_listeners()

    def _after(self, last_seen: str | None) -> int | None:
        """The sequence to go on after; None when what was missed is not remembered."""
        if last_seen is None:
            return self._seq
        epoch, _, number = last_seen.rpartition("-")
        if epoch != self._epoch or not number.isdecimal() or len(number) > 18:
            return None
        return int(number)

    def _since(self, seq: int) -> bytes | None:
        """All events after one; None when some of them are forgotten, or it never was."""
        count = self._seq - seq
        if count < 0 or count > len(self._events):
            return None
        if count == 0 or seq == self._newest[0]:
            return self._newest[1] if count else b""
        return _joined([*islice(reversed(self._events), count)][::-1])

    def _tell(self, changes: Changed, poke_at: float) -> None:
        """Publish what screens show now, with which everybody comes for the rest; where there is only that, soon."""
        shown = [change for change in changes if change is not QUIET]
        if shown:
            self._publish(shown)
        elif changes and self._poke_at is None:
            self._poke_at = poke_at

    def _publish(self, changes: Changed) -> None:
        """Make events of changes, of none an empty one, which is a poke."""
        before, new = self._seq, []
        self._poke_at = None
        for at in range(0, max(1, len(changes)), _MOST_IN_ONE):
            self._seq += 1
            new.append(Event.of(self._epoch, self._seq, changes[at : at + _MOST_IN_ONE]))
        self._events.extend(new)
        self._newest = (before, _joined(new))
        self._wake_listeners()

    def _wake_listeners(self) -> None:
        """Wake whoever waits now; who waits from here on waits for the next news."""
        # No condition: its lock stays taken, or free under another's feet, when somebody who waits is cancelled twice.
        self._news.set()
        self._news.clear()


def _joined(events: Iterable[Event]) -> bytes:
    return b"".join(each.raw for each in events)


async def _comes(event: asyncio.Event, within_s: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), within_s)
    except TimeoutError:
        return False
    return True
