"""A ticket number as large as it may be: 236 px, smaller only where a long one would not fit."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mppdesk.ui.shared.theme import theme_of

_CAPITAL = 0.745  # height of a capital letter in em, as Plus Jakarta Sans has it
_AIR = 1.16


class NumberView(QWidget):
    """Draws the capitals in the middle, without the empty room above and below that a line of text has."""

    def __init__(self) -> None:
        super().__init__()
        self._number = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def number(self) -> str:
        return self._number

    def show_number(self, number: str, spoken: str) -> None:
        self._number = number
        self.setAccessibleName(spoken)
        self.updateGeometry()
        self.update()

    def drawn_font(self) -> QFont:
        """The font in the size that fits the width and the height there is."""
        theme = theme_of(self)
        font = theme.number_font("number")
        full = QFontMetrics(font).horizontalAdvance(self._number)
        share = min(1.0, self.width() / max(1, full), self.height() / self._line(font.pixelSize()))
        font.setPixelSize(max(1, int(font.pixelSize() * share)))
        return font

    def sizeHint(self) -> QSize:
        font = theme_of(self).number_font("number")
        return QSize(QFontMetrics(font).horizontalAdvance(self._number), self._line(font.pixelSize()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() / 2

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, font = theme_of(self), self.drawn_font()
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        width = QFontMetrics(font).horizontalAdvance(self._number)
        base = (self.height() + round(font.pixelSize() * _CAPITAL)) // 2
        painter.drawText((self.width() - width) // 2, base, self._number)
        painter.end()

    def _line(self, pixels: int) -> int:
        return round(pixels * _CAPITAL * _AIR)
