"""Pokes to those who listen at the centre: their site has entries from somebody else, up to a sequence."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import msgspec

from mppdesk.db.central.news import SiteNews
from mppdesk.db.central.sites import Asker

_KEEP_ALIVE_S = 15.0


@dataclass(eq=False)
class _Listener:
    device_id: str
    seq: int
    news: asyncio.Event = field(default_factory=asyncio.Event)


class SitePokes:
    """Who listens in this process. Everything but `heard` belongs to the event loop."""

    def __init__(self, epoch: Callable[[], str]) -> None:
        self._epoch = epoch
        self._listeners: dict[str, set[_Listener]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_ending = False

    def end(self) -> None:
        """End all streams, which would never end by themselves: this process stops, and listeners find another."""
        self._is_ending = True
        for listening in self._listeners.values():
            for listener in listening:
                listener.news.set()

    def heard(self, news: SiteNews) -> None:
        """Poke whoever listens for the site, except who brought the news; from any thread."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._poke, news)

    async def listen(
        self, asker: Asker, seq: Callable[[], Awaitable[int]], is_known: Callable[[], Awaitable[bool]]
    ) -> AsyncIterator[bytes]:
        """Give the place of now, then each later one that somebody else reached, until the asker is unknown or all end.

        `seq` reads the site's last number.
        """
        self._loop = asyncio.get_running_loop()
        listener = _Listener(asker.device_id, 0)
        listening = self._listeners[asker.site.site_id]
        listening.add(listener)
        try:
            listener.seq = max(listener.seq, await seq())
            yield self._event(listener)
            while await is_known():
                is_news = await _comes(listener.news)
                if self._is_ending:
                    return
                listener.news.clear()
                yield self._event(listener) if is_news else b": alive\n\n"
        finally:
            listening.discard(listener)

    def _poke(self, news: SiteNews) -> None:
        for listener in self._listeners.get(news.site_id, ()):
            if listener.device_id != news.by:  # who brought it has it
                listener.seq = max(listener.seq, news.site_seq)
                listener.news.set()

    def _event(self, listener: _Listener) -> bytes:
        """The bytes on the wire (WHATWG HTML, server-sent events)."""
        data = msgspec.json.encode({"seq": listener.seq})
        return b"id: %s-%d\nevent: news\ndata: %s\n\n" % (self._epoch().encode(), listener.seq, data)


async def _comes(news: asyncio.Event) -> bool:
    """Wait for news; False when it stays quiet."""
    try:
        await asyncio.wait_for(news.wait(), _KEEP_ALIVE_S)
    except TimeoutError:
        return False
    return True
