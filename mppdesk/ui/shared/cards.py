"""Cards: the white fields a window is made of, and the rows of facts in them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mppdesk.texts import Text
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.labels import label, mark, rule

_MOST_OF_A_NAME = 0.6


class Card(QFrame):
    """A field with round corners; `body` is its column, `kind` `warn` or `bad` draws a coloured frame."""

    def __init__(self, title: Text | str = "", kind: str = "", margin: int = 16) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, max(0, margin - 4), margin, max(0, margin - 4))
        self.body.setSpacing(8)
        self._title = label("", "small", 600, "ink2", wrap=True)
        self.body.addWidget(self._title)
        mark(self, part="card")
        self.set_title(title)
        self.set_kind(kind)

    def set_title(self, title: Text | str) -> None:
        """Name the card; an empty name takes no room."""
        self._title.setText(str(title))
        self._title.setVisible(bool(str(title)))
        self.setAccessibleName(str(title))

    def set_kind(self, kind: str) -> None:
        """Draw the frame in the colour of `warn` or `bad`, or quietly."""
        mark(self, kind=kind)


class HintCard(Card):
    """A card that speaks: icon and sentence in the colour of its kind, the reason below."""

    def __init__(self, kind: str = "warn", icon: str = "alert-triangle") -> None:
        super().__init__(kind=kind)
        self.heading = label("", "body", 700, kind, wrap=True)
        self.reason = label("", "list", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel(icon, kind, 22, filled=True), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.heading, 1)
        self.body.addLayout(head)
        self.body.addWidget(self.reason)

    def say(self, heading: Text | str, reason: Text | str) -> None:
        """Show a sentence and its reason."""
        self.heading.setText(str(heading))
        self.reason.setText(str(reason))
        self.setAccessibleName(f"{heading}. {reason}")


class FactList(QWidget):
    """Rows of name and value with a line between them, such as `Biaya ... Gratis`."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self._values: dict[str, QLabel] = {}
        self._names: list[QLabel] = []

    def set_fact(self, name: Text | str, value: Text | str) -> None:
        """Show a value, in the row of that name or in a new one."""
        known = self._values.get(str(name))
        if known is None:
            known = self._values[str(name)] = self._new_row(str(name))
        known.setText(str(value))

    def facts(self) -> dict[str, str]:
        """What is shown now, in order."""
        return {name: value.text() for name, value in self._values.items()}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A name keeps one line while it leaves room for its value."""
        super().resizeEvent(event)
        for name in self._names:
            name.setWordWrap(name.fontMetrics().horizontalAdvance(name.text()) > self.width() * _MOST_OF_A_NAME)

    def _new_row(self, name: str) -> QLabel:
        if self._values:
            self._rows.addWidget(rule())
        value = label("", "list", 700, wrap=True)
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._names.append(label(name, "list", tone="ink2"))
        row.addWidget(self._names[-1])
        row.addWidget(value, 1)
        self._rows.addLayout(row)
        return value
