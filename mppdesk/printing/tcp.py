"""The wire to a printer on the network (raw port 9100)."""

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address
from types import TracebackType
from typing import Any, Self

from mppdesk.printing.host_names import HostNames
from mppdesk.printing.turns import Turn, take_turn

_MOST_AT_ONCE = 256
_names = HostNames()


class TcpWire:
    """Its printer hangs up once it has all: closing before that would throw away what the kernel still holds.

    One line at a time leads to a printer: its name in the network is no more than a way to its number.
    """

    def __init__(self, connection: socket.socket, turn: Turn) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self._connection = connection
        self._turn = turn
        self.place = turn.place

    @classmethod
    def connect(cls, host: str, port: int, timeout_s: float) -> Self:
        """Raises OSError, whatever is wrong with the name or the way."""
        failed: OSError = ConnectionAbortedError()
        ways = _names.ways_to(host, port, timeout_s)
        for family, kind, protocol, _, way in ways:
            try:
                return cls._lead_to(way, printer_at(way, ways), socket.socket(family, kind, protocol), timeout_s)
            except OSError as error:
                failed = error
        raise failed

    @classmethod
    def _lead_to(cls, way: Any, printer: Any, connection: socket.socket, timeout_s: float) -> Self:
        turn: Turn | None = None
        try:
            turn = take_turn("tcp", *printer)
            connection.settimeout(timeout_s)
            connection.connect(way)
            return cls(connection, turn)
        except OSError:
            connection.close()
            if turn is not None:
                turn.end()
            raise

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
        self._turn.end()

    def _acknowledge_at_once(self) -> None:
        """Printers send the next answer only after our acknowledgement, which the system likes to hold back 40 ms."""
        if hasattr(socket, "TCP_QUICKACK"):  # Linux; the system takes it back by itself, so it is asked each time
            self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


def printer_at(way: tuple[Any, ...], ways: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    """Name the printer that one of the `ways` (as getaddrinfo gives them) of a name leads to, by number and port.

    A name with one IPv4 number and others of IPv6 has one printer behind it, the same that this number leads to by
    itself; behind several IPv4 numbers there may be several printers.
    """
    numbers = {_plain(each[4]) for each in ways}
    of_ipv4 = {number for number in numbers if isinstance(ip_address(number[0]), IPv4Address)}
    return of_ipv4.pop() if len(of_ipv4) == 1 else _plain(way)


def _plain(way: tuple[Any, ...]) -> tuple[Any, ...]:
    """Without the clothes that IPv4 wears among IPv6 (RFC 4291, 2.5.5.2); an IPv6 number keeps its zone."""
    number = ip_address(way[0])
    mapped = number.ipv4_mapped if isinstance(number, IPv6Address) else number
    return (str(mapped), way[1]) if mapped is not None else way
