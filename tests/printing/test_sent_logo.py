"""A logo that is sent with each paper: in pieces, only where it was chosen, and never from a hostile file."""

import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from mppdesk.domain.errors import BadInput
from mppdesk.domain.paper_logo import MOST_LOGO_ROWS, LogoPicture, PaperLogo
from mppdesk.domain.printer_address import parse_printer
from mppdesk.domain.printer_models import EPSON_TM_T88, GENERIC_58, GENERIC_80, Logo, PrinterModel
from mppdesk.domain.slip import Slip
from mppdesk.domain.slip_layout import lacking_slip, receipt_slip, requirements_slip, ticket_slip
from mppdesk.domain.slip_length import printed_dots, printed_mm
from mppdesk.printing import logo as logos
from mppdesk.printing.escpos import to_bytes
from mppdesk.printing.logo import paper_logo, printing
from mppdesk.printing.logo_storing import store_logo
from mppdesk.printing.raster import MOST_ROWS, harmless
from tests.fakes.escpos_stream import EscposStream
from tests.fakes.sample_papers import LACKING, RECEIPT, REQUIREMENTS, TICKET
from tests.printing.golden import LOGO, MODELS, ring, with_logo
from tests.printing.paper_reader import read_paper

SENT = with_logo(GENERIC_80)
KEPT = (receipt_slip(RECEIPT), lacking_slip(LACKING), requirements_slip(REQUIREMENTS))


def pieces(sent: bytes) -> list[bytes]:
    return [each.data for each in EscposStream().feed(sent) if each.data.startswith(b"\x1dv0\x00")]


@pytest.mark.parametrize("slip", KEPT, ids=lambda slip: slip.kind)
def test_papers_that_people_keep_get_it_once_and_grow_by_its_height(slip: Slip) -> None:
    sent = to_bytes(slip, SENT, LOGO)
    assert len(pieces(sent)) == 1
    assert read_paper(sent).dots == printed_dots(slip) + 96
    assert to_bytes(slip, GENERIC_80, LOGO) == to_bytes(slip, SENT) == to_bytes(slip, GENERIC_80)


def test_a_ticket_never_gets_it_and_stays_as_short_as_it_is() -> None:
    ticket = ticket_slip(replace(TICKET, prepare=()))
    assert to_bytes(ticket, SENT, LOGO) == to_bytes(ticket, GENERIC_80)
    assert printed_mm(ticket) <= 60


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.columns)
def test_a_taller_picture_goes_in_pieces_that_the_smallest_printer_holds(model: PrinterModel) -> None:
    tall = LogoPicture(2, b"\x81\x42" * 600)
    sent = printing(with_logo(model), PaperLogo({model.dots: tall}))
    assert [int.from_bytes(piece[6:8], "little") for piece in pieces(sent)] == [
        MOST_ROWS,
        MOST_ROWS,
        600 - 2 * MOST_ROWS,
    ]
    assert b"".join(piece[8:] for piece in pieces(sent)) == tall.dots


def test_its_dots_command_nothing() -> None:
    dangerous = LogoPicture(6, b"\x10\x04\x01\x10\x14\x00" * 8)
    sent = printing(SENT, PaperLogo({576: dangerous}))
    assert harmless(sent) == sent


def test_it_becomes_bytes_once_for_each_width_of_head() -> None:
    first = printing(SENT, LOGO)
    assert printing(with_logo(replace(GENERIC_80, has_cutter=False)), LOGO) is first
    assert printing(SENT, PaperLogo({576: ring()})) is first


def test_a_printer_whose_width_has_no_picture_prints_none() -> None:
    assert printing(SENT, PaperLogo({384: ring()})) == b""
    assert printing(SENT) == b""


def test_a_slip_that_is_all_picture_begins_at_the_left_below_it() -> None:
    drawn = replace(SENT, draws_text=False)
    sent = to_bytes(requirements_slip(REQUIREMENTS), drawn, LOGO)
    below = sent[sent.index(pieces(sent)[0]) + len(pieces(sent)[0]) :]
    assert below.startswith(b"\x1ba\x00\x1dv0\x00")


