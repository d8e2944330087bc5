"""An icon beside a word, in the colour its theme gives; silent for screen readers, since the word speaks."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mppdesk.ui.shared.icons import icon
from mppdesk.ui.shared.theme import theme_of


class IconLabel(QWidget):
    """Draws `name` in the colour of the token `tone`, `px` wide and high at scale 1."""

    def __init__(self, name: str, tone: str = "ink", px: int = 20, filled: bool = False) -> None:
        super().__init__()
        self._name, self._tone, self._px, self._filled = name, tone, px, filled
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def name(self) -> str:
        return self._name

    def set_icon(self, name: str, tone: str, filled: bool = False) -> None:
        """Show another icon or colour in the same place."""
        if (name, tone, filled) != (self._name, self._tone, self._filled):
            self._name, self._tone, self._filled = name, tone, filled
            self.update()

    def sizeHint(self) -> QSize:
        edge = theme_of(self).px(self._px)
        return QSize(edge, edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self)
        edge = min(self.width(), self.height(), theme.px(self._px))
        drawing = icon(self._name, theme.colour(self._tone), edge, self.devicePixelRatioF(), self._filled)
        painter = QPainter(self)
        painter.drawPixmap((self.width() - edge) // 2, (self.height() - edge) // 2, drawing)
        painter.end()
