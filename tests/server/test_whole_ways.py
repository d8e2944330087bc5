"""Requests answered as soon as they are whole: the same HTTP, whatever shape they come in."""

import asyncio
import json
import socket
from collections.abc import Iterator
from threading import Event

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mppdesk.domain.errors import Refused
from mppdesk.server.answers import answer
from mppdesk.server.app import application
from mppdesk.server.door import Tell
from mppdesk.texts import msg
from tests.fakes.serving_thread import served_here

PATIENCE_S = 10.0


class Echo:
    """Answers with the body, and the token where it came the quick way; what says `hold` waits for the test."""

    def __init__(self) -> None:
        self._held: list[tuple[asyncio.AbstractEventLoop, Tell]] = []
        self._has_held = Event()

    async def usual(self, request: Request) -> Response:
        return answer({"usual": (await request.body()).decode()})

    def quick(self, token: str, body: bytes, tell: Tell) -> None:
        if body == b"refuse":
            raise Refused(msg("Tidak."), msg("Ulangi."))
        if body == b"break":
            raise ZeroDivisionError
        if body == b"hold":
            self._held.append((asyncio.get_running_loop(), tell))
            self._has_held.set()
        else:
            tell(json.dumps({"quick": body.decode(), "token": token}).encode())

    def wait_for_held(self) -> None:
        assert self._has_held.wait(PATIENCE_S)

    def answer_held(self, said: bytes) -> None:
        loop, tell = self._held.pop()
        loop.call_soon_threadsafe(tell, said)


class Wire:
    """One connection, on which a test writes bytes and reads whole answers."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE_S)
        self.read = self.socket.makefile("rb")

    def post(self, body: bytes, *headers: str, version: str = "1.1") -> None:
        self.socket.sendall(self.written(body, *headers, version=version))

    def begin(self, *headers: str) -> None:
        """Send a head whose body follows."""
        self.socket.sendall(self._head(*headers))

    def written(self, body: bytes, *headers: str, version: str = "1.1") -> bytes:
        return self._head(f"content-length: {len(body)}", *headers, version=version) + body

    def _head(self, *headers: str, version: str = "1.1") -> bytes:
        return "\r\n".join((f"POST /echo HTTP/{version}", "host: hub", *headers, "", "")).encode()

    def answer(self) -> tuple[int, dict[str, str], dict[str, object]]:
        """The status, the headers and the JSON of the next answer."""
        status = int(self.read.readline().split()[1])
        headers: dict[str, str] = {}
        while line := self.read.readline().decode().strip():
            name, _, value = line.partition(": ")
            assert name not in headers, name
            headers[name] = value
        return status, headers, json.loads(self.read.read(int(headers["content-length"])))

    def said(self) -> dict[str, object]:
        status, _, said = self.answer()
        assert status == 200
        return said

    def is_closed(self) -> bool:
        return self.read.read(1) == b""

    def close(self) -> None:
        self.read.close()
        self.socket.close()


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def port(echo: Echo) -> Iterator[int]:
    app = application((Route("/echo", echo.usual, methods=["POST"]),), quick={("POST", "/echo"): echo.quick})
    with served_here(app, lambda: None) as url:
        yield int(url.rpartition(":")[2])


@pytest.fixture
def wire(port: int) -> Iterator[Wire]:
    made = Wire(port)
    yield made
    made.close()


def test_a_whole_request_is_answered_quickly_and_the_connection_kept(wire: Wire) -> None:
    for body in (b"one", b"two", b""):
        wire.post(body, "authorization: Bearer secret")
        status, headers, said = wire.answer()
        assert (status, said) == (200, {"quick": body.decode(), "token": "secret"})
        assert headers["content-type"] == "application/json"
        assert "date" in headers


def test_a_body_that_comes_in_pieces_is_waited_for(wire: Wire) -> None:
    wire.begin("content-length: 6")
    for piece in (b"a", b"bc", b"def"):
        wire.socket.sendall(piece)

    assert wire.said()["quick"] == "abcdef"


def test_what_does_not_come_whole_goes_the_usual_way(wire: Wire) -> None:
    wire.begin("transfer-encoding: chunked")
    wire.socket.sendall(b"3\r\nabc\r\n0\r\n\r\n")
    assert wire.said() == {"usual": "abc"}

    wire.post(b"x" * 20_000)
    assert wire.said() == {"usual": "x" * 20_000}

    wire.begin("content-length: 2", "expect: 100-continue")
    assert wire.read.readline() == b"HTTP/1.1 100 Continue\r\n"
    assert wire.read.readline() == b"\r\n"
    wire.socket.sendall(b"ok")
    assert wire.said() == {"usual": "ok"}


def test_requests_sent_without_waiting_are_answered_in_their_order(wire: Wire, echo: Echo) -> None:
    wire.socket.sendall(b"".join(wire.written(body) for body in (b"hold", b"second", b"third")))
    echo.wait_for_held()
    echo.answer_held(b'{"quick": "first"}')

    said = [wire.said() for _ in range(3)]
    assert [each.get("quick", each.get("usual")) for each in said] == ["first", "second", "third"]


@pytest.mark.parametrize(("header", "version"), [("connection: close", "1.1"), ("accept: */*", "1.0")])
def test_who_wants_one_answer_gets_the_connection_closed(wire: Wire, header: str, version: str) -> None:
    wire.post(b"last", header, version=version)

    assert wire.said() == {"usual": "last"}
    assert wire.is_closed()


@pytest.mark.expects_log("bug")
def test_a_refusal_and_a_bug_are_said_and_the_connection_goes_on(wire: Wire) -> None:
    wire.post(b"refuse")
    status, _, said = wire.answer()
    assert (status, said) == (409, {"refused": {"what_happened": "Tidak.", "what_to_do": "Ulangi."}})

    wire.post(b"break")
    status, _, said = wire.answer()
    assert status == 500
    assert "ZeroDivisionError" not in str(said)

    wire.post(b"after")
    assert wire.said()["quick"] == "after"


def test_an_answer_for_who_is_gone_troubles_nobody(wire: Wire, port: int, echo: Echo) -> None:
    wire.post(b"hold")
    echo.wait_for_held()
    wire.close()
    other = Wire(port)
    other.post(b"still here")
    assert other.said()["quick"] == "still here"

    echo.answer_held(b"{}")
    other.post(b"and now")
    assert other.said()["quick"] == "and now"
    other.close()
