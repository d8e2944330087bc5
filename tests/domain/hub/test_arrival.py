"""A call must arrive: the station confirms it, or after ten seconds the person is at the front again."""

from mppdesk.domain import commands
from mppdesk.domain.hub.arrival import ARRIVAL_MS
from mppdesk.domain.visit import TicketStatus, Visit
from tests.domain.hub.building import Building


def far_building() -> Building:
    """Two counters, one waiting person, and a station that asks over the network."""
    building = Building()
    building.open("Loket 1", "Loket 2")
    building.issue()
    building.is_from_afar = True
    return building


def confirm(building: Building, visit: Visit) -> commands.ConfirmCall:
    command: commands.ConfirmCall = building.command(
        commands.ConfirmCall, visit=visit.visit_id, call=visit.calls[-1].entry_id
    )
    return command


def expire(building: Building, visit: Visit) -> commands.ExpireCall:
    command: commands.ExpireCall = building.command(
        commands.ExpireCall, None, visit=visit.visit_id, call=visit.calls[-1].entry_id
    )
    return command


def test_a_call_from_afar_is_not_shown_yet() -> None:
    building = far_building()
    called = building.do(commands.CallNext)
    assert (called.status, called.is_shown) == (TicketStatus.CALLED, False)

    assert building.visit_of(building.ask(confirm(building, called))).is_shown


def test_a_window_of_this_process_shows_it_in_the_same_breath() -> None:
    building = far_building()
    building.is_from_afar = False
    assert building.do(commands.CallNext).is_shown


def test_confirmed_twice_is_confirmed_once() -> None:
    building = far_building()
    called = building.do(commands.CallNext)
    building.ask(confirm(building, called))

    again = building.ask(confirm(building, called))

    assert (again.drafts, again.why) == ((), "shown")


def test_without_word_the_person_is_at_the_front_again() -> None:
    building = far_building()
    called = building.do(commands.CallNext)
    building.issue()
    building.forward(milliseconds=ARRIVAL_MS)

    back = building.visit_of(building.ask(expire(building, called)))

    assert (back.status, back.counter) == (TicketStatus.WAITING, None)
    assert building.do(commands.CallNext, "Loket 2").visit_id == called.visit_id


def test_nothing_expires_before_its_time_nor_once_it_arrived() -> None:
    building = far_building()
    called = building.do(commands.CallNext)
    building.forward(milliseconds=ARRIVAL_MS - 1)
    assert building.ask(expire(building, called)).why == "not_yet"

    building.ask(confirm(building, called))
    building.forward(seconds=60)
    assert building.ask(expire(building, called)).why == "arrived"


def test_who_started_to_serve_has_surely_seen_the_number() -> None:
    building = far_building()
    called = building.do(commands.CallNext)
    building.do(commands.StartService)
    building.forward(seconds=60)

    assert building.ask(expire(building, called)).why == "arrived"
    assert building.ask(confirm(building, called)).why == "shown"


def test_a_confirmation_that_comes_too_late_is_told_so() -> None:
    building = far_building()
    called = building.do(commands.CallNext)
    building.forward(seconds=11)
    building.ask(expire(building, called))
    assert "lewat waktu" in building.refused(confirm(building, called))

    building.do(commands.CallNext, "Loket 2")
    assert "lewat waktu" in building.refused(confirm(building, called))
