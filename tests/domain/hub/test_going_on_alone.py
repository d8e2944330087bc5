"""A station that does not hear the hub goes on with the date by itself, and binds nobody else by it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mppdesk.domain import commands, facts
from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.office_day import STATION_NUMBERS
from mppdesk.domain.station import StationRole
from mppdesk.domain.visit import Visit
from tests.domain.hub.building import Building

HUB, STATION = "a" * 32, "b" * 32


def enrolled(role: StationRole, issuer_no: int) -> facts.StationEnrolled:
    return facts.StationEnrolled(public_key=b"k", label=role.title(), role=role, issuer_no=issuer_no, token_hash="t")


@pytest.fixture
def building() -> Building:
    """A hub and a kiosk, on the morning after a day that the hub had opened."""
    made = Building()
    for device, role, issuer_no in ((HUB, StationRole.HUB, 0), (STATION, StationRole.KIOSK, 7)):
        made.record(Draft(made.ids.new(), Subject(SubjectType.STATION, device), enrolled(role, issuer_no)))
    at_hub(made).issue()
    made.forward(days=1)
    return made


def at_hub(building: Building) -> Building:
    building.device_id, building.is_cut_off = HUB, False
    return building


def at_station(building: Building) -> Building:
    building.device_id, building.is_cut_off = STATION, True
    return building


def ticket(building: Building) -> commands.IssueTicket:
    return commands.IssueTicket(command_id=building.ids.new(), service="DUKA-01", issuer_no=7)


def issue_alone(building: Building) -> list[str]:
    """Issue a ticket at the station; answers the kinds that were recorded."""
    decided = at_station(building).ask(ticket(building))
    return [type(each.fact).__name__ for each in decided.drafts]


def visits(building: Building) -> list[Visit]:
    return list(building.view.visits(building.now.date().isoformat()))


def test_it_opens_the_date_for_itself(building: Building) -> None:
    yesterday = building.today

    assert issue_alone(building) == ["DayOpenedAlone", "TicketIssued"]
    assert issue_alone(building) == ["TicketIssued"]

    assert building.today == yesterday
    first, second = (each.number for each in visits(building))
    assert first in STATION_NUMBERS
    assert second == first + 1


def test_the_hub_opens_the_same_date_all_the_same(building: Building) -> None:
    issue_alone(building)
    at_hub(building).issue()

    day = building.view.last_day()
    assert day is not None
    assert (day.day, day.term) == (building.now.date().isoformat(), 1)
    assert issue_alone(building) == ["TicketIssued"]


def test_it_goes_on_from_day_to_day(building: Building) -> None:
    """A hub that is away for a week must not make each counter ask whether it is really Wednesday."""
    for _ in range(3):
        assert issue_alone(building) == ["DayOpenedAlone", "TicketIssued"]
        building.forward(days=1)


def test_a_doubtful_date_is_refused_there_too(building: Building) -> None:
    building.forward(days=30)
    assert "terakhir" in at_station(building).refused(ticket(building))


def test_what_others_opened_for_themselves_does_not_bind(building: Building) -> None:
    """Another's date that is yet to come is none; neither is its term."""
    for day in ((building.now.date() + timedelta(days=400)).isoformat(), "9999-12-31"):
        fact = facts.DayOpenedAlone(command_id="", term=2**62, day=day)
        building.record(Draft(building.ids.new(), Subject(SubjectType.SERVICE_DAY, f"x{day}"), fact))

    issue_alone(building)
    at_hub(building).issue()

    assert len(visits(building)) == 2
    assert building.today == building.now.date().isoformat()
    assert building.view.term() == 1


def test_a_station_that_lost_its_work_gives_no_number_that_day(building: Building) -> None:
    building.view.restored_ms = int(building.now.timestamp() * 1000)
    assert "jatah nomor" in at_station(building).refused(ticket(building))


def test_the_hub_is_never_alone(building: Building) -> None:
    """Also where its own windows ask as those of a station do."""
    at_hub(building).is_cut_off = True
    assert "DayOpened" in [
        type(each.fact).__name__ for each in building.ask(replace(ticket(building), issuer_no=0)).drafts
    ]
