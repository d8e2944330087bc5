"""Issuing: numbers per prefix and issuer, places in the queue, the slip, and when no number can be had."""

from dataclasses import replace

import pytest

from mppdesk.domain import commands, facts
from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.hub.issuing import PRIORITIES
from mppdesk.domain.site import PrinterPlace
from mppdesk.domain.slip import Line, SlipKind
from tests.domain.hub.building import Building
from tests.fakes.office import PRINTER, SERVICES, SITE


def test_numbers_go_up_by_prefix_over_all_services_of_an_agency() -> None:
    building = Building()
    labels = [building.issue(code).label for code in ("DUKA-01", "DUKA-02", "POLI-01", "DUKA-01", "POLI-01")]
    assert labels == ["B-001", "B-002", "C-001", "B-003", "C-002"]


def test_numbers_begin_again_on_the_next_day() -> None:
    building = Building()
    building.issue()
    building.forward(days=1)
    assert building.issue().label == "B-001"


def test_a_cancelled_number_is_not_given_again() -> None:
    building = Building()
    visit = building.issue()
    building.do(commands.CancelTicket, None, visit=visit.visit_id, reason="pulang")
    assert building.issue().label == "B-002"


def test_people_stand_in_the_order_of_their_tickets_with_room_between() -> None:
    building = Building()
    positions = [building.issue(code).position for code in ("DUKA-01", "POLI-01", "DUKA-02")]
    assert positions == [1024, 2048, 3072]


def test_the_ticket_keeps_the_version_of_the_standard_in_force() -> None:
    building = Building()
    visit = building.issue("DUKA-01")
    found = building.view.service("DUKA-01")
    assert found is not None
    assert visit.stop.service_version == found[1].version


def test_the_first_ticket_opens_the_day_by_itself() -> None:
    building = Building()
    command = building.command(commands.IssueTicket, None, service="DUKA-01")
    opening, issued = building.ask(command).drafts
    assert isinstance(opening.fact, facts.DayOpened)
    assert opening.by_system
    assert not issued.by_system
    assert (issued.fact.command_id, opening.fact.command_id) == (command.command_id, "")
    assert opening.fact.day == issued.fact.day == "2026-11-23"
    assert [type(each.fact) for each in building.decide(command).drafts] == [facts.TicketIssued]


# --- blocks ----------------------------------------------------------------------------------------------------------


def test_every_issuer_counts_in_its_own_block() -> None:
    building = Building(replace(SITE, station_issuers=(2, 5)))
    labels = [building.issue(issuer_no=issuer).label for issuer in (0, 2, 5, 2, 0, 1)]
    assert labels == ["B-001", "B-700", "B-725", "B-701", "B-002", "B-600"]


def _enrol(building: Building, issuer_no: int, role: str) -> None:
    fact = facts.StationEnrolled(
        public_key=bytes(32),
        label=f"Komputer {issuer_no}",
        role=role,
        issuer_no=issuer_no,
        token_hash=str(issuer_no),
    )
    building.record(Draft(building.ids.new(), Subject(SubjectType.STATION, f"device-{issuer_no}"), fact))


def test_enrolled_kiosks_have_the_first_blocks_of_the_stations() -> None:
    building = Building()
    for issuer_no, role in ((2, "counter"), (3, "kiosk"), (4, "kiosk")):
        _enrol(building, issuer_no, role)
    assert [building.issue(issuer_no=issuer).label for issuer in (4, 3, 0)] == ["B-725", "B-700", "B-001"]


def test_a_kiosk_that_joins_during_the_day_has_numbers_when_the_cable_is_cut() -> None:
    building = Building()
    _enrol(building, 2, "kiosk")
    building.issue()
    for issuer_no, role in ((3, "counter"), (4, "kiosk")):
        _enrol(building, issuer_no, role)
    assert [building.issue(issuer_no=issuer).label for issuer in (4, 2, 4)] == ["B-750", "B-700", "B-751"]
    building.forward(days=1)
    assert [building.issue(issuer_no=issuer).label for issuer in (4, 2)] == ["B-725", "B-700"]


def test_a_station_for_which_no_numbers_are_left_has_none_today() -> None:
    building = Building()
    building.issue()
    command = building.command(commands.IssueTicket, None, service="DUKA-01", issuer_no=14)
    assert "belum mendapat jatah nomor" in building.refused(command)


