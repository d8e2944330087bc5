"""Rows of a list as pictures, kept while they are likely to be shown again: most repaints change no row at all."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap

_MOST = 64  # a screen holds fewer than 32 rows, each in hand or not


class RowPictures:
    """Draws a row once for each look it has; `look` tells all that the drawing depends on, beside its size."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def paint(
        self, painter: QPainter, area: QRect, look: Hashable, dpr: float, draw: Callable[[QPainter, QRect], None]
    ) -> None:
        """Lay the row over an area, whose every pixel `draw` must cover; `dpr` is the device ratio."""
        key = (look, area.width(), area.height(), dpr)
        picture = self._kept.get(key)
        if picture is None:
            picture = self._kept[key] = _drawn(area, dpr, draw)
            if len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        painter.drawPixmap(area.topLeft(), picture)

    @property
    def count(self) -> int:
        """How many pictures are kept."""
        return len(self._kept)


def _drawn(area: QRect, dpr: float, draw: Callable[[QPainter, QRect], None]) -> QPixmap:
    picture = QPixmap(round(area.width() * dpr), round(area.height() * dpr))
    picture.setDevicePixelRatio(dpr)
    painter = QPainter(picture)
    draw(painter, QRect(0, 0, area.width(), area.height()))
    painter.end()
    return picture
