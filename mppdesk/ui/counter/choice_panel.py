"""A question with a few answers, each with its digit: why out of turn, break or close, why a NIK is opened."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mppdesk.texts import Text, msg
from mppdesk.ui.counter.choice import Choice
from mppdesk.ui.counter.panel import Panel
from mppdesk.ui.shared.key_button import KeyButton
from mppdesk.ui.shared.labels import label


class ChoicePanel(Panel):
    """Digits choose; Enter chooses the first answer only where `has_default` says it is harmless."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, width=620)
        self._choices: tuple[Choice, ...] = ()
        self._buttons: list[KeyButton] = []
        self._sentence = label("", "body", wrap=True)
        self._answers = QVBoxLayout()
        self._answers.setSpacing(8)
        self.body.addWidget(self._sentence)
        self.body.addLayout(self._answers)
        self.confirm.hide()

    def ask(self, icon: str, title: Text, choices: Sequence[Choice], sentence: Text | None = None) -> None:
        """Put a question; the panel opens."""
        self.set_head(icon, title)
        self.confirm.hide()
        self._sentence.setText(str(sentence or ""))
        self._sentence.setVisible(sentence is not None)
        self._choices = tuple(choices)
        self._draw()
        self.open()

    def words(self) -> list[str]:
        """The answers offered, in the order of their digits."""
        return [button.words for button in self._buttons]

    def begin(self) -> None:
        first = next((button for button in self._buttons if button.isEnabled()), None)
        (first or self.cancel).setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Enter: the answer in hand."""
        here = self.window().focusWidget()
        if isinstance(here, KeyButton) and here in self._buttons:
            self._choose(self._buttons.index(here))
        elif here is self.cancel:
            self.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit() and not event.isAutoRepeat():
            self._choose(int(event.text()) - 1)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._choices) and self._choices[at].is_usable:
            self.close_panel()
            self._choices[at].run()

    def _draw(self) -> None:
        while (item := self._answers.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._buttons = []
        for at, choice in enumerate(self._choices):
            button = KeyButton(str(at + 1), choice.words, choice.note or msg(""), letters="body", wrap=True)
            button.show_state(choice.words, choice.note or msg(""), usable=choice.is_usable)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setMinimumHeight(44)
            button.clicked.connect(lambda _checked=False, at=at: self._choose(at))
            self._answers.addWidget(button)
            self._buttons.append(button)
