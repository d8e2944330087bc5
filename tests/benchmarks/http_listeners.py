"""Stations that listen to a hub's events and note when the last of them knew that a ticket was called."""

import json
import selectors
import socket
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

_BUFFER = 65536
_PATIENCE_S = 30.0


@dataclass(frozen=True, slots=True)
class Heard:
    """When the last listener knew of each ticket that it waits no more, by the machine's monotonic clock in seconds.

    A delta shows a ticket as it stands, so one that was called and finished at once may never be seen as called.
    `cpu_s` is the processor time that listening took.
    """

    seen: dict[str, float]
    cpu_s: float


@dataclass
class Listener:
    """One stream of events, and the tickets of which it said that they wait no more."""

    socket: socket.socket
    known: set[str] = field(default_factory=set)
    _received: bytes = b""

    def read(self) -> list[str]:
        """Read what came; gives the tickets that are new among the known."""
        received = self.socket.recv(_BUFFER)
        assert received, "the events ended"
        *lines, self._received = (self._received + received).split(b"\n")
        changes = [change for line in lines if line.startswith(b"data: ") for change in json.loads(line[6:])["changed"]]
        tickets = [change["ticket"] for change in changes if "ticket" in change]
        called = {ticket["id"] for ticket in tickets if ticket["state"] != "waiting"} - self.known
        self.known |= called
        return list(called)


def listen(pipe: Connection, address: tuple[str, int], token: str, count: int) -> None:
    """Listen with so many connections in a process of its own, whose interpreter nobody else needs.

    Says when all are open, waits for the number of tickets that will be called, and gives back what was `Heard`.
    """
    listeners = [_listening(address, token) for _ in range(count)]
    pipe.send(count)
    pipe.send(_heard(listeners, pipe.recv()))
    for each in listeners:
        each.socket.close()


def _heard(listeners: list[Listener], calls: int) -> Heard:
    before, seen, times = time.process_time(), {}, Counter[str]()
    with selectors.DefaultSelector() as ready:
        for each in listeners:
            ready.register(each.socket, selectors.EVENT_READ, each)
        while sum(count == len(listeners) for count in times.values()) < calls:
            events = ready.select(_PATIENCE_S)
            assert events, "a call was never seen"
            for key, _ in events:
                called, now = key.data.read(), time.perf_counter()
                times.update(called)
                seen.update(dict.fromkeys(called, now))
    return Heard(seen, time.process_time() - before)


def _listening(address: tuple[str, int], token: str) -> Listener:
    made = socket.create_connection(address)
    made.sendall(f"GET /v1/events HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer {token}\r\n\r\n".encode())
    head = b""
    while b"\r\n\r\n" not in head:
        head += made.recv(_BUFFER)
    assert head.startswith(b"HTTP/1.1 200"), head
    return Listener(made)
