"""Taking who shows a ticket: known or never heard of, cut off or not, and what issuing makes of it."""

from dataclasses import replace

import pytest

from mppdesk.domain import commands, facts
from mppdesk.domain.commands import Command
from mppdesk.domain.errors import Refused
from mppdesk.domain.ticket_number import visit_name
from mppdesk.domain.visit import TicketStatus
from tests.domain.hub.building import Building
from tests.domain.test_slip_layout import lines_of
from tests.fakes.office import PRINTER


def cut_off() -> Building:
    building = Building()
    building.open("Loket 1", "Loket 2")
    building.is_cut_off = True
    return building


def paper(building: Building, number: str, label: str = "Loket 1", service: str = "DUKA-01") -> commands.ClaimPaper:
    command: commands.ClaimPaper = building.command(commands.ClaimPaper, label, number=number, service=service)
    return command


def test_a_ticket_that_nobody_heard_of_is_served_by_its_number() -> None:
    building = cut_off()
    served = building.visit_of(building.ask(paper(building, "b1000")))
    assert (served.label, served.status, served.stop.service) == ("B-1000", TicketStatus.SERVING, "DUKA-01")
    assert building.do(commands.FinishTicket).status is TicketStatus.FINISHED


def test_its_visit_has_the_name_that_its_issue_gives_it() -> None:
    building = Building()
    issued = building.issue()
    assert issued.visit_id == visit_name(building.today, "B", 1)


def test_a_number_that_is_known_after_all_is_that_ticket() -> None:
    building = cut_off()
    issued = building.issue(priority="elderly")
    served = building.visit_of(building.ask(paper(building, issued.label, service="DUKA-02")))
    assert (served.visit_id, served.stop, served.priority) == (issued.visit_id, issued.stop, "elderly")


def test_nobody_is_taken_twice() -> None:
    building = cut_off()
    building.ask(paper(building, "B-1000"))
    assert "B-1000 sedang dilayani Loket 1." in building.refused(paper(building, "B-1000", "Loket 2"))
    building.do(commands.FinishTicket)
    assert "B-1000 sudah selesai." in building.refused(paper(building, "B-1000", "Loket 2"))


def test_one_person_at_a_time() -> None:
    building = cut_off()
    building.ask(paper(building, "B-1000"))
    assert "Selesaikan B-1000 dahulu" in building.refused(paper(building, "B-1001"))


@pytest.mark.parametrize("typed", ["", "1000", "X-1000", "B-0", "B-1000-1"])
def test_what_is_no_number_of_this_building_takes_nobody(typed: str) -> None:
    building = cut_off()
    with pytest.raises(Refused, match=r"Tidak ada yang berubah\."):
        building.decide(paper(building, typed))


def test_a_service_of_another_counter_is_not_served_here() -> None:
    building = cut_off()
    assert "Loket 1 tidak melayani POLI-01." in building.refused(paper(building, "B-1000", service="POLI-01"))


@pytest.mark.parametrize("kind", [commands.ClaimTicket, commands.CallTicket])
def test_who_waits_for_another_counter_is_not_taken(kind: type[Command]) -> None:
    building = cut_off()
    visit = building.issue("POLI-01")
    more = {"reason": "recalled"} if kind is commands.CallTicket else {}
    assert "Bukan nomor untuk loket ini." in building.refused(building.command(kind, visit=visit.visit_id, **more))


def test_the_hub_takes_a_ticket_of_a_kiosk_that_is_cut_off() -> None:
    building = Building()
    building.open("Loket 1")
    building.is_from_afar = True
    served = building.visit_of(building.ask(paper(building, "B-1000")))
    assert served.status is TicketStatus.SERVING


def test_the_hub_knows_which_numbers_it_never_gave() -> None:
    building = Building()
    building.open("Loket 1")
    assert "B-042 belum dibuat hari ini." in building.refused(paper(building, "B-042"))


def test_a_misread_slip_keeps_no_number_from_its_owner() -> None:
    """Nobody gets B-002, whose visit is over already; and the block does not begin anew behind it."""
    building = cut_off()
    building.ask(paper(building, "B-002"))
    building.is_cut_off = False
    assert [building.issue().label for _ in range(3)] == ["B-001", "B-003", "B-004"]


def test_who_was_sent_on_is_taken_with_the_slip_that_says_so() -> None:
    building = cut_off()
    building.open("Loket 3")
    at_one = building.serve()
    plain = paper(building, at_one.label, "Loket 3", "POLI-01")
    assert "B-001 sedang dilayani Loket 1." in building.refused(plain)

    sent_on = replace(plain, is_sent_on=True)
    served = building.visit_of(building.ask(sent_on))

    assert (served.counter, served.stop.service, served.status) == ("loket 3", "POLI-01", TicketStatus.SERVING)


def test_a_counter_that_is_cut_off_sends_people_on_with_a_slip() -> None:
    building = cut_off()
    visit = building.serve()
    command = building.command(commands.TransferTicket, visit=visit.visit_id, service="POLI-01")
    (slip,) = building.decide(command).slips
    said = lines_of(slip.slip)
    assert (slip.printer, slip.label) == (PRINTER, "B-001")
    assert "KARCIS ALIH dari Loket 1" in said
    assert not any("di depan" in line for line in said)

    building.is_cut_off = False
    assert (
        building.decide(building.command(commands.TransferTicket, visit=visit.visit_id, service="POLI-01")).slips == ()
    )


def test_a_kiosk_that_is_cut_off_prints_no_queue_that_it_cannot_know() -> None:
    building = cut_off()
    command = commands.IssueTicket(command_id="c", service="DUKA-01", printer=PRINTER)
    (slip,) = building.decide(command).slips
    assert not any("di depan" in line for line in lines_of(slip.slip))


def test_taken_back_it_was_never_here() -> None:
    building = cut_off()
    served = building.visit_of(building.ask(paper(building, "B-1000")))
    undo = building.command(commands.UndoAct, visit=served.visit_id, act=served.last_act)
    (undone,) = building.ask(undo).drafts
    assert isinstance(undone.fact, facts.ActUndone)
    assert building.view.visit(served.visit_id) is None
