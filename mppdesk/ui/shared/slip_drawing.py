"""Draws a slip character for character in the columns of the paper, on any painter."""

from functools import cache, lru_cache

import segno
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from mppdesk.domain.slip import Slip
from mppdesk.domain.slip_length import CHARACTER_DOTS, QUIET_DOTS
from mppdesk.domain.slip_rows import QrRow, TextRow, row_dots, set_in_columns
from mppdesk.ui.shared.fonts import Family, font

_PAPER, _INK, _EDGE = QColor("#FDFEFA"), QColor("#111111"), QColor("#C3C9C6")  # paper stays paper in the dark
_DOTS_PER_COLUMN = 12  # font A of every thermal printer has 12 x 24 dots
_LINE = CHARACTER_DOTS / _DOTS_PER_COLUMN  # in column widths, as all that follows
_QUIET = QUIET_DOTS / _DOTS_PER_COLUMN
_MARGIN = 2.5  # as far as the print head does not reach
_TRIED_PX = 100


def paper_size(slip: Slip, column_px: float) -> QSize:
    """How large a slip is drawn, in pixels."""
    dots = sum(row_dots(row, slip.kind) for row in set_in_columns(slip))
    height = dots / _DOTS_PER_COLUMN + 2 * _MARGIN
    return QSize(round(columns_of_paper(slip) * column_px), round(height * column_px))


def columns_of_paper(slip: Slip) -> float:
    """The width of the paper in columns, with the edges that the print head does not reach."""
    return slip.columns + 2 * _MARGIN


def slip_image(slip: Slip, column_px: float = 12.0) -> QImage:
    """A slip as a picture; at 12 pixels a column it has the dots of the print head (203 dpi)."""
    image = QImage(paper_size(slip, column_px), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_slip(painter, slip, column_px)
    painter.end()
    return image


def paint_slip(painter: QPainter, slip: Slip, column_px: float) -> None:
    """Draw a slip with its paper from the painter's origin."""
    size = paper_size(slip, column_px)
    painter.setPen(_EDGE)
    painter.setBrush(_PAPER)
    painter.drawRect(0, 0, size.width() - 1, size.height() - 1)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    top = _MARGIN
    for row in set_in_columns(slip):
        if isinstance(row, TextRow):
            _paint_text(painter, row, top, column_px)
        else:
            _paint_qr(painter, row, top, slip.columns, column_px)
        top += row_dots(row, slip.kind) / _DOTS_PER_COLUMN


def _paint_text(painter: QPainter, row: TextRow, top: float, column_px: float) -> None:
    """Each character in its own cell, so that columns hold whatever the width of its letter is rounded to."""
    painter.setPen(_INK)
    painter.setFont(_cell_font(row.size * column_px, row.bold or row.size > 1))
    cell = row.size * column_px
    for place, character in enumerate(row.text):
        left = (_MARGIN + row.column) * column_px + place * cell
        area = QRectF(left - cell, top * column_px, 3 * cell, _LINE * row.size * column_px)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, character)


def _paint_qr(painter: QPainter, row: QrRow, top: float, columns: int, column_px: float) -> None:
    modules = _modules(row.token)
    edge = row.module * column_px / _DOTS_PER_COLUMN
    left = (_MARGIN + columns / 2) * column_px - len(modules) * edge / 2
    for y, line in enumerate(modules):
        for x, is_dark in enumerate(line):
            if is_dark:
                painter.fillRect(QRectF(left + x * edge, (top + _QUIET) * column_px + y * edge, edge, edge), _INK)


@lru_cache(maxsize=64)
def _modules(token: str) -> tuple[tuple[bool, ...], ...]:
    """The dark modules of a QR code; error correction M, as the printer draws it."""
    return tuple(tuple(map(bool, line)) for line in segno.make_qr(token, error="m", boost_error=False).matrix)


@cache
def _cell_font(cell_px: float, bold: bool) -> QFont:
    """The letters that slips are drawn with for printers too, as wide as a cell."""
    weight = 700 if bold else 500
    advance = QFontMetricsF(font(_TRIED_PX, weight, Family.PAPER)).horizontalAdvance("0")
    return font(_TRIED_PX * cell_px / advance, weight, Family.PAPER)
