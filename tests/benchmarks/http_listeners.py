"""Stations that listen to a hub's events and note when the last of them knew that a ticket was called."""

import json
import selectors
import socket
import time
from collections import Counter
from threading import Event

_BUFFER = 65536
_A_LOOK_S = 0.05
_PATIENCE_S = 30.0


class Listeners:
    """`seen` is when the last listener knew that a ticket waits no more, by the machine's monotonic clock in seconds.

    A delta shows a ticket as it stands, so one that was called and finished at once may never be seen as called.
    `cpu_s` is the processor time that listening took.
    """

    def __init__(self, address: tuple[str, int], token: str, count: int) -> None:
        self.seen: dict[str, float] = {}
        self.cpu_s = 0.0
        self._times: Counter[str] = Counter()
        self._stop = Event()
        request = f"GET /v1/events HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer {token}\r\n\r\n".encode()
        self._sockets = [socket.create_connection(address) for _ in range(count)]
        for each in self._sockets:
            each.sendall(request)
            head = b""
            while b"\r\n\r\n" not in head:
                head += each.recv(_BUFFER)
            assert head.startswith(b"HTTP/1.1 200"), head

    def __enter__(self) -> "Listeners":
        return self

    def __exit__(self, *raised: object) -> None:
        self._stop.set()
        for each in self._sockets:
            each.close()

    def run(self) -> None:
        """Listen until told to stop."""
        before = time.thread_time()
        with selectors.DefaultSelector() as ready:
            for each in self._sockets:
                ready.register(each, selectors.EVENT_READ, bytearray())
            while not self._stop.is_set():
                for key, _ in ready.select(_A_LOOK_S):
                    key.data.extend(key.fileobj.recv(_BUFFER))  # type: ignore[union-attr]
                    self._read(key.data)
        self.cpu_s = time.thread_time() - before

    def wait_for(self, tickets: set[str]) -> None:
        """Wait until all listeners saw these called, then stop."""
        until = time.perf_counter() + _PATIENCE_S
        while any(self._times[ticket] < len(self._sockets) for ticket in tickets):
            assert time.perf_counter() < until, "a call was never seen"
            self._stop.wait(_A_LOOK_S)
        self._stop.set()

    def _read(self, received: bytearray) -> None:
        now = time.perf_counter()
        *lines, rest = bytes(received).split(b"\n")
        received[:] = rest
        for line in lines:
            if line.startswith(b"data: "):
                for change in json.loads(line[6:]).get("changed", ()):
                    ticket = change.get("ticket")
                    if ticket and ticket["state"] != "waiting":
                        self._times[ticket["id"]] += 1
                        self.seen[ticket["id"]] = now
