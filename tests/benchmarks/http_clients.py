"""Who asks in the benchmarks: kept connections and raw sockets, since the asker shares the processor with the asked."""

import selectors
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

_BUFFER = 65536
STEPS = ("issue", "call_next", "finish")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with its answer; times by the machine's monotonic clock in seconds, the same in every process."""

    kind: str
    sent: float
    took: float
    body: bytes


@dataclass
class Counter:
    """A counter that issues a ticket, calls the next one and finishes with it, over and over."""

    label: str
    socket: socket.socket
    headers: bytes
    service: str
    asked: list[Asked] = field(default_factory=list)
    _sent: float = 0.0
    _received: bytes = b""

    def send(self) -> None:
        kind = STEPS[len(self.asked) % len(STEPS)]
        about = f'"service":"{self.service}"' if kind == "issue" else f'"counter":"{self.label}"'
        body = f'{{"command_id":"{self.label.replace(" ", "-")}/{len(self.asked)}","kind":"{kind}",{about}}}'.encode()
        self._sent = time.perf_counter()
        self.socket.sendall(b"%scontent-length: %d\r\n\r\n%s" % (self.headers, len(body), body))

    def receive(self) -> bool:
        """Read what came; true when the answer is whole."""
        self._received += self.socket.recv(_BUFFER)
        body = _body(self._received)
        if body is None:
            return False
        took, self._received = time.perf_counter() - self._sent, b""
        self.asked.append(Asked(STEPS[len(self.asked) % len(STEPS)], self._sent, took, body))
        return True


class KeptConnection:
    """Asks one question after the other; for one thread at a time."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._socket = _connected(address)

    def post(self, path: str, token: str, message: bytes) -> bytes:
        """Give the body of the answer."""
        head = f"POST {path} HTTP/1.1\r\nhost: centre\r\nauthorization: Bearer {token}\r\n"
        self._socket.sendall(b"%scontent-length: %d\r\n\r\n%s" % (head.encode(), len(message), message))
        received = b""
        while (body := _body(received)) is None:
            received += self._socket.recv(_BUFFER)
        return body

    def __enter__(self) -> "KeptConnection":
        return self

    def __exit__(self, *raised: object) -> None:
        self._socket.close()


def work(pipe: Connection, address: tuple[str, int], token: str, places: Mapping[str, str]) -> None:
    """Work the counters of `places`, labels with the service of their tickets.

    Says when all are connected. Of each number of rounds that it is told it gives back the processor seconds that
    asking took; told 0, when nobody is measured any more, every answer.
    """
    headers = f"POST /v1/commands HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer {token}\r\n".encode()
    counters = [Counter(label, _connected(address), headers, service) for label, service in places.items()]
    pipe.send(len(counters))
    while rounds := pipe.recv():
        before = time.process_time()
        _ask(counters, rounds * len(STEPS))
        pipe.send(time.process_time() - before)
    pipe.send([each for counter in counters for each in counter.asked])


def _ask(counters: Sequence[Counter], questions: int) -> None:
    """Let each counter ask so many questions more."""
    until = len(counters[0].asked) + questions
    with selectors.DefaultSelector() as ready:
        for counter in counters:
            ready.register(counter.socket, selectors.EVENT_READ, counter)
            counter.send()
        while ready.get_map():
            for key, _ in ready.select():
                counter = key.data
                if counter.receive():
                    if len(counter.asked) < until:
                        counter.send()
                    else:
                        ready.unregister(counter.socket)


def _connected(address: tuple[str, int]) -> socket.socket:
    made = socket.create_connection(address)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def _body(received: bytes) -> bytes | None:
    """The body of an answer that is whole; raises RuntimeError for a refusal."""
    head, separator, body = received.partition(b"\r\n\r\n")
    if not separator or len(body) < int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]):
        return None
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"{head[:40]!r} {body!r}")
    return body
