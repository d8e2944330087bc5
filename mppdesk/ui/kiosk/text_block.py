"""Lines of different size under each other, measured and drawn the same way, so that a tile grows with its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from mppdesk.ui.shared.icons import icon
from mppdesk.ui.shared.look import Theme

_WRAP = int(Qt.TextFlag.TextWordWrap)
_TALL = 100_000
_ICON_PX, _ICON_GAP_PX, _LINE_GAP_PX = 18, 6, 2
_ROUNDING_PX = 3  # letters are placed at parts of pixels; a line must not break for one of them


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `role` is a letter size of the theme, `tone` a colour, `icon` stands before the first line."""

    text: str
    role: str = "body"
    weight: int = 500
    tone: str = "ink"
    icon: str | None = None


@lru_cache(maxsize=64)
def letters(theme: Theme, role: str, weight: int) -> QFont:
    """The font of a paragraph, kept since making one costs more than drawing with it."""
    return theme.font(role, weight)


def block_height(theme: Theme, block: Sequence[Words], width: int) -> int:
    """The height of paragraphs set `width` pixels wide."""
    heights = [_height(theme, words, width) for words in block]
    return sum(heights) + theme.px(_LINE_GAP_PX) * max(0, len(heights) - 1)


def least_width(theme: Theme, block: Sequence[Words]) -> int:
    """The width of the longest word, below which letters would be cut off."""
    return max((_longest(theme, words) for words in block), default=0)


def one_line_width(theme: Theme, words: Words) -> int:
    """The width of a paragraph that is not broken."""
    metrics = QFontMetrics(letters(theme, words.role, words.weight))
    return metrics.horizontalAdvance(words.text) + _indent(theme, words) + _ROUNDING_PX


def paint_block(
    painter: QPainter,
    theme: Theme,
    area: QRect,
    block: Sequence[Words],
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Draw paragraphs in the middle of the height of an area."""
    top = area.top() + max(0, (area.height() - block_height(theme, block, area.width())) // 2)
    for words in block:
        height = _height(theme, words, area.width())
        _paint(painter, theme, QRect(area.left(), top, area.width(), height), words, align)
        top += height + theme.px(_LINE_GAP_PX)


def _paint(painter: QPainter, theme: Theme, area: QRect, words: Words, align: Qt.AlignmentFlag) -> None:
    indent = _indent(theme, words)
    font = letters(theme, words.role, words.weight)
    if words.icon:
        edge = theme.px(_ICON_PX)
        middle = area.top() + (QFontMetrics(font).lineSpacing() - edge) // 2
        painter.drawPixmap(area.left(), middle, icon(words.icon, theme.colour(words.tone), edge))
    painter.setFont(font)
    painter.setPen(theme.colour(words.tone))
    painter.drawText(area.adjusted(indent, 0, 0, 0), _WRAP | int(align), words.text)


def _height(theme: Theme, words: Words, width: int) -> int:
    return _measured(theme, words, max(1, width - _indent(theme, words)))


@lru_cache(maxsize=2048)
def _measured(theme: Theme, words: Words, width: int) -> int:
    metrics = QFontMetrics(letters(theme, words.role, words.weight))
    return metrics.boundingRect(QRect(0, 0, width, _TALL), _WRAP, words.text).height()


@lru_cache(maxsize=2048)
def _longest(theme: Theme, words: Words) -> int:
    metrics = QFontMetrics(letters(theme, words.role, words.weight))
    return max((metrics.horizontalAdvance(word) for word in words.text.split()), default=0) + _indent(theme, words) + 1


def _indent(theme: Theme, words: Words) -> int:
    return theme.px(_ICON_PX + _ICON_GAP_PX) if words.icon else 0
