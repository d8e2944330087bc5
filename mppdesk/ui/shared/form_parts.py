"""Parts of forms: a field below its name, the one sentence, cards to press, room that scrolls."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mppdesk.texts import Text, msg
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.labels import label, mark
from mppdesk.ui.shared.ways import with_keys


class Sentence(QWidget):
    """One sentence with its icon, which a screen reader hears when it changes."""

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._words = IconLabel("info-circle", "ink2", 20), label("", "list", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    @property
    def words(self) -> str:
        return self._words.text()

    def say(self, happened: Text, to_do: Text | None = None, kind: str = "bad") -> None:
        """Say it; `kind` is `bad` for trouble, empty for what is merely worth knowing."""
        words = with_keys(msg("{happened} {to_do}", happened=happened, to_do=to_do) if to_do else happened)
        self._icon.set_icon("alert-triangle" if kind else "info-circle", kind or "ink2")
        self._icon.setVisible(bool(words))
        mark(self._words, tone=kind or "ink2", weight=600 if kind else 400)
        if words == self._words.text():
            return
        self._words.setText(words)
        self.setAccessibleName(words)
        if kind:
            # Its many names are made on import, which the first paint need not wait for.
            from PySide6.QtGui import QAccessible, QAccessibleEvent

            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


class CardButton(QPushButton):
    """A button as large as the layout in it, whose words let the mouse through to it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        mark(self, part="place")

    def fill(self, layout: QLayout) -> None:
        """Lay the words out in the button."""
        self.setLayout(layout)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout else super().minimumSizeHint()


def named_field(name: Text, field: QLineEdit, beside: QWidget | None = None) -> QVBoxLayout:
    """A field below its name, which stays there while somebody types; `beside` is as high as the field."""
    words = label(str(name), "small", 600, "ink2")
    words.setBuddy(field)
    field.setAccessibleName(str(name))
    mark(field, letters="head", part="tall")
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(words)
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(field, 1)
    if beside is not None:
        row.addWidget(beside)
    column.addLayout(row)
    return column


class Snug(QScrollArea):
    """Room as high as what is inside, which scrolls only where the window is lower than that."""

    resized = Signal()

    def __init__(self, inside: QWidget) -> None:
        super().__init__(widgetResizable=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        _fit_in(self, inside)

    def sizeHint(self) -> QSize:
        inside = self.widget()
        return inside.sizeHint() if inside is not None else super().sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()  # what is inside may have become higher
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


def scrolling(inside: QWidget) -> QScrollArea:
    """Room for what is longer than the window, such as large letters in a small one."""
    area = QScrollArea(widgetResizable=True)
    _fit_in(area, inside)
    return area


def _fit_in(area: QScrollArea, inside: QWidget) -> None:
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidget(inside)
