"""The icon of an agency in its coloured square."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mppdesk.ui.shared.icons import icon
from mppdesk.ui.shared.theme import theme_of


class SignBox(QWidget):
    """Silent for screen readers: the name stands beside it."""

    def __init__(self, name: str = "building", fill: str = "pri", ink: str = "on-pri", box_px: int = 72) -> None:
        super().__init__()
        self._name, self._fill, self._ink, self._box_px = name, fill, ink, box_px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_sign(self, name: str) -> None:
        self._name = name
        self.update()

    def sizeHint(self) -> QSize:
        edge = theme_of(self).px(self._box_px)
        return QSize(edge, edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._fill))
        painter.drawRoundedRect(QRectF(self.rect()), theme.radius("card"), theme.radius("card"))
        edge = round(self.width() * 0.6)
        inset = (self.width() - edge) // 2
        painter.drawPixmap(
            QPoint(inset, inset), icon(self._name, theme.colour(self._ink), edge, self.devicePixelRatioF())
        )
        painter.end()
