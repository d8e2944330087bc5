"""A slip on A5, line by line as on its own paper: for a printer of sheets, where a paper has no A5 form."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A5
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from mppdesk.domain.slip import Slip, SlipKind
from mppdesk.domain.slip_length import CHARACTER_DOTS, QUIET_DOTS, code_dots
from mppdesk.domain.slip_rows import QrRow, Row, row_dots, set_in_columns
from mppdesk.printing.a5_parts import QrDrawing
from mppdesk.printing.a5_sheet import INK
from mppdesk.texts import msg

_DOT = 0.44
"""Points; a quarter more than on thermal paper, since there is room."""
_COLUMN = _DOT * CHARACTER_DOTS / 2
_ADVANCE = 0.632  # of every letter of the typeface, in parts of its size
_BASELINE = 18.5 / CHARACTER_DOTS
_TOP = 40.0
_ROOM = A5[1] - 2 * _TOP
_FILES = {"Mono": "AtkinsonHyperlegibleMono_500Medium.ttf", "Mono-Bold": "AtkinsonHyperlegibleMono_700Bold.ttf"}
_TITLES = {
    SlipKind.TICKET: msg("Karcis antrean"),
    SlipKind.RECEIPT: msg("Tanda terima berkas"),
    SlipKind.LACKING: msg("Daftar kekurangan berkas"),
    SlipKind.REQUIREMENTS: msg("Daftar persyaratan"),
    SlipKind.RECOVERY: msg("Lembar pemulihan"),
    SlipKind.TEST: msg("Lembar uji"),
}


def set_slip(slip: Slip, fonts: Path) -> bytes:
    """Set a slip; see `mppdesk.printing.pdf.slip_pdf`. What is longer than a sheet goes on on the next."""
    _register_fonts(fonts)
    file = BytesIO()
    letters: Any = "Mono"  # which the library's types take for a number
    canvas = Canvas(file, pagesize=A5, invariant=1, initialFontName=letters, lang="id-ID")
    _tell(canvas, str(_TITLES[slip.kind]))
    left = (A5[0] - slip.columns * _COLUMN) / 2
    for page in _pages(slip):
        canvas.setFillColor(INK)
        for row, below in page:
            _draw(canvas, row, left, A5[1] - _TOP - below)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


class _Known(pdfdoc.PDFInfo):
    """What a slip knows of itself: the library would add that nobody made it, in the year 2000."""

    def format(self, document: Any) -> bytes:
        known = {"Title": self.title, "Creator": self.creator, "Producer": self.producer}
        told = pdfdoc.PDFDictionary({name: pdfdoc.PDFString(word) for name, word in known.items()})
        return told.format(document)


def _tell(canvas: Canvas, title: str) -> None:
    known: Any = _Known()
    known.title, known.creator = title, "mppdesk"
    canvas._doc.info = known  # type: ignore[attr-defined]


@cache
def _register_fonts(folder: Path) -> None:
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, folder / "atkinson-hyperlegible-mono" / file))
    rl_config.useA85 = 0


def _pages(slip: Slip) -> Iterator[list[tuple[Row, float]]]:
    """The rows of each sheet, and how far below its top edge each begins, in points."""
    rows = set_in_columns(slip)
    page: list[tuple[Row, float]] = []
    down = 0.0
    for row in rows:
        height = row_dots(row, slip.kind) * _DOT
        if page and down + height > _ROOM:
            yield page
            page, down = [], 0.0
        page.append((row, down))
        down += height
    yield page


def _draw(canvas: Canvas, row: Row, left: float, top: float) -> None:
    if isinstance(row, QrRow):
        edge = (code_dots(row.token, row.module) - QUIET_DOTS) * _DOT
        QrDrawing(row.token, edge).drawOn(canvas, (A5[0] - edge) / 2, top - QUIET_DOTS * _DOT - edge)
        return
    font = "Mono-Bold" if row.bold or row.size > 1 else "Mono"
    canvas.setFont(font, _COLUMN * row.size / _ADVANCE)
    canvas.drawString(left + row.column * _COLUMN, top - _BASELINE * CHARACTER_DOTS * row.size * _DOT, row.text)
