"""The buttons of the kiosk: big, drawn as keys that go down, acting when the finger leaves inside of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from mppdesk.ui.kiosk.acts import Act
from mppdesk.ui.kiosk.faces import Look
from mppdesk.ui.kiosk.text_block import Words, block_height, least_width, one_line_width, paint_block
from mppdesk.ui.shared.icons import icon
from mppdesk.ui.shared.look import Theme
from mppdesk.ui.shared.theme import theme_of

EDGE_PX = 3
_FRAME_PX = 4  # what the border takes on both sides
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


@dataclass(frozen=True, slots=True)
class _Dress:
    """Colours of a button by token; `edge` is the lower edge of the key, none for a flat button."""

    fill: str
    border: str
    edge: str | None = None
    ink: str = "ink"
    is_dashed: bool = False


_DRESSES = {
    Look.PLAIN: _Dress("paper", "line2", "line"),
    Look.CLOSED: _Dress("sunk", "line2", is_dashed=True),
    Look.TINTED: _Dress("pri-t", "pri", "line"),
    Look.PRIORITY: _Dress("paper", "prio", "line"),
    Look.MAIN: _Dress("pri", "pri", "bar", "on-pri"),
    Look.TOOL: _Dress("paper", "ink2"),
    Look.STAFF: _Dress("paper", "warn", ink="warn"),
}


class TouchButton(QAbstractButton):
    """A key with rounded corners; what stands on it is drawn by `paint_face`."""

    def __init__(self, act: Act, look: Look, spoken: str) -> None:
        super().__init__()
        self.act = act
        self.look = look
        self._has_ring = False
        self.setAccessibleName(spoken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def ink(self) -> str:
        return _DRESSES[self.look].ink

    def paint_face(self, painter: QPainter, theme: Theme, area: QRect) -> None:
        """Draw what stands on the key."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A ring helps who uses keys; after a touch it would only make people wonder."""
        self._has_ring = event.reason() in _BY_KEYBOARD
        super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.updateGeometry()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, dress = theme_of(self), _DRESSES[self.look]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        key = _key_area(self.rect(), theme, is_flat=dress.edge is None, is_down=self.isDown())
        if dress.edge and not self.isDown():
            _rounded(painter, theme, key.translated(0, theme.px(EDGE_PX)), theme.colour(dress.edge), None)
        fill = "pri-t" if self.isDown() and self.look is not Look.MAIN else dress.fill
        pen = QPen(theme.colour(dress.border), max(1.5, theme.scale * 2))
        if dress.is_dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        _rounded(painter, theme, key, theme.colour(fill), pen)
        if self._has_ring and self.hasFocus():
            _paint_ring(painter, theme, key, "on-pri" if self.look is Look.MAIN else "focus")
        self.paint_face(painter, theme, key)
        painter.end()


class WordButton(TouchButton):
    """An icon and a word side by side, in the middle; `role` is the letter size, `is_after` puts the icon last."""

    def __init__(
        self,
        act: Act,
        word: str,
        sign: str | None = None,
        look: Look = Look.TOOL,
        role: str = "body",
        *,
        is_after: bool = False,
    ) -> None:
        super().__init__(act, look, word)
        self._word, self._sign, self._role, self._is_after = word, sign, role, is_after
        self.setText(word)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._least_height = 0

    def show_word(self, word: str) -> None:
        """Say the same, or something else, in another language."""
        if word != self._word:
            self._word = word
            self.setText(word)
            self.setAccessibleName(word)
            self.updateGeometry()
            self.update()

    def set_least_height(self, pixels: int) -> None:
        """As high as a finger needs."""
        self._least_height = pixels
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = theme_of(self)
        width = one_line_width(theme, self._words) + self._beside(theme)
        return QSize(max(width, self._least_height), self._height(theme, width))

    def minimumSizeHint(self) -> QSize:
        theme = theme_of(self)
        width = max(least_width(theme, [self._words]) + self._beside(theme), self._least_height)
        return QSize(width, self._height(theme, max(width, self.width())))

    def paint_face(self, painter: QPainter, theme: Theme, area: QRect) -> None:
        edge, gap = self._icon_edge(theme), theme.px(10) if self._sign else 0
        room = area.width() - self._beside(theme) + _FRAME_PX
        width = min(one_line_width(theme, self._words), room)
        left = area.left() + (area.width() - width - edge - gap) // 2
        words_left = left if self._is_after else left + edge + gap
        align = Qt.AlignmentFlag.AlignHCenter if not self._sign else Qt.AlignmentFlag.AlignLeft
        paint_block(painter, theme, QRect(words_left, area.top(), width, area.height()), [self._words], align)
        if self._sign:
            at = words_left + width + gap if self._is_after else left
            middle = area.top() + (area.height() - edge) // 2
            painter.drawPixmap(at, middle, icon(self._sign, theme.colour(self.ink), edge, self.devicePixelRatioF()))

    @property
    def _words(self) -> Words:
        return Words(self._word, self._role, 700, self.ink)

    def _icon_edge(self, theme: Theme) -> int:
        return round(theme.size(self._role) * 1.35) if self._sign else 0

    def _beside(self, theme: Theme) -> int:
        """What stands left and right of the word."""
        return 2 * theme.px(22) + _FRAME_PX + (self._icon_edge(theme) + theme.px(10) if self._sign else 0)

    def _height(self, theme: Theme, width: int) -> int:
        words: Sequence[Words] = [self._words]
        return max(self._least_height, block_height(theme, words, width - self._beside(theme)) + 2 * theme.px(8))


def _key_area(whole: QRect, theme: Theme, *, is_flat: bool, is_down: bool) -> QRect:
    """Where the key is: a little higher than its edge, and down on it while it is pressed."""
    inside = whole.adjusted(1, 1, -1, -1)
    if is_flat:
        return inside
    edge = theme.px(EDGE_PX)
    return inside.adjusted(0, edge, 0, 0) if is_down else inside.adjusted(0, 0, 0, -edge)


def _rounded(painter: QPainter, theme: Theme, area: QRect, fill: QColor, pen: QPen | None) -> None:
    painter.setPen(pen or Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(QRectF(area), theme.radius("kiosk"), theme.radius("kiosk"))


def _paint_ring(painter: QPainter, theme: Theme, area: QRect, tone: str) -> None:
    inset = theme.px(4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour(tone), theme.px(3)))
    painter.drawRoundedRect(
        QRectF(area.adjusted(inset, inset, -inset, -inset)), theme.radius("card"), theme.radius("card")
    )
