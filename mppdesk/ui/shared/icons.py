"""Tabler's icons in the colours of a theme, drawn sharp at every size and kept."""

import re
from functools import cache, lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from mppdesk.config import resource

_DRAWN_ON = 24  # the grid of the icon set; below it, thin lines would fade
_THICKER_WHEN_SMALL = "2.25"


@cache
def _svg(name: str, filled: bool) -> str:
    return resource(f"icons/{'filled' if filled else 'outline'}/{name}.svg").read_text("utf-8")


def icon(name: str, colour: QColor | str, px: int, dpr: float | None = None, filled: bool = False) -> QPixmap:
    """Draw the icon `name` in one colour, `px` wide and high; `dpr` is the device ratio, by default the screen's.

    Raises:
        FileNotFoundError: the icon is not among `resources/icons`.
    """
    application = QGuiApplication.instance()
    ratio = dpr or (application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0)
    return _drawn(name, QColor(colour).name(), px, ratio, filled)


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, px: int, dpr: float, filled: bool) -> QPixmap:
    svg = _svg(name, filled).replace("currentColor", colour)
    if px < _DRAWN_ON:
        svg = re.sub(r'stroke-width="[\d.]+"', f'stroke-width="{_THICKER_WHEN_SMALL}"', svg)
    pixmap = QPixmap(round(px * dpr), round(px * dpr))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(svg.encode()).render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(dpr)
    return pixmap
