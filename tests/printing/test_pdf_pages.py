"""A page of PDF becomes a picture of its own size: bounded, one at a time, whoever else draws."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from PIL import ImageOps
from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas

from mppdesk.printing import pdf_pages
from mppdesk.printing.pdf_pages import PagePicture, PdfPages


def pdf(*sizes: tuple[float, float]) -> bytes:
    """Pages of these sizes in points, each with a black square of half an inch whose corner is an inch from the top."""
    file = BytesIO()
    canvas = Canvas(file)
    for width, height in sizes:
        canvas.setPageSize((width, height))
        canvas.rect(0.5 * inch, height - 1.5 * inch, 0.5 * inch, 0.5 * inch, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def drawn(data: bytes, dpi: int) -> list[PagePicture]:
    with PdfPages(data) as pages:
        return list(pages.pictures(dpi))


@pytest.mark.parametrize("dpi", [100, 300])
def test_a_page_is_drawn_where_it_stands_and_as_large(dpi: int) -> None:
    (page,) = drawn(pdf((3 * inch, 4 * inch)), dpi)
    assert page.picture.mode == "L"
    assert page.dpi == pytest.approx(dpi)
    assert page.picture.size == pytest.approx((3 * dpi, 4 * dpi), abs=1)
    ink = ImageOps.invert(page.picture).getbbox()
    assert ink == pytest.approx((dpi // 2, dpi, dpi, 3 * dpi // 2), abs=2)


def test_each_page_is_drawn_when_it_is_asked_for() -> None:
    with PdfPages(pdf((2 * inch, 4 * inch), (4 * inch, 2 * inch))) as pages:
        one_by_one = pages.pictures(72)
        assert next(one_by_one).picture.size == (144, 288)
        assert next(one_by_one).picture.size == (288, 144)
        assert list(one_by_one) == []


@pytest.mark.parametrize(("size", "is_landscape"), [((2 * inch, 4 * inch), False), ((4 * inch, 2 * inch), True)])
def test_a_document_lies_as_its_first_page(size: tuple[float, float], is_landscape: bool) -> None:
    with PdfPages(pdf(size)) as pages:
        assert pages.is_landscape is is_landscape


@pytest.mark.parametrize("size", [(14_400, 14_400), (1e9, 1e9), (1e9, 300), (0.001, 0.001)])
def test_no_page_takes_more_memory_than_a_square_as_high_as_a5(size: tuple[float, float]) -> None:
    (page,) = drawn(pdf(size), 300)
    assert max(page.picture.size) <= 2501
    assert page.dpi <= 300


def test_what_is_no_pdf_is_refused() -> None:
    import pypdfium2

    with pytest.raises(pypdfium2.PdfiumError):
        PdfPages(b"%!PS")


def test_two_printers_never_draw_at_the_same_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFium crashes the whole program where two threads are inside it."""
    inside, really_drawn = threading.Barrier(2), pdf_pages._drawn
    met: list[bool] = []

    def drawn_beside_another(page: Any, dpi: int) -> PagePicture:
        with suppress(threading.BrokenBarrierError):
            inside.wait(0.1)
            met.append(True)
        return really_drawn(page, dpi)

    monkeypatch.setattr(pdf_pages, "_drawn", drawn_beside_another)
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(lambda width: drawn(pdf((width, 144)), 72), (72, 144)))
    assert [page.picture.size for (page,) in together] == [(72, 144), (144, 144)]
    assert not met
