"""The life of a ticket before the hub: who may do what to whom, what is recorded, what is kept from the record."""

from dataclasses import asdict
from typing import Any

import pytest

from mppdesk.domain import commands, facts
from mppdesk.domain.entries import SubjectType
from mppdesk.domain.hub.tickets import CALL_REASONS
from mppdesk.domain.visit import TicketStatus, Visit
from tests.domain.hub.building import Building

SECRET = "Melati Contohwati menunggu fotokopi"


def opened(*labels: str) -> Building:
    building = Building()
    building.open(*labels or ("Loket 1", "Loket 2", "Loket 3"))
    return building


# --- calling ---------------------------------------------------------------------------------------------------------


def test_a_call_is_shown_in_the_same_decision() -> None:
    building = opened()
    building.issue()
    command = building.command(commands.CallNext)
    called, shown = building.ask(command).drafts
    assert (called.fact.command_id, called.fact.why, called.fact.ordinal) == (command.command_id, "longest_wait", 1)
    assert (called.fact.counter, called.fact.counter_label, called.fact.number) == ("loket 1", "Loket 1", "B-001")
    assert shown.fact == facts.CallShown(call=called.entry_id)
    assert called.subject == shown.subject


def test_nobody_waiting_is_an_answer_and_changes_nothing() -> None:
    building = opened()
    building.issue("POLI-01")
    decided = building.decide(building.command(commands.CallNext))
    assert (decided.drafts, decided.why) == ((), "nobody_waiting")


def test_calls_are_counted_over_all_counters_and_repeats() -> None:
    building = opened()
    for service in ("DUKA-01", "DUKA-01", "POLI-01"):
        building.issue(service)
    ordinals = [
        building.do(kind, label).calls[-1].ordinal
        for kind, label in (
            (commands.CallNext, "Loket 1"),
            (commands.CallNext, "Loket 3"),
            (commands.RecallTicket, "Loket 1"),
            (commands.CallNext, "Loket 2"),
        )
    ]
    assert ordinals == [1, 2, 3, 4]


def test_priority_takes_its_turn_across_the_counters_of_an_agency() -> None:
    building = opened()
    for _ in range(4):
        building.issue()
    for _ in range(2):
        building.issue(priority="elderly")
    order = []
    for label in ("Loket 1", "Loket 2", "Loket 1", "Loket 2"):
        order.append(building.do(commands.CallNext, label).label)
        building.do(commands.MarkNoShow, label)
    assert order == ["B-005", "B-001", "B-002", "B-006"]


@pytest.mark.parametrize("reason", CALL_REASONS)
def test_somebody_is_called_out_of_turn_for_a_reason_of_the_list(reason: str) -> None:
    building = opened()
    building.issue()
    second = building.issue()
    called, _ = building.ask(building.command(commands.CallTicket, visit=second.visit_id, reason=reason)).drafts
    assert (called.fact.why, called.fact.reason, called.fact.number) == ("out_of_turn", reason, "B-002")


def test_without_a_reason_of_the_list_nobody_is_called_out_of_turn() -> None:
    building = opened()
    visit = building.issue()
    command = building.command(commands.CallTicket, visit=visit.visit_id, reason="teman saya")
    assert "Alasan memanggil belum dipilih." in building.refused(command)


def test_a_person_for_another_counter_is_not_called_out_of_turn() -> None:
    building = opened()
    visit = building.issue("POLI-01")
    command = building.command(commands.CallTicket, visit=visit.visit_id, reason="companion")
    assert "Bukan nomor untuk loket ini." in building.refused(command)


@pytest.mark.parametrize("act", [commands.HoldTicket, commands.MarkNoShow])
def test_who_was_put_aside_or_missed_is_called_again_at_any_counter(act: type[commands.Command]) -> None:
    building = opened()
    building.issue()
    visit = building.do(commands.CallNext)
    building.do(act)
    again = building.do(commands.CallTicket, "Loket 2", visit=visit.visit_id, reason="recalled")
    assert (again.status, again.counter_label) == (TicketStatus.CALLED, "Loket 2")


# --- acts at the counter ---------------------------------------------------------------------------------------------


