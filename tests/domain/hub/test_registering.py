"""F9: register numbers without gaps, the promised date, the papers, and a file that is not ripe."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from mppdesk.domain import commands, facts
from mppdesk.domain.catalog import TimeSpan
from mppdesk.domain.slip import SlipKind
from mppdesk.domain.visit import TicketStatus
from tests.domain.hub.building import ZONE, Building
from tests.fakes.office import PRINTER, SERVICES, SITE

FIRST, SECOND, LAST = (each.code for each in SERVICES[0].requirements)


def opened(**more: Any) -> Building:
    building = Building(**more)
    building.open("Loket 1", "Loket 2", "Loket 3")
    return building


def registered(building: Building, service: str = "DUKA-01", label: str = "Loket 1") -> str:
    """Serve somebody to the end; answers the register number."""
    visit = building.serve(service, label)
    number = building.ask(building.register(building.file(visit), visit, label)).drafts[0].fact.register_number
    assert isinstance(number, str)
    return number


def test_numbers_follow_each_other_by_agency() -> None:
    building = opened()
    numbers = [registered(building, *where) for where in (("DUKA-01",), ("DUKA-02", "Loket 2"), ("POLI-01", "Loket 3"))]
    assert numbers == ["DUKA/2026/11/000001", "DUKA/2026/11/000002", "POLI/2026/11/000001"]


def test_the_book_begins_again_with_the_year_not_with_the_month() -> None:
    building = Building()
    numbers = []
    for day in ("2026-11-30", "2026-12-01", "2026-12-31", "2027-01-01"):
        building.now = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=ZONE)
        building.ask(building.command(commands.OpenDay, None, day=day))
        building.open("Loket 1")
        numbers.append(registered(building))
    assert numbers == ["DUKA/2026/11/000001", "DUKA/2026/12/000002", "DUKA/2026/12/000003", "DUKA/2027/01/000001"]


def test_an_agency_numbers_as_its_office_is_used_to() -> None:
    site = replace(SITE, register_templates={"DUKA": "503/{n:04}/{agency}/{roman_month}/{year}"})
    building = opened(site=site)
    assert registered(building) == "503/0001/DUKA/XI/2026"
    assert registered(building, "POLI-01", "Loket 3") == "POLI/2026/11/000001"


def test_after_a_restore_the_book_goes_on_at_the_next_full_hundred_once() -> None:
    building = opened()
    registered(building)
    building.forward(minutes=1)
    building.view.restored_ms = int(building.now.timestamp() * 1000)
    assert [registered(building), registered(building)] == ["DUKA/2026/11/000101", "DUKA/2026/11/000102"]
    assert registered(building, "POLI-01", "Loket 3") == "POLI/2026/11/000101"


def test_every_further_restore_of_a_backup_leaves_a_hundred_more() -> None:
    building = opened()
    registered(building)
    building.forward(minutes=1)
    building.view.restored_ms = int(building.now.timestamp() * 1000)
    building.view.restored = facts.DatabaseRestored(backup_made_ms=0, heads=1, register_hundreds=2)
    assert [registered(building), registered(building)] == ["DUKA/2026/11/000201", "DUKA/2026/11/000202"]


def test_a_restore_before_the_backup_keeps_its_hundred_when_what_used_it_is_lost() -> None:
    """The lost hub went on at 101 after the first restore; its backup is of before that, and knows of no 101."""
    building = opened()
    registered(building)
    building.forward(minutes=1)
    first_ms = int(building.now.timestamp() * 1000)
    building.view.restored_before.append((first_ms, facts.DatabaseRestored(backup_made_ms=0, heads=1)))
    building.forward(minutes=1)
    building.view.restored_ms = int(building.now.timestamp() * 1000)
    assert [registered(building), registered(building)] == ["DUKA/2026/11/000201", "DUKA/2026/11/000202"]


def test_a_restore_of_last_year_leaves_no_gap_in_the_new_book() -> None:
    building = opened()
    registered(building)
    building.forward(minutes=1)
    building.view.restored_ms = int(building.now.timestamp() * 1000)
    building.now = datetime(2027, 1, 4, 9, tzinfo=ZONE)
    building.ask(building.command(commands.OpenDay, None, day="2027-01-04"))
    building.open("Loket 1")
    assert [registered(building), registered(building)] == ["DUKA/2027/01/000001", "DUKA/2027/01/000002"]


def test_an_agency_that_registers_only_days_after_the_restore_still_leaves_the_gap() -> None:
    building = opened()
    registered(building)
    building.forward(minutes=1)
    building.view.restored_ms = int(building.now.timestamp() * 1000)
    building.forward(days=1)
    building.open("Loket 1")
    assert [registered(building), registered(building)] == ["DUKA/2026/11/000101", "DUKA/2026/11/000102"]


def test_the_file_and_the_ticket_are_decided_together() -> None:
    building = opened()
    visit = building.serve()
    submission = building.file(visit)
    command = building.register(submission, visit)
    file, ticket = building.ask(command).drafts
    assert (type(file.fact), type(ticket.fact)) == (facts.SubmissionRegistered, facts.TicketFinished)
    assert file.fact.command_id == ticket.fact.command_id == command.command_id
    assert (file.subject.id, ticket.subject.id) == (submission, visit.visit_id)
    after = building.again(visit)
    assert (after.status, after.outcome) == (TicketStatus.FINISHED, "registered")


@pytest.mark.parametrize(
    ("span", "due"),
    [
        (TimeSpan(5, "hari_kerja"), "2026-11-30"),
        (TimeSpan(1, "hari_kerja"), "2026-11-24"),
        (TimeSpan(60, "menit"), None),
    ],
)
def test_the_promise_counts_working_days_from_today(span: TimeSpan, due: str | None) -> None:
    building = opened(services=(replace(SERVICES[0], duration=span), *SERVICES[1:]))
    visit = building.serve()
    file, _ = building.ask(building.register(building.file(visit), visit)).drafts
    assert file.fact.due == due


# --- papers ----------------------------------------------------------------------------------------------------------


def test_every_sheet_of_the_receipt_is_guarded_by_the_files_key() -> None:
    building = opened()
    visit = building.serve()
    decided = building.ask(building.register(building.file(visit), visit, printer=PRINTER, sheets=2))
    assert [order.slip.kind for order in decided.slips] == [SlipKind.RECEIPT, SlipKind.RECEIPT]
    assert {order.personal for order in decided.slips} == {decided.drafts[0].subject}
    assert {order.label for order in decided.slips} == {"B-001"}
    assert all("DUKA/2026/11/000001" in str(order.slip) for order in decided.slips)
    assert decided.slips[0].slip != decided.slips[1].slip


def test_the_list_of_what_lacks_is_guarded_by_the_files_key() -> None:
    building = opened()
    visit = building.serve()
    submission = building.file(visit, lacking=(SECOND,))
    (order,) = building.ask(building.hand_back(submission, visit, printer=PRINTER)).slips
    assert order.slip.kind is SlipKind.LACKING
    assert order.personal is not None
    assert order.personal.id == submission
    assert "Surat keterangan sehat" in str(order.slip)
    assert "Kartu keluarga" not in str(order.slip)


@pytest.mark.parametrize("lacking", [(), (FIRST,)])
def test_without_a_printer_the_decision_stands_alone(lacking: tuple[str, ...]) -> None:
    building = opened()
    visit = building.serve()
    submission = building.file(visit, lacking=lacking)
    command = building.hand_back(submission, visit) if lacking else building.register(submission, visit)
    assert building.ask(command).slips == ()


def test_personal_texts_of_the_receipt_stand_in_no_fact() -> None:
    building = opened()
    visit = building.serve()
    command = building.register(building.file(visit), visit, printer=PRINTER)
    drafts = building.decide(command).drafts
    assert command.paper.applicant == "Melati Contohwati"
    assert all(command.paper.applicant not in str(draft) for draft in drafts)
    assert all(command.paper.masked_nik not in str(draft) for draft in drafts)


# --- returning -------------------------------------------------------------------------------------------------------


def test_a_returned_file_tells_what_lacks_and_why_in_the_order_of_the_checklist() -> None:
    building = opened()
    visit = building.serve()
    command = building.hand_back(building.file(visit, lacking=(LAST, FIRST)), visit)
    returned, finished = building.ask(command).drafts
    assert returned.fact.lacking == ((FIRST, "expired"), (LAST, "expired"))
    assert finished.fact.outcome == "returned"


def test_a_returned_file_uses_no_number() -> None:
    building = opened()
    visit = building.serve()
    building.ask(building.hand_back(building.file(visit, lacking=(FIRST,)), visit))
    assert registered(building) == "DUKA/2026/11/000001"


def test_a_file_may_be_returned_although_rows_are_undecided() -> None:
    building = opened()
    visit = building.serve()
    building.ask(building.hand_back(building.file(visit, lacking=(FIRST,), undecided=(LAST,)), visit))
    assert building.again(visit).outcome == "returned"


# --- refusals --------------------------------------------------------------------------------------------------------


def test_a_file_with_undecided_rows_is_not_registered() -> None:
    building = opened()
    visit = building.serve()
    submission = building.file(visit, undecided=(LAST,))
    assert "1 baris daftar periksa belum diputuskan." in building.refused(building.register(submission, visit))


def test_a_file_that_lacks_something_is_not_registered() -> None:
    building = opened()
    visit = building.serve()
    refusal = building.refused(building.register(building.file(visit, lacking=(FIRST, LAST)), visit))
    assert "2 dokumen masih kurang." in refusal


def test_a_complete_file_is_not_returned() -> None:
    building = opened()
    visit = building.serve()
    assert "Tidak ada baris yang Kurang." in building.refused(building.hand_back(building.file(visit), visit))


def test_a_file_of_somebody_else_is_not_decided_with_this_ticket() -> None:
    building = opened()
    other = building.file(building.serve(label="Loket 2"))
    visit = building.serve()
    assert "bukan milik B-002" in building.refused(building.register(other, visit))


def test_a_checklist_that_nobody_filled_in_is_named_as_that() -> None:
    building = opened()
    visit = building.serve()
    assert "Daftar periksa B-001 belum diisi." in building.refused(building.register("f" * 32, visit))


def test_a_decided_file_is_not_decided_again() -> None:
    building = opened()
    visit = building.serve()
    submission = building.file(visit)
    finished = building.visit_of(building.ask(building.register(submission, visit)))
    assert "B-001 sudah selesai." in building.refused(building.register(submission, finished))


def test_only_the_counter_that_has_the_person_decides() -> None:
    building = opened()
    visit = building.serve()
    submission = building.file(visit)
    assert "B-001 sedang dilayani Loket 1." in building.refused(building.register(submission, visit, "Loket 2"))
    building.do(commands.HoldTicket)
    assert "B-001 sedang ditunda." in building.refused(building.register(submission, visit))


# --- cut off from the hub -----------------------------------------------------------------------------------------


def provisional(building: Building, label: str = "Loket 1") -> tuple[str, Any]:
    """Register a file while the hub is out of reach; answers the submission and the decision."""
    visit = building.serve("DUKA-01", label)
    submission = building.file(visit)
    building.is_cut_off = True
    decided = building.ask(building.register(submission, visit, label, printer=PRINTER))
    building.is_cut_off = False
    return submission, decided


def test_a_cut_off_station_accepts_under_a_number_of_its_own() -> None:
    building = opened()
    numbers = [
        provisional(building, label)[1].drafts[0].fact.provisional_number for label in ("Loket 1", "Loket 1", "Loket 2")
    ]
    assert numbers == ["L1-20261123-001", "L1-20261123-002", "L2-20261123-001"]


def test_the_paper_says_that_the_number_is_provisional() -> None:
    building = opened()
    _, decided = provisional(building)
    assert "L1-20261123-001 (nomor sementara)" in str(decided.slips[0].slip)


def test_the_hub_gives_the_number_in_the_book_once() -> None:
    building = opened()
    submission, _ = provisional(building)
    mapping = building.command(commands.MapRegister, None, submission=submission)

    building.ask(mapping)
    mapped = building.view.submission(submission)

    assert mapped is not None
    assert (mapped.register_number, mapped.provisional_number) == ("DUKA/2026/11/000001", "L1-20261123-001")
    assert building.ask(building.command(commands.MapRegister, None, submission=submission)).why == "mapped"
    assert registered(building) == "DUKA/2026/11/000002"
