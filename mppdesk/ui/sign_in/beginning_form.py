"""The frame of the forms of a first start: one column in the middle, the way back and one filled button below."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mppdesk.texts import Text, msg
from mppdesk.ui.shared.form_parts import Sentence, scrolling
from mppdesk.ui.shared.key_button import KeyButton
from mppdesk.ui.shared.labels import label
from mppdesk.ui.sign_in.view_state import ButtonWords

_WIDTH = 760
_BUTTON_HEIGHT = 52
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BeginningForm(QWidget):
    """Emits `ready` when the office can be opened, `back_wanted`, or `closed`; Enter presses the one button."""

    ready = Signal()
    back_wanted = Signal()
    closed = Signal()

    def __init__(self, title: Text) -> None:
        super().__init__()
        self.setWindowTitle(str(title))
        self.sentence = Sentence()
        self.button = KeyButton("Enter", "", letters="head")
        self.back_button = QPushButton(str(msg("Kembali")))
        self.back_button.setAutoDefault(True)
        self.back_button.clicked.connect(self.back_wanted)
        self.button.clicked.connect(self.press)
        self.fields = QVBoxLayout()
        self.fields.setSpacing(16)
        self._lay_out(title)

    @property
    def may_close(self) -> bool:
        """Whether nothing would be lost by closing now."""
        raise NotImplementedError

    def press(self) -> None:
        """Do what the one button says."""
        raise NotImplementedError

    def show_button(self, words: ButtonWords) -> None:
        self.button.show_state(words.words, usable=words.is_usable, filled=True)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close:
            event.ignore()
            return
        super().closeEvent(event)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.isAutoRepeat() and self.button.isEnabled():
            self.press()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, title: Text) -> None:
        inside = QWidget()
        inside.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 48, 24, 48)
        column.setSpacing(16)
        column.addWidget(label(str(title), "timer", 700, wrap=True))
        column.addLayout(self.fields)
        column.addWidget(self.sentence)
        column.addStretch(1)
        column.addLayout(self._buttons())
        centred = QWidget()
        row = QHBoxLayout(centred)
        row.addStretch(1)
        row.addWidget(inside, 100)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(centred))

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStrut(_BUTTON_HEIGHT)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.button)
        return row
