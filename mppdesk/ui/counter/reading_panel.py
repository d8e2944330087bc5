"""Something to read and close again: a number's history, the list of keys, a NIK in full."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from mppdesk.texts import Text, msg
from mppdesk.ui.counter.panel import Panel
from mppdesk.ui.shared.key_cap import key_cap
from mppdesk.ui.shared.labels import label


@dataclass(frozen=True, slots=True)
class Line:
    """A line of what is read: something short at the left, in a key cap where `is_key`, and a sentence."""

    left: str
    sentence: str
    note: str = ""
    is_key: bool = False


class ReadingPanel(Panel):
    """Esc or Enter closes it; arrows and PageDown scroll."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, width=720)
        self._lines: tuple[Line, ...] = ()
        self._page = QScrollArea()
        self._page.setWidgetResizable(True)
        self._page.setFrameShape(QFrame.Shape.NoFrame)
        self._page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._page.setMinimumHeight(320)
        self.body.addWidget(self._page, 1)
        self.confirm.hide()
        self.cancel.show_state(msg("Tutup"))

    @property
    def lines(self) -> tuple[Line, ...]:
        return self._lines

    def read(self, icon: str, title: Text, lines: Sequence[Line], note: Text | None = None) -> None:
        """Show lines; the panel opens."""
        self.set_head(icon, title, note)
        self._lines = tuple(lines)
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, line in enumerate(self._lines):
            left = key_cap(line.left) if line.is_key else label(line.left, "list", 600, "ink2")
            grid.addWidget(left, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(line.sentence, "list", wrap=True), row, 1)
            grid.addWidget(label(line.note, "small", tone="ink2"), row, 2, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(self._lines), 1)
        self._page.setWidget(page)
        self._page.setAccessibleName("\n".join(f"{line.left} {line.sentence} {line.note}" for line in self._lines))
        self.open()

    def begin(self) -> None:
        self._page.setFocus(Qt.FocusReason.OtherFocusReason)