ACTS: dict[type[commands.Command], tuple[type[Any], TicketStatus]] = {
    commands.RecallTicket: (facts.TicketRecalled, TicketStatus.CALLED),
    commands.StartService: (facts.ServiceStarted, TicketStatus.SERVING),
    commands.HoldTicket: (facts.TicketHeld, TicketStatus.ON_HOLD),
    commands.MarkNoShow: (facts.TicketNoShow, TicketStatus.NO_SHOW),
    commands.FinishTicket: (facts.TicketFinished, TicketStatus.FINISHED),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("is_named", [True, False])
def test_an_act_on_the_called_person(act: type[commands.Command], *, is_named: bool) -> None:
    building = opened()
    building.issue()
    called = building.do(commands.CallNext)
    command = building.command(act, visit=called.visit_id if is_named else None)
    (draft,) = building.ask(command).drafts
    fact_type, status = ACTS[act]
    assert isinstance(draft.fact, fact_type)
    assert (draft.subject.type, draft.subject.id) == (SubjectType.VISIT, called.visit_id)
    assert (draft.fact.command_id, draft.fact.day, draft.fact.term) == (command.command_id, "2026-11-23", 1)
    assert building.again(called).status is status


@pytest.mark.parametrize("act", ACTS)
def test_an_act_without_a_person(act: type[commands.Command]) -> None:
    building = opened()
    assert "Tidak ada nomor di Loket 1." in building.refused(building.command(act))


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_somebody_elses_person(act: type[commands.Command]) -> None:
    building = opened()
    building.issue()
    called = building.do(commands.CallNext)
    refusal = building.refused(building.command(act, "Loket 2", visit=called.visit_id))
    assert "B-001 sudah dipanggil Loket 1." in refusal


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_a_number_nobody_knows(act: type[commands.Command]) -> None:
    assert "tidak ditemukan" in opened().refused(Building().command(act, visit="f" * 32))


@pytest.mark.parametrize("kind", ["cancel", "transfer"])
def test_a_counter_does_not_reach_for_the_person_before_another(kind: str) -> None:
    building = opened()
    visit = building.serve()
    act, more = (
        (commands.CancelTicket, {"reason": "pulang"})
        if kind == "cancel"
        else (commands.TransferTicket, {"service": "POLI-01"})
    )
    refusal = building.refused(building.command(act, "Loket 2", visit=visit.visit_id, **more))
    assert "B-001 sedang dilayani Loket 1." in refusal
    building.ask(building.command(act, None, visit=visit.visit_id, **more))


WORDS: dict[TicketStatus, str] = {
    TicketStatus.WAITING: "B-001 masih menunggu.",
    TicketStatus.ON_HOLD: "B-001 sedang ditunda.",
    TicketStatus.NO_SHOW: "B-001 tercatat tidak hadir.",
    TicketStatus.FINISHED: "B-001 sudah selesai.",
    TicketStatus.CANCELLED: "B-001 sudah dibatalkan.",
}


@pytest.mark.parametrize("status", WORDS)
def test_the_refusal_tells_where_the_ticket_stands(status: TicketStatus) -> None:
    building = opened()
    visit = building.issue()
    if status is TicketStatus.CANCELLED:
        building.do(commands.CancelTicket, visit=visit.visit_id, reason="pulang")
    elif status is not TicketStatus.WAITING:
        building.do(commands.CallNext)
        act = {facts_and_status[1]: kind for kind, facts_and_status in ACTS.items()}[status]
        building.do(act)
    assert WORDS[status] in building.refused(building.command(commands.StartService, visit=visit.visit_id))


# --- holding, resuming, missing --------------------------------------------------------------------------------------


def test_a_held_person_goes_on_at_another_counter_that_is_free() -> None:
    building = opened()
    visit = building.serve()
    building.do(commands.HoldTicket)
    building.serve(label="Loket 2")
    command = building.command(commands.ResumeTicket, "Loket 2", visit=visit.visit_id)
    assert "B-002 masih dilayani" in building.refused(command)
    building.do(commands.FinishTicket, "Loket 2")
    assert building.visit_of(building.ask(command)).counter_label == "Loket 2"


@pytest.mark.parametrize(
    ("waiting", "behind", "place"), [(0, 2, 0), (1, 2, 1), (2, 2, 2), (4, 2, 2), (4, 0, 0), (3, 9, 3)]
)
def test_a_missed_person_comes_back_behind_the_next_few(waiting: int, behind: int, place: int) -> None:
    building = opened()
    building.issue()
    missed = building.do(commands.CallNext)
    building.do(commands.MarkNoShow)
    for _ in range(waiting):
        building.issue()
    building.do(commands.RequeueTicket, None, visit=missed.visit_id, behind=behind)
    assert queue(building).index("B-001") == place


def test_people_who_come_back_one_after_the_other_never_push_each_other_forward() -> None:
    building = opened()
    missed = []
    for _ in range(4):
        building.issue()
        missed.append(building.do(commands.CallNext))
        building.do(commands.MarkNoShow)
    for _ in range(3):
        building.issue()
    for visit in missed:
        building.do(commands.RequeueTicket, None, visit=visit.visit_id, behind=1)
        assert queue(building).index(visit.label) == 1
    assert len({each.position for each in building.view.visits(building.today)}) == 7


def queue(building: Building) -> list[str]:
    waiting = [each for each in building.view.visits(building.today) if each.status is TicketStatus.WAITING]
    return [each.label for each in sorted(waiting, key=lambda each: each.position)]


# --- transfer --------------------------------------------------------------------------------------------------------


def test_a_transferred_person_keeps_her_place_among_those_who_came_later() -> None:
    building = opened()
    visit = building.serve()
    building.issue("POLI-01")
    building.do(commands.TransferTicket, visit=visit.visit_id, service="POLI-01")
    called = building.do(commands.CallNext, "Loket 3")
    assert (called.label, called.stop.service) == ("B-001", "POLI-01")


def test_then_back_adds_the_stop_that_was_left() -> None:
    building = opened()
    visit = building.serve()
    after = building.do(commands.TransferTicket, visit=visit.visit_id, service="POLI-01", then_back=True)
    assert [stop.service for stop in after.stops] == ["DUKA-01", "POLI-01", "DUKA-01"]


@pytest.mark.parametrize(
    ("service", "words"), [("DUKA-01", "B-001 sudah untuk layanan itu."), ("DUKA-99", "Layanan DUKA-99 tidak ada")]
)
def test_a_transfer_that_leads_nowhere_is_refused(service: str, words: str) -> None:
    building = opened()
    visit = building.serve()
    assert words in building.refused(building.command(commands.TransferTicket, visit=visit.visit_id, service=service))


# --- what people type ------------------------------------------------------------------------------------------------


TYPED: dict[type[commands.Command], tuple[str, dict[str, str]]] = {
    commands.HoldTicket: ("note", {}),
    commands.TransferTicket: ("note", {"service": "POLI-01"}),
    commands.CancelTicket: ("reason", {}),
}


@pytest.mark.parametrize("act", TYPED)
def test_what_was_typed_stands_in_no_fact(act: type[commands.Command]) -> None:
    building = opened()
    visit = building.serve()
    field, more = TYPED[act]
    (draft,) = building.decide(building.command(act, visit=visit.visit_id, **{field: SECRET}, **more)).drafts
    assert draft.secrets == {field: SECRET}
    assert SECRET not in str(asdict(draft.fact))


@pytest.mark.parametrize("act", TYPED)
@pytest.mark.parametrize("blank", ["", "   "])
def test_a_blank_is_nothing_to_seal(act: type[commands.Command], blank: str) -> None:
    building = opened()
    visit = building.serve()
    field, more = TYPED[act]
    (draft,) = building.decide(building.command(act, visit=visit.visit_id, **{field: blank}, **more)).drafts
    assert draft.secrets == {}


def final_acts(building: Building, visit: Visit) -> list[commands.Command]:
    return [
        building.command(commands.CancelTicket, None, visit=visit.visit_id, reason="pulang"),
        building.command(commands.TransferTicket, None, visit=visit.visit_id, service="POLI-01"),
        building.command(commands.RequeueTicket, None, visit=visit.visit_id),
        building.command(commands.ResumeTicket, visit=visit.visit_id),
        building.command(commands.CallTicket, visit=visit.visit_id, reason="companion"),
    ]


def test_what_is_over_is_over() -> None:
    building = opened()
    building.serve()
    visit = building.do(commands.FinishTicket)
    for command in final_acts(building, visit):
        assert "B-001 sudah selesai." in building.refused(command)
