"""A button that shows its key: every large button of a window, in the bar or out of it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from mppdesk.texts import Text
from mppdesk.ui.shared.key_cap import key_cap
from mppdesk.ui.shared.labels import label, mark

_EDGE, _GAP = 10, 8


class KeyButton(QPushButton):
    """A button that shows its key, the act, and below it, small, what stands in the way or comes along."""

    def __init__(
        self, keys: str, text: Text | str, note: Text | str = "", letters: str = "list", wrap: bool = False
    ) -> None:
        super().__init__()
        self._keys = keys
        self._cap = key_cap(keys)
        self._label = label("", letters, 600, wrap=wrap)
        self._note = label("", "small", tone="ink2", wrap=wrap)
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

    def width_in_one_line(self) -> int:
        """The width in pixels of the words beside the key, unbroken."""
        ink = [part.fontMetrics().horizontalAdvance(part.text()) for part in (self._label, self._note)]
        return self._cap.sizeHint().width() + _GAP + max(ink) + 2 * _EDGE

    def let_wrap(self, may_wrap: bool) -> None:
        """Break the words into lines, or keep them in one."""
        for part in (self._label, self._note):
            if part.wordWrap() != may_wrap:
                part.setWordWrap(may_wrap)

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
