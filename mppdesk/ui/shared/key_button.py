"""A button that shows its key: every large button of a window, in the bar or out of it.

It draws its words itself: a call changes the words of a dozen keys at once, and labels inside would each be dressed and
laid out anew before the clerk sees the number she called.
"""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from mppdesk.texts import Text
from mppdesk.ui.shared.key_cap import cap_size, draw_cap
from mppdesk.ui.shared.labels import mark
from mppdesk.ui.shared.lettering import height_of, lettering, line_height, longest_word, width_of
from mppdesk.ui.shared.look import Theme
from mppdesk.ui.shared.theme import theme_of

_GAP_BELOW_KEY = 2
_WORDS, _NOTE = 600, 400
_DRESSED = frozenset({QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.ParentChange})


@dataclass(frozen=True, slots=True)
class Room:
    """The distances inside a button in pixels: at the sides, above and below, and between key and words."""

    side: int = 10
    above: int = 4
    gap: int = 8


_USUAL = Room()


class KeyButton(QPushButton):
    """A button that shows its key, the act, and below it, small, what stands in the way or comes along."""

    def __init__(
        self,
        keys: str,
        text: Text | str,
        note: Text | str = "",
        letters: str = "list",
        wrap: bool = False,
        room: Room = _USUAL,
    ) -> None:
        super().__init__()
        self._room = room
        self._keys, self._letters = keys, letters
        self._wraps, self._is_stacked = wrap, False
        self._words, self._note = "", ""
        self._theme: Theme | None = None
        self._high: dict[int, int] = {}  # by width: a layout asks for each height several times
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the focus from where the clerk works
        mark(self, part="key")
        self.show_state(text, note)

    @property
    def words(self) -> str:
        return self._words

    @property
    def note(self) -> str:
        return self._note

    @property
    def is_filled(self) -> bool:
        return bool(self.property("kind") == "filled")

    def show_state(self, text: Text | str, note: Text | str = "", usable: bool = True, filled: bool = False) -> None:
        """Change words, note and rank; the one filled button of a window is never one that cannot be pressed."""
        said = str(text), str(note)
        if said != (self._words, self._note):
            self._words, self._note = said
            self.setAccessibleName(f"{self._words} ({self._keys})")
            self.setAccessibleDescription(self._note)
            self._measure_again()
        self.setEnabled(usable)
        mark(self, kind="filled" if filled and usable else "")

    def width_beside_key(self) -> int:
        """The width in pixels that the longest word needs beside the key."""
        theme = self._worn()
        return self._beside_key(theme) + self._narrowest(theme)

    def width_in_one_line(self) -> int:
        """The width in pixels of the words beside the key, unbroken."""
        theme = self._worn()
        return self._beside_key(theme) + self._widest(theme)

    def let_wrap(self, may_wrap: bool) -> None:
        """Break the words into lines, or keep them in one."""
        if self._wraps != may_wrap:
            self._wraps = may_wrap
            self._measure_again()

    def set_stacked(self, is_stacked: bool) -> None:
        """Put the words below the key, where there is no room beside it."""
        if self._is_stacked != is_stacked:
            self._is_stacked = is_stacked
            self._measure_again()

    # how large it is

    def sizeHint(self) -> QSize:
        theme = self._worn()
        width = self._around(theme) + self._widest(theme)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        theme = self._worn()
        width = self._around(theme) + self._narrowest(theme)
        lines = line_height(theme, self._letters, _WORDS) + (line_height(theme, "small") if self._note else 0)
        return QSize(width, self._around_height(lines, theme))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        found = self._high.get(width)
        if found is None:
            theme = self._worn()
            lines = sum(self._heights(width - self._around(theme), theme))
            found = self._high[width] = self._around_height(lines, theme)
        return found

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in _DRESSED:
            self._theme = None
            self._measure_again()
        super().changeEvent(event)

    def _worn(self) -> Theme:
        """The theme of the window, kept until the button is dressed anew."""
        if self._theme is None:
            self._theme = theme_of(self)
        return self._theme

    def _measure_again(self) -> None:
        self._high.clear()
        self.updateGeometry()
        self.update()

    def _heights(self, room: int, theme: Theme) -> tuple[int, int]:
        """How high the words and the note are when they have `room` pixels in width."""
        if not self._wraps:
            return line_height(theme, self._letters, _WORDS), line_height(theme, "small") if self._note else 0
        return height_of(self._words, room, theme, self._letters, _WORDS), height_of(self._note, room, theme, "small")

    def _around_height(self, lines: int, theme: Theme) -> int:
        cap = cap_size(self._keys, theme).height()
        return 2 * self._room.above + (cap + _GAP_BELOW_KEY + lines if self._is_stacked else max(cap, lines))

    def _around(self, theme: Theme) -> int:
        return 2 * self._room.side if self._is_stacked else self._beside_key(theme)

    def _beside_key(self, theme: Theme) -> int:
        return 2 * self._room.side + cap_size(self._keys, theme).width() + self._room.gap

    def _narrowest(self, theme: Theme) -> int:
        if not self._wraps:
            return self._widest(theme)
        return max(longest_word(self._words, theme, self._letters, _WORDS), longest_word(self._note, theme, "small"))

    def _widest(self, theme: Theme) -> int:
        # One pixel more: what is measured in whole pixels may be a fraction wider, and would break into two lines.
        return 1 + max(width_of(self._words, theme, self._letters, _WORDS), width_of(self._note, theme, "small"))

    # how it looks

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._worn()
        ink, ink_of_note = self._inks(theme)
        painter = QPainter(self)
        cap, words = self._places(theme)
        draw_cap(painter, cap, self._keys, theme, ink, is_pale=not self.isEnabled())
        high, high_note = self._heights(words.width(), theme)
        top = words.top() + max(0, words.height() - high - high_note) // 2
        flags = int(Qt.TextFlag.TextWordWrap if self._wraps else Qt.TextFlag.TextSingleLine)
        painter.setFont(lettering(theme, self._letters, _WORDS))
        painter.setPen(ink)
        painter.drawText(QRect(words.left(), top, words.width(), high), flags, self._words)
        if self._note:
            painter.setFont(lettering(theme, "small", _NOTE))
            painter.setPen(ink_of_note)
            painter.drawText(QRect(words.left(), top + high, words.width(), high_note), flags, self._note)
        painter.end()

    def _inks(self, theme: Theme) -> tuple[QColor, QColor]:
        if not self.isEnabled():
            return theme.colour("line2"), theme.colour("line2")
        if self.is_filled:
            return theme.colour("on-pri"), theme.colour("on-pri")
        return theme.colour("ink"), theme.colour("ink2")

    def _places(self, theme: Theme) -> tuple[QRect, QRect]:
        """Where the key and the words stand."""
        size = cap_size(self._keys, theme)
        side, above = self._room.side, self._room.above
        inside = self.rect().adjusted(side, above, -side, -above)
        if self._is_stacked:
            cap = QRect(inside.topLeft(), size)
            return cap, inside.adjusted(0, size.height() + _GAP_BELOW_KEY, 0, 0)
        cap = QRect(inside.left(), inside.top() + (inside.height() - size.height()) // 2, size.width(), size.height())
        return cap, inside.adjusted(size.width() + self._room.gap, 0, 0, 0)
