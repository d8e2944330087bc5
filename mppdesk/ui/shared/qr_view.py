"""A QR code on the screen and in documents, for a phone's camera or a scanner."""

from functools import lru_cache

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mppdesk.ui.shared.theme import theme_of

_QUIET_MODULES = 4  # ISO/IEC 18004: what readers need around the code
_SMALLEST = 0.7  # of its size, where long sentences stand below


@lru_cache(maxsize=4)
def modules(token: str) -> tuple[bytes, ...]:
    """The rows of the code, 1 where it is dark; make them on a worker, what was made once is there at once."""
    import segno  # as long as a repaint; nothing needs it before the first ticket

    return tuple(bytes(row) for row in segno.make(token, error="m", micro=False).matrix)


def qr_picture(token: str, module_px: int = 8) -> QImage:
    """The code with its quiet zone, for a document that is printed."""
    rows = modules(token)
    edge = (len(rows) + 2 * _QUIET_MODULES) * module_px
    picture = QImage(edge, edge, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    _draw(painter, rows, module_px, _QUIET_MODULES * module_px, _QUIET_MODULES * module_px)
    painter.end()
    return picture


def _draw(painter: QPainter, rows: tuple[bytes, ...], module: int, left: int, top: int) -> None:
    for y, row in enumerate(rows):
        for x, is_dark in enumerate(row):
            if is_dark:
                painter.fillRect(QRect(left + x * module, top + y * module, module, module), QColor("black"))


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
        edge = module * len(rows)
        _draw(painter, rows, module, (self.width() - edge) // 2, (self.height() - edge) // 2)
        painter.end()
