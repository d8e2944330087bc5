"""Pictures as a receipt printer gets them: in small pieces, no wider than its head, and nothing in them to obey."""

import re

import pytest
import segno
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mppdesk.domain.printer_models import GENERIC_58, GENERIC_80, PrinterModel
from mppdesk.domain.printer_options import with_columns
from mppdesk.domain.slip import QrCode
from mppdesk.domain.slip_layout import receipt_slip, ticket_slip
from mppdesk.domain.slip_length import printed_dots
from mppdesk.printing.raster import MOST_ROWS, harmless, packed_rows, raster
from mppdesk.printing.slip_picture import code_rows, slip_bands
from tests.fakes.escpos_stream import CommandKind, EscposStream
from tests.fakes.sample_papers import RECEIPT, TICKET

OBEYED = re.compile(rb"\x10[\x04\x05\x14]")
HEADS = [with_columns(GENERIC_80), with_columns(GENERIC_80, 42), GENERIC_58]


def pieces_of(data: bytes) -> list[tuple[int, list[bytes]]]:
    """Each picture of a stream: its width in bytes and its rows."""
    found = []
    for command in EscposStream().feed(data):
        assert command.kind is CommandKind.RASTER
        width, dots = int.from_bytes(command.data[4:6], "little"), command.data[8:]
        found.append((width, [dots[start : start + width] for start in range(0, len(dots), width)]))
    return found


def test_a_tall_picture_goes_in_pieces_and_without_the_white_at_its_right() -> None:
    rows = [b"\x81\x00\x00"] * 300 + [b"\x00\x01\x00"]
    (first_width, first), (second_width, second) = pieces_of(raster(rows))
    assert (first_width, len(first), second_width, len(second)) == (1, MOST_ROWS, 2, 45)
    assert [row.ljust(3, b"\x00") for row in first + second] == rows


def test_white_rows_move_the_paper_all_the_same() -> None:
    assert pieces_of(raster([bytes(72)] * 12)) == [(1, [b"\x00"] * 12)]


def test_dots_are_packed_from_the_left() -> None:
    assert list(packed_rows([[True] + [False] * 7 + [True], [False] * 9])) == [b"\x80\x80", b"\x00\x00"]


@given(st.binary(max_size=80))
@example(b"\x10\x04\x01")
@example(b"\x10\x10\x14\x08")
def test_nothing_in_a_picture_is_obeyed_and_hardly_a_dot_is_changed(dots: bytes) -> None:
    sent = harmless(dots)
    assert not OBEYED.search(sent)
    added = int.from_bytes(sent) ^ int.from_bytes(dots)
    assert added & int.from_bytes(dots) == 0
    assert added.bit_count() == len(OBEYED.findall(dots))


@settings(max_examples=15)
@given(st.text(st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"), min_size=16, max_size=33))
def test_a_code_is_the_one_that_readers_read_and_carries_no_command(token: str) -> None:
    rows = code_rows(QrCode(token))
    modules = segno.make_qr(token, error="m", boost_error=False).matrix
    middles = [[bool(rows[4 * y + 2][(4 * x + 2) // 8] & 0x80 >> (4 * x + 2) % 8) for x in range(len(modules))]
               for y in range(len(modules))]  # fmt: skip
    assert middles == [[bool(dark) for dark in row] for row in modules]
    assert not OBEYED.search(raster(rows))


@pytest.mark.parametrize("model", HEADS, ids=lambda model: str(model.dots))
def test_a_whole_slip_is_never_wider_than_the_head_nor_longer_than_the_slip(model: PrinterModel) -> None:
    for slip in (ticket_slip(TICKET, model.columns), receipt_slip(RECEIPT, model.columns)):
        sent = b"".join(map(raster, slip_bands(slip, model.dots)))
        pieces = pieces_of(sent)
        assert all(8 * width <= model.dots and len(rows) <= MOST_ROWS for width, rows in pieces)
        assert sum(len(rows) for _, rows in pieces) == printed_dots(slip)
        assert not OBEYED.search(sent)


def test_letters_stay_in_their_cells() -> None:
    """Above, below and between the letters of a line there is white: nothing overlaps, on the closest lines too."""
    for band in slip_bands(ticket_slip(TICKET), GENERIC_80.dots):
        if len(band) == 24:
            assert not any(band[0]), "a letter reaches into the line above"
            assert not any(band[-1]), "a letter reaches into the line below"
