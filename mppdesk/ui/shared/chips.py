"""A state as icon, word and tint together; never as colour alone."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from mppdesk.texts import Text
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.labels import mark


@dataclass(frozen=True, slots=True)
class ChipLook:
    """`kind` is `ok warn bad prio pri quiet open` (dashed, still to be done) or `sun` (cut off)."""

    kind: str
    icon: str
    filled: bool = False

    @property
    def tone(self) -> str:
        own = {"quiet": "ink", "open": "ink2", "sun": "on-sun"}
        return own.get(self.kind, self.kind)


OPEN = ChipLook("open", "circle-dashed")
FULFILLED = ChipLook("ok", "circle-check", filled=True)
LACKING = ChipLook("bad", "circle-x", filled=True)
CHECK_THIS = ChipLook("warn", "alert-triangle", filled=True)
NOT_APPLICABLE = ChipLook("quiet", "circle-minus")
PRIORITY = ChipLook("prio", "star", filled=True)
WAITING = ChipLook("quiet", "clock")
PAUSED = ChipLook("warn", "clock-pause")
SERVING = ChipLook("pri", "user")


class _Words(QLabel):
    """In one line where there is room for it, else broken like a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        mark(self, letters="small", weight=600)

    def sizeHint(self) -> QSize:
        return self._size_for(self.text())

    def minimumSizeHint(self) -> QSize:
        return self._size_for(max(self.text().split(), key=len, default=""))

    def _size_for(self, words: str) -> QSize:
        self.ensurePolished()
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(words) + 2, metrics.height())


class StateChip(QFrame):
    """A small tinted field with icon and word."""

    def __init__(self, look: ChipLook = OPEN, word: Text | str = "") -> None:
        super().__init__()
        self._icon = IconLabel(look.icon, look.tone, 18, look.filled)
        self._word = _Words()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 10, 4)
        row.setSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(self._word, 1)
        self.set_state(look, word)

    @property
    def word(self) -> str:
        return self._word.text()

    def set_state(self, look: ChipLook, word: Text | str) -> None:
        """Show another state."""
        self._icon.set_icon(look.icon, look.tone, look.filled)
        self._word.setText(str(word))
        self.setAccessibleName(str(word))
        mark(self._word, tone=look.tone)
        mark(self, part="chip", kind=look.kind)
