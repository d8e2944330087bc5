"""The listening socket: taken once, and its answers leave at once."""

import asyncio
import json
import logging
import signal
import socket
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.types import Message

from mppdesk.domain.errors import StorageTrouble
from mppdesk.server.app import application
from mppdesk.server.door import Door
from mppdesk.server.logs import set_up_logs
from mppdesk.server.serving import Address, listening, serve, url_of
from mppdesk.server.whole_answers import GatheringTransport


def test_an_answer_is_not_held_back_for_the_askers_acknowledgement() -> None:
    """Head and body are two writes: with Nagle's algorithm the second waits for a delayed ACK, 40 ms (RFC 896)."""
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


async def _ask(app: Door, path: str) -> None:
    lifespan: Iterator[Message] = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])

    async def send(message: Message) -> None:
        pass

    async def receive() -> Message:
        return {"type": "http.request"}

    async def begin_and_end() -> Message:
        return next(lifespan)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b"name=Melati"}
    await app(scope, receive, send)
    await app({"type": "lifespan"}, begin_and_end, send)


@pytest.fixture
def usual_logs() -> Iterator[None]:
    """What a server does to its logs is its process'; here the next test needs them as they were."""
    names = ("", "mppdesk", "mppdesk.server")
    before = {name: (log := logging.getLogger(name), log.level, log.propagate, log.handlers[:]) for name in names}
    yield
    for log, level, propagate, handlers in before.values():
        log.setLevel(level)
        log.propagate, log.handlers[:] = propagate, handlers


@pytest.mark.usefixtures("usual_logs")
def test_a_request_is_one_line_of_the_log_before_the_server_ends(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs()

    asyncio.run(_ask(application(()), "/v1/qu\nue"))

    (line,) = map(json.loads, capsys.readouterr().err.splitlines())
    assert (line["what"], line["method"], line["path"], line["status"]) == ("request", "GET", "/v1/qu\nue", 404)
    assert "Melati" not in str(line)


@pytest.mark.usefixtures("usual_logs")
@pytest.mark.expects_log("it failed")
@pytest.mark.parametrize("name", ["mppdesk.server", "mppdesk.sync", "uvicorn.error", "asyncio"])
def test_whoever_logs_in_a_server_writes_one_line_that_quotes_nobody(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs()

    try:
        raise ValueError("Melati Contohwati")
    except ValueError:
        logging.getLogger(name).exception("it failed\nexception=ValueError('Melati Contohwati')")

    (line,) = map(json.loads, capsys.readouterr().err.splitlines())
    assert (line["level"], line["what"], line["error"]) == ("error", "it failed", "ValueError")
    assert "Melati" not in str(line)


@pytest.fixture
def usual_turns() -> Iterator[None]:
    before = sys.getswitchinterval()
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("usual_turns", "usual_logs")
def test_a_signal_ends_the_serving_and_not_the_process() -> None:
    """What comes after it closes the log and the database in order."""
    died: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, frame: died.append(number))
    said: list[str] = []
    try:
        serve(
            Starlette(),
            listening(Address("127.0.0.1", 0)),
            None,
            lambda: signal.raise_signal(signal.SIGTERM),
            lambda: said.append("stopping"),
        )
    finally:
        signal.signal(signal.SIGTERM, before)

    assert (said, died) == (["stopping"], [])


class _Beneath(asyncio.Transport):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []
        self.is_closed = False

    def write(self, data: Any) -> None:
        self.pieces.append(data)

    def close(self) -> None:
        self.is_closed = True

    def is_closing(self) -> bool:
        return self.is_closed


def test_head_and_body_leave_in_one_piece_and_a_close_loses_nothing() -> None:
    beneath = _Beneath()

    async def answer_twice() -> None:
        transport = GatheringTransport(beneath, asyncio.get_running_loop())
        transport.write(b"head ")
        transport.write(b"body")
        await asyncio.sleep(0)
        transport.write(b"last")
        transport.close()
        transport.write(b"too late")
        await asyncio.sleep(0)

    asyncio.run(answer_twice())

    assert beneath.pieces == [b"head body", b"last"]
    assert beneath.is_closed
