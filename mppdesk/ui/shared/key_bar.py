"""The bar at the bottom: the keys of a window in their order, always in the same place, pale when of no use now."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from mppdesk.texts import Text
from mppdesk.ui.shared.key_cap import key_cap
from mppdesk.ui.shared.labels import label, mark
from mppdesk.ui.shared.shortcuts import Act, Shortcut

_EDGE, _GAP = 10, 8
_BAR_EDGE, _BAR_GAP = 12, 6


class KeyButton(QPushButton):
    """A button that shows its key, the act, and below it, small, what stands in the way or comes along."""

    def __init__(
        self, keys: str, text: Text | str, note: Text | str = "", letters: str = "list", wrap: bool = False
    ) -> None:
        super().__init__()
        self._keys = keys
        self._cap = key_cap(keys)
        self._label = label("", letters, 600, wrap=wrap)
        self._note = label("", "small", tone="ink2")
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the focus from where the clerk works
        mark(self, part="key")
        self.show_state(text, note)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch()
        for part in (self._label, self._note):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            words.addWidget(part)
        words.addStretch()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_EDGE, 4, _EDGE, 4)
        self._row.setSpacing(_GAP)
        self._row.addWidget(self._cap)
        self._row.addLayout(words, 1)

    @property
    def words(self) -> str:
        return self._label.text()

    @property
    def note(self) -> str:
        return self._note.text()

    @property
    def is_filled(self) -> bool:
        return bool(self.property("kind") == "filled")

    def show_state(self, text: Text | str, note: Text | str = "", usable: bool = True, filled: bool = False) -> None:
        """Change words, note and rank; the one filled button of a window is never one that cannot be pressed."""
        self._label.setText(str(text))
        self._note.setText(str(note))
        self._note.setVisible(bool(str(note)))
        self.setAccessibleName(f"{text} ({self._keys})")
        self.setAccessibleDescription(str(note))
        self.setEnabled(usable)
        is_filled = filled and usable
        mark(self, kind="filled" if is_filled else "")
        for part in (self._cap, self._label):
            mark(part, tone="on-pri" if is_filled else "ink")
        mark(self._note, tone="on-pri" if is_filled else "ink2")

    def width_beside_key(self) -> int:
        """The width in pixels that the longest word needs beside the key."""
        ink = [self._longest_word(part) for part in (self._label, self._note)]
        return self._cap.sizeHint().width() + _GAP + max(ink) + 2 * _EDGE

    def set_stacked(self, is_stacked: bool) -> None:
        """Put the words below the key, where there is no room beside it."""
        direction = QBoxLayout.Direction.TopToBottom if is_stacked else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != direction:
            self._row.setDirection(direction)
            self._row.setSpacing(2 if is_stacked else _GAP)

    @staticmethod
    def _longest_word(part: QLabel) -> int:
        part.ensurePolished()
        words = part.text().split() if part.wordWrap() else [part.text()]
        return max((part.fontMetrics().horizontalAdvance(word) for word in words), default=0)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout else super().minimumSizeHint()


class KeyBar(QFrame):
    """The keys of a table that belong into the bar; `pressed` tells which was clicked."""

    pressed = Signal(Act)

    def __init__(self, table: Sequence[Shortcut]) -> None:
        super().__init__()
        self._rows = {row.act: row for row in table if row.in_bar}
        self._buttons: dict[Act, KeyButton] = {}
        mark(self, part="keybar")
        bar = QHBoxLayout(self)
        bar.setContentsMargins(_BAR_EDGE, 8, _BAR_EDGE, 8)
        bar.setSpacing(_BAR_GAP)
        for row in self._rows.values():
            bar.addWidget(self._make(row), 1)

    def button(self, act: Act) -> KeyButton:
        """The button of an act.

        Raises:
            KeyError: the act is not in this bar.
        """
        return self._buttons[act]

    def set_key(
        self,
        act: Act,
        usable: bool,
        text: Text | str | None = None,
        note: Text | str = "",
        filled: bool = False,
    ) -> None:
        """Say how a key stands; `text` None gives it its usual words. Filling one takes the filling from the others."""
        said = self._said()
        if filled and usable:
            for other, button in self._buttons.items():
                if other is not act and button.is_filled:
                    button.show_state(button.words, usable=button.isEnabled())
        self._buttons[act].show_state(self._rows[act].label if text is None else text, note, usable, filled)
        if self._said() != said:
            self._stack_if_narrow()

    def filled(self) -> Act | None:
        """The act of the filled key, if there is one."""
        return next((act for act, button in self._buttons.items() if button.is_filled), None)

    def _said(self) -> list[tuple[str, str]]:
        return [(button.words, button.note) for button in self._buttons.values()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stack_if_narrow()

    def _stack_if_narrow(self) -> None:
        """All keys look alike: when the longest word of one has no room beside its key, all words go below."""
        room = (self.width() - 2 * _BAR_EDGE - _BAR_GAP * (len(self._buttons) - 1)) // len(self._buttons)
        is_narrow = any(button.width_beside_key() > room for button in self._buttons.values())
        for button in self._buttons.values():
            button.set_stacked(is_narrow)

    def _make(self, row: Shortcut) -> KeyButton:
        button = KeyButton(row.keys, row.label, wrap=True)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        button.clicked.connect(lambda _checked=False, act=row.act: self.pressed.emit(act))
        self._buttons[row.act] = button
        return button
