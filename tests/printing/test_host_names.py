"""Host names while the name server answers, is silent for long, or says that there is no such name."""

import socket
import threading
from typing import Any

import pytest

from mppdesk.printing.host_names import HostNames, Way
from mppdesk.printing.tcp import TcpWire

PRINTER, PORT = "karcis.kantor", 9100
QUICK_S, PATIENCE_S = 0.05, 10.0


class NameServer:
    """Stands for the system's getaddrinfo: gives `number`, or the `trouble`, or hangs while `answers` is not set."""

    def __init__(self) -> None:
        self.number = "192.0.2.7"
        self.trouble: Exception | None = None
        self.answers = threading.Event()
        self.answers.set()
        self.asked = 0

    def __call__(self, host: str, port: int, **_: Any) -> list[Way]:
        self.asked += 1
        assert self.answers.wait(PATIENCE_S)
        if self.trouble is not None:
            raise self.trouble
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (self.number, port))]


def numbers(ways: list[Way]) -> list[str]:
    return [way[4][0] for way in ways]


@pytest.fixture
def server() -> NameServer:
    return NameServer()


@pytest.mark.parametrize("trouble", [socket.gaierror(socket.EAI_AGAIN, "try again"), TimeoutError()])
def test_a_silent_name_server_stops_no_printer_whose_number_is_known(server: NameServer, trouble: Exception) -> None:
    names = HostNames(server)
    assert numbers(names.ways_to(PRINTER, PORT, PATIENCE_S)) == ["192.0.2.7"]
    server.trouble = trouble
    assert numbers(names.ways_to(PRINTER, PORT, PATIENCE_S)) == ["192.0.2.7"]
    server.trouble, server.number = None, "192.0.2.8"
    assert numbers(names.ways_to(PRINTER, PORT, PATIENCE_S)) == ["192.0.2.8"]
    server.trouble = trouble
    with pytest.raises(OSError):
        names.ways_to("lain.kantor", PORT, PATIENCE_S)


def test_nobody_waits_for_a_name_server_that_hangs_and_it_is_not_asked_without_end(server: NameServer) -> None:
    names = HostNames(server)
    server.answers.clear()
    for _ in range(20):
        with pytest.raises(TimeoutError):
            names.ways_to(PRINTER, PORT, QUICK_S)
    assert server.asked < 10
    server.answers.set()


def test_an_answer_that_always_comes_late_is_there_at_the_next_try(server: NameServer) -> None:
    """As where the first of two name servers is dead, and the resolver waits for it each time."""
    names = HostNames(server)
    server.answers.clear()
    with pytest.raises(TimeoutError):
        names.ways_to(PRINTER, PORT, QUICK_S)
    asking = [thread for thread in threading.enumerate() if thread.name == "name server"]
    server.answers.set()
    for thread in asking:
        thread.join(PATIENCE_S)
    server.answers.clear()
    assert numbers(names.ways_to(PRINTER, PORT, QUICK_S)) == ["192.0.2.7"]
    server.answers.set()


def test_a_name_that_is_no_more_leads_nowhere(server: NameServer) -> None:
    """Its number may be another printer's by now."""
    names = HostNames(server)
    names.ways_to(PRINTER, PORT, PATIENCE_S)
    server.trouble = socket.gaierror(socket.EAI_NONAME, "no such name")
    with pytest.raises(socket.gaierror):
        names.ways_to(PRINTER, PORT, PATIENCE_S)


def test_a_name_that_hangs_does_not_keep_another_from_its_answer(server: NameServer) -> None:
    names = HostNames(lambda host, port, **more: server(host, port) if host == PRINTER else NameServer()(host, port))
    server.answers.clear()
    for _ in range(6):
        with pytest.raises(TimeoutError):
            names.ways_to(PRINTER, PORT, QUICK_S)
    assert numbers(names.ways_to("lain.kantor", PORT, PATIENCE_S)) == ["192.0.2.7"]
    server.answers.set()


def test_a_name_that_no_system_takes_is_a_printer_out_of_reach() -> None:
    with pytest.raises(OSError):
        TcpWire.connect("karcis" * 20 + ".kantor", PORT, PATIENCE_S)
