"""The listening socket: taken once, and its answers leave at once."""

import asyncio
import socket

import pytest

from mppdesk.domain.errors import StorageTrouble
from mppdesk.server.serving import Address, listening, url_of


def test_an_answer_is_not_held_back_for_the_askers_acknowledgement() -> None:
    """Head and body are two writes: with Nagle's algorithm the second waits for a delayed ACK, 40 ms (RFC 896, 1122)."""
    taken = listening(Address("127.0.0.1", 0))

    async def option() -> int:
        accepted: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def note(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            made: socket.socket = writer.get_extra_info("socket")
            accepted.set_result(made.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        async with await asyncio.start_server(note, sock=taken):
            with socket.create_connection(taken.getsockname()):
                return await accepted

    assert asyncio.run(option())


def test_an_address_is_taken_once() -> None:
    taken = listening(Address("127.0.0.1", 0))
    try:
        with pytest.raises(StorageTrouble):
            listening(Address("127.0.0.1", taken.getsockname()[1]))
        assert url_of(taken, None) == f"http://127.0.0.1:{taken.getsockname()[1]}"
    finally:
        taken.close()
