"""What stands on an A5 sheet: letterhead, code of the file, tables, framed promises, places to sign."""

from collections.abc import Sequence
from typing import Any

import segno
from reportlab.platypus import CondPageBreak, Flowable, HRFlowable, KeepTogether, Paragraph, Spacer, Table

from mppdesk.printing.a5_sheet import (
    BODY_CENTRED,
    BUILDING,
    COPY,
    HAIRLINE,
    INK,
    PAGE_HEIGHT,
    PROMISE,
    SMALL,
    SMALL_LABEL,
    WIDTH,
    Grid,
    words,
)
from mppdesk.texts import Text

_CODE_EDGE = 54.0
_QUIET = 4 * _CODE_EDGE / 21
"""What stays white around a code: four modules, of which the smallest code has 21 along an edge (ISO/IEC 18004)."""
BESIDE_CODE = WIDTH - _CODE_EDGE - 3 - _QUIET
"""Points for what stands at the left of a code."""
_BOX_WIDTH = (WIDTH - 8) / 2
_BESIDE, _ABOVE = (8.0, 6.0), 6.0
_HIGHEST_BOX = 168.0
"""Points of the words in a box; it has as much white below them as `_ABOVE`."""
_SIGN_SIZE = 24.0
# A table asks for letters even for what it does not write itself; those of the library are not embedded.
_OWN_LETTERS = ("FONTNAME", (0, 0), (-1, -1), "Jakarta")


def letterhead(building: str, agency: str) -> list[Flowable]:
    """Name the building and the agency above a heavy rule."""
    names = [words(building, BUILDING), words(agency)]
    return [
        grid([[BuildingSign(), names]], [36, WIDTH - 36], 0),
        Spacer(0, 7),
        HRFlowable("100%", 1.5, lineCap="butt", color=INK, spaceBefore=0, spaceAfter=_QUIET),
    ]


def copy_mark(copied: Text | None) -> list[Flowable]:
    """Say at the top that this is a copy, and which; nothing of an original."""
    return [words(copied, COPY), Spacer(0, 10)] if copied else []


def beside_code(lines: list[Paragraph], token: str) -> Table:
    """Set lines at the left and the code of the file at the right, none where there is no token."""
    code = QrDrawing(token, _CODE_EDGE) if token else ""
    return grid([[lines, "", code]], [BESIDE_CODE, _QUIET, _CODE_EDGE + 3], 0)


def grid(rows: Sequence[Sequence[Any]], widths: Sequence[float], room: float) -> Table:
    """Set rows without rules, with `room` points above and below each."""
    table = Grid([list(row) for row in rows], list(widths), splitInRow=1)
    table.setStyle(
        [
            _OWN_LETTERS,
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), room),
            ("BOTTOMPADDING", (0, 0), (-1, -1), room),
        ]
    )
    return table


def ruled(rows: Sequence[Sequence[Paragraph]], widths: Sequence[float | None]) -> Table:
    """Set rows with a hairline under each; the first, the head, comes again on every page. None takes the rest."""
    rest = WIDTH - sum(width for width in widths if width is not None)
    columns = [rest if width is None else width for width in widths]
    table = Grid([list(row) for row in rows], columns, repeatRows=1, splitInRow=1)
    table.setStyle(
        [
            _OWN_LETTERS,
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 3),
            ("TOPPADDING", (0, 0), (-1, -1), 2.6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3.2),
            ("LINEBELOW", (0, 0), (-1, 0), 1, INK),
            ("LINEBELOW", (0, 1), (-1, -1), 0.5, HAIRLINE),
        ]
    )
    return table


def promises(*boxes: tuple[object, object, object]) -> Table:
    """Frame two promises beside each other: a small label, the promise in large letters, what belongs to it.

    Words that would fill half a page are set small and without a frame, which could not go on over pages.
    """
    contents = [_content(*texts) for texts in boxes]
    height = max(sum(line.wrap(_BOX_WIDTH - sum(_BESIDE), 0)[1] for line in lines) for lines in contents)
    if height > _HIGHEST_BOX:
        return grid([[words(text) for text in texts] for texts in boxes], [WIDTH / 4, WIDTH / 2, WIDTH / 4], 2)
    left, right = (_box(lines, height + 2 * _ABOVE) for lines in contents)
    return grid([[left, "", right]], [_BOX_WIDTH, WIDTH - 2 * _BOX_WIDTH, _BOX_WIDTH], 0)


def _content(label: object, promise: object, small: object) -> list[Paragraph]:
    return [words(label, SMALL_LABEL), words(promise, PROMISE), words(small, SMALL)]


