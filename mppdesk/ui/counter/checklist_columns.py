"""Where the columns of the checklist stand, the same for its head and its rows."""

from dataclasses import dataclass

from PySide6.QtCore import QRect

from mppdesk.texts import msg
from mppdesk.ui.counter.checklist_state import MARK_WORDS
from mppdesk.ui.shared.lettering import longest_word, width_of
from mppdesk.ui.shared.look import Theme

HEADINGS = (msg("No"), msg("Keadaan"), msg("Persyaratan"), msg("Jumlah"), msg("Perlakuan"))
ICON = 18
_WIDEST = (msg("1 asli + 1 salinan"), msg("dikembalikan"))
_NAME_WIDTH = 160


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
    """Share out a row; what is left over belongs to the name of the paper.

    Where that is too little, the other columns break their words into lines.
    """
    roomy = _shared_out(area, theme, _in_one_line(theme))
    if roomy.name.width() >= theme.px(_NAME_WIDTH):
        return roomy
    return _shared_out(area, theme, _in_single_words(theme))


def _shared_out(area: QRect, theme: Theme, widths: tuple[int, int, int]) -> Columns:
    gap, number = theme.px(8), theme.px(38)
    state, count, handling = widths
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


def _in_one_line(theme: Theme) -> tuple[int, int, int]:
    """State, count and handling as wide as their widest words, and not less than in the drawings."""
    state = max(width_of(str(word), theme, "small", 600) for word in MARK_WORDS.values())
    count, handling = (width_of(str(words), theme, "small") + theme.px(12) for words in _WIDEST)
    return max(theme.px(118), state + theme.px(ICON + 24)), max(theme.px(124), count), max(theme.px(100), handling)


def _in_single_words(theme: Theme) -> tuple[int, int, int]:
    """State, count and handling with a word a line."""
    state = max(longest_word(str(word), theme, "small", 600) for word in MARK_WORDS.values())
    count, handling = (
        max(longest_word(str(words), theme, "small"), longest_word(str(heading), theme, "small", 600)) + theme.px(12)
        for words, heading in zip(_WIDEST, HEADINGS[3:], strict=True)
    )
    return state + theme.px(ICON + 24), count, handling
