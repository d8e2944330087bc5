"""Slips on the screen, character for character in the columns of the paper; also the `screen:` printer's window."""

from functools import cache, lru_cache

import segno
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from mppdesk.domain.slip import Slip, SlipKind
from mppdesk.texts import msg
from mppdesk.ui.shared.labels import label, mark
from mppdesk.ui.shared.paper_rows import QrRow, Row, TextRow, set_in_columns

_PAPER, _INK = QColor("#FDFEFA"), QColor("#111111")
_DOTS_PER_COLUMN = 12
_LINE, _GAP = 2.0, 0.5  # heights in column widths: a character is 12 x 24 dots, lines are 30 dots apart
_MARGIN = 2.5  # in column widths, as far as the print head does not reach

_NAMES = {
    SlipKind.TICKET: msg("Karcis"),
    SlipKind.RECEIPT: msg("Tanda terima"),
    SlipKind.LACKING: msg("Daftar kekurangan"),
    SlipKind.REQUIREMENTS: msg("Daftar syarat"),
    SlipKind.RECOVERY: msg("Lembar pemulihan"),
    SlipKind.TEST: msg("Cetak uji"),
}


class PaperView(QWidget):
    """Draws one slip; `column_px` is the width of one character column in pixels."""

    def __init__(self, slip: Slip | None = None, column_px: float = 8.0) -> None:
        super().__init__()
        self._slip = slip
        self._column_px = column_px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if slip is not None:
            self.show_slip(slip)

    @property
    def slip(self) -> Slip | None:
        return self._slip

    def show_slip(self, slip: Slip) -> None:
        """Show another slip."""
        self._slip = slip
        spoken = "\n".join(row.text for row in set_in_columns(slip) if isinstance(row, TextRow))
        self.setAccessibleName(str(_NAMES[slip.kind]))
        self.setAccessibleDescription(spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return paper_size(self._slip, self._column_px) if self._slip else QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._slip is not None:
            painter = QPainter(self)
            paint_slip(painter, self._slip, self._column_px)
            painter.end()


class PaperWindow(QWidget):
    """The paper that comes out of the `screen:` printer, newest first."""

    _arrived = Signal(Slip)

    def __init__(self, keep: int = 40, column_px: float = 7.0) -> None:
        super().__init__()
        self._keep, self._column_px = keep, column_px
        self._views: list[PaperView] = []
        self.setWindowTitle(str(msg("Kertas dari printer")))
        mark(self, part="window")
        self._empty = label(str(msg("Belum ada cetakan. Karcis dan tanda terima muncul di sini.")), wrap=True)
        self._lay_out()
        self._arrived.connect(self._put_on_top, Qt.ConnectionType.QueuedConnection)

    def receive(self, slip: Slip) -> None:
        """Let a slip come out; callable from every thread, returns at once."""
        self._arrived.emit(slip)

    def slips(self) -> tuple[Slip, ...]:
        """What lies here, newest first."""
        return tuple(view.slip for view in self._views if view.slip is not None)

    def _put_on_top(self, slip: Slip) -> None:
        view = PaperView(slip, self._column_px)
        self._views.insert(0, view)
        self._column.insertWidget(0, view, 0, Qt.AlignmentFlag.AlignHCenter)
        self._empty.hide()
        while len(self._views) > self._keep:
            oldest = self._views.pop()
            self._column.removeWidget(oldest)
            oldest.deleteLater()

    def _lay_out(self) -> None:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(16)
        self._column.addWidget(self._empty)
        self._column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroll)
        self.setMinimumWidth(round((48 + 2 * _MARGIN) * self._column_px) + 48)
        self.resize(self.minimumWidth(), 720)


def paper_size(slip: Slip, column_px: float) -> QSize:
    """How large a slip is drawn, in pixels."""
    height = sum(_height(row) for row in set_in_columns(slip)) + 2 * _MARGIN
    return QSize(round((slip.columns + 2 * _MARGIN) * column_px), round(height * column_px))


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
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), _PAPER)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    top = _MARGIN
    for row in set_in_columns(slip):
        if isinstance(row, TextRow):
            _paint_text(painter, row, top, column_px)
        else:
            _paint_qr(painter, row, top, slip.columns, column_px)
        top += _height(row)


def _height(row: Row) -> float:
    """In column widths."""
    if isinstance(row, TextRow):
        return _LINE * row.size + _GAP
    return len(_modules(row.token)) * row.module / _DOTS_PER_COLUMN + 2 * _GAP


def _paint_text(painter: QPainter, row: TextRow, top: float, column_px: float) -> None:
    """Each character in its own cell, so that columns hold whatever font the computer has."""
    painter.setPen(_INK)
    painter.setFont(_cell_font(row.size * column_px, row.bold))
    cell = row.size * column_px
    for place, character in enumerate(row.text):
        left = (_MARGIN + row.column) * column_px + place * cell
        area = QRectF(left - cell, top * column_px, 3 * cell, (_LINE * row.size + _GAP) * column_px)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, character)


def _paint_qr(painter: QPainter, row: QrRow, top: float, columns: int, column_px: float) -> None:
    modules = _modules(row.token)
    edge = row.module * column_px / _DOTS_PER_COLUMN
    left = (_MARGIN + columns / 2) * column_px - len(modules) * edge / 2
    for y, line in enumerate(modules):
        for x, is_dark in enumerate(line):
            if is_dark:
                painter.fillRect(QRectF(left + x * edge, (top + _GAP) * column_px + y * edge, edge, edge), _INK)


@lru_cache(maxsize=64)
def _modules(token: str) -> tuple[tuple[bool, ...], ...]:
    """The dark modules of a QR code; error correction M, as the printer draws it."""
    return tuple(tuple(map(bool, line)) for line in segno.make_qr(token, error="m", boost_error=False).matrix)


@cache
def _cell_font(cell_px: float, bold: bool) -> QFont:
    """The computer's own typewriter font, as wide as a cell."""
    font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    font.setBold(bold)
    font.setPixelSize(100)
    advance = QFontMetricsF(font).horizontalAdvance("0")
    font.setPixelSize(max(1, round(100 * cell_px / advance)))
    return font
