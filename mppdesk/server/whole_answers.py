"""HTTP connections whose answers leave whole: head and body, written one after the other, need one system call.

Each call lets another thread take the interpreter and waits to get it back: beside a busy decider, half an answer.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


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

    def close(self) -> None:
        """Send what is left, then close."""
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
    """uvicorn's own HTTP/1.1 over such a transport."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(GatheringTransport(transport, self.loop))
