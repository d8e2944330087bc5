"""A QR code on the screen, for a phone's camera when there is no paper."""

from functools import lru_cache

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mppdesk.ui.shared.theme import theme_of

_QUIET_MODULES = 4  # ISO/IEC 18004: what readers need around the code
_SMALLEST = 0.7  # of its size, where long sentences stand below


@lru_cache(maxsize=4)
def modules(token: str) -> tuple[bytes, ...]:
    """The rows of the code, 1 where it is dark; make them on a worker, what was made once is there at once."""
    import segno  # as long as a repaint; nothing needs it before the first ticket

    return tuple(bytes(row) for row in segno.make(token, error="m", micro=False).matrix)


class QrView(QWidget):
    """Black on white in every theme, since cameras expect it."""

    def __init__(self, edge_px: int = 208) -> None:
        super().__init__()
        self._edge_px = edge_px
        self._token = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def token(self) -> str:
        return self._token

    def show_token(self, token: str, spoken: str) -> None:
        self._token = token
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        edge = theme_of(self).px(self._edge_px)
        return QSize(edge, edge)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() * _SMALLEST

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._token:
            return
        rows = modules(self._token)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        module = min(self.width(), self.height()) // (len(rows) + 2 * _QUIET_MODULES)
        left, top = (self.width() - module * len(rows)) // 2, (self.height() - module * len(rows)) // 2
        for y, row in enumerate(rows):
            for x, is_dark in enumerate(row):
                if is_dark:
                    painter.fillRect(QRect(left + x * module, top + y * module, module, module), QColor("black"))
        painter.end()
