"""Where the columns of the checklist stand, the same for its head and its rows."""

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QRect

from mppdesk.texts import Text, msg
from mppdesk.ui.counter.checklist_state import MARK_WORDS
from mppdesk.ui.counter.lettering import width_of
from mppdesk.ui.shared.look import Theme

HEADINGS = (msg("No"), msg("Keadaan"), msg("Persyaratan"), msg("Jumlah"), msg("Perlakuan"))
ICON = 18


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one row, in pixels from its left edge."""

    number: QRect
    state: QRect
    name: QRect
    count: QRect
    handling: QRect

    def all(self) -> tuple[QRect, QRect, QRect, QRect, QRect]:
        return self.number, self.state, self.name, self.count, self.handling


def columns(area: QRect, theme: Theme) -> Columns:
    """Share out a row; what is left over belongs to the name of the paper."""
    gap = theme.px(8)
    number, state = theme.px(38), state_width(theme)
    count, handling = _word_column(theme, msg("1 asli + 1 salinan"), 124), _word_column(theme, msg("dikembalikan"), 100)
    left_of_count = area.right() - handling - count - 2 * gap
    name_left = area.left() + number + state + 2 * gap
    top, height = area.top(), area.height()
    return Columns(
        QRect(area.left(), top, number, height),
        QRect(area.left() + number + gap, top, state, height),
        QRect(name_left, top, max(theme.px(80), left_of_count - name_left), height),
        QRect(left_of_count + gap, top, count, height),
        QRect(left_of_count + 2 * gap + count, top, handling - gap, height),
    )


@cache
def state_width(theme: Theme) -> int:
    """As wide as the longest word of a chip, and not less than in the drawings."""
    widest = max(width_of(str(word), theme, "small", 600) for word in MARK_WORDS.values())
    return max(theme.px(118), widest + theme.px(ICON + 24))


def _word_column(theme: Theme, widest: Text, least: int) -> int:
    return max(theme.px(least), width_of(str(widest), theme, "small") + theme.px(12))
