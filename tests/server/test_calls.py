"""A call over the network expires unless its station says that it arrived."""

from collections.abc import Callable
from threading import Event
from typing import Any

from tests.fakes.office import Office
from tests.fakes.running_hub import RunningHub, StationOf

PATIENCE_S = 10.0


def called(station: StationOf) -> dict[str, Any]:
    station.command("c1", "open_counter", counter="Loket 1")
    station.ticket("c2")
    answer: dict[str, Any] = station.command("c3", "call_next", counter="Loket 1").json()
    return answer


def wait_until(office: Office, is_so: Callable[[], bool]) -> bool:
    """Wait for commits of the hub until something is so."""
    told = Event()
    unsubscribe = office.writer.changes.subscribe(lambda topics: told.set())
    try:
        while not is_so():
            if not told.wait(PATIENCE_S):
                return False
            told.clear()
    finally:
        unsubscribe()
    return True


def states(station: StationOf) -> dict[str, str]:
    return {each["number"]: each["state"] for each in station.client.get("/v1/queue").json()["tickets"]}


def test_without_a_word_of_the_station_the_ticket_returns(office: Office, station: StationOf) -> None:
    called(station)
    assert states(station) == {"B-001": "called"}

    office.clock.forward(10)

    assert wait_until(office, lambda: states(station) == {"B-001": "waiting"})
    assert station.command("c4", "call_next", counter="Loket 1").json()["ticket"]["number"] == "B-001"


def test_a_confirmed_call_stays(office: Office, hub: RunningHub, station: StationOf) -> None:
    answer = called(station)
    shown = {"counter": "Loket 1", "visit": answer["ticket"]["id"], "call": answer["act"]}
    assert station.command("c4", "confirm_call", **shown).status_code == 200
    assert station.command("c5", "confirm_call", **shown).json()["why"] == "shown"

    office.clock.forward(60)

    assert hub.building.unconfirmed_calls() == ()
    assert states(station) == {"B-001": "called"}
