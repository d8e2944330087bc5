"""The wire to a printer on the network (raw port 9100)."""

import socket
from types import TracebackType
from typing import Self

_MOST_AT_ONCE = 256


class TcpWire:
    """Its printer hangs up once it has all: closing before that would throw away what the kernel still holds."""

    def __init__(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self._connection = connection

    @classmethod
    def connect(cls, host: str, port: int, timeout_s: float) -> Self:
        """Raises OSError, whatever is wrong with the name or the way."""
        try:
            return cls(socket.create_connection((host, port), timeout_s))
        except UnicodeError as error:  # a name too long for IDNA, which Python encodes before it asks anybody
            raise ConnectionAbortedError from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def send(self, data: bytes, timeout_s: float, *, is_urgent: bool = False) -> int:
        self._connection.settimeout(timeout_s)
        return self._connection.send(data)

    def receive(self, timeout_s: float) -> bytes:
        self._connection.settimeout(timeout_s)
        try:
            received = self._connection.recv(_MOST_AT_ONCE)
        except (TimeoutError, BlockingIOError):
            return b""
        if not received:
            raise ConnectionAbortedError
        self._acknowledge_at_once()
        return received

    def finish(self, timeout_s: float) -> bool:
        self._connection.shutdown(socket.SHUT_WR)
        return True

    def close(self) -> None:
        self._connection.close()

    def _acknowledge_at_once(self) -> None:
        """Printers send the next answer only after our acknowledgement, which the system likes to hold back 40 ms."""
        if hasattr(socket, "TCP_QUICKACK"):  # Linux; the system takes it back by itself, so it is asked each time
            self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
