"""A panel over the window: one question, Esc leaves and loses nothing, the focus stays inside and goes back after."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mppdesk.texts import Text, msg
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.key_button import KeyButton
from mppdesk.ui.shared.labels import label, mark, rule
from mppdesk.ui.shared.shortcuts import Act

_VEIL = QColor(8, 24, 34, 150)


class Panel(QWidget):
    """Covers its window with a veil and stands in its middle; `left` is emitted when it was left by Esc.

    Subclasses fill `body`, answer Enter in `accept` and give the first focus in `begin`.
    """

    left = Signal()

    def __init__(self, window: QWidget, width: int = 680) -> None:
        super().__init__(window)
        self._before: QWidget | None = None
        self._icon = IconLabel("arrows-exchange", "pri", 26)
        self._title, self._note = label("", "title", 700, wrap=True), label("", "small", tone="ink2", wrap=True)
        self.body = QVBoxLayout()
        self.cancel = KeyButton("Esc", msg("Batal"), letters="body", wrap=True)
        self.confirm = KeyButton("Enter", "", letters="body", wrap=True)
        self._frame = QFrame(self)
        self._width = width
        self._lay_out()
        self.cancel.clicked.connect(self.leave)
        self.confirm.clicked.connect(self.accept)
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Cover the window; the focus comes back to where it was."""
        self._before = self.window().focusWidget()
        self._fit()
        self.show()
        self.raise_()
        self.begin()

    def close_panel(self) -> None:
        """Uncover the window."""
        if self.isHidden():
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Esc: nothing happens, nothing typed is lost until another person is at the desk."""
        self.close_panel()
        self.left.emit()

    def begin(self) -> None:
        """Give the first focus."""
        self.confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Enter: do what the filled button says."""
        self.close_panel()

    def hear(self, act: Act) -> None:
        """A key of the window, pressed while the panel covers it: none but Esc means anything here."""
        if act is Act.LEAVE:
            self.leave()

    def set_head(self, icon: str, title: Text, note: Text | None = None) -> None:
        """Name the question."""
        self._icon.set_icon(icon, "pri")
        self._title.setText(str(title))
        self._note.setText(str(note or ""))
        self.setAccessibleName(str(title))

    @property
    def title(self) -> str:
        return self._title.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.leave() if self.cancel.hasFocus() else self.accept()
        # Everything else ends here: the window below must not hear keys meant for the panel.

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside the panel."""
        stops = [each for each in self._frame.findChildren(QWidget) if _takes_tab(each)]
        if not stops:
            return False
        here = self.window().focusWidget()
        at = stops.index(here) if here in stops else -1
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget() and not self.isHidden():
            self._fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), _VEIL)
        painter.end()

    def _fit(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())

    def _lay_out(self) -> None:
        mark(self._frame, part="card")
        self._frame.setMaximumWidth(self._width)
        self._frame.setMinimumWidth(min(self._width, 480))
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 20, 14)
        head.setSpacing(12)
        head.addWidget(self._icon)
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._title, 1)
        head.addWidget(self._note, 1)
        self.body.setContentsMargins(20, 14, 20, 14)
        self.body.setSpacing(8)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 12)
        foot.setSpacing(10)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.confirm)
        for button in (self.cancel, self.confirm):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setMinimumHeight(44)
        column = QVBoxLayout(self._frame)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule())
        column.addLayout(self.body)
        column.addWidget(rule())
        column.addLayout(foot)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._frame, 4)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(1)


def _takes_tab(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
