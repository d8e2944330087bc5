"""HTTP connections whose answers leave whole, and whose small requests are answered as soon as they are whole.

Head and body of an answer, written one after the other, need one system call: each lets another thread take the
interpreter and waits to get it back, beside a busy decider half an answer. A command needs neither a task nor the
messages of ASGI: they took more than reading, checking and answering it.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

RawHeaders = Sequence[tuple[bytes, bytes]]
SendWhole = Callable[[int, RawHeaders, bytes], None]
"""Sends an answer: its status, its headers but the length of the body, and the body."""
WholeWay = Callable[[RawHeaders, bytes, SendWhole], None]
"""Answers a request of these headers and this body by calling `SendWhole` once, now or later; must not raise."""

# Longer bodies go the usual way, which reads no more of them than it wants.
_MOST_WHOLE_BYTES = 16 * 1024
_NOBODY_WAITS = asyncio.Event()


class GatheringTransport(asyncio.Transport):
    """Hands on at the end of a turn of the event loop what was written in it."""

    def __init__(self, beneath: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._beneath = beneath
        self._loop = loop
        self._written: list[bytes] = []

    def write(self, data: Any) -> None:
        if not self._written:
            self._loop.call_soon(self._hand_on)
        self._written.append(bytes(data))

    def write_whole(self, data: bytes) -> None:
        """Hand on at once what nothing follows."""
        if self._written:
            self.write(data)
        elif not self._beneath.is_closing():
            self._beneath.write(data)

    def close(self) -> None:
        """SendWhole what is left, then close."""
        self._hand_on()
        self._beneath.close()

    def is_closing(self) -> bool:
        return self._beneath.is_closing()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return self._beneath.get_extra_info(name, default)

    def pause_reading(self) -> None:
        self._beneath.pause_reading()

    def resume_reading(self) -> None:
        self._beneath.resume_reading()

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self._beneath.set_protocol(protocol)

    def _hand_on(self) -> None:
        written, self._written = self._written, []
        if written and not self._beneath.is_closing():
            self._beneath.write(b"".join(written))


class WholeAnswers(HttpToolsProtocol):
    """uvicorn's own HTTP/1.1 over such a transport, with the `whole_ways` of the application, by method and address."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._gathering = GatheringTransport(transport, self.loop)
        self._ways: Mapping[tuple[bytes, bytes], WholeWay] = getattr(self.app, "whole_ways", {})
        super().connection_made(self._gathering)

    def on_headers_complete(self) -> None:
        way = self._ways.get((self.parser.get_method(), self.url))
        if way is not None and self._is_plain():
            self.cycle = _WholeCycle(way)
        else:
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        cycle = self.cycle
        if isinstance(cycle, _WholeCycle) and not cycle.response_complete:
            cycle.way(self.headers, bytes(cycle.body), cycle.sending_through(self))

    def send_whole(self, cycle: "_WholeCycle", status: int, headers: RawHeaders, body: bytes) -> None:
        """SendWhole an answer unless the asker is gone; then take the next request."""
        if cycle.disconnected:
            return
        written = [STATUS_LINE[status]]
        for name, value in (*self.server_state.default_headers, *headers):
            written += (name, b": ", value, b"\r\n")
        if not cycle.keep_alive:
            written.append(b"connection: close\r\n")
        written.append(b"content-length: %d\r\n\r\n%b" % (len(body), body))
        self._gathering.write_whole(b"".join(written))
        cycle.response_complete = True
        if not cycle.keep_alive:
            self.transport.close()
        self.on_response_complete()

    def _is_plain(self) -> bool:
        """Whether nothing but a short body follows, and nothing is still to be answered or read before it."""
        if self.cycle is not None and not self.cycle.response_complete:
            return False
        if self.expect_100_continue or self.flow.write_paused or self.parser.should_upgrade():
            return False
        length = next((value for name, value in self.headers if name == b"content-length"), b"")
        is_short = length.isdigit() and len(length) < 6 and int(length) <= _MOST_WHOLE_BYTES
        return is_short and self.parser.get_http_version() == "1.1" and self.parser.should_keep_alive()


class _WholeCycle(RequestResponseCycle):
    """What uvicorn's protocol asks of a request under way, for one that no task answers."""

    def __init__(self, way: WholeWay) -> None:
        self.way = way
        self.body = bytearray()
        self.message_event = _NOBODY_WAITS
        self.more_body = self.keep_alive = True
        self.disconnected = self.response_complete = False

    def sending_through(self, protocol: WholeAnswers) -> SendWhole:
        return lambda status, headers, body: protocol.send_whole(self, status, headers, body)