def test_a_full_block_is_refused_and_the_other_prefixes_go_on() -> None:
    building = Building(replace(SITE, station_issuers=(2,)))
    for _ in range(25):
        building.issue(issuer_no=2)
    command = building.command(commands.IssueTicket, None, service="DUKA-02", issuer_no=2)
    assert "Nomor B untuk hari ini sudah habis." in building.refused(command)
    assert building.issue("POLI-01", issuer_no=2).label == "C-700"
    assert building.issue("DUKA-01").label == "B-001"


def test_after_a_restore_numbers_go_on_in_the_standby_block_until_tomorrow() -> None:
    building = Building()
    building.issue()
    building.forward(hours=1)
    building.view.restored_ms = int(building.now.timestamp() * 1000)
    assert [building.issue().label, building.issue().label] == ["B-600", "B-601"]
    building.forward(days=1)
    assert [building.issue().label, building.issue().label] == ["B-001", "B-002"]


def test_a_backup_restored_before_the_first_ticket_of_the_day_gives_no_number_of_the_lost_morning() -> None:
    """The backup is of yesterday: it does not know that today was already opened, and numbers given out."""
    building = Building()
    building.issue()
    building.forward(days=1)
    building.view.restored_ms = int(building.now.timestamp() * 1000)
    assert building.issue().label == "B-600"


def test_a_second_restore_of_the_day_goes_on_in_four_digits_until_tomorrow() -> None:
    building = Building()
    building.issue()
    building.view.restored_ms = int(building.now.timestamp() * 1000)
    building.view.restored = facts.DatabaseRestored(backup_made_ms=0, heads=1, numbers_from=4240)
    assert [building.issue().label, building.issue().label] == ["B-4240", "B-4241"]
    building.forward(days=1)
    assert building.issue().label == "B-001"


# --- priority and refusals -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("priority", PRIORITIES)
def test_every_group_with_priority_is_known(priority: str) -> None:
    assert Building().issue(priority=priority).priority == priority


def test_an_unknown_group_is_refused_with_the_known_ones() -> None:
    building = Building()
    refusal = building.refused(building.command(commands.IssueTicket, None, service="DUKA-01", priority="vip"))
    assert all(known in refusal for known in ("vip", *PRIORITIES))


def test_an_unknown_service_is_refused_by_its_code() -> None:
    building = Building()
    assert "DUKA-99" in building.refused(building.command(commands.IssueTicket, None, service="DUKA-99"))


# --- the slip --------------------------------------------------------------------------------------------------------


def slip_of(building: Building) -> str:
    (order,) = building.ask(building.command(commands.IssueTicket, None, service="DUKA-01", printer=PRINTER)).slips
    return "\n".join(part.text for part in order.slip.parts if isinstance(part, Line))


def test_without_a_printer_there_is_no_slip() -> None:
    building = Building()
    assert building.ask(building.command(commands.IssueTicket, None, service="DUKA-01")).slips == ()


def test_the_slip_goes_to_the_printer_with_the_ticket() -> None:
    building = Building()
    decided = building.ask(building.command(commands.IssueTicket, None, service="DUKA-01", printer=PRINTER))
    (order,) = decided.slips
    assert (order.printer, order.slip.kind, order.label) == (PRINTER, SlipKind.TICKET, "B-001")
    assert order.subject_id == building.visit_of(decided).visit_id
    assert order.personal is None


def test_the_slip_is_as_wide_as_the_paper_of_its_printer() -> None:
    narrow = PrinterPlace(PRINTER, "tcp://192.0.2.7:9100?model=generic-58")
    building = Building(replace(SITE, printers=(narrow,)))
    (order,) = building.ask(building.command(commands.IssueTicket, None, service="DUKA-01", printer=PRINTER)).slips
    assert order.slip.columns == 32


@pytest.mark.parametrize(
    ("ahead", "counters", "minutes"), [(0, 1, None), (3, 0, None), (1, 1, 10), (3, 1, 30), (3, 2, 15), (1, 2, 5)]
)
def test_the_slip_tells_how_many_are_ahead_and_how_long_it_may_take(
    ahead: int, counters: int, minutes: int | None
) -> None:
    building = Building()
    for _ in range(ahead):
        building.issue()
    building.open(*("Loket 1", "Loket 2")[:counters])
    words = slip_of(building)
    assert (f"{ahead} orang di depan Anda" in words) is (ahead > 0)
    assert (f"sekitar {minutes} menit" in words) is (minutes is not None)


def test_the_slip_lists_what_is_always_needed_and_leaves_out_what_depends() -> None:
    assert [each.mandatory for each in SERVICES[0].requirements] == [True, True, False]
    words = slip_of(Building())
    assert "Surat keterangan sehat" in words
    assert "Surat kuasa" not in words
