"""Sheets of A5 on a queue of the Windows spooler: painted there as they are, and taken back like any other sheet."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps
from reportlab.lib.pagesizes import A5, landscape
from reportlab.pdfgen.canvas import Canvas

from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.domain.slip import Line, Slip, SlipKind
from mppdesk.domain.slip_layout import receipt_slip
from mppdesk.printing.conversation import Timings
from mppdesk.printing.delivery import Outcome, Sheet, blocked
from mppdesk.printing.gdi import Paper
from mppdesk.printing.painted_sheets import SheetPainter, place_of_ink
from mppdesk.printing.pdf import slip_pdf
from mppdesk.printing.pdf_pages import PagePicture, PdfPages
from mppdesk.printing.windows_queue import WindowsQueue
from tests.fakes.sample_papers import RECEIPT
from tests.fakes.windows_gdi import A4, A6, WindowsGdi
from tests.fakes.windows_spooler import PAPER_OUT, WORKS_OFFLINE, WindowsSpooler
from tests.printing.test_devices import SLIP
from tests.printing.test_job_on_a5 import FONTS

QUICK = Timings(confirm=0.05, look_again=0.01, slowest_mm_per_s=1e6, office_printer=0.0)


@pytest.fixture
def printer() -> Iterator[WindowsGdi]:
    made = WindowsGdi(WindowsSpooler(queue="KANTOR"))
    yield made
    made.spooler.released.set()


def pdf_of(slip: Slip) -> bytes:
    return slip_pdf(slip, FONTS)


def queue(printer: WindowsGdi) -> WindowsQueue:
    painter = SheetPainter(printer.gdi())
    return WindowsQueue("KANTOR", pdf_of, QUICK, painter=painter, winspool=printer.winspool())


def print_on(printer: WindowsGdi, slip: Slip = SLIP, title: str = "A-019") -> Outcome:
    device = queue(printer)
    return device.print(device.prepare(slip, title))


def pages_of(data: bytes, dpi: int) -> list[Image.Image]:
    with PdfPages(data) as pages:
        return [page.picture for page in pages.pictures(dpi)]


def ink_box(picture: Image.Image) -> tuple[int, int, int, int]:
    box = ImageOps.invert(picture).getbbox()
    assert box is not None
    return box


def is_same_ink(sheet: Image.Image, page: Image.Image) -> bool:
    box = ink_box(page)
    return ink_box(sheet) == box and sheet.crop(box).tobytes() == page.crop(box).tobytes()


def test_both_sheets_of_a_receipt_come_out_as_they_are_drawn(printer: WindowsGdi) -> None:
    printer.dpi = (300, 300)
    slips = {"A-019-1": receipt_slip(RECEIPT), "A-019-2": receipt_slip(replace(RECEIPT, sheet=2))}
    for title, slip in slips.items():
        expected = Outcome(JobState.UNCONFIRMED, None, len(pdf_of(slip)), PrinterState.READY)
        assert print_on(printer, slip, title) == expected
    for title, slip in slips.items():
        (sheet,), (page,) = printer.sheets[title], pages_of(pdf_of(slip), 300)
        assert sheet.size == (1748, 2480)  # A5, although the printer's own paper is A4
        assert is_same_ink(sheet, page)
    assert printer.sheets["A-019-1"][0].tobytes() != printer.sheets["A-019-2"][0].tobytes()
    assert (printer.open_contexts, printer.spooler.open_handles) == (0, 0)


def test_a_printer_that_makes_two_of_everything_makes_one_a5_sheet(printer: WindowsGdi) -> None:
    print_on(printer)
    assert printer.wished == [(11, 1)]


def test_the_queue_shows_the_name_of_the_job_and_no_person(printer: WindowsGdi) -> None:
    print_on(printer, receipt_slip(RECEIPT), "A-019-01J")
    assert printer.spooler.printed == [("A-019-01J", b"")]


def test_a_long_slip_is_one_job_of_several_sheets(printer: WindowsGdi) -> None:
    slip = Slip(SlipKind.REQUIREMENTS, tuple(Line(f"baris {n}") for n in range(90)))
    print_on(printer, slip)
    pages = pages_of(pdf_of(slip), 100)
    assert len(pages) > 1
    assert [is_same_ink(sheet, page) for sheet, page in zip(printer.sheets["A-019"], pages, strict=True)] == (
        [True] * len(pages)
    )


def test_a_blank_page_comes_out_blank(printer: WindowsGdi) -> None:
    queue(printer).print(Sheet("A-019", SLIP, pdf_page(A5, ink=False)))
    (sheet,) = printer.sheets["A-019"]
    assert sheet.getextrema() == (255, 255)


def test_a_printer_without_a5_gets_it_unscaled_in_the_upper_left_corner(printer: WindowsGdi) -> None:
    printer.knows = (A4,)
    print_on(printer)
    (sheet,), (page,) = printer.sheets["A-019"], pages_of(pdf_of(SLIP), 100)
    assert sheet.size == (827, 1169)
    assert is_same_ink(sheet, page)


@pytest.mark.parametrize("dpi", [(600, 600), (600, 1200)])
def test_a_finer_printer_gets_the_same_size_and_no_more_memory(printer: WindowsGdi, dpi: tuple[int, int]) -> None:
    printer.dpi = dpi
    print_on(printer)
    (sheet,), (page,) = printer.sheets["A-019"], pages_of(pdf_of(SLIP), 300)
    fine = [edge / inch for edge, inch in zip(ink_box(sheet), dpi * 2, strict=True)]
    assert fine == pytest.approx([edge / 300 for edge in ink_box(page)], abs=0.01)
    assert printer.most_pixels <= page.width * page.height


@pytest.mark.parametrize(("own", "edge_mm"), [(A6, 4.0), (11, 15.0)])
def test_what_is_too_large_is_made_smaller_and_never_cut(printer: WindowsGdi, own: int, edge_mm: float) -> None:
    printer.own, printer.knows, printer.edge_mm, printer.dpi = own, (own,), edge_mm, (300, 300)
    print_on(printer, receipt_slip(RECEIPT))
    (sheet,), (page,) = printer.sheets["A-019"], pages_of(pdf_of(receipt_slip(RECEIPT)), 300)
    printed, drawn = ink_box(sheet), ink_box(page)
    ratio = (printed[2] - printed[0]) / (drawn[2] - drawn[0])
    assert 0.5 < ratio < 1
    assert printed[3] - printed[1] == pytest.approx(ratio * (drawn[3] - drawn[1]), abs=2)


def test_a_page_that_lies_is_printed_lying(printer: WindowsGdi) -> None:
    queue(printer).print(Sheet("A-019", SLIP, pdf_page(landscape(A5))))
    (sheet,) = printer.sheets["A-019"]
    assert sheet.width > sheet.height


def pdf_page(size: tuple[float, float], *, ink: bool = True) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=size)
    if ink:
        canvas.drawString(72, 72, "A-019")
    canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize(
    ("status", "attributes", "state"),
    [(PAPER_OUT, 0, PrinterState.PAPER_OUT), (0, WORKS_OFFLINE, PrinterState.OFFLINE)],
)
def test_a_stopped_queue_is_not_even_opened_for_painting(
    printer: WindowsGdi, status: int, attributes: int, state: PrinterState
) -> None:
    printer.spooler.status, printer.spooler.attributes = status, attributes
    assert print_on(printer) == blocked(state)
    assert (printer.wished, printer.spooler.printed) == ([], [])


def test_a_sheet_that_stays_in_the_queue_is_taken_back(printer: WindowsGdi) -> None:
    printer.spooler.keeps = True
    assert print_on(printer).state is JobState.UNCONFIRMED
    assert (printer.spooler.waiting, printer.spooler.printed) == ({}, [])


@pytest.mark.parametrize("call", ["DocumentPropertiesW", "CreateDCW", "StartDocW", "StartPage"])
def test_what_fails_before_the_first_dot_blocks(printer: WindowsGdi, call: str) -> None:
    printer.spooler.fails_at = call
    assert print_on(printer) == blocked(PrinterState.UNREACHABLE)
    assert (printer.open_contexts, printer.spooler.spooling, printer.spooler.printed) == (0, set(), [])


@pytest.mark.parametrize("call", ["StretchDIBits", "EndPage", "EndDoc"])
def test_what_fails_while_it_is_painted_is_aborted_and_unsure(printer: WindowsGdi, call: str) -> None:
    printer.spooler.fails_at = call
    assert print_on(printer).state is JobState.UNCONFIRMED
    assert (printer.aborted, printer.spooler.spooling, printer.spooler.printed) == ([1], set(), [])


dots = st.integers(1, 3000)


@given(
    page=st.tuples(dots, dots),
    edges=st.tuples(*(st.floats(0, 1),) * 4),
    page_dpi=st.floats(10, 300),
    paper=st.builds(
        Paper, st.integers(72, 1200), st.integers(72, 1200), st.integers(0, 200), st.integers(0, 200), dots, dots
    ),
)
def test_no_ink_ever_lies_where_the_printer_cannot_reach(
    page: tuple[int, int], edges: tuple[float, float, float, float], page_dpi: float, paper: Paper
) -> None:
    (left, right), (top, bottom) = sorted(edges[:2]), sorted(edges[2:])
    ink = (
        int(left * (page[0] - 1)),
        int(top * (page[1] - 1)),
        int(right * (page[0] - 1)) + 1,
        int(bottom * (page[1] - 1)) + 1,
    )
    place = place_of_ink(ink, PagePicture(Image.new("1", page), page_dpi), paper)
    assert 0 <= place[0] < place[2] <= paper.width
    assert 0 <= place[1] < place[3] <= paper.height
