"""The pages of a PDF as grey pictures, one at a time, for a spooler that takes no PDF (PDFium by pypdfium2)."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from PIL import Image

_POINTS_PER_INCH = 72
_LONGEST_SIDE = 2500
"""Pixels; an A5 page at 300 dots an inch. A larger page gets fewer dots an inch and not more memory."""
_pdfium = threading.Lock()
"""PDFium must not be called by two threads at once, whatever documents they have open (pypdfium2, "Thread
incompatibility"), and its calls let other threads run."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A whole page: mode `L`, with so many dots to an inch of paper both ways."""

    picture: Image.Image
    dpi: float


class PdfPages:
    """An open PDF; closed by `with`.

    Raises:
        ImportError: PDFium is not installed.
        pypdfium2.PdfiumError: this is no PDF.
    """

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2

        with _pdfium:
            self._document: Any = pypdfium2.PdfDocument(pdf)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with _pdfium:
            self._document.close()

    @property
    def is_landscape(self) -> bool:
        """Whether the first page is wider than high."""
        with _pdfium:
            width, height = self._document.get_page_size(0)
        return bool(width > height)

    def pictures(self, dpi: int) -> Iterator[PagePicture]:
        """Draw each page when it is asked for, at `dpi` dots an inch, or fewer where it would take too much memory."""
        for number in range(len(self._document)):
            with _pdfium:
                page = self._document[number]
                try:
                    drawn = _drawn(page, dpi)
                finally:
                    page.close()
            yield drawn


def _drawn(page: Any, dpi: int) -> PagePicture:
    width, height = page.get_size()
    scale = min(dpi / _POINTS_PER_INCH, _LONGEST_SIDE / max(width, height))
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        picture: Image.Image = bitmap.to_pil().copy()  # which else looks into memory that is freed here
    finally:
        bitmap.close()
    return PagePicture(picture, scale * _POINTS_PER_INCH)
