"""F1: every key of the window with what it does, from the same table that binds them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mppdesk.texts import Text, msg
from mppdesk.ui.shared.key_cap import key_cap
from mppdesk.ui.shared.labels import label, mark
from mppdesk.ui.shared.shortcuts import ChecklistKey, Shortcut


class KeyHelp(QDialog):
    """F-keys, other keys, and those the checklist hears while it has the focus, side by side. Esc closes it."""

    def __init__(self, parent: QWidget, table: Sequence[Shortcut], checklist: Sequence[ChecklistKey] = ()) -> None:
        super().__init__(parent)
        self.setWindowTitle(str(msg("Tombol jendela ini")))
        mark(self, part="dialog")
        columns = QHBoxLayout()
        columns.setSpacing(32)
        for title, rows in _by_kind(table):
            columns.addLayout(_column(title, rows))
        if checklist:
            columns.addLayout(_column(msg("Di daftar persyaratan"), [(row.shown, row.label) for row in checklist]))
        close = QPushButton(str(msg("Tutup bantuan")))
        close.clicked.connect(self.accept)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.setSpacing(16)
        outer.addWidget(label(str(msg("Tombol jendela ini")), "title", 700))
        outer.addLayout(columns)
        outer.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def _by_kind(table: Sequence[Shortcut]) -> list[tuple[Text, list[tuple[str, Text]]]]:
    """The F-keys apart from the rest, so that the help is no taller than the smallest screen."""
    on_top_row = [(row.keys, row.label) for row in table if row.keys[1:].isdigit()]
    others = [(row.keys, row.label) for row in table if not row.keys[1:].isdigit()]
    return [(msg("Tombol F"), on_top_row), (msg("Tombol lain"), others)]


def _column(title: Text, rows: Sequence[tuple[str, Text]]) -> QVBoxLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    for place, (keys, meaning) in enumerate(rows):
        grid.addWidget(key_cap(keys), place, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label(str(meaning), "list"), place, 1)
    grid.setColumnStretch(1, 1)
    column = QVBoxLayout()
    column.addWidget(label(str(title), "small", 600, "ink2"))
    column.addLayout(grid)
    column.addStretch()
    return column
