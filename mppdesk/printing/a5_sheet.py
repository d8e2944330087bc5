"""The A5 sheet that the papers of a berkas are set on: embedded letters, pages with a foot, and how it is bound."""

import unicodedata
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table

from mppdesk.domain.plain_syllables import plain_syllables
from mppdesk.domain.slip_layout_text import ascii_text
from mppdesk.texts import msg

INK = HexColor("#111111")
QUIET = HexColor("#444444")
HAIRLINE = HexColor("#9aa8ae")
MARGIN = 27.0
WIDTH = A5[0] - 2 * MARGIN

_Alignment = Literal[0, 1]
_FOOT_HEIGHT = 36.0
_ABOVE_FOOT = 4.0
"""Kept white, so that the rule of a last row and that of the foot are not one double rule."""
PAGE_HEIGHT = A5[1] - _FOOT_HEIGHT - _ABOVE_FOOT - MARGIN + 2
"""Points that a page has for what is set on it."""
_FOOT_SIZE, _FOOT_GAP = 7.2, 12.0
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
        # Only the signs of a paper: all of ASCII in three fonts would be a third of its bytes and a tenth of its time.
        pdfmetrics.registerFont(TTFont(name, folder / _TYPEFACE / file, asciiReadable=0))
    rl_config.useA85 = 0  # text around each stream of bytes, for ways of sending that nobody has any more


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
COPY = _style("Jakarta-Bold", 11.5, 14, alignment=TA_CENTER)
LABEL = _style("Jakarta", 8, 10.2, QUIET)
HEADING = _style("Jakarta-Bold", 7.2, 9)
HEADING_CENTRED = _style("Jakarta-Bold", 7.2, 9, alignment=TA_CENTER)
SMALL = _style("Jakarta", 7.2, 9)
SMALL_LABEL = _style("Jakarta", 7.2, 9, QUIET)
PROMISE = _style("Jakarta-Bold", 12, 15)


def words(text: object, style: ParagraphStyle = BODY) -> Paragraph:
    """Set a text that wraps; nothing reads markup in it."""
    return phrases((text, style), style=style)


def phrases(*parts: tuple[object, ParagraphStyle], style: ParagraphStyle = BODY) -> Paragraph:
    """Set texts one after another, a space between them, each in its own letters; the lines are those of `style`."""
    frags = [frag for text, own in parts if (frag := _frag(text, own)).text]
    for frag in frags[:-1]:
        frag.text += " "
    return _Words("", style, frags=frags or [_frag("", style)])


def in_pieces(pieces: Sequence[str], note: object, style: ParagraphStyle, room: float) -> list[Paragraph]:
    """Set what breaks only between its pieces, and a note behind it, as lines within `room` points."""
    first, *others = [*map(plain, pieces), *([f" {note}"] if note else [])] or [""]
    lines = [first]
    for piece in others:
        fits = stringWidth(lines[-1] + piece, style.fontName, style.fontSize) <= room
        lines[-1:] = [lines[-1] + piece] if fits else [lines[-1], piece]
    return [words(line, style) for line in lines]


class _Words(Paragraph):
    """Breaks its lines once: a table asks for them when it is measured and again when it is drawn."""

    _wrapped: tuple[float, tuple[float, float]] | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if self._wrapped is None or self._wrapped[0] != width or not hasattr(self, "blPara"):  # split over pages
            self._wrapped = (width, super().wrap(width, height))
        return self._wrapped[1]


class Grid(Table):
    """Measures its cells once for a width, though it is asked when it is kept together, placed and drawn."""

    _measured: float | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if self._measured != width:
            self._measured = width
            self._size: tuple[float, float] = super().wrap(width, height)
        return self._size


def plain(text: object) -> str:
    """A text on one line in the signs that our letters have; others become what they look like, or `?`.

    Control characters vanish, and those that turn the direction of what follows.
    """
    composed = unicodedata.normalize("NFC", str(text))
    if not (composed.isascii() and composed.isprintable()):
        composed = "".join(map(_drawable, plain_syllables(composed)))
    return " ".join(composed.split())


def _drawable(sign: str) -> str:
    if sign.isspace():
        return " "
    if ord(sign) in _known_signs():
        return sign if sign.isprintable() else ""
    return ascii_text(sign)


def _frag(text: object, style: ParagraphStyle) -> Any:
    frag = copy(_frag_of(style))
    frag.text = plain(text)
    return frag


@cache
def _frag_of(style: ParagraphStyle) -> Any:
    """What the library makes of a word in this style."""
    return Paragraph("x", style).frags[0]


@cache
def _known_signs() -> frozenset[int]:
    font: Any = pdfmetrics.getFont("Jakarta")
    return frozenset(font.face.charToGlyph)


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands at the foot of each page: `left` on the first, the number of the paper on later ones, its owner."""

    left: str
    paper: str
    owners: tuple[str, ...]


def bind(sheet: Sequence[Flowable], title: str, author: str, moment: datetime, foot: Foot) -> bytes:
    """Bind a sheet for each of its owners to one document whose text can be searched and read aloud in Indonesian.

    It says of itself that it was made at `moment`, the aware time of the paper: the same paper gives the same bytes.
    """
    file = BytesIO()
    document = BaseDocTemplate(
        file,
        pagesize=A5,
        invariant=1,
        initialFontName="Jakarta",
        title=plain(title),
        author=plain(author),
        subject=plain(foot.left),
        creator="mppdesk",
        lang="id-ID",
    )
    frame = Frame(MARGIN, _FOOT_HEIGHT + _ABOVE_FOOT, WIDTH, PAGE_HEIGHT, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame]))
    document.build(list(sheet), canvasmaker=_numbering_canvas(foot, moment))
    return file.getvalue()


def _numbering_canvas(foot: Foot, moment: datetime) -> type[Canvas]:
    """Make a canvas that draws the feet last, when it knows how many pages there are, and all pages for each owner."""

    class NumberingCanvas(Canvas):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._pages.append(dict(self.__dict__))
            self._startPage()  # type: ignore[attr-defined]

        def save(self) -> None:
            pages = self._pages
            self.setDateFormatter(lambda *_now: _date(moment))
            for owner in foot.owners:
                for number, page in enumerate(pages, start=1):
                    self.__dict__.update(page, _code=list(page["_code"]))
                    left = foot.left if number == 1 else foot.paper
                    _draw_foot(self, left, owner, number, len(pages))
                    super().showPage()
            super().save()

    return NumberingCanvas


def _date(moment: datetime) -> str:
    """A moment as PDF writes it (ISO 32000-1, 7.9.4)."""
    zone = f"{moment:%z}"
    return f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"


def _draw_foot(canvas: Canvas, left: str, owner: str, page: int, pages: int) -> None:
    right = msg("{owner} · halaman {page} dari {pages}", owner=owner, page=page, pages=pages)
    canvas.setStrokeColor(HAIRLINE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, _FOOT_HEIGHT, MARGIN + WIDTH, _FOOT_HEIGHT)
    canvas.setFillColor(QUIET)
    canvas.setFont("Jakarta", _FOOT_SIZE)
    canvas.drawRightString(MARGIN + WIDTH, _FOOT_HEIGHT - 12, plain(right))
    room = WIDTH - stringWidth(plain(right), "Jakarta", _FOOT_SIZE) - _FOOT_GAP
    needed = stringWidth(plain(left), "Jakarta", _FOOT_SIZE)
    canvas.setFont(
        "Jakarta", _FOOT_SIZE * min(1.0, room / max(needed, 1.0))
    )  # an office may number its papers at length
    canvas.drawString(MARGIN, _FOOT_HEIGHT - 12, plain(left))
