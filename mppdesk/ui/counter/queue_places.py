"""Where the parts of a row of the waiting strip stand: beside each other, or below where long words leave no room."""

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics

from mppdesk.texts import msg
from mppdesk.ui.counter.queue_state import QueueRowView
from mppdesk.ui.shared.lettering import height_of, line_height, longest_word, number_width, numbering, width_of
from mppdesk.ui.shared.look import Theme

NUMBER_PX = 19
STAR = 14
PRIORITY = msg("Prioritas")
_LEAST_HEIGHT = 52
_PAD, _GAP = 12, 8


@dataclass(frozen=True, slots=True)
class Places:
    """The areas of a row; none lies over another."""

    number: QRect
    service: QRect
    wait: QRect

    def all(self) -> tuple[QRect, QRect, QRect]:
        return self.number, self.service, self.wait


def places(area: QRect, person: QueueRowView, theme: Theme) -> Places:
    """Number, service, wait: the service takes what the other two leave, or a line of its own below them."""
    pad, gap = theme.px(_PAD), theme.px(_GAP)
    inner = area.adjusted(pad, 0, -pad, 0)
    number, wait = _number_width(person, theme), _wait_width(person, theme)
    left, width = inner.left() + number + gap, inner.width() - number - wait - 2 * gap
    if width >= longest_word(second(person), theme, "small"):
        return Places(
            QRect(inner.left(), area.top(), number, area.height()),
            QRect(left, area.top(), width, area.height()),
            QRect(inner.right() - wait, area.top(), wait, area.height()),
        )
    head = number_height(person, theme) + theme.px(_GAP)
    return Places(
        QRect(inner.left(), area.top(), min(number, inner.width() - wait - gap), head),
        QRect(inner.left(), area.top() + head, inner.width(), area.height() - head),
        QRect(inner.right() - wait, area.top(), wait, head),
    )


def row_height(person: QueueRowView, width: int, theme: Theme) -> int:
    """How high a row must be at a width, in pixels."""
    at = places(QRect(0, 0, width, 0), person, theme)
    text = height_of(second(person), at.service.width(), theme, "small") + theme.px(_GAP)
    return max(theme.px(_LEAST_HEIGHT), at.service.top() + text, number_height(person, theme))


def number_height(person: QueueRowView, theme: Theme) -> int:
    height = QFontMetrics(numbering(theme, NUMBER_PX)).height()
    return height + line_height(theme, "small", 600) if person.is_priority else height


def second(person: QueueRowView) -> str:
    """The service, and below it why somebody was put aside."""
    return f"{person.service}\n{person.note}" if person.note else person.service


def _number_width(person: QueueRowView, theme: Theme) -> int:
    number = number_width(person.number, theme, NUMBER_PX) + theme.px(4)
    star = theme.px(STAR + 4) + width_of(str(PRIORITY), theme, "small", 600) if person.is_priority else 0
    return max(theme.px(80), number, star)


def _wait_width(person: QueueRowView, theme: Theme) -> int:
    return width_of(str(person.wait), theme, "small", 600, is_tabular=True) + 2
