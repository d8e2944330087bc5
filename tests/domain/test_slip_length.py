"""The length of paper: dot by dot as printers move it, and the codes as large as they are really drawn."""

import pytest
import segno

from mppdesk.domain.slip import Blank, Line, Pair, Part, QrCode, Rule, Slip, SlipKind
from mppdesk.domain.slip_length import paper_mm, part_dots, printed_dots, printed_mm, qr_modules


@pytest.mark.parametrize(
    ("part", "on_a_ticket", "on_a_receipt"),
    [
        (Line("x"), 24, 30),
        (Line("x", size=2), 48, 48),
        (Line("x", size=6), 144, 144),
        (Pair("x", "y"), 24, 30),
        (Rule(), 24, 30),
        (Blank(), 24, 30),
        (QrCode("K7Q2M9XH4TRB3WZP"), 12 + 21 * 4, 12 + 21 * 4),
    ],
)
def test_each_part_moves_the_paper_by_its_own_height(part: Part, on_a_ticket: int, on_a_receipt: int) -> None:
    assert part_dots(part, SlipKind.TICKET) == on_a_ticket
    assert part_dots(part, SlipKind.RECEIPT) == on_a_receipt


def test_eight_dots_are_a_millimetre_and_the_knife_stands_fifteen_behind() -> None:
    slip = Slip(SlipKind.TICKET, (Line("x"), Line("x", size=2)))
    assert printed_mm(slip) == 9.0
    assert paper_mm(slip) == 24.0


def test_the_same_dots_are_longer_on_a_head_of_180_dots_an_inch() -> None:
    slip = Slip(SlipKind.TICKET, (Line("x", size=6), Line("x")), 42)
    assert printed_dots(slip) == 168
    assert printed_mm(slip) == pytest.approx(23.7, abs=0.05)


@pytest.mark.parametrize("sign", ["7", "K", "k"])
def test_a_code_is_as_large_as_the_one_that_is_drawn(sign: str) -> None:
    for length in (1, 14, 15, 20, 21, 26, 27, 33, 34, 35, 38, 39, 42, 43, 61, 62, 63, 64, 84, 85, 106):
        drawn = segno.make_qr(sign * length, error="m", boost_error=False)
        assert qr_modules(sign * length) == len(drawn.matrix)


def test_a_token_longer_than_ours_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        qr_modules("k" * 107)
