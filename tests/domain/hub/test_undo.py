"""Undo: the last act only, by its author, for a short time, and never with two people before one counter."""

from typing import Any

import pytest

from mppdesk.domain import commands, facts
from mppdesk.domain.hub.undo import UNDO_LIMIT_MS
from mppdesk.domain.visit import TicketStatus, Visit
from tests.domain.hub.building import Building


def open_building() -> Building:
    building = Building()
    building.open("Loket 1", "Loket 2")
    return building


def undo_command(building: Building, visit: Visit, label: str | None = "Loket 1", **more: Any) -> commands.UndoAct:
    values: dict[str, Any] = {"visit": visit.visit_id, "act": visit.last_act} | more
    command: commands.UndoAct = building.command(commands.UndoAct, label, **values)
    return command


def test_a_finished_person_is_back_at_the_counter() -> None:
    building = open_building()
    building.serve()
    visit = building.undo(building.do(commands.FinishTicket))
    assert (visit.status, visit.counter) == (TicketStatus.SERVING, "loket 1")


def test_the_undo_names_the_act_it_takes_back() -> None:
    building = open_building()
    building.serve()
    held = building.do(commands.HoldTicket)
    (draft,) = building.ask(undo_command(building, held)).drafts
    assert (draft.fact.undoes, draft.fact.act, draft.fact.number) == (held.last_act, "TicketHeld", "B-001")


def test_only_who_did_it_takes_it_back() -> None:
    building = open_building()
    building.serve()
    finished = building.do(commands.FinishTicket)
    building.user = "bayu"
    assert "dilakukan petugas lain" in building.refused(undo_command(building, finished))


@pytest.mark.parametrize(("late_ms", "allowed"), [(0, True), (UNDO_LIMIT_MS, True), (UNDO_LIMIT_MS + 1, False)])
def test_the_time_for_it_is_short(late_ms: int, *, allowed: bool) -> None:
    building = open_building()
    building.serve()
    finished = building.do(commands.FinishTicket)
    building.forward(milliseconds=late_ms)
    command = undo_command(building, finished)
    if allowed:
        assert building.visit_of(building.ask(command)).status is TicketStatus.SERVING
    else:
        assert "sudah lewat" in building.refused(command)


def test_after_another_act_it_is_too_late() -> None:
    building = open_building()
    called = building.serve()
    building.do(commands.HoldTicket)
    command = undo_command(building, called)
    assert "Sudah ada tindakan lain sesudahnya untuk B-001." in building.refused(command)


def test_a_ticket_that_was_only_issued_has_nothing_to_take_back() -> None:
    building = open_building()
    visit = building.issue()
    assert "tindakan lain" in building.refused(undo_command(building, visit, act="f" * 32))


def test_an_unknown_ticket_is_refused() -> None:
    building = open_building()
    command = building.command(commands.UndoAct, visit="f" * 32, act="f" * 32)
    assert "tidak ditemukan" in building.refused(command)


@pytest.mark.parametrize("asker", ["Loket 1", "Loket 2", None])
def test_nobody_comes_back_to_a_counter_that_has_the_next_person(asker: str | None) -> None:
    building = open_building()
    building.serve()
    finished = building.do(commands.FinishTicket)
    building.serve()
    assert "B-002 masih dilayani di loket ini." in building.refused(undo_command(building, finished, asker))


@pytest.mark.parametrize("act", [commands.CancelTicket, commands.TransferTicket])
def test_what_was_done_to_a_waiting_person_is_taken_back_while_another_is_served(act: type[commands.Command]) -> None:
    building = open_building()
    building.serve()
    waiting = building.issue()
    more = {"reason": "pulang"} if act is commands.CancelTicket else {"service": "POLI-01"}
    done = building.do(act, visit=waiting.visit_id, **more)
    assert building.undo(done) == waiting


def test_a_chain_of_acts_is_taken_back_one_by_one() -> None:
    building = open_building()
    building.serve()
    visit = building.do(commands.FinishTicket)
    for status in (TicketStatus.SERVING, TicketStatus.CALLED, TicketStatus.WAITING):
        visit = building.undo(visit)
        assert visit.status is status
    assert visit.last_act is None


def test_a_call_taken_back_leaves_the_person_first_in_the_queue() -> None:
    building = open_building()
    first = building.issue()
    building.issue()
    assert building.undo(building.do(commands.CallNext)).status is TicketStatus.WAITING
    assert building.do(commands.CallNext).visit_id == first.visit_id


def test_a_transfer_taken_back_brings_the_person_to_the_counter() -> None:
    building = open_building()
    before = building.serve()
    after = building.do(commands.TransferTicket, visit=before.visit_id, service="POLI-01")
    assert building.undo(after) == before


# --- with a file -----------------------------------------------------------------------------------------------------


def test_a_registration_taken_back_voids_its_number_which_stays_used() -> None:
    building = open_building()
    visit = building.serve()
    submission = building.file(visit)
    finished = building.visit_of(building.ask(building.register(submission, visit)))
    undone, voided = building.ask(undo_command(building, finished)).drafts
    assert (type(undone.fact), type(voided.fact)) == (facts.ActUndone, facts.RegistrationVoided)
    assert undone.fact.command_id == voided.fact.command_id
    file = building.view.submission(submission)
    assert file is not None
    assert (file.status, file.register_number, file.void_numbers) == ("open", None, ("DUKA/2026/11/000001",))
    (again, _) = building.ask(building.register(submission, building.again(visit))).drafts
    assert again.fact.register_number == "DUKA/2026/11/000002"


def test_a_return_taken_back_opens_the_checklist() -> None:
    building = open_building()
    visit = building.serve()
    submission = building.file(visit, lacking=("DUKA-01-R01",))
    finished = building.visit_of(building.ask(building.hand_back(submission, visit)))
    _, withdrawn = building.ask(undo_command(building, finished)).drafts
    assert isinstance(withdrawn.fact, facts.ReturnWithdrawn)
    file = building.view.submission(submission)
    assert file is not None
    assert file.status == "open"


def test_to_take_back_a_plain_finish_leaves_the_file_alone() -> None:
    building = open_building()
    visit = building.serve()
    building.file(visit)
    finished = building.do(commands.FinishTicket)
    assert [type(each.fact) for each in building.ask(undo_command(building, finished)).drafts] == [facts.ActUndone]


def test_the_ordinal_of_a_call_that_was_taken_back_is_not_given_again() -> None:
    building = open_building()
    building.issue()
    building.issue()
    called = building.do(commands.CallNext)
    building.undo(building.do(commands.RecallTicket))
    assert building.do(commands.RecallTicket).calls[-1].ordinal == 3
    building.undo(building.undo(building.again(called)))
    assert building.view.at_counter("loket 1", building.today) is None
    assert building.do(commands.CallNext).calls[-1].ordinal == 4
