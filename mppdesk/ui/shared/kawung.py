"""The kawung of the header of kiosk and board: crossing circles, as a batik cloth has them."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

_WHITE_SHARE = 0.11
_CELL = 44


def paint_kawung(painter: QPainter, area: QRect, scale: float = 1.0) -> None:
    """Lay the pattern over an area, 11 % white; what lies below shines through."""
    brush = QBrush(_cell(round(_CELL * scale)))
    painter.save()
    painter.setBrushOrigin(area.topLeft())
    painter.fillRect(area, brush)
    painter.restore()


@lru_cache(maxsize=4)
def _cell(edge: int) -> QPixmap:
    """One repeat: circles around the corners and the middle, each a little wider than half the cell."""
    pixmap = QPixmap(edge, edge)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    white = QColor("white")
    white.setAlphaF(_WHITE_SHARE)
    painter.setPen(QPen(white, max(1.0, edge / 28)))
    half = edge / 2
    for x, y in ((0.0, 0.0), (edge, 0.0), (0.0, edge), (edge, edge), (half, half)):
        painter.drawEllipse(QPointF(x, y), half, half)
        painter.drawEllipse(QPointF(x, y), half * 0.12, half * 0.12)
    painter.end()
    return pixmap
