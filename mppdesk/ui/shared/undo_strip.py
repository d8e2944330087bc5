"""Undo instead of "are you sure": what was just done, and for 30 seconds one key that takes it back."""

import math
from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from mppdesk.texts import Text, msg
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.key_button import KeyButton
from mppdesk.ui.shared.labels import label, mark

SECONDS = 30.0
_BUTTON_AT = 2


class UndoStrip(QFrame):
    """A green strip; `undo` is emitted by its button or by `take_back`. `seconds` is a clock that only goes forward."""

    undo = Signal()

    def __init__(self, seconds: Callable[[], float]) -> None:
        super().__init__()
        self._seconds = seconds
        self._until = float("-inf")
        self._offer = msg("")
        self._what, self._more = label("", "list", 700, wrap=True), label("", "list", wrap=True)
        self._button = KeyButton("Ctrl+Z", "")
        self._button.clicked.connect(self.take_back)
        self._timer = QTimer(self, interval=250)
        self._timer.timeout.connect(self.tick)
        self._lay_out()
        self.hide()

    def offer(self, what: Text, more: Text | None, take_back: Text, seconds: float = SECONDS) -> None:
        """Say what was done, e.g. "A-018 selesai.", and what Ctrl+Z would do, e.g. "Batalkan selesai A-018"."""
        self._what.setText(str(what))
        self._more.setText(str(more or ""))
        self._more.setVisible(more is not None)
        self._offer = take_back
        self._until = self._seconds() + seconds
        self._timer.start()
        self.setAccessibleName(f"{what} {more or ''}".strip())
        self.tick()
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def take_back(self) -> None:
        """Ask for the undo, if there still is something on offer."""
        if self.is_on_offer:
            self.withdraw()
            self.undo.emit()

    def withdraw(self) -> None:
        """Nothing can be taken back any more."""
        self._until = float("-inf")
        self._timer.stop()
        self.hide()

    @property
    def is_on_offer(self) -> bool:
        return self._seconds() < self._until

    @property
    def words(self) -> str:
        return self._button.words

    def tick(self) -> None:
        """Count down; leave at the end."""
        left = math.ceil(self._until - self._seconds())
        if left <= 0:
            self.withdraw()
            return
        self._button.show_state(msg("{take_back} · {left} dtk", take_back=self._offer, left=left))
        self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """Half for what was done and half for the way back, where both do not fit beside each other."""
        is_cramped = self._button.width_in_one_line() > self.width() // 2
        self._button.let_wrap(is_cramped)
        self._row.setStretch(_BUTTON_AT, int(is_cramped))

    def _lay_out(self) -> None:
        mark(self, part="strip", kind="ok")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._what)
        words.addWidget(self._more)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(12)
        row.addWidget(IconLabel("circle-check", "ok", 22, filled=True))
        row.addLayout(words, 1)
        row.addWidget(self._button)
