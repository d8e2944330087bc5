"""The bad line does what it says, each fault by itself."""

import random
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx
import pytest

from tests.fakes.bad_line import CALM, BadLine, Fault, Way, Weather, bad_line

ALWAYS = Weather(chance_of_fault=1.0)
PATIENCE_S = 0.2


class Echo(BaseHTTPRequestHandler):
    """Counts what it hears."""

    heard = 0

    def do_POST(self) -> None:
        type(self).heard += 1
        body = self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


class Only(random.Random):
    """Chance that always chooses one fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(1)
        self._fault = fault

    def choice(self, seq: Any) -> Any:
        return self._fault if self._fault in seq else seq[0]


@pytest.fixture
def echo() -> Iterator[int]:
    Echo.heard = 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def line() -> Iterator[BadLine]:
    with bad_line(1) as laid:
        yield laid


def said(port: int) -> str:
    return httpx.post(f"http://127.0.0.1:{port}/", content=b"hello", timeout=PATIENCE_S, trust_env=False).text


def test_in_calm_weather_everything_comes_through(line: BadLine, echo: int) -> None:
    assert said(line.lay(Way((echo,)))) == "hello"
    assert not line.counts


@pytest.mark.parametrize(
    ("fault", "heard"), [(Fault.DROPPED, 0), (Fault.CUT, 1), (Fault.DEAF, 1), (Fault.SWALLOWED, 0)]
)
def test_an_answer_does_not_come(line: BadLine, echo: int, fault: Fault, heard: int) -> None:
    line.chance = Only(fault)
    port = line.lay(Way((echo,)))
    line.set_weather(ALWAYS)
    with pytest.raises(httpx.TransportError):
        said(port)

    assert (Echo.heard, line.counts) == (heard, {fault: 1})
    line.set_weather(CALM)
    assert said(port) == "hello"


def test_a_repeated_request_is_heard_twice(line: BadLine, echo: int) -> None:
    line.chance = Only(Fault.REPEATED)
    port = line.lay(Way((echo,)))
    line.set_weather(ALWAYS)

    assert said(port) == "hello"
    assert Echo.heard == 2


def test_a_dead_line_takes_connections_and_hears_nothing(line: BadLine, echo: int) -> None:
    port = line.lay(Way((echo,)))
    line.set_weather(Weather(is_dead=True))
    with pytest.raises(httpx.ReadTimeout):
        said(port)

    assert Echo.heard == 0
