"""Rows of a list as pictures, kept while they are likely to be shown again: most repaints change no row at all.

A picture takes 60 to 120 KB, and a person who was called never comes back to the strip under the same look.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap

_MOST = 64  # a screen holds fewer than 32 rows


class RowPictures:
    """Draws a row once for each look.

    `rows` tells how many the list has now, and so how much is worth keeping: as many looks of each as it takes while it
    is in the list, by default in hand or not.
    """

    def __init__(self, rows: Callable[[], int], looks_a_row: int = 2) -> None:
        self._rows, self._looks_a_row = rows, looks_a_row
        self._kept: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def paint(
        self, painter: QPainter, area: QRect, look: Hashable, dpr: float, draw: Callable[[QPainter, QRect], None]
    ) -> None:
        """Lay the row over an area, whose every pixel `draw` must cover.

        `look` tells all that the drawing depends on, beside its size; `dpr` is the device ratio.
        """
        key = (look, area.width(), area.height(), dpr)
        picture = self._kept.get(key)
        if picture is None:
            picture = self._kept[key] = _drawn(area, dpr, draw)
            self._forget_oldest()
        else:
            self._kept.move_to_end(key)
        painter.drawPixmap(area.topLeft(), picture)

    def _forget_oldest(self) -> None:
        while len(self._kept) > min(self._looks_a_row * self._rows(), _MOST):
            self._kept.popitem(last=False)

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
