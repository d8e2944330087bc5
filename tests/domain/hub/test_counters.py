"""Counters: opened once, no break and no close with a person at the desk, no call while shut."""

from typing import Any

import pytest

from mppdesk.domain import commands, facts
from mppdesk.domain.entries import SYSTEM_USER
from mppdesk.domain.office_day import CounterState
from tests.domain.hub.building import Building


def state(building: Building, label: str = "Loket 1") -> CounterState:
    opening = building.view.counter_day(label.lower(), building.today)
    return opening.state if opening else CounterState.CLOSED


def opened() -> Building:
    building = Building()
    building.open("Loket 1")
    return building


def test_the_first_counter_opens_the_day() -> None:
    building = Building()
    first = building.ask(building.command(commands.OpenCounter)).drafts
    second = building.ask(building.command(commands.OpenCounter, "Loket 2")).drafts
    assert [type(each.fact) for each in first] == [facts.DayOpened, facts.CounterOpened]
    assert [type(each.fact) for each in second] == [facts.CounterOpened]
    assert (first[1].fact.label, first[1].fact.day) == ("Loket 1", "2026-11-23")


def test_a_counter_is_not_opened_twice() -> None:
    building = opened()
    assert "Loket 1 sudah dibuka." in building.refused(building.command(commands.OpenCounter))


def test_it_is_opened_again_after_its_close_and_on_the_next_day() -> None:
    building = opened()
    building.ask(building.command(commands.CloseCounter))
    building.open("Loket 1")
    building.forward(days=1)
    building.open("Loket 1")
    assert state(building) is CounterState.OPEN
    assert building.today == "2026-11-24"


def test_a_counter_opened_for_one_service_calls_for_that_one_only() -> None:
    building = Building()
    building.ask(building.command(commands.OpenCounter, services=("DUKA-02",)))
    building.issue("DUKA-01")
    second = building.issue("DUKA-02")
    assert building.do(commands.CallNext).visit_id == second.visit_id


def test_a_service_that_nobody_knows_is_refused() -> None:
    building = Building()
    assert "DUKA-99" in building.refused(building.command(commands.OpenCounter, services=("DUKA-99",)))


def test_a_break_begins_and_ends() -> None:
    building = opened()
    (draft,) = building.ask(building.command(commands.TakeBreak, until="13.00")).drafts
    assert draft.fact.until == "13.00"
    assert state(building) is CounterState.ON_BREAK
    assert "sedang istirahat" in building.refused(building.command(commands.TakeBreak))
    assert "sedang istirahat" in building.refused(building.command(commands.CallNext))
    building.ask(building.command(commands.EndBreak))
    assert state(building) is CounterState.OPEN
    assert "tidak sedang istirahat" in building.refused(building.command(commands.EndBreak))


def test_a_counter_on_break_may_close() -> None:
    building = opened()
    building.ask(building.command(commands.TakeBreak))
    building.ask(building.command(commands.CloseCounter))
    assert state(building) is CounterState.CLOSED


def test_a_counter_that_stops_new_numbers_goes_on_calling() -> None:
    building = opened()
    first = building.issue()
    building.ask(building.command(commands.StopNewNumbers))
    assert state(building) is CounterState.CLOSING
    assert building.do(commands.CallNext).visit_id == first.visit_id
    building.do(commands.FinishTicket)
    assert building.decide(building.command(commands.CallNext)).why == "nobody_waiting"
    assert "sudah tutup untuk nomor baru" in building.refused(building.command(commands.StopNewNumbers))


def test_new_numbers_may_be_stopped_with_a_person_at_the_desk_and_taken_again() -> None:
    building = opened()
    building.serve()
    building.ask(building.command(commands.StopNewNumbers))
    building.ask(building.command(commands.ResumeNewNumbers))
    assert state(building) is CounterState.OPEN
    assert "sudah menerima nomor baru" in building.refused(building.command(commands.ResumeNewNumbers))


def test_a_note_stands_at_the_open_counter_whoever_left_it() -> None:
    building = opened()
    building.user = "ratna"
    (draft,) = building.ask(building.command(commands.LeaveShiftNote, note="Meterai ada di koperasi.")).drafts
    opening = building.view.counter_day("loket 1", building.today)
    assert opening is not None and draft.subject.id == opening.counter_day_id
    assert draft.secrets == {"note": "Meterai ada di koperasi."}
    assert (draft.fact.note, draft.fact.agency) == (None, "DUKA")
    assert state(building) is CounterState.OPEN
    assert "Catatan itu kosong." in building.refused(building.command(commands.LeaveShiftNote, note="  "))


def test_a_kiosk_gives_no_number_that_nobody_will_call() -> None:
    building = opened()
    building.ask(building.command(commands.StopNewNumbers))
    issue = commands.IssueTicket(command_id="1" * 32, service="DUKA-01")
    building.user, building.door = SYSTEM_USER, "kiosk"
    assert "Tidak menerima nomor baru lagi hari ini." in building.refused(issue)
    building.open("Loket 2")
    assert building.issue("DUKA-01").label == "B-001"


def test_a_member_of_staff_may_still_give_a_number() -> None:
    building = opened()
    building.ask(building.command(commands.CloseCounter))
    assert building.issue("DUKA-01").label == "B-001"


@pytest.mark.parametrize("act", [commands.TakeBreak, commands.CloseCounter, commands.CallNext])
def test_the_person_at_the_desk_comes_first(act: type[commands.Command]) -> None:
    building = opened()
    building.issue()
    building.do(commands.CallNext)
    assert "B-001 masih dipanggil di loket ini." in building.refused(building.command(act))
    building.do(commands.StartService)
    assert "B-001 masih dilayani di loket ini." in building.refused(building.command(act))
    building.do(commands.FinishTicket)
    building.ask(building.command(act))


NEEDS_AN_OPEN_COUNTER: dict[type[commands.Command], dict[str, Any]] = {
    commands.CallNext: {},
    commands.CallTicket: {"visit": "f" * 32, "reason": "companion"},
    commands.ResumeTicket: {"visit": "f" * 32},
    commands.TakeBreak: {},
    commands.EndBreak: {},
    commands.LeaveShiftNote: {"note": "Meterai ada di koperasi."},
    commands.CloseCounter: {},
}


@pytest.mark.parametrize("act", NEEDS_AN_OPEN_COUNTER)
def test_a_shut_counter_does_nothing(act: type[commands.Command]) -> None:
    building = Building()
    command = building.command(act, **NEEDS_AN_OPEN_COUNTER[act])
    assert "Loket 1 belum dibuka." in building.refused(command)
    building.open("Loket 1", "Loket 2")
    building.ask(building.command(commands.CloseCounter))
    assert "Loket 1 belum dibuka." in building.refused(command)
    building.forward(days=1)
    assert "Loket 1 belum dibuka." in building.refused(command)


@pytest.mark.parametrize("act", [commands.OpenCounter, *NEEDS_AN_OPEN_COUNTER, commands.StartService])
def test_an_unknown_counter_is_refused(act: type[commands.Command]) -> None:
    building = Building()
    command = building.command(act, "Loket 99", **NEEDS_AN_OPEN_COUNTER.get(act, {}))
    assert "Loket ini tidak dikenal." in building.refused(command)
