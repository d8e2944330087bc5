"""What our bytes do to the paper: no longer and no wider than said, and nothing in a name that is obeyed."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mppdesk.config import resource
from mppdesk.domain.conditions import papers_to_bring
from mppdesk.domain.papers import TicketPaper
from mppdesk.domain.printer_models import GENERIC_58, GENERIC_80, PrinterModel
from mppdesk.domain.slip import Align, Line, Pair, QrCode, Slip, SlipKind
from mppdesk.domain.slip_layout import as_copy, lacking_slip, receipt_slip, requirements_slip, ticket_slip
from mppdesk.domain.slip_layout_ticket import SHORT_MM
from mppdesk.domain.slip_length import printed_dots, printed_mm
from mppdesk.domain.ticket_code import ticket_code
from mppdesk.integrations.catalog_files import read_catalog
from mppdesk.printing.escpos import to_bytes
from tests.fakes.sample_papers import LACKING, RECEIPT, REQUIREMENTS, TICKET, at
from tests.printing.golden import MODELS, slips
from tests.printing.paper_reader import read_paper

MOST_BYTES = 700
LONGEST_NUMBER = "ABC-0999"
every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model.columns))


@every_model
def test_the_bytes_move_the_paper_as_far_as_was_reckoned_and_fill_no_line_beyond_its_end(model: PrinterModel) -> None:
    for name, slip in slips(model.columns):
        paper = read_paper(to_bytes(slip, model))
        assert (name, paper.dots) == (name, printed_dots(slip))
        assert paper.widest <= model.columns
        assert paper.has_ended
        assert not paper.strange


@cache
def tickets_of_the_catalogue() -> tuple[TicketPaper, ...]:
    """A ticket of each service, with all that a ticket of its own accord may say at its longest."""
    reading = read_catalog(resource("sample/catalog"))
    agencies = {agency.code: agency.short_name for agency in reading.agencies}
    longest = replace(
        TICKET,
        number=LONGEST_NUMBER,
        qr_token=ticket_code("K7Q2M9XH4TRB3WZP", "2026-11-23", LONGEST_NUMBER),
        people_ahead=999,
        minutes=995,
    )
    return tuple(
        replace(
            longest,
            agency=agencies[service.agency],
            service=service.name_in_lists,
            prepare=papers_to_bring(each for each in service.requirements if each.mandatory),
        )
        for service in reading.services
    )


def test_every_ticket_of_the_catalogue_fits_in_700_bytes_with_its_code() -> None:
    for paper in tickets_of_the_catalogue():
        sent = to_bytes(ticket_slip(replace(paper, is_priority=True)), GENERIC_80)
        assert len(sent) <= MOST_BYTES, paper.service
        assert paper.qr_token.encode() in sent


def test_every_short_ticket_of_the_catalogue_keeps_to_60_mm() -> None:
    for paper in tickets_of_the_catalogue():
        bare = replace(paper, prepare=())
        assert printed_mm(ticket_slip(bare)) <= SHORT_MM, paper.service
        assert printed_mm(ticket_slip(replace(bare, service=f"{paper.service} {paper.service}"))) <= SHORT_MM
        assert printed_mm(ticket_slip(bare, GENERIC_58.columns)) <= SHORT_MM


# What a printer would obey, could it get at it, and what a person may be called.
hostile = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(["\x10\x04\x01", "\x10\x14\x01\x00\x05", "\x1b@", "\x1bp\x00\x19\xfa", "\x1dV\x00", "\n",
                         "\u202e", "مريم", "玛丽", "👩‍👧", "e\u0301", "Contohwati"]),
        max_size=8,
    ).map("".join),
)  # fmt: skip
papers: list[Callable[[str, int], Slip]] = [
    lambda text, columns: ticket_slip(
        replace(TICKET, heading=(text,), agency=text, service=text, number=text), columns
    ),
    lambda text, columns: receipt_slip(replace(RECEIPT, applicant=text, represented_by=text, clerk=text), columns),
    lambda text, columns: lacking_slip(replace(LACKING, service=text, clerk=text, counter=text), columns),
    lambda text, columns: requirements_slip(replace(REQUIREMENTS, service=text, fee=text), columns),
]


@pytest.mark.parametrize("paper", papers, ids=["ticket", "receipt", "lacking", "requirements"])
@settings(max_examples=25)
@given(text=hostile, model=st.sampled_from(MODELS))
def test_no_name_reaches_the_printer_as_a_command(
    paper: Callable[[str, int], Slip], text: str, model: PrinterModel
) -> None:
    came_out = read_paper(to_bytes(as_copy(paper(text, model.columns), 3, at(9, 25)), model))
    assert not came_out.strange
    assert came_out.has_ended
    assert came_out.widest <= model.columns


@settings(max_examples=25)
@given(text=hostile, size=st.integers(1, 8))
def test_not_even_a_slip_that_nobody_laid_out_commands_the_printer(text: str, size: int) -> None:
    slip = Slip(SlipKind.TEST, (Line(text, Align.RIGHT, size, bold=True), Pair(text, text), QrCode("K7Q2M9XH4TRB3WZP")))
    assert not read_paper(to_bytes(slip)).strange