def test_the_address_says_so_and_such_a_printer_stores_none(tmp_path: Path) -> None:
    printer = parse_printer("tcp://192.0.2.7:9100?model=generic-58&logo=raster")
    assert printer.model == replace(GENERIC_58, logo=Logo.RASTER)
    with pytest.raises(BadInput, match="Printer ini tidak menyimpan logo"):
        store_logo(printer, tmp_path / "logo.png")


def house(path: Path, size: tuple[int, int] = (300, 300), mode: str = "RGBA") -> Path:
    image = Image.new(mode, size, None if mode == "RGBA" else "white")
    ImageDraw.Draw(image).rectangle((8, 8, size[0] - 9, size[1] - 9), outline="black", width=4)
    image.save(path)
    return path


def test_a_picture_is_read_for_every_width_of_head(tmp_path: Path) -> None:
    logo = paper_logo(house(tmp_path / "logo.png", (900, 300)))
    assert sorted(logo.pictures) == sorted({GENERIC_80.dots, EPSON_TM_T88.dots, GENERIC_58.dots})
    assert logo.makes_sense
    assert max(len(picture.rows) for picture in logo.pictures.values()) <= MOST_LOGO_ROWS


def png_head(width: int, height: int) -> bytes:
    """A PNG that says of itself that it is so large, and brings no dots."""
    head = b"IHDR" + width.to_bytes(4) + height.to_bytes(4) + bytes((8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4) + head + zlib.crc32(head).to_bytes(4)


@pytest.mark.parametrize("size", [(4001, 4000), (12_000, 12_000), (60_000, 60_000)])
def test_a_huge_picture_is_refused_by_its_head_alone(tmp_path: Path, size: tuple[int, int]) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(png_head(*size) + b"\x00\x00\x00\x00IDAT")
    with pytest.raises(BadInput, match="terlalu besar"):
        paper_logo(file)


def test_moving_empty_and_thread_thin_pictures_are_refused_in_a_sentence(tmp_path: Path) -> None:
    frames = [Image.new("L", (64, 64), shade) for shade in ("white", "black")]
    frames[0].save(tmp_path / "gerak.png", save_all=True, append_images=frames[1:])
    with pytest.raises(BadInput, match="bergerak"):
        paper_logo(tmp_path / "gerak.png")
    Image.new("RGBA", (64, 64)).save(tmp_path / "kosong.png")
    with pytest.raises(BadInput, match="kosong"):
        paper_logo(tmp_path / "kosong.png")
    Image.new("L", (9000, 1), "black").save(tmp_path / "garis.png")
    with pytest.raises(BadInput, match="kosong"):
        paper_logo(tmp_path / "garis.png")


@pytest.mark.parametrize("name", ["logo.gif", "logo.eps", "logo.bmp"])
def test_only_png_and_jpeg_are_opened_at_all(tmp_path: Path, name: str) -> None:
    file = house(tmp_path / name, mode="RGB")
    with pytest.raises(BadInput, match="tidak dapat dibaca sebagai gambar"):
        paper_logo(file)


def test_a_torn_file_is_refused_wherever_it_breaks_off(tmp_path: Path) -> None:
    whole = house(tmp_path / "utuh.png").read_bytes()
    torn = tmp_path / "sobek.png"
    for length in range(0, len(whole) - 20, 23):
        torn.write_bytes(whole[:length])
        with pytest.raises(BadInput):
            logos.logo_rows(torn, 576)


@pytest.mark.parametrize(
    ("picture", "makes_sense"),
    [
        (LogoPicture(48, bytes(48 * 96)), True),
        (LogoPicture(0, b"x"), False),
        (LogoPicture(-1, b"x"), False),
        (LogoPicture(2, b"xyz"), False),
        (LogoPicture(2, b""), False),
        (LogoPicture(73, bytes(73)), False),
        (LogoPicture(1, bytes(MOST_LOGO_ROWS + 1)), False),
    ],
)
def test_what_another_version_wrote_is_only_printed_where_it_fits(picture: LogoPicture, makes_sense: bool) -> None:
    assert PaperLogo({576: picture}).makes_sense is makes_sense
