"""A returned submission is taken up again: today under its old number, later with the ticket at the counter."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mppdesk.domain import commands
from mppdesk.domain.errors import Refused
from mppdesk.domain.submission import CheckState, Submission
from mppdesk.domain.visit import TicketStatus, Visit
from tests.domain.hub.building import Building

LACKS = ("DUKA-01-R01",)


def open_building() -> Building:
    building = Building()
    building.open("Loket 1", "Loket 2", "Loket 3")
    return building


def returned(building: Building, service: str = "DUKA-01", label: str = "Loket 1") -> tuple[Visit, str]:
    """Somebody was served and sent home with the list of what lacks."""
    visit = building.serve(service, label)
    submission = building.file(visit, lacking=LACKS)
    return building.visit_of(building.ask(building.hand_back(submission, visit, label))), submission


def file(building: Building, submission: str) -> Submission:
    found = building.view.submission(submission)
    assert found is not None
    return found


def take_up(building: Building, submission: str, visit: Visit | None = None, label: str = "Loket 1") -> Any:
    at_desk = visit.visit_id if visit else None
    return building.command(commands.ResumeSubmission, label, submission=submission, visit=at_desk)


# --- on the same day -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("label", ["Loket 1", "Loket 2"])
def test_on_the_same_day_the_old_number_goes_straight_to_any_counter_of_the_agency(label: str) -> None:
    building = open_building()
    visit, submission = returned(building)
    back = building.visit_of(building.ask(take_up(building, submission, label=label)))
    assert (back.visit_id, back.label, back.status) == (visit.visit_id, "B-001", TicketStatus.SERVING)
    assert back.counter_label == label
    assert (file(building, submission).status, file(building, submission).counter) == ("open", label.lower())


def test_ticks_and_standard_are_as_they_were() -> None:
    building = open_building()
    _, submission = returned(building)
    before = file(building, submission)
    building.ask(take_up(building, submission))
    after = file(building, submission)
    assert (after.rows, after.service_version, after.token) == (before.rows, before.service_version, before.token)
    assert after.row("DUKA-01-R01").state is CheckState.LACKING


def test_it_can_be_completed_and_registered_or_returned_again() -> None:
    building = open_building()
    _, submission = returned(building)
    back = building.visit_of(building.ask(take_up(building, submission)))
    again = building.visit_of(building.ask(building.hand_back(submission, back)))
    assert (again.status, again.outcome) == (TicketStatus.FINISHED, "returned")
    assert building.visit_of(building.ask(take_up(building, submission))).is_at_counter


def test_who_came_back_to_a_busy_counter_is_queued_behind_two() -> None:
    building = open_building()
    visit, submission = returned(building)
    others = [building.issue() for _ in range(3)]
    queued = building.do(commands.RequeueTicket, None, visit=visit.visit_id)
    assert (queued.status, queued.label) == (TicketStatus.WAITING, "B-001")
    assert others[1].position < queued.position < others[2].position
    assert "B-001 masih menunggu." in building.refused(take_up(building, submission))
    building.do(commands.CallNext)
    building.do(commands.FinishTicket)
    building.do(commands.CallNext)
    building.do(commands.FinishTicket)
    called = building.do(commands.CallNext)
    assert called.visit_id == visit.visit_id
    assert building.visit_of(building.ask(take_up(building, submission, called))).status is TicketStatus.SERVING


def test_a_number_that_was_queued_again_brings_its_file_when_it_is_served() -> None:
    building = open_building()
    visit, submission = returned(building)
    building.do(commands.RequeueTicket, None, visit=visit.visit_id)
    building.do(commands.CallNext)
    assert file(building, submission).status == "returned"
    served = building.do(commands.StartService)
    assert file(building, submission).status == "open"
    again = building.visit_of(building.ask(building.hand_back(submission, served)))
    assert (again.outcome, file(building, submission).status) == ("returned", "returned")


def test_who_was_served_to_the_end_is_not_queued_again() -> None:
    building = open_building()
    visit = building.serve()
    building.do(commands.FinishTicket)
    command = building.command(commands.RequeueTicket, None, visit=visit.visit_id)
    assert "B-001 sudah selesai." in building.refused(command)


# --- with the ticket at the counter ----------------------------------------------------------------------------------


@pytest.mark.parametrize("is_started", [True, False])
def test_on_a_later_day_it_goes_on_with_the_ticket_at_the_counter(*, is_started: bool) -> None:
    building = open_building()
    _, submission = returned(building)
    building.forward(days=1)
    building.open("Loket 1")
    building.issue()
    here = building.do(commands.CallNext)
    if is_started:
        here = building.do(commands.StartService)
    now = building.visit_of(building.ask(take_up(building, submission, here)))
    assert (now.visit_id, now.status) == (here.visit_id, TicketStatus.SERVING)
    assert file(building, submission).visit == here.visit_id
    finished = building.visit_of(building.ask(building.hand_back(submission, now)))
    assert finished.outcome == "returned"


def test_a_file_that_was_left_open_when_the_day_ended_is_taken_up_too() -> None:
    building = open_building()
    _, submission = returned(building)
    building.ask(take_up(building, submission))
    building.do(commands.FinishTicket)
    building.forward(days=1)
    building.open("Loket 1")
    assert building.visit_of(building.ask(take_up(building, submission, building.serve()))).is_at_counter


def test_on_a_later_day_a_number_of_that_day_is_called_first() -> None:
    building = open_building()
    _, submission = returned(building)
    building.forward(days=1)
    building.open("Loket 1")
    said = building.refused(take_up(building, submission))
    assert "dikembalikan" in said
    assert "nomor hari ini" in said


# --- refusals --------------------------------------------------------------------------------------------------------


def test_a_registered_file_has_nothing_to_complete() -> None:
    building = open_building()
    visit = building.serve()
    submission = building.file(visit)
    building.ask(building.register(submission, visit))
    assert "sudah terdaftar dengan nomor DUKA/2026/11/000001" in building.refused(take_up(building, submission))


def test_a_file_in_work_elsewhere_stays_there() -> None:
    building = open_building()
    _, submission = returned(building)
    building.ask(take_up(building, submission, label="Loket 2"))
    assert "B-001 sedang dilayani Loket 2." in building.refused(take_up(building, submission))
    assert "B-001 sedang dilayani Loket 2." in building.refused(take_up(building, submission, label="Loket 2"))


def test_a_file_that_was_put_aside_is_found_in_its_list() -> None:
    building = open_building()
    _, submission = returned(building)
    building.ask(take_up(building, submission))
    building.do(commands.HoldTicket)
    assert "B-001 sedang ditunda." in building.refused(take_up(building, submission))


def test_a_file_of_another_agency_goes_there() -> None:
    building = open_building()
    _, submission = returned(building)
    said = building.refused(take_up(building, submission, label="Loket 3"))
    assert "milik Duka" in said
    assert "ke loket Duka" in said


def test_an_unknown_file_and_one_never_returned() -> None:
    building = open_building()
    assert "tidak ditemukan" in building.refused(take_up(building, "f" * 32))
    submission = building.file(building.serve())
    assert "belum pernah dikembalikan" in building.refused(take_up(building, submission, label="Loket 2"))


def test_a_counter_with_somebody_else_or_nobody_or_shut() -> None:
    building = open_building()
    visit, submission = returned(building)
    other = building.serve()
    assert "B-002 masih dilayani di loket ini." in building.refused(take_up(building, submission))
    assert "B-002 masih dilayani di loket ini." in building.refused(take_up(building, submission, visit))
    assert "Tidak ada nomor di Loket 2." in building.refused(take_up(building, submission, other, label="Loket 2"))
    building.ask(building.command(commands.CloseCounter, "Loket 2"))
    assert "Loket 2 belum dibuka." in building.refused(take_up(building, submission, label="Loket 2"))


def test_a_cancelled_number_does_not_come_back() -> None:
    building = open_building()
    visit, submission = returned(building)
    queued = building.do(commands.RequeueTicket, None, visit=visit.visit_id)
    building.do(commands.CancelTicket, None, visit=queued.visit_id, reason="pulang")
    assert "B-001 sudah dibatalkan." in building.refused(take_up(building, submission))


def test_a_ticket_for_another_service_or_with_a_checklist_of_its_own() -> None:
    building = open_building()
    _, submission = returned(building)
    other = building.serve("DUKA-02")
    assert "B-002 untuk layanan lain" in building.refused(take_up(building, submission, other))
    busy = building.serve("DUKA-01", "Loket 2")
    building.file(busy, undecided=LACKS)
    said = building.refused(take_up(building, submission, busy, label="Loket 2"))
    assert "Daftar periksa B-003 sudah mulai diisi." in said


def test_what_goes_on_already_is_not_taken_up_twice() -> None:
    building = open_building()
    _, submission = returned(building)
    back = building.visit_of(building.ask(take_up(building, submission)))
    assert "sudah dilanjutkan dengan B-001" in building.refused(take_up(building, submission, back))


# --- undo ------------------------------------------------------------------------------------------------------------


def test_undo_sends_the_old_number_home_again_with_its_file_returned() -> None:
    building = open_building()
    visit, submission = returned(building)
    before = file(building, submission)
    back = building.visit_of(building.ask(take_up(building, submission)))
    assert building.undo(back) == visit
    assert file(building, submission) == before
    assert building.visit_of(building.ask(take_up(building, submission))).is_at_counter


def test_return_and_taking_up_are_taken_back_one_after_the_other() -> None:
    building = open_building()
    visit, submission = returned(building)
    before = file(building, submission)
    other = building.serve()
    now = building.visit_of(building.ask(take_up(building, submission, other)))
    again = building.visit_of(building.ask(building.hand_back(submission, now)))
    building.undo(building.undo(again))
    assert file(building, submission) == before
    assert file(building, submission).visit == visit.visit_id


def test_undo_takes_the_file_from_a_person_it_does_not_belong_to() -> None:
    building = open_building()
    _, submission = returned(building)
    before = file(building, submission)
    wrong = building.serve()
    now = building.visit_of(building.ask(take_up(building, submission, wrong)))
    assert replace(building.undo(now), last_act=None) == replace(wrong, last_act=None)
    assert file(building, submission) == before


def test_a_file_that_lay_open_when_it_was_taken_up_is_open_again_after_undo() -> None:
    """Its number ended without it; the clerk who took it up twice goes back step by step, to the open checklist."""
    building = open_building()
    visit, submission = returned(building)
    building.ask(take_up(building, submission))
    serving = building.again(visit)
    building.do(commands.FinishTicket)
    building.ask(take_up(building, submission))
    building.undo(building.undo(building.again(visit)))
    assert building.again(visit) == serving
    assert file(building, submission).status == "open"
    building.undo(building.again(visit))
    assert file(building, submission).status == "returned"


def test_a_return_is_not_taken_back_once_another_number_goes_on_with_it() -> None:
    building = open_building()
    visit, submission = returned(building)
    building.ask(take_up(building, submission, building.serve(label="Loket 2"), label="Loket 2"))
    command = building.command(commands.UndoAct, visit=visit.visit_id, act=visit.last_act)
    assert "sudah dilanjutkan dengan nomor lain" in building.refused(command)


# --- whatever happens ------------------------------------------------------------------------------------------------


def move(building: Building, visit: Visit, submission: str, pick: int) -> commands.Command:
    """One of the things that may happen to a returned submission and its number."""
    label = f"Loket {pick % 2 + 1}"
    here = building.view.at_counter(label.lower(), building.today)
    choices: tuple[Any, ...] = (
        take_up(building, submission, here, label),
        take_up(building, submission, None, label),
        building.command(commands.CallNext, label),
        building.command(commands.StartService, label),
        building.command(commands.HoldTicket, label),
        building.command(commands.FinishTicket, label),
        building.command(commands.ResumeTicket, label, visit=visit.visit_id),
        building.command(commands.RequeueTicket, None, visit=visit.visit_id),
        building.hand_back(submission, here or visit, label),
        building.register(submission, here or visit, label),
        building.command(commands.UndoAct, label, visit=visit.visit_id, act=building.again(visit).last_act),
        building.command(commands.UndoAct, label, visit=(here or visit).visit_id, act=(here or visit).last_act),
        building.command(commands.IssueTicket, None, service="DUKA-01"),
    )
    chosen: commands.Command = choices[pick // 2 % len(choices)]
    return chosen


@settings(max_examples=60)
@given(st.lists(st.integers(0, 1000), max_size=30))
def test_a_file_is_in_the_hands_of_one_counter_or_of_the_applicant(picks: list[int]) -> None:
    building = open_building()
    visit, submission = returned(building)
    rows = file(building, submission).rows
    for pick in picks:
        try:
            building.ask(move(building, visit, submission, pick))  # records; a fold that disagrees is an anomaly
        except Refused:
            continue
        now = file(building, submission)
        holder = building.view.visit(now.visit)
        assert holder is not None
        assert now.status != "registered"
        assert now.status == "open" or holder.last_kind != "ReturnTakenUp"
        assert now.rows == rows
        of_service = [
            building.view.submission_for(each.visit_id, "DUKA-01") for each in building.view.visits(holder.day)
        ]
        assert of_service.count(now) == 1
