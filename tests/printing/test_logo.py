"""The logo in a printer's memory: what is stored, when it is printed, and which pictures are refused."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from mppdesk.domain.errors import BadInput
from mppdesk.domain.printer_models import EPSON_TM_T82, GENERIC_80, Logo, PrinterModel
from mppdesk.domain.slip_layout import lacking_slip, receipt_slip, requirements_slip, ticket_slip
from mppdesk.printing.escpos import to_bytes
from mppdesk.printing.logo import HIGHEST_DOTS, MOST_INK, ink_share, logo_rows, printing, storing
from mppdesk.printing.raster import harmless
from tests.fakes.sample_papers import LACKING, RECEIPT, REQUIREMENTS, TICKET

WITH_GRAPHICS = replace(EPSON_TM_T82, logo=Logo.GRAPHICS)
WITH_IMAGE = replace(GENERIC_80, logo=Logo.IMAGE)


def picture(path: Path, size: tuple[int, int] = (300, 300), ink: str = "black", width: int = 6) -> Path:
    """A house of lines on a transparent ground."""
    image = Image.new("RGBA", size)
    ImageDraw.Draw(image).regular_polygon((size[0] / 2, size[1] / 2, min(size) / 2 - 4), 5, outline=ink, width=width)
    image.save(path)
    return path


def test_a_picture_is_made_to_fit_with_white_for_what_was_transparent(tmp_path: Path) -> None:
    rows = logo_rows(picture(tmp_path / "logo.png", (900, 300)), 576)
    assert len(rows) <= HIGHEST_DOTS
    assert len(rows) % 8 == 0
    assert 8 * len(rows[0]) <= 384
    assert 0 < ink_share(rows, 576) < MOST_INK
    assert rows[0][0] == 0


def test_a_black_bar_is_refused_since_it_slows_the_printer_down(tmp_path: Path) -> None:
    bar = tmp_path / "bar.png"
    Image.new("L", (400, 60), "black").save(bar)
    with pytest.raises(BadInput, match="terlalu hitam: 67% dari lebar kertas, paling banyak 25%"):
        logo_rows(bar, 576)


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "logo.png"
    text.write_text("bukan gambar", "utf-8")
    with pytest.raises(BadInput, match=r"logo\.png tidak dapat dibaca sebagai gambar"):
        logo_rows(text, 576)
    with pytest.raises(BadInput, match=r"tiada\.png tidak dapat dibaca"):
        logo_rows(tmp_path / "tiada.png", 576)


def test_graphics_are_stored_row_by_row_under_their_key() -> None:
    rows = [bytes((n, 0x81)) for n in range(8)]
    head = b"\x1d(L" + bytes((27, 0)) + b"0C0MP\x01" + bytes((16, 0, 8, 0)) + b"1"
    assert storing(rows, Logo.GRAPHICS) == head + b"".join(rows)


def test_images_are_stored_column_by_column() -> None:
    rows = [b"\x80"] * 4 + [b"\x01"] * 4
    assert storing(rows, Logo.IMAGE) == b"\x1cq\x01" + bytes((1, 0, 1, 0)) + bytes((0xF0, 0, 0, 0, 0, 0, 0, 0x0F))


def test_neither_the_dots_nor_their_number_are_obeyed_on_the_way() -> None:
    dangerous = [b"\x10\x04\x01\x10\x14\x00"] * 8
    for way in (Logo.GRAPHICS, Logo.IMAGE):
        assert harmless(storing(dangerous, way)) == storing(dangerous, way)
    for height in range(8, 200, 8):
        for width in range(1, 49):
            sent = storing([bytes(width)] * height, Logo.GRAPHICS)
            assert harmless(sent) == sent
            assert int.from_bytes(sent[3:5], "little") == len(sent) - 5


def test_a_printer_without_memory_is_not_given_a_logo() -> None:
    with pytest.raises(ValueError, match="without memory"):
        storing([b"\x00"] * 8, Logo.NONE)


@pytest.mark.parametrize(
    ("model", "command"),
    [(WITH_GRAPHICS, b"\x1d(L\x06\x000EMP\x01\x01"), (WITH_IMAGE, b"\x1cp\x01\x00")],
    ids=["graphics", "image"],
)
def test_papers_that_people_keep_have_the_logo_once_and_tickets_never(model: PrinterModel, command: bytes) -> None:
    assert printing(model) == command
    for slip in (receipt_slip(RECEIPT), lacking_slip(LACKING), requirements_slip(REQUIREMENTS)):
        assert to_bytes(slip, model).count(command) == 1
        assert command not in to_bytes(slip, replace(model, logo=Logo.NONE))
    assert command not in to_bytes(ticket_slip(TICKET), model)
