"""Paper on the screen: a `Slip` drawn in the columns that a thermal printer has.

A character of size n is drawn n columns wide, one in each cell, so that the screen breaks lines where paper does.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import segno
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mppdesk.domain.slip import Align, Blank, Line, Pair, Part, QrCode, Rule, Slip
from mppdesk.domain.slip_layout import slip_text

_PAPER = QColor("#FDFDF8")  # paper stays paper in the dark theme
_INK = QColor("#141414")
_EDGE = QColor("#C3C9C6")
_FAMILIES = ["DejaVu Sans Mono", "Consolas", "Menlo", "Liberation Mono", "Courier New", "monospace"]
_DOTS_A_COLUMN = 12  # font A of every thermal printer: 12 x 24 dots
_MARGIN_COLUMNS = 2.5
_LETTER_HEIGHT = 2.0  # in columns: 24 dots to 12
_FEED = 0.5  # between two lines: 6 dots
_QUIET_DOTS = 12


@dataclass(frozen=True, slots=True)
class _Placed:
    """A part with the height it takes, both in pixels from the top of the paper."""

    part: Part
    top: float
    height: float


class PaperView(QWidget):
    """Draws one slip; `column_px` is the width of one character of normal size, in pixels."""

    def __init__(self, slip: Slip | None = None, column_px: float = 8.0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slip = slip
        self._column = column_px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell_reader()

    @property
    def slip(self) -> Slip | None:
        return self._slip

    def show_slip(self, slip: Slip | None) -> None:
        """Draw another slip; None leaves an empty place."""
        if slip == self._slip:
            return
        self._slip = slip
        self._tell_reader()
        self.updateGeometry()
        self.update()

    def set_column(self, column_px: float) -> None:
        """Draw larger or smaller."""
        self._column = column_px
        self.updateGeometry()
        self.update()

    def fit_width(self, width_px: int) -> None:
        """Draw as wide as `width_px` allows."""
        if self._slip is not None:
            self.set_column(width_px / (self._slip.columns + 2 * _MARGIN_COLUMNS))

    def sizeHint(self) -> QSize:
        if self._slip is None:
            return QSize(0, 0)
        *_, last = self._placed(self._slip)
        width = (self._slip.columns + 2 * _MARGIN_COLUMNS) * self._column
        return QSize(round(width), round(last.top + last.height + _MARGIN_COLUMNS * self._column))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._slip is None:
            return
        painter = QPainter(self)
        painter.setPen(_EDGE)
        painter.setBrush(_PAPER)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        for placed in self._placed(self._slip):
            self._paint(painter, placed, self._slip.columns)
        painter.end()

    def _placed(self, slip: Slip) -> Iterator[_Placed]:
        top = _MARGIN_COLUMNS * self._column
        for part in slip.parts or (Blank(),):
            height = self._height(part)
            yield _Placed(part, top, height)
            top += height

    def _height(self, part: Part) -> float:
        match part:
            case Line(size=size):
                return (size * _LETTER_HEIGHT + _FEED) * self._column
            case QrCode():
                return self._qr_edge(part) + 2 * self._dots(_QUIET_DOTS)
            case _:
                return (_LETTER_HEIGHT + _FEED) * self._column

    def _paint(self, painter: QPainter, placed: _Placed, columns: int) -> None:
        match placed.part:
            case Line() as line:
                self._paint_text(painter, placed, line, columns)
            case Pair(left, right):
                self._paint_text(painter, placed, Line(left), columns)
                self._paint_text(painter, placed, Line(right, Align.RIGHT), columns)
            case Rule():
                self._paint_text(painter, placed, Line("-" * columns), columns)
            case QrCode() as code:
                self._paint_qr(painter, placed, code, columns)
            case Blank():
                pass

    def _paint_text(self, painter: QPainter, placed: _Placed, line: Line, columns: int) -> None:
        cell = line.size * self._column
        painter.setFont(_monospaced(cell, line.bold or line.size > 1))
        painter.setPen(_INK)
        start = (_MARGIN_COLUMNS + _first_column(line, columns)) * self._column
        for place, character in enumerate(line.text):
            area = QRectF(start + place * cell - cell, placed.top, 3 * cell, placed.height)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, character)

    def _paint_qr(self, painter: QPainter, placed: _Placed, code: QrCode, columns: int) -> None:
        rows = _modules(code.token)
        module = self._dots(code.module)
        left = (_MARGIN_COLUMNS + columns / 2) * self._column - len(rows) * module / 2
        top = placed.top + self._dots(_QUIET_DOTS)
        for y, row in enumerate(rows):
            for x, is_dark in enumerate(row):
                if is_dark:
                    painter.fillRect(QRectF(left + x * module, top + y * module, module, module), _INK)

    def _qr_edge(self, code: QrCode) -> float:
        return len(_modules(code.token)) * self._dots(code.module)

    def _dots(self, dots: float) -> float:
        return dots * self._column / _DOTS_A_COLUMN

    def _tell_reader(self) -> None:
        self.setAccessibleName(_words(self._slip) if self._slip else "")


def _words(slip: Slip) -> str:
    """What a screen reader says: the words without the spaces and dashes that only shape the paper."""
    lines = slip_text(slip).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines if line.strip(" -"))


def _first_column(line: Line, columns: int) -> float:
    """Where a line begins: like a printer, whole columns for centred text, never left of the edge."""
    free = columns - len(line.text) * line.size
    match line.align:
        case Align.LEFT:
            return 0
        case Align.CENTER:
            return max(0.0, free / 2)
        case Align.RIGHT:
            return max(0, free)


def _monospaced(cell_px: float, bold: bool) -> QFont:
    """A fixed-pitch font whose characters fill a cell of this width."""
    font = QFont(_FAMILIES)
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setBold(bold)
    font.setPixelSize(100)
    of_hundred = QFontMetricsF(font).horizontalAdvance("0")
    font.setPixelSize(max(1, round(100 * cell_px / of_hundred)))
    return font


def _modules(token: str) -> list[list[bool]]:
    """The dark modules of the code, row by row; the printers are asked for the same error correction M."""
    code = segno.make_qr(token, error="m", boost_error=False)
    return [[bool(module) for module in row] for row in code.matrix]
