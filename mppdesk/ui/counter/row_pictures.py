"""Rows of a list as pictures, kept while they are likely to be shown again: most repaints change no row at all.

A picture of the waiting strip takes some 60 KB, and a person who was called never comes back under the same look.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap

_LOOKS_A_ROW = 2  # in hand or not, or before a change and after it
_MOST = 64  # a screen holds fewer than 32 rows


class RowPictures:
    """Draws a row once for each look; `rows` tells how many the list has now, and so how much is worth keeping."""

    def __init__(self, rows: Callable[[], int]) -> None:
        self._rows = rows
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
        while len(self._kept) > min(_LOOKS_A_ROW * self._rows(), _MOST):
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
