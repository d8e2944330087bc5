"""A sheet of A5 as a queue of the Windows spooler takes it: its pages as pictures on the printer's own paper."""

from contextlib import suppress

from PIL import ImageOps

from mppdesk.printing.delivery import Sheet
from mppdesk.printing.gdi import Box, Canvas, Gdi, Paper
from mppdesk.printing.handed_over import HandedOver
from mppdesk.printing.pdf_pages import PagePicture, PdfPages

_MOST_DPI = 300
"""Letters of 7 points and codes are as sharp as A5 needs; twice as many dots would take four times the memory."""


class SheetPainter:
    """Paints sheets of PDF, whose data are never given to the spooler as they stand."""

    def __init__(self, gdi: Gdi) -> None:
        self._gdi = gdi

    def hand_over(self, queue: str, sheet: Sheet, handed: HandedOver) -> None:
        """Paint all pages as one job. Raises OSError; the job is then taken back, as far as it is not yet on paper."""
        try:
            with PdfPages(sheet.data) as pages, self._gdi.opened(queue, is_landscape=pages.is_landscape) as canvas:
                handed.job = canvas.start_document(sheet.name)
                try:
                    _paint_pages(canvas, pages, handed)
                    handed.go_on()
                    canvas.end_document()
                except BaseException:
                    with suppress(OSError):
                        canvas.abort_document()
                    raise
        except ImportError as error:
            raise ConnectionAbortedError from error
        handed.given = len(sheet.data)


def _paint_pages(canvas: Canvas, pages: PdfPages, handed: HandedOver) -> None:
    paper = canvas.paper
    for page in pages.pictures(min(paper.dpi_x, paper.dpi_y, _MOST_DPI)):
        canvas.start_page()
        handed.go_on()
        _paint_ink(canvas, page, paper)
        canvas.end_page()


def _paint_ink(canvas: Canvas, page: PagePicture, paper: Paper) -> None:
    """Paint the part of a page that is not blank: its margins may lie where the printer cannot print."""
    ink = ImageOps.invert(page.picture).getbbox()
    if ink is not None:
        canvas.paint(page.picture.crop(ink), place_of_ink(ink, page, paper))


def place_of_ink(ink: Box, page: PagePicture, paper: Paper) -> Box:
    """Where on the reachable part of the sheet the inked part of a page belongs, in the printer's dots.

    The page lies unscaled in the upper left corner of the sheet. Where the printer could not reach all of its ink
    there, it lies in the corner of what can be reached, and is made just as much smaller as it must be: nothing is
    ever cut.
    """
    scale_x, scale_y = paper.dpi_x / page.dpi, paper.dpi_y / page.dpi
    place = _scaled(ink, scale_x, scale_y, (-paper.left, -paper.top))
    if place[0] >= 0 and place[1] >= 0 and place[2] <= paper.width and place[3] <= paper.height:
        return place
    width, height = page.picture.size
    smaller = min(1.0, paper.width / (width * scale_x), paper.height / (height * scale_y))
    return _scaled(ink, smaller * scale_x, smaller * scale_y, (0, 0))


def _scaled(box: Box, scale_x: float, scale_y: float, corner: tuple[int, int]) -> Box:
    left, right = _span(box[0], box[2], scale_x)
    top, bottom = _span(box[1], box[3], scale_y)
    return corner[0] + left, corner[1] + top, corner[0] + right, corner[1] + bottom


def _span(start: int, end: int, scale: float) -> tuple[int, int]:
    """At least one dot, never beyond the end: GDI takes a picture without width for a failure."""
    last = max(round(end * scale), 1)
    return min(round(start * scale), last - 1), last
