"""The counter's port over a real station: the code on the printed list brings the file back to the counter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mppdesk.app.counter_port import DeskPort
from mppdesk.app.hall_ports import HallKioskPort
from mppdesk.app.station import Station, open_station
from mppdesk.domain.entries import Actor, Draft, Subject, SubjectType
from mppdesk.domain.facts import SlipReprinted
from mppdesk.domain.site import KioskPlace
from mppdesk.domain.slip import QrCode, Slip, SlipKind
from mppdesk.domain.submission import CheckState, LackReason
from mppdesk.domain.ticket_code import read_code, ticket_code
from mppdesk.domain.visit import TicketStatus
from mppdesk.operations.desk import Desk
from mppdesk.operations.readings import CurrentTicket, Sought, StaleTicket
from mppdesk.operations.submissions import Check
from mppdesk.sync.standing import Standing
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import PRINTER, make_home, open_office

LACKING = (
    Check("DUKA-01-R01", CheckState.FULFILLED),
    Check("DUKA-01-R02", CheckState.LACKING, LackReason.MISSING),
    Check("DUKA-01-R03", CheckState.NOT_APPLICABLE),
)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    folder, clock, ids = tmp_path / "home", FakeClock(), CountedIds("maker")
    make_home(folder, clock, ids)
    with open_office(folder, clock, ids) as office:
        for _ in range(2):
            office.issue("DUKA-01")
    with open_station(folder, clock, CountedIds("station"), lambda _: None, "screen:") as opened:
        yield opened


def desk_at(station: Station) -> Desk:
    counter = next(each.counter for each in station.readers.counter_choices() if each.label == "Loket 1")
    return Desk(counter, "Loket 1", Actor("dewi", "desktop"), "Dewi C.", PRINTER)


@pytest.fixture
def port(station: Station) -> DeskPort:
    opened = DeskPort(station, desk_at(station))
    opened.open_counter()
    return opened


def here(port: DeskPort) -> CurrentTicket:
    current = port.screen().current
    assert current is not None
    return current


def sent_home(station: Station, port: DeskPort) -> str:
    """B-001 leaves with the list of what lacks; answers the code in its QR."""
    port.call_next()
    port.start(here(port).row.visit)
    port.check(here(port), LACKING)
    port.hand_back(here(port))
    slip = next(job.slip for job in station.jobs.recent(10) if job.slip.kind is SlipKind.LACKING)
    return next(part.token for part in slip.parts if isinstance(part, QrCode))


def test_the_code_on_the_printed_list_brings_the_file_back(station: Station, port: DeskPort) -> None:
    found = port.seek(sent_home(station, port)).submission
    assert found is not None and found.number == "B-001"
    port.take_up(found.submission, None)
    back = here(port)
    assert (back.row.number, back.row.status) == ("B-001", TicketStatus.SERVING)
    assert [row.requirement.code for row in back.checklist.lacking] == ["DUKA-01-R02"]


def test_while_another_is_served_who_came_back_waits_behind_as_many_as_the_house_says(
    station: Station, port: DeskPort
) -> None:
    found = port.seek(sent_home(station, port)).submission
    assert found is not None
    port.call_next()
    assert port.requeue(found.visit).ticket is not None
    assert [row.number for row in port.screen().waiting] == ["B-001"]
    assert here(port).row.number == "B-002"


class LostHub:
    """The way to a hub that does not answer."""

    def standing(self) -> Standing:
        return Standing(is_cut_off=True, since_ms=0)


def cut_off(station: Station) -> DeskPort:
    lost: Any = LostHub()
    return DeskPort(replace(station, link=lost), desk_at(station))


def test_a_ticket_shown_at_the_desk_is_taken_by_its_number(port: DeskPort) -> None:
    found = port.seek("b2").ticket
    assert found is not None
    port.claim(found.visit)
    assert (here(port).row.number, here(port).row.status) == ("B-002", TicketStatus.SERVING)


@pytest.mark.usefixtures("port")
def test_cut_off_any_number_of_the_building_may_be_on_a_slip(station: Station) -> None:
    unheard = cut_off(station).seek("b1000").unheard
    assert unheard is not None
    assert (unheard.number, [code for code, _ in unheard.services]) == ("B-1000", ["DUKA-01", "DUKA-02"])
    assert [cut_off(station).seek(typed).unheard for typed in ("X-1000", "B-0", "TOKEN")] == [None] * 3


@pytest.mark.usefixtures("port")
def test_cut_off_a_known_ticket_may_have_been_sent_here(station: Station) -> None:
    found = cut_off(station).seek("b2")
    assert found.ticket is not None and found.unheard is not None and found.unheard.number == "B-002"


@pytest.mark.usefixtures("port")
def test_cut_off_a_slip_that_nobody_here_has_heard_of_is_scanned(station: Station) -> None:
    """Its code says the number; typed or scanned, the same is offered."""
    counter = cut_off(station)
    code = ticket_code("K7Q2M9XH4TRB3WZP", "2026-11-23", "B-1000")
    found = counter.seek(code)
    assert found == counter.seek("B-1000")
    assert found.unheard is not None
    counter.claim_paper(found.unheard.number, "DUKA-01", is_sent_on=False)
    again = counter.seek(code)
    assert again.ticket is not None and again.ticket.number == "B-1000", "served on it, she is found by the same code"


@pytest.mark.usefixtures("port")
def test_the_code_of_a_slip_says_its_day_and_opens_no_other_ticket(station: Station) -> None:
    printed = next(part.token for slip in tickets(station) for part in slip.parts if isinstance(part, QrCode))
    read = read_code(printed)
    assert read is not None and (read.day, read.number) == ("2026-11-23", "B-003")
    known = cut_off(station).seek(printed).ticket
    assert known is not None and known.number == "B-003"

    forged = ticket_code("K7Q2M9XH4TRB3WZP", "2026-11-23", "B-003")
    assert cut_off(station).seek(forged) == Sought()
    yesterday = cut_off(station).seek(ticket_code("K7Q2M9XH4TRB3WZP", "2026-11-22", "B-1000"))
    assert yesterday == Sought(stale=StaleTicket("B-1000", date(2026, 11, 22)))


def tickets(station: Station) -> list[Slip]:
    """The ticket that a kiosk prints, and the code that it shows when the paper is out."""
    shown = HallKioskPort(station, KioskPlace("Kiosk", PRINTER)).take_ticket("again", "DUKA-01", None)
    slips = [job.slip for job in station.jobs.of_subject(shown.visit) if job.slip.kind is SlipKind.TICKET]
    assert [part.token for slip in slips for part in slip.parts if isinstance(part, QrCode)] == [shown.qr_token]
    return slips


def test_a_hub_that_answers_knows_every_number_it_gave(port: DeskPort) -> None:
    assert port.seek("b44").unheard is None


def test_a_slip_that_nobody_heard_of_is_served_for_what_it_says(port: DeskPort) -> None:
    port.claim_paper("B-1000", "DUKA-02", is_sent_on=False)
    assert (here(port).row.number, here(port).row.service_code) == ("B-1000", "DUKA-02")
    assert [str(line.what) for line in port.history(here(port).row.visit)] == [
        "Diterima di Loket 1 dengan karcis yang ditunjukkan."
    ]


def test_a_reprint_says_which_copy_it_is_and_the_history_who_asked_for_it(station: Station, port: DeskPort) -> None:
    sent_home(station, port)
    lacking = next(job for job in station.jobs.recent(10) if job.slip.kind is SlipKind.LACKING)
    station.spooler.run_until_empty(0)
    assert str(port.reprint()) == "Daftar kekurangan B-001 dicetak ulang sebagai SALINAN 1."
    found = port.seek("b1").submission
    assert found is not None
    last = port.history(found.visit)[-1]
    assert str(last.what) == f"Daftar kekurangan dicetak ulang di {PRINTER}: SALINAN 1."
    assert last.who == "dewi (desktop)"
    with station.writer.begin(desk_at(station).actor) as unit:
        elsewhere = SlipReprinted(slip="lacking", label="B-001", copy_number=6, printer="Loket Z")
        unit.record(Draft(unit.new_id(), Subject(SubjectType.SUBMISSION, lacking.subject_id), elsewhere))
    station.spooler.run_until_empty(0)
    port.reprint()
    assert str(port.history(found.visit)[-1].what).endswith("SALINAN 7."), "another station's copies are counted too"
