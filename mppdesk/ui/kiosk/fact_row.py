"""A fact of a service with its icon: the fee, the time, the people before you."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mppdesk.ui.kiosk.prose import Prose
from mppdesk.ui.shared.icon_label import IconLabel


class FactRow(QWidget):
    """A small word above a large one."""

    def __init__(self, sign: str) -> None:
        super().__init__()
        self._caption = Prose("small", 500, "ink2")
        self._value = Prose("head", 700)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._caption)
        words.addWidget(self._value)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(IconLabel(sign, "pri", 36), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)

    @property
    def value(self) -> str:
        return self._value.text()

    def show_fact(self, caption: str, value: str) -> None:
        """Say the fact; the screen reader hears both in one."""
        self._caption.setText(caption)
        self._value.setText(value)
        self.setAccessibleName(f"{caption}: {value}")
