"""One line of words as large as its letters say, smaller only where it would not fit, so that nothing is cut off."""

import re

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QHideEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from mppdesk.ui.display_board.lettering import CAPITAL, Letters
from mppdesk.ui.shared.look import Theme
from mppdesk.ui.shared.theme import theme_of

_LINE = 1.2  # height of a line in em, with room for what hangs below it
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
_Look = tuple[str, Theme, int, int, float]


class _Words(QWidget):
    """What shows words in letters of the board.

    Letters as large as a wall asks for are drawn as outlines, which takes longer than all the rest of the board; so
    they are kept as a picture, and drawn again only when words, size or theme have changed.
    """

    def __init__(self, letters: Letters) -> None:
        super().__init__()
        self._letters = letters
        self._text = ""
        self._picture = QPixmap()
        self._drawn: _Look | None = None

    @property
    def text(self) -> str:
        return self._text

    def show_text(self, text: str) -> None:
        """Show other words; a screen reader hears them too."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()

    def hideEvent(self, event: QHideEvent) -> None:
        """A page out of sight needs no memory for its pictures."""
        super().hideEvent(event)
        self._drawn, self._picture = None, QPixmap()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, dpr = theme_of(self), self.devicePixelRatioF()
        look = (self._text, theme, self.width(), self.height(), dpr)
        if look != self._drawn:
            self._drawn, self._picture = look, self._draw(theme, dpr)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()

    def draw_words(self, painter: QPainter, theme: Theme) -> None:
        """Draw the words with a painter that has their colour."""
        raise NotImplementedError

    def _draw(self, theme: Theme, dpr: float) -> QPixmap:
        picture = QPixmap(self.size() * dpr)
        picture.setDevicePixelRatio(dpr)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setPen(theme.colour(self._letters.tone))
        self.draw_words(painter, theme)
        painter.end()
        return picture


class Line(_Words):
    """Draws its capitals in the middle of the height it has; `is_centred` also in the middle of the width."""

    def __init__(self, letters: Letters, *, is_centred: bool = False) -> None:
        super().__init__(letters)
        self._is_centred = is_centred
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def drawn_font(self) -> QFont:
        """The font in the size that fits the width there is."""
        theme = theme_of(self)
        font = self._letters.font(theme)
        share = 1.0
        while self._breadth(font) > self.width() and font.pixelSize() > 1:
            share *= min(0.99, self.width() / self._breadth(font))
            font = self._letters.font(theme, share)
        return font

    def drawn_area(self) -> QRect:
        """Where the words stand, from the top of the capitals to what hangs below the line."""
        return self._area(self.drawn_font())

    def sizeHint(self) -> QSize:
        font = self._letters.font(theme_of(self))
        return QSize(self._breadth(font), round(font.pixelSize() * self._em_high()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def draw_words(self, painter: QPainter, theme: Theme) -> None:
        """Word by word: Qt fills the outlines of a text as one, and one of ten words takes far longer than ten."""
        font = self.drawn_font()
        area, metrics = self._area(font), QFontMetricsF(font)
        painter.setFont(font)
        for word in re.finditer(r"\S+", self._text):
            before = metrics.horizontalAdvance(self._text[: word.start()])
            painter.drawText(QPointF(area.left() + before, area.top() + round(font.pixelSize() * CAPITAL)), word[0])

    def _area(self, font: QFont) -> QRect:
        breadth, capital = self._breadth(font), round(font.pixelSize() * CAPITAL)
        left = (self.width() - breadth) // 2 if self._is_centred else 0
        hangs = 0 if self._letters.is_figures else QFontMetrics(font).descent()
        return QRect(left, (self.height() - capital) // 2, breadth, capital + hangs)

    def _breadth(self, font: QFont) -> int:
        return QFontMetrics(font).horizontalAdvance(self._text)

    def _em_high(self) -> float:
        """Figures have nothing below the line and need no room for it."""
        return CAPITAL * 1.08 if self._letters.is_figures else _LINE


class Paragraph(_Words):
    """Words over as many lines as the width asks for."""

    def __init__(self, letters: Letters) -> None:
        super().__init__(letters)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the words set `width` pixels wide."""
        metrics = QFontMetrics(self._letters.font(theme_of(self)))
        return metrics.boundingRect(QRect(0, 0, max(1, width), 1 << 16), _WRAP, self._text).height()

    def drawn_area(self) -> QRect:
        """Where the words stand."""
        return QFontMetrics(self._letters.font(theme_of(self))).boundingRect(self.rect(), _WRAP, self._text)

    def sizeHint(self) -> QSize:
        width = self.width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(self.width()))

    def draw_words(self, painter: QPainter, theme: Theme) -> None:
        painter.setFont(self._letters.font(theme))
        painter.drawText(self.rect(), _WRAP, self._text)
