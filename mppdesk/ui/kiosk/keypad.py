"""The keypad over the kiosk on which the staff type a PIN with a finger."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mppdesk.texts import msg
from mppdesk.ui.kiosk.acts import Act, ActKind
from mppdesk.ui.kiosk.faces import Look
from mppdesk.ui.kiosk.leaving_state import LeavingState
from mppdesk.ui.kiosk.panel import GAP_MM, TARGET_MM, Panel
from mppdesk.ui.kiosk.prose import Prose
from mppdesk.ui.kiosk.tile import Say
from mppdesk.ui.kiosk.touch_button import WordButton
from mppdesk.ui.shared.theme import theme_of

_COLUMNS = 3
_WIDTH_MM = 130.0
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Keypad(QWidget):
    """Covers the window; emits `touched(Act)`, also for a keyboard that is plugged in."""

    touched = Signal(Act)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = Prose("title", 700, is_centred=True)
        self.sentence = Prose("head", 500, is_centred=True)
        self.dots = Prose("title", 700, is_centred=True)
        self._digits = [WordButton(Act(ActKind.PIN_DIGIT, each), each, role="head") for each in "1234567890"]
        self._erase = WordButton(Act(ActKind.PIN_ERASE), "", role="body")
        self._cancel = WordButton(Act(ActKind.PIN_CANCEL), "", role="body")
        self.enter = WordButton(Act(ActKind.PIN_ENTER), "", look=Look.MAIN, role="head")
        self._grid = QGridLayout()
        self._inside = QWidget()
        self._lay_out()

    def show_state(self, state: LeavingState, now_s: float, say: Say, panel: Panel) -> None:
        """Show it in the language of the kiosk, in the millimetres of the panel."""
        self._title.setText(say(msg("Untuk petugas")))
        self.sentence.setText(say(state.sentence(now_s)))
        self.dots.setText(state.dots or " ")
        self.dots.setAccessibleName(say(msg("{count} angka", count=len(state.pin))))
        self._erase.show_word(say(msg("Hapus")))
        self._cancel.show_word(say(msg("Batal")))
        self.enter.show_word(say(msg("Masuk")))
        may_enter = state.may_enter(now_s)
        self.enter.setEnabled(may_enter)
        self.enter.look = Look.MAIN if may_enter else Look.CLOSED
        self.enter.update()
        for button in self._buttons():
            button.set_least_height(panel.pixels(TARGET_MM))
        self._grid.setSpacing(panel.pixels(GAP_MM))
        self._inside.setFixedWidth(min(panel.pixels(_WIDTH_MM), self.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdecimal() and event.text().isascii():
            self.touched.emit(Act(ActKind.PIN_DIGIT, event.text()))
        elif event.key() == Qt.Key.Key_Backspace:
            self.touched.emit(Act(ActKind.PIN_ERASE))
        elif event.key() == Qt.Key.Key_Escape:
            self.touched.emit(Act(ActKind.PIN_CANCEL))
        elif event.key() in _ENTER:
            self.touched.emit(Act(ActKind.PIN_ENTER))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme_of(self).colour("ground"))
        painter.end()

    def _buttons(self) -> list[WordButton]:
        return [*self._digits, self._erase, self._cancel, self.enter]

    def _lay_out(self) -> None:
        for place, button in enumerate(self._digits[:9]):
            self._grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        for place, button in enumerate((self._cancel, self._digits[9], self._erase)):
            self._grid.addWidget(button, _COLUMNS, place)
        self._grid.addWidget(self.enter, _COLUMNS + 1, 0, 1, _COLUMNS)
        for button in self._buttons():
            button.clicked.connect(lambda _checked=False, act=button.act: self.touched.emit(act))
        inside = QVBoxLayout(self._inside)
        for part in (self._title, self.sentence, self.dots):
            inside.addWidget(part)
        inside.addLayout(self._grid)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, 1)  # the same for a digit and for a word
        # Not aligned: an aligned part gets no height for its wrapped words.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._inside)
        middle.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(1)
