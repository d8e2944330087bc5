"""The A5 sheet that the papers of a berkas are set on: embedded letters, pages with a foot, and how it is bound."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph

from mppdesk.texts import msg

INK = HexColor("#111111")
QUIET = HexColor("#444444")
HAIRLINE = HexColor("#9aa8ae")
MARGIN = 27.0
WIDTH = A5[0] - 2 * MARGIN

_Alignment = Literal[0, 1]
_FOOT_HEIGHT = 36.0
_TYPEFACE = "plus-jakarta-sans"
_FILES = {
    "Jakarta": "PlusJakartaSans_500Medium.ttf",
    "Jakarta-Bold": "PlusJakartaSans_700Bold.ttf",
    "Jakarta-Heavy": "PlusJakartaSans_800ExtraBold.ttf",
}


@cache
def register_fonts(folder: Path) -> None:
    """Load the letters from the folder of all typefaces, once.

    Raises:
        reportlab.pdfbase.ttfonts.TTFError: a file is missing or is no typeface.
    """
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, folder / _TYPEFACE / file))
    pdfmetrics.registerFontFamily("Jakarta", normal="Jakarta", bold="Jakarta-Bold")


def _style(
    font: str, size: float, leading: float, color: Color = INK, alignment: Literal[0, 1] = TA_LEFT
) -> ParagraphStyle:
    style = ParagraphStyle(f"{font} {size}/{leading}", fontName=font, fontSize=size, leading=leading, textColor=color)
    style.alignment = alignment
    return style


BUILDING = _style("Jakarta-Bold", 11.5, 14)
TITLE = _style("Jakarta-Bold", 15.5, 19)
NUMBER = _style("Jakarta-Heavy", 13, 17.5)
BODY = _style("Jakarta", 8, 10.2)
BODY_OPEN = _style("Jakarta", 8, 11.4)
BODY_CENTRED = _style("Jakarta", 8, 10.2, alignment=TA_CENTER)
STRONG = _style("Jakarta-Bold", 8, 10.2)
LABEL = _style("Jakarta", 8, 10.2, QUIET)
HEADING = _style("Jakarta-Bold", 7.2, 9)
HEADING_CENTRED = _style("Jakarta-Bold", 7.2, 9, alignment=TA_CENTER)
SMALL = _style("Jakarta", 7.2, 9)
SMALL_LABEL = _style("Jakarta", 7.2, 9, QUIET)
PROMISE = _style("Jakarta-Bold", 12, 15)


def words(text: object, style: ParagraphStyle = BODY) -> Paragraph:
    """Set a text that wraps; its signs are never read as markup."""
    return Paragraph(escaped(text), style)


def escaped(text: object) -> str:
    """Make a text safe inside the markup of a paragraph; control characters vanish."""
    return escape("".join(sign for sign in str(text) if sign.isprintable()))


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands at the foot of each page: `left` on the first, the number of the paper on later ones, its owner."""

    left: str
    paper: str
    owners: tuple[str, ...]


def bind(sheets: Sequence[Sequence[Flowable]], title: str, author: str, foot: Foot) -> bytes:
    """Bind sheets of equal content to one document whose text can be searched and read aloud in Indonesian."""
    story = [part for sheet in sheets for part in (*sheet, PageBreak())]
    file = BytesIO()
    document = BaseDocTemplate(file, pagesize=A5, title=title, author=author, lang="id-ID", invariant=1)
    frame = Frame(MARGIN, _FOOT_HEIGHT, WIDTH, A5[1] - _FOOT_HEIGHT - MARGIN + 2, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame]))
    document.build(story, canvasmaker=_numbering_canvas(foot))
    return file.getvalue()


def _numbering_canvas(foot: Foot) -> type[Canvas]:
    """Make a canvas that draws the feet last, when it knows how many pages each sheet has."""

    class NumberingCanvas(Canvas):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._pages.append(dict(self.__dict__))
            self._startPage()  # type: ignore[attr-defined]

        def save(self) -> None:
            pages = self._pages
            per_sheet = len(pages) // len(foot.owners)
            for place, state in enumerate(pages):
                self.__dict__.update(state)
                sheet, page = divmod(place, per_sheet)
                left = foot.paper if page else foot.left
                _draw_foot(self, left, foot.owners[sheet], page + 1, per_sheet)
                super().showPage()
            super().save()

    return NumberingCanvas


def _draw_foot(canvas: Canvas, left: str, owner: str, page: int, pages: int) -> None:
    right = msg("{owner} · halaman {page} dari {pages}", owner=owner, page=page, pages=pages)
    canvas.setStrokeColor(HAIRLINE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, _FOOT_HEIGHT, MARGIN + WIDTH, _FOOT_HEIGHT)
    canvas.setFont("Jakarta", 7.2)
    canvas.setFillColor(QUIET)
    canvas.drawString(MARGIN, _FOOT_HEIGHT - 12, left)
    canvas.drawRightString(MARGIN + WIDTH, _FOOT_HEIGHT - 12, str(right))
