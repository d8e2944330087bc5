"""The numbers behind the host names of printers, also while no name server answers."""

import socket
from collections.abc import Callable
from functools import partial
from typing import Any

from mppdesk.printing.patient_calls import PatientCalls

Way = tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[Any, ...]]
"""As getaddrinfo gives it: what a socket is made of, and where it connects to."""


class HostNames:
    """Asks the system each time; `ask` is its getaddrinfo, which may take half a minute where a cable is out.

    A name server that is silent stops no printer: what a name stood for last still holds, until an answer comes. That
    there is no such name is an answer.
    """

    def __init__(self, ask: Callable[..., Any] | None = None) -> None:
        self._ask = ask
        self._known: dict[tuple[str, int], list[Way]] = {}
        self._asking: dict[str, PatientCalls] = {}

    def ways_to(self, host: str, port: int, timeout_s: float) -> list[Way]:
        """Give the ways to a host, at least one. Raises OSError."""
        try:
            calls = self._asking.setdefault(host, PatientCalls("name server"))
            return calls.within(timeout_s, partial(self._learn, host, port))
        except UnicodeError as error:  # a name too long for IDNA, which Python encodes before it asks anybody
            raise ConnectionAbortedError from error
        except OSError as error:
            is_silent = isinstance(error, TimeoutError) or error.errno == socket.EAI_AGAIN
            if not is_silent or (host, port) not in self._known:
                raise
            return self._known[host, port]

    def _learn(self, host: str, port: int) -> list[Way]:
        """Remember the answer in the thread that asks: one that comes too late for this try is there for the next."""
        ask: Callable[..., Any] = self._ask or socket.getaddrinfo
        ways: list[Way] = ask(host, port, type=socket.SOCK_STREAM)
        self._known[host, port] = ways
        return ways
