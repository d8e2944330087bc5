"""A slip on a paper it was not laid out for."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mppdesk.domain.slip import Align, Line, Pair, Rule, Slip, SlipKind
from mppdesk.domain.slip_fitting import fitted
from mppdesk.domain.slip_layout import lacking_slip, receipt_slip, requirements_slip, slip_text, ticket_slip
from tests.fakes.sample_papers import LACKING, RECEIPT, REQUIREMENTS, TICKET

SLIPS = (ticket_slip(TICKET), receipt_slip(RECEIPT), lacking_slip(LACKING), requirements_slip(REQUIREMENTS))


def words_of(slip: Slip) -> list[str]:
    return slip_text(slip).replace("-" * slip.columns, "").split()


def width_of(part: Line | Pair) -> int:
    return len(part.text) * part.size if isinstance(part, Line) else len(part.left) + 1 + len(part.right)


@pytest.mark.parametrize("slip", SLIPS, ids=[slip.kind for slip in SLIPS])
@pytest.mark.parametrize("columns", [42, 32])
def test_no_word_is_lost_on_narrower_paper_and_no_line_too_wide(slip: Slip, columns: int) -> None:
    narrow = fitted(slip, columns)
    assert words_of(narrow) == words_of(slip)
    assert all(width_of(part) <= columns for part in narrow.parts if isinstance(part, Line | Pair))


def test_the_number_of_a_ticket_stays_as_big_as_the_paper_allows() -> None:
    assert Line("B-042", Align.CENTER, 6, bold=True) in fitted(ticket_slip(TICKET), 32).parts
    long = ticket_slip(replace(TICKET, number="AB-0042"))
    assert Line("AB-0042", Align.CENTER, 4, bold=True) in fitted(long, 32).parts


def test_what_hangs_goes_on_hanging() -> None:
    slip = Slip(SlipKind.LACKING, (Line("    KEDALUWARSA: terbit 12-08-2026, paling lama"),))
    assert fitted(slip, 32).parts == (Line("    KEDALUWARSA: terbit"), Line("    12-08-2026, paling lama"))


def test_wider_paper_is_used_to_its_edges() -> None:
    slip = Slip(SlipKind.TEST, (Pair("Senin", "09.18"), Rule()), columns=32)
    assert slip_text(fitted(slip, 48)).splitlines() == ["Senin" + " " * 38 + "09.18", "-" * 48]


def test_on_its_own_paper_a_slip_is_what_it_was() -> None:
    assert fitted(SLIPS[0], 48) is SLIPS[0]


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=48), st.integers(1, 8))
def test_any_line_fits_the_narrowest_paper(text: str, size: int) -> None:
    slip = Slip(SlipKind.TEST, (Line(text, size=size),))
    narrow = fitted(slip, 32)
    assert all(width_of(part) <= 32 for part in narrow.parts if isinstance(part, Line))
    assert "".join(slip_text(narrow).split()) == "".join(text.replace("`", "'").split())
