"""Listens to the hub's events, so that what happens at one counter is on every board at once instead of at a poll."""

import socket
from contextlib import suppress
from threading import Event, Lock, Thread
from typing import Protocol

import httpx

from mppdesk.sync.addresses import Addresses
from mppdesk.sync.link import client_of
from mppdesk.sync.pace import Pace

# The hub sends a sign of life every 15 s; after three that did not come the line is dead.
_SILENCE_S = 45.0
_CONNECT_S = 2.0
_EVENT = "data:"


class Poked(Protocol):
    """Who exchanges: `heard` when the hub is there, `poke` when it has news."""

    def heard(self) -> None: ...

    def poke(self) -> None: ...


class Pokes:
    """Tells who exchanges of the hub's news, from a thread of its own; opens a stream that broke again, by the pace."""

    def __init__(
        self,
        url: str,
        token: str,
        authority: str | None,
        poked: Poked,
        pace: Pace,
        addresses: Addresses | None = None,
    ) -> None:
        patience = httpx.Timeout(_SILENCE_S, connect=_CONNECT_S)
        self._client = client_of(url, token, authority, patience, addresses)
        self._poked = poked
        self._pace = pace
        self._stopping = Event()
        self._line: socket.socket | None = None
        self._lock = Lock()
        self._thread = Thread(target=self._run, name="pokes", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the stream, also in the middle of its silence."""
        self._stopping.set()
        with self._lock:
            _hang_up(self._line)
        self._thread.join()
        self._client.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            # Whatever ends a stream, the journal's own exchange tells of it; here it is only opened again.
            with suppress(httpx.HTTPError, httpx.StreamError, OSError):
                self._listen()
            self._stopping.wait(self._pace.after_failure())

    def _listen(self) -> None:
        with self._client.stream("GET", "/v1/events") as answer:
            answer.raise_for_status()
            self._hold(answer.extensions["network_stream"].get_extra_info("socket"))
            try:
                self._pace.after_success()
                self._poked.heard()
                for line in answer.iter_lines():
                    if line.startswith(_EVENT):
                        self._poked.poke()
            finally:
                self._hold(None)
                self._poked.poke()  # a hub that hung up may be gone, which the exchange finds out

    def _hold(self, line: socket.socket | None) -> None:
        """Keep the socket that a stop hangs up; at a stop that came first, hang it up now."""
        with self._lock:
            self._line = line
            if self._stopping.is_set():
                _hang_up(line)


def _hang_up(line: socket.socket | None) -> None:
    if line is not None:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