def _box(lines: list[Paragraph], height: float) -> Table:
    """Frame one promise, `height` points high."""
    table = Grid([[lines]], [_BOX_WIDTH], [height], cornerRadii=[4, 4, 4, 4])
    before, after = _BESIDE
    table.setStyle(
        [
            ("BOX", (0, 0), (-1, -1), 1, INK),
            _OWN_LETTERS,
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), before),
            ("RIGHTPADDING", (0, 0), (-1, -1), after),
            ("TOPPADDING", (0, 0), (-1, -1), _ABOVE),
            ("BOTTOMPADDING", (0, 0), (-1, -1), _ABOVE),
        ]
    )
    return table


class QrDrawing(Flowable):
    """An opaque token as a square of black runs, `edge` points wide."""

    def __init__(self, token: str, edge: float) -> None:
        super().__init__()
        self._rows = [list(row) for row in segno.make(token, error="m", micro=False).matrix]
        self.width = self.height = edge

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        """Fill all modules as one path: filled one by one, viewers show hairs of white between them."""
        last = len(self._rows) - 1
        runs = [(start, last - y, length) for y, row in enumerate(self._rows) for start, length in _dark_runs(row)]
        self.canv.saveState()
        self.canv.setFillColor(INK)
        self.canv.scale(self.width / len(self._rows), self.height / len(self._rows))
        squares = " ".join(f"{x} {y} {length} 1 re" for x, y, length in runs)
        self.canv._code.append(f"{squares} f")  # type: ignore[attr-defined]
        self.canv.restoreState()


def _dark_runs(row: Sequence[int]) -> list[tuple[int, int]]:
    """Find the runs of dark modules, start and length of each; single squares would leave hairs between them."""
    runs: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((place, 1))
    return runs


class BuildingSign(Flowable):
    """The sign of the program: a house before a tall building."""

    _TOWER = ((9, 14), (9, 22.5), (22.5, 22.5), (22.5, 1.5), (1.5, 1.5), (1.5, 10), (8, 15.5), (14.5, 10), (14.5, 1.5))
    _DOOR = ((8, 1.5), (8, 6.5))
    _WINDOWS = ((13.6, 18), (18, 18), (18, 13.3), (18, 8.6))

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return _SIGN_SIZE, _SIGN_SIZE

    def draw(self) -> None:
        self.canv.setStrokeColor(INK)
        self.canv.setFillColor(INK)
        self.canv.setLineWidth(2.2)
        self.canv.setLineJoin(1)
        self.canv.setLineCap(1)
        for start, *others in (self._TOWER, self._DOOR):
            path = self.canv.beginPath()
            path.moveTo(*start)
            for point in others:
                path.lineTo(*point)
            self.canv.drawPath(path)
        for x, y in self._WINDOWS:
            self.canv.circle(x, y, 1.15, stroke=0, fill=1)


def signed(promised: Sequence[Flowable], signatures: "Signatures") -> list[Flowable]:
    """Set promises and the places to sign on one page, as long as one page can hold both: nobody signs a blank one."""
    height = sum(part.wrap(WIDTH, PAGE_HEIGHT)[1] for part in promised) + signatures.least_height(WIDTH)
    together = [CondPageBreak(height)] if height < PAGE_HEIGHT else []
    return [*together, KeepTogether(list(promised)), signatures]


class Signatures(Flowable):
    """Two places to sign, at the very foot of the page: it takes all the room that is left there."""

    _NEEDED = 78.0
    _BLOCK = 116.0
    _TO_SIGN_IN = 41.0
    _LONGEST_NAME = 120  # that stands here; all of it stands above, where it may go on over pages

    def __init__(self, gives: tuple[str, str], takes: tuple[str, str]) -> None:
        super().__init__()
        (giving, giver), (taking, taker) = gives, takes
        rows = [(giving, "", taking), (self._shortened(giver), "", self._shortened(taker))]
        self._cells = [[words(text, BODY_CENTRED) for text in row] for row in rows]
        self._drawn: tuple[float, Table] | None = None

    def least_height(self, width: float) -> float:
        """Points that it needs where no more are left."""
        return max(self._NEEDED, self._table(width).wrap(width, 0)[1])

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        # A hair less than all, so that rounding never opens another page.
        self.width, self.height = width, max(self.least_height(width), height - 0.1)
        return self.width, self.height

    def draw(self) -> None:
        table = self._table(self.width)
        table.wrapOn(self.canv, self.width, self.height)
        table.drawOn(self.canv, 0, 0)

    def _table(self, width: float) -> Table:
        if self._drawn is None or self._drawn[0] != width:
            between = width - 2 * self._BLOCK
            table = Grid(self._cells, [self._BLOCK, between, self._BLOCK], [self._TO_SIGN_IN, None])
            table.setStyle([_OWN_LETTERS, ("VALIGN", (0, 0), (-1, -1), "TOP")])
            self._drawn = width, table
        return self._drawn[1]

    def _shortened(self, name: str) -> str:
        return name if len(name) <= self._LONGEST_NAME else f"{name[: self._LONGEST_NAME]}…"
