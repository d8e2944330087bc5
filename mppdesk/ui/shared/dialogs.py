"""The few questions that are asked: each button says what it does; Esc leaves everything as it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mppdesk.texts import Text
from mppdesk.ui.shared.labels import label, mark

_LEAST_WIDTH = 432
_MARGIN = 24


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: `act` is handed back when it is chosen, `label` is verb and object, such as "Tutup Loket 2"."""

    act: str
    label: Text


class Question(QDialog):
    """Asks without blocking: show it with `open()`, hear `chosen`.

    Enter takes the first choice; of a dangerous question it takes only the harmless way out, `leave`.
    """

    chosen = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        title: Text,
        sentence: Text,
        choices: Sequence[Choice],
        leave: Choice,
        is_dangerous: bool = False,
    ) -> None:
        super().__init__(parent)
        self._leave = leave
        self._buttons: dict[str, QPushButton] = {}
        self.setWindowTitle(str(title))
        self.setAccessibleDescription(str(sentence))
        mark(self, part="dialog")
        self._lay_out(title, sentence, choices)
        self._set_default(leave.act if is_dangerous else choices[0].act)

    def button(self, act: str) -> QPushButton:
        """The button of a choice, or of the way out."""
        return self._buttons[act]

    def reject(self) -> None:
        """Esc and the window's cross: leave, and say so."""
        super().reject()
        self.chosen.emit(self._leave.act)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt makes no dialog wider than two thirds of the screen, and forgets that its texts then need more lines."""
        super().showEvent(event)
        self.resize(self.width(), max(self.height(), self.heightForWidth(self.width())))

    def _lay_out(self, title: Text, sentence: Text, choices: Sequence[Choice]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(16)
        column.addWidget(label(str(title), "title", 700, wrap=True))
        self.body = QVBoxLayout()
        self.body.addWidget(label(str(sentence), "body", wrap=True))
        column.addLayout(self.body)
        column.addSpacing(8)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        column.addLayout(buttons)
        buttons.addWidget(self._make(self._leave))
        buttons.addStretch()
        for choice in reversed(choices):
            buttons.addWidget(self._make(choice))
        self._fit(buttons)
        column.addStrut(_LEAST_WIDTH)  # not of the dialog itself, which could then be narrower than its buttons

    def _fit(self, row: QHBoxLayout) -> None:
        """One button below the other where their words and letters are too large for the screen, the way out last."""
        for button in self._buttons.values():
            button.ensurePolished()
        if row.sizeHint().width() > self.screen().availableGeometry().width() - 2 * _MARGIN:
            row.setDirection(QBoxLayout.Direction.BottomToTop)

    def _make(self, choice: Choice) -> QPushButton:
        made = self._buttons[choice.act] = QPushButton(str(choice.label))
        made.setAutoDefault(False)
        made.clicked.connect(lambda: self._choose(choice.act))
        return made

    def _set_default(self, act: str) -> None:
        """Enter presses the default button only; the others are reached by Tab and Space."""
        default = self._buttons[act]
        default.setDefault(True)
        default.setFocus(Qt.FocusReason.OtherFocusReason)
        mark(default, kind="filled")

    def _choose(self, act: str) -> None:
        if act == self._leave.act:
            self.reject()
            return
        self.accept()
        self.chosen.emit(act)
