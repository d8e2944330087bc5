"""Fonts and their measures for what the lists draw by themselves, kept: a list asks for them at every repaint."""

from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

from mppdesk.ui.shared.fonts import number_font, tabular
from mppdesk.ui.shared.look import Theme

_ENDLESS = 10_000


@lru_cache(maxsize=128)
def lettering(theme: Theme, role: str, weight: int = 400, is_tabular: bool = False) -> QFont:
    """The font of a role; `is_tabular` gives digits of equal width."""
    font = theme.font(role, weight)
    return tabular(font) if is_tabular else font


@lru_cache(maxsize=32)
def numbering(theme: Theme, px: int) -> QFont:
    """The font of ticket numbers, `px` pixels high at scale 1."""
    return number_font(theme.px(px))


@lru_cache(maxsize=1024)
def width_of(text: str, theme: Theme, role: str, weight: int = 400, is_tabular: bool = False) -> int:
    """How wide a line of text is, in pixels."""
    return QFontMetrics(lettering(theme, role, weight, is_tabular)).horizontalAdvance(text)


@lru_cache(maxsize=1024)
def longest_word(text: str, theme: Theme, role: str, weight: int = 400) -> int:
    """How wide a text must at least be so that no word is cut, in pixels."""
    return max((width_of(word, theme, role, weight) for word in text.split()), default=0)


@lru_cache(maxsize=256)
def number_width(text: str, theme: Theme, px: int) -> int:
    """How wide a ticket number is, in pixels."""
    return QFontMetrics(numbering(theme, px)).horizontalAdvance(text)


@lru_cache(maxsize=2048)
def height_of(text: str, width: int, theme: Theme, role: str, weight: int = 400) -> int:
    """How high a text is when its lines are broken at a width, in pixels; 0 for no text."""
    if not text:
        return 0
    metrics = QFontMetrics(lettering(theme, role, weight))
    return metrics.boundingRect(QRect(0, 0, width, _ENDLESS), Qt.TextFlag.TextWordWrap, text).height()


@lru_cache(maxsize=64)
def line_height(theme: Theme, role: str, weight: int = 400) -> int:
    """How high one line is, in pixels."""
    return QFontMetrics(lettering(theme, role, weight)).height()
