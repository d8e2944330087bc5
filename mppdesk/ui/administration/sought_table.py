"""A table under a line for typing: what is typed leaves the rows it fits, and the arrow keys walk them from there."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mppdesk.texts import Text, msg
from mppdesk.ui.administration.table import Row, Table
from mppdesk.ui.shared.form_parts import named_field
from mppdesk.ui.shared.labels import label, mark
from mppdesk.ui.shared.theme import theme_of

_NOTHING_FOUND = msg("Tidak ada yang cocok.")
_LEAST_HEIGHT = 160
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_WALKING = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class SoughtTable(QWidget):
    """Emits `chosen` with the key of the current row, and `taken` for Enter.

    What is typed are beginnings of words, in any order: `37` finds Loket 37, `duk` all of Dukcapil. It is made in its
    `room`, since each change of a parent dresses all that is below it anew.
    """

    chosen = Signal(str)
    taken = Signal()

    def __init__(self, room: QBoxLayout, asks: Text, name: Text, columns: Sequence[Text], stretched: int = 0) -> None:
        super().__init__()
        room.addWidget(self, 1)
        self._rows: tuple[Row, ...] = ()
        self._wanted: str | None = None
        self.field = QLineEdit()
        self.table = Table(name, columns, stretched)
        self.nothing = label(str(_NOTHING_FOUND), "list", tone="ink2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(named_field(asks, self.field))
        mark(self.field, letters="list")
        self.table.setMinimumHeight(theme_of(self).px(_LEAST_HEIGHT))
        column.addWidget(self.table, 1)
        column.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        self.field.textChanged.connect(self._narrow)
        self.table.chosen.connect(self._choose)
        self.table.doubleClicked.connect(self.taken)
        self.field.installEventFilter(self)
        self.table.installEventFilter(self)
        self.nothing.setVisible(False)

    def show_rows(self, rows: tuple[Row, ...], chosen: str | None) -> None:
        """Show these rows, as far as they fit what is typed, and the chosen one among them."""
        self._wanted = chosen
        if rows != self._rows:
            self._rows = rows
            self._narrow()
        elif self.table.chosen_key != chosen:
            self._mark_wanted()

    def seek(self) -> None:
        """Begin anew: the line is empty and takes what is typed."""
        self.field.clear()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys walk the rows while the hand stays at the line; letters typed in the rows go to the line."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._presses(watched, event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _presses(self, watched: QObject, event: QKeyEvent) -> bool:
        """Whether the key was one of ours."""
        if event.key() in _ENTER:
            self.taken.emit()
        elif watched is self.field and event.key() in _WALKING:
            QApplication.sendEvent(self.table, QKeyEvent(event))
        elif watched is self.table and event.text().isprintable() and event.text().strip():
            self.field.setFocus()
            self.field.setText(event.text())
        else:
            return False
        return True

    def _narrow(self) -> None:
        """Where what was chosen does not fit what is typed, the first row that does is chosen instead."""
        words = self.field.text().casefold().split()
        found = _fitting(self._rows, words)
        with QSignalBlocker(self.table):  # rows that come and go are not chosen by anybody
            self.table.show_rows(tuple(found))
        self.table.setVisible(bool(found))
        self.nothing.setVisible(not found and bool(words))
        self._mark_wanted()
        if words and found and self._wanted not in {row.key for row in found}:
            self.table.choose(found[0].key)

    def _mark_wanted(self) -> None:
        with QSignalBlocker(self.table):
            self.table.choose(self._wanted)

    def _choose(self, key: str) -> None:
        self._wanted = key
        row = next(row for row in self._rows if row.key == key)
        self.field.setAccessibleDescription(row.spoken)  # the hand is at the line while the rows are walked
        self.chosen.emit(key)


def _fitting(rows: Iterable[Row], words: Sequence[str]) -> list[Row]:
    """The rows that have all these beginnings of words; those that have them in their first cell before the others."""
    fitting = [row for row in rows if _begins(" ".join(row.cells), words)]
    return sorted(fitting, key=lambda row: not _begins(row.cells[0], words))


def _begins(text: str, words: Sequence[str]) -> bool:
    own = text.casefold().split()
    return all(any(each.startswith(word) for each in own) for word in words)
