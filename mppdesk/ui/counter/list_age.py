"""The head over a list that the hub keeps no more: of when it is, and that only the paper counts."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from mppdesk.ui.counter.queue_state import AgeView
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.labels import label, mark


class ListAge(QFrame):
    """Hidden while the list is the hub's."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel("clock-pause", "warn", 20)
        self._said, self._more = label("", "small", 700, "warn", wrap=True), label("", "small", tone="ink2", wrap=True)
        self._lay_out()
        self.show_age(None)

    def show_age(self, age: AgeView | None) -> None:
        """Say how old the list is; None when it is not."""
        self.setVisible(age is not None)
        if age is None:
            return
        self._icon.set_icon("alert-triangle" if age.is_old else "clock-pause", "warn")
        self._said.setText(str(age.said))
        self._more.setText(str(age.more))
        self.setAccessibleName(f"{age.said}. {age.more}")

    @property
    def words(self) -> str:
        """What is said now; empty while the list is the hub's."""
        return "" if self.isHidden() else self.accessibleName()

    def _lay_out(self) -> None:
        mark(self, part="banner", kind="warn")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._said)
        words.addWidget(self._more)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
