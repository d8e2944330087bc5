"""Cut off from the hub: what a station decides alone, and how it meets what the hub decided meanwhile."""

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from mppdesk.domain import commands, facts
from mppdesk.domain.entries import Actor, Entry, Subject, SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.hub.alone import as_asked_of_hub, as_decided_alone
from mppdesk.domain.visit import TicketStatus, fold_visit
from tests.domain.hub.building import Building
from tests.domain.hub.test_taking_up import file, open_building, returned, take_up


def test_who_shows_a_ticket_is_served() -> None:
    building = Building()
    building.open("Loket 1", "Loket 2")
    visit = building.issue()

    served = building.do(commands.ClaimTicket, visit=visit.visit_id)

    assert (served.status, served.counter) == (TicketStatus.SERVING, "loket 1")
    assert building.do(commands.FinishTicket).status is TicketStatus.FINISHED


def test_one_person_at_a_time_also_when_cut_off() -> None:
    building = Building()
    building.open("Loket 1")
    building.serve()
    assert "Selesaikan" in building.refused(building.command(commands.ClaimTicket, visit=building.issue().visit_id))


def test_a_ticket_gets_a_number_of_the_own_block() -> None:
    asked = commands.IssueTicket(command_id="c", service="DUKA-01")
    assert as_decided_alone(asked, 7) == replace(asked, issuer_no=7)


@pytest.mark.parametrize(
    "command",
    [
        commands.CallNext(command_id="c", counter="k"),
        commands.CallTicket(command_id="c", counter="k", visit="v", reason="emergency"),
        commands.ResumeTicket(command_id="c", counter="k", visit="v"),
        commands.CancelTicket(command_id="c", visit="v", reason="x"),
        commands.CloseDay(command_id="c"),
    ],
)
def test_what_only_the_hub_can_know_is_refused(command: commands.Command) -> None:
    with pytest.raises(Refused, match="Terputus dari hub"):
        as_decided_alone(command, 7)


def test_once_the_hub_answers_a_shown_ticket_is_called() -> None:
    claim = commands.ClaimTicket(command_id="c", counter="k", visit="v")
    assert as_asked_of_hub(claim) == commands.CallTicket(command_id="c", counter="k", visit="v", reason="recalled")


def entry(step: int, log: str, fact: object, hlc: int = 0) -> Entry:
    return Entry(
        log_id=log * 32,
        seq=step,
        prev_hash=bytes(32),
        entry_id=f"{log}{step}{type(fact).__name__}",
        kind=type(fact).__name__,
        version=1,
        subject=Subject(SubjectType.VISIT, "v"),
        step=step,
        hlc=hlc or step,
        wall_ms=step,
        utc_offset_min=420,
        actor=Actor("dewi", "desktop"),
        site_id="s" * 32,
        fact=fact,
    )


def served() -> list[Entry]:
    stamp: dict[str, Any] = {"term": 1, "day": "2026-11-23"}
    at: dict[str, Any] = {**stamp, "number": "B-001", "service": "DUKA-01", "counter": "k", "counter_label": "Loket 1"}
    issued = facts.TicketIssued(
        **stamp, command_id="c1", prefix="B", number=1, digits=3, issuer_no=0, position=1024, token="t",
        stops=(facts.Stop("DUKA-01", "DUKA", "x"),),
    )  # fmt: skip
    return [
        entry(1, "a", issued),
        entry(2, "a", facts.TicketCalled(**at, command_id="c2", ordinal=1, why="longest_wait")),
        entry(3, "a", facts.TicketFinished(**at, command_id="c3", outcome="served")),
        entry(3, "b", facts.TicketFinished(**at, command_id="c3", outcome="served"), hlc=4),
    ]


def test_a_slip_is_claimed_alike_whether_the_hub_answers_or_not() -> None:
    claim = commands.ClaimPaper(command_id="c", counter="k", number="B-1000", service="DUKA-01")
    assert as_decided_alone(claim, 7) == as_asked_of_hub(claim) == claim


def test_what_hub_and_station_decided_alike_is_one_decision() -> None:
    """The hub's answer got lost, so the station finished the same person alone, under the same command id."""
    for order in permutations(served()):
        folded = fold_visit(order)
        assert folded.anomalies == ()
        assert folded.state is not None and folded.state.status is TicketStatus.FINISHED


def test_the_same_person_served_at_two_counters_is_never_hidden() -> None:
    entries = served()[:2]
    at: dict[str, Any] = {"term": 1, "day": "2026-11-23", "number": "B-001", "service": "DUKA-01"}
    entries.append(
        entry(2, "b", facts.TicketClaimedOffline(**at, command_id="c9", counter="m", counter_label="Loket 2"), hlc=9)
    )
    entries.append(
        entry(3, "a", facts.ServiceStarted(**at, command_id="c4", counter="k", counter_label="Loket 1"), hlc=10)
    )

    (anomaly,) = fold_visit(entries).anomalies

    assert (anomaly.kind, anomaly.reason) == ("ServiceStarted", "while_serving")


@pytest.mark.parametrize("is_at_counter", [True, False])
def test_who_comes_back_with_her_list_is_not_sent_away_because_of_a_cable(is_at_counter: bool) -> None:
    """The list in her hand is the lock, as a ticket is: she is at no other counter."""
    building = open_building()
    _, submission = returned(building)
    building.is_cut_off = True
    here = building.do(commands.ClaimTicket, visit=building.issue().visit_id) if is_at_counter else None
    command = take_up(building, submission, here)
    assert as_decided_alone(command, 7) == command
    assert building.visit_of(building.ask(command)).status is TicketStatus.SERVING
    assert file(building, submission).status == "open"


def test_a_file_that_was_returned_after_the_cut_is_told_from_one_that_never_was() -> None:
    building = open_building()
    building.is_cut_off = True
    refusal = building.refused(take_up(building, "f" * 32))
    assert "Terputus dari hub" in refusal
    assert "loket yang mengembalikannya" in refusal
