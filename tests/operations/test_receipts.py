"""The draft of a tanda terima: the checklist as it was ticked, and nothing that is the hub's to say."""

from dataclasses import replace
from datetime import date

import pytest

from mppdesk.domain.catalog import Agency, Fee, Handling, Requirement, Service, TimeSpan
from mppdesk.domain.entries import Actor
from mppdesk.domain.office_day import CounterState
from mppdesk.domain.papers import ReceiptPaper, ReceivedDocument
from mppdesk.domain.submission import CheckState, SubmissionStatus
from mppdesk.domain.visit import TicketStatus
from mppdesk.operations.desk import Desk
from mppdesk.operations.readings import (
    Applicant,
    Checklist,
    CheckRow,
    CounterScreen,
    CounterToday,
    CurrentTicket,
    QueueRow,
)
from mppdesk.operations.receipts import receipt_draft
from mppdesk.texts import msg

AGENCY = Agency("DPMPTSP", "Dinas Penanaman Modal", "DPMPTSP", "izin", "D P M P T S P", "building", "dinas", "A")
SERVICE = Service(
    code="DPMPTSP-SIPB",
    agency="DPMPTSP",
    name="Surat Izin Praktik (SIP) Bidan",
    list_name="SIP Bidan",
    everyday_name=None,
    search_words=(),
    kind="izin",
    personal_data="biasa",
    retention_years=5,
    requirements=(),
    procedure=(),
    duration=TimeSpan(5, "hari_kerja"),
    duration_note=None,
    fee=Fee("gratis"),
    product="SIP",
    product_validity=None,
    legal_basis=(),
    complaints=(),
    counter_minutes=15,
)


def row(number: int, state: CheckState, originals: int | None = None, copies: int | None = None) -> CheckRow:
    code = f"DPMPTSP-SIPB-R{number:02}"
    requirement = Requirement(code, f"Surat {number}", 1, Handling.SHOWN, 2, mandatory=True)
    return CheckRow(number, requirement, state, originals=originals, copies=copies)


def drafted(*rows: CheckRow, applicant: Applicant = Applicant()) -> ReceiptPaper:  # noqa: B008 - a frozen value
    checklist = Checklist(
        submission="f" * 32,
        service=SERVICE,
        version_ordinal=3,
        rows=rows,
        applicant=applicant,
        status=SubmissionStatus.OPEN,
        due=date(2026, 11, 30),
        fee=msg("Gratis"),
        duration=msg("5 hari kerja"),
    )
    queued = QueueRow("a" * 32, "A-019", "SIP Bidan", SERVICE.code, 0, 0, False, TicketStatus.SERVING)
    ticket = CurrentTicket(queued, "SIP Bidan", "0" * 64, "DPMPTSP", 0, 1, 0, 15, None, checklist)
    screen = CounterScreen(
        counter="L2",
        label="Loket 2",
        agency=AGENCY,
        mpp_name="Mal Pelayanan Publik Kabupaten Sukamaju",
        day=date(2026, 11, 23),
        state=CounterState.OPEN,
        break_until=None,
        serves=msg("semua layanan"),
        current=ticket,
        waiting=(),
        on_hold=(),
        no_show=(),
        next_up=None,
        today=CounterToday(0, 0, 0, 0, None),
        last_call_ms=None,
    )
    desk = Desk("L2", "Loket 2", Actor("dewi", "counter"), "Dewi C.", None)
    return receipt_draft(screen, ticket, desk)


def test_only_fulfilled_documents_were_received() -> None:
    paper = drafted(
        row(1, CheckState.FULFILLED),
        row(2, CheckState.LACKING),
        row(3, CheckState.UNDECIDED),
        row(4, CheckState.NOT_APPLICABLE),
    )
    assert [document.code for document in paper.documents] == ["R01"]
    assert paper.not_applicable == ("R04",)


@pytest.mark.parametrize(
    ("originals", "copies", "received"),
    [(None, None, (1, 2)), (0, None, (0, 2)), (None, 0, (1, 0)), (2, 3, (2, 3))],
    ids=["as the standard asks", "no original", "no copy", "counted"],
)
def test_counts_are_the_clerks_or_else_the_standards(
    originals: int | None, copies: int | None, received: tuple[int, int]
) -> None:
    paper = drafted(row(1, CheckState.FULFILLED, originals, copies))
    assert paper.documents == (ReceivedDocument("R01", "Surat 1", *received, Handling.SHOWN),)


def test_names_come_in_their_short_and_their_full_form() -> None:
    paper = drafted()
    assert (paper.agency, paper.agency_name) == ("DPMPTSP", "Dinas Penanaman Modal")
    assert (paper.service, paper.service_name) == ("SIP Bidan", "Surat Izin Praktik (SIP) Bidan")
    assert (paper.counter, paper.ticket_number, paper.clerk) == ("Loket 2", "A-019", "Dewi C.")
    assert (paper.duration, paper.fee, paper.version_ordinal) == ("5 hari kerja", "Gratis", 3)


def test_the_nik_stands_on_paper_only_masked() -> None:
    applicant = Applicant(name="Melati Contohwati", masked_nik="9999********0001", phone="081200000000")
    paper = drafted(applicant=replace(applicant, represented_by="Anggrek Contohwan"))
    assert (paper.applicant, paper.masked_nik) == ("Melati Contohwati", "9999********0001")
    assert paper.represented_by == "Anggrek Contohwan"
    assert "081200000000" not in repr(paper)


def test_what_the_hub_decides_is_left_to_it() -> None:
    paper = drafted(row(1, CheckState.FULFILLED))
    assert (paper.register_number, paper.moment, paper.due, paper.qr_token) == ("", None, None, "")
