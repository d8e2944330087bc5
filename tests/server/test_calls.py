"""A call over the network expires unless its station says that it arrived."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from threading import Event
from typing import Any

import pytest

from mppdesk.db.deciding.hub import Answered, Asked
from mppdesk.db.deciding.unconfirmed_calls import UnconfirmedCall
from mppdesk.domain.commands import Answer, ExpireCall
from mppdesk.domain.errors import Refused
from mppdesk.server import expiry
from mppdesk.server.decider import Tell
from mppdesk.texts import msg
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


class OneIsRefused:
    """Decides each call but one; the first look at the files of the building fails."""

    def __init__(self, trouble: Exception) -> None:
        self.trouble = trouble
        self.expired: list[str] = []
        self.looks = 0

    async def ask(self, asked: Asked) -> Answered:
        assert isinstance(asked.command, ExpireCall)
        if asked.command.visit == "poison":
            raise self.trouble
        self.expired.append(asked.command.visit)
        return Answered(Answer())

    def submit(self, asked: Asked, tell: Tell) -> None:
        raise AssertionError("whoever looks for lost calls waits for the answer")

    def files(self) -> tuple[str, ...]:
        self.looks += 1
        if self.looks == 1:
            raise self.trouble
        raise asyncio.CancelledError


@pytest.mark.expects_log("left for the next look")
@pytest.mark.parametrize("trouble", [Refused(msg("Tidak."), msg("Ulangi.")), KeyError("unforeseen")])
def test_a_call_that_cannot_be_expired_holds_up_no_other_and_the_hub_looks_again(
    hub: RunningHub, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    monkeypatch.setattr(expiry, "_EVERY_S", 0.001)
    decider = OneIsRefused(trouble)
    calls = tuple(UnconfirmedCall(visit, "call") for visit in ("poison", "other"))
    building = replace(
        hub.building, decider=decider, unconfirmed_calls=lambda: calls, unmapped_files=decider.files, fence=None
    )

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(asyncio.wait_for(expiry.expire_calls(building), PATIENCE_S))

    assert decider.expired == ["other", "other"]
