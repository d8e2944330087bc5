"""The picture of a key, so that a hand learns the key where the eye finds the act."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QLabel, QSizePolicy

from mppdesk.ui.shared.labels import label, mark
from mppdesk.ui.shared.lettering import lettering, line_height, width_of
from mppdesk.ui.shared.look import Theme

# As the style sheet draws the label below.
_LETTERS, _WEIGHT = "small", 700
_LINE, _FOOT, _RADIUS, _ABOVE = 2, 3, 4, 1


def key_cap(key: str, tone: str = "ink") -> QLabel:
    """A key with its name on it; `tone` is `ink`, `line2` when it cannot be pressed, `on-pri` on the filled button."""
    made = label(key, _LETTERS, _WEIGHT)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    mark(made, part="keycap", tone=tone)
    return made


def cap_size(key: str, theme: Theme) -> QSize:
    """How large the picture of a key is."""
    width = width_of(key, theme, _LETTERS, _WEIGHT) + 2 * (_LINE + theme.space("xxs"))
    return QSize(width, line_height(theme, _LETTERS, _WEIGHT) + _LINE + _FOOT + 2 * _ABOVE)


def draw_cap(painter: QPainter, at: QRect, key: str, theme: Theme, ink: QColor, *, is_pale: bool) -> None:
    """Draw a key where a widget draws itself; a pale one has a thin line and no foot."""
    line, foot = (1, 1) if is_pale else (_LINE, _FOOT)
    outside = QRectF(at)
    inside = outside.adjusted(line, line, -line, -foot)
    frame = QPainterPath()  # what lies between two rounded rectangles
    frame.addRoundedRect(outside, _RADIUS, _RADIUS)
    frame.addRoundedRect(inside, _RADIUS - line, _RADIUS - line)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(frame, ink)
    painter.setPen(ink)
    painter.setFont(lettering(theme, _LETTERS, _WEIGHT))
    painter.drawText(inside, int(Qt.AlignmentFlag.AlignCenter), key)
