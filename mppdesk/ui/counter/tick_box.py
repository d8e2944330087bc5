"""A box to tick, drawn in the tokens: its edge is as dark as that of every other control."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from mppdesk.texts import Text
from mppdesk.ui.shared.icons import icon
from mppdesk.ui.shared.theme import theme_of

_EDGE = 20
_GAP = 8
_LETTERS = "list"
_ENDLESS = 10_000


class TickBox(QCheckBox):
    """Space ticks it, as any box; the whole of it can be clicked."""

    def __init__(self, words: Text) -> None:
        super().__init__(str(words))
        self.setAccessibleName(str(words))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return self._size_for(self.text())

    def minimumSizeHint(self) -> QSize:
        return self._size_for(max(self.text().split(), key=len, default=""))

    def heightForWidth(self, width: int) -> int:
        theme = theme_of(self)
        room = QRect(0, 0, width - theme.px(_EDGE + _GAP + 8), _ENDLESS)
        metrics = QFontMetrics(theme.font(_LETTERS))
        words = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self.text())
        return max(theme.px(_EDGE + 8), words.height() + 6)

    def _size_for(self, words: str) -> QSize:
        theme = theme_of(self)
        metrics = QFontMetrics(theme.font(_LETTERS))
        width = theme.px(_EDGE + _GAP + 8) + metrics.horizontalAdvance(words)
        return QSize(width, max(theme.px(_EDGE + 8), metrics.height() + 6))

    def hitButton(self, pos: QPoint) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.px(_EDGE)
        box = QRect(4, (self.height() - edge) // 2, edge, edge)
        is_on = self.isChecked()
        painter.setPen(QPen(theme.colour("pri" if is_on else "line2"), 2))
        painter.setBrush(theme.colour("pri" if is_on else "paper"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        if is_on:
            tick = icon("check", theme.colour("on-pri"), edge - 4, self.devicePixelRatioF())
            painter.drawPixmap(box.left() + 2, box.top() + 2, tick)
        painter.setFont(theme.font(_LETTERS))
        painter.setPen(theme.colour("ink"))
        words = self.rect().adjusted(4 + edge + theme.px(_GAP), 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap), self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus"), 3))
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 4, 4)
        painter.end()
