"""A calm card that asks for a PIN: to open a locked counter again, or to hand it to the next clerk."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from mppdesk.domain.errors import ClerkError
from mppdesk.texts import Text, msg
from mppdesk.ui.counter.panel import Panel
from mppdesk.ui.counter.pin_state import PinQuestion, PinState
from mppdesk.ui.shared.labels import label
from mppdesk.ui.shared.ways import with_keys

_COUNT_DOWN_MS = 250


class PinPanel(Panel):
    """Enter asks `check(user name, PIN)`; whoever checks answers `accepted` or `refuse`. `seconds` goes forward."""

    def __init__(self, window: QWidget, seconds: Callable[[], float]) -> None:
        super().__init__(window, width=520)
        self._seconds = seconds
        self._state = PinState()
        self._question: PinQuestion | None = None
        self._check: Callable[[str, str], None] = lambda _user, _pin: None
        self._sentence = label("", "body", tone="ink2", wrap=True)
        self.user_field, self.pin_field = QLineEdit(), QLineEdit()
        self._user_name = _named(msg("Nama pengguna"), self.user_field)
        self._pin_name = _named(msg("PIN atau kata sandi"), self.pin_field)
        self._trouble = label("", "list", 600, "bad", wrap=True)
        self._count_down = QTimer(self, interval=_COUNT_DOWN_MS)
        self._count_down.timeout.connect(self._show_state)
        for part in (
            self._sentence, self._user_name, self.user_field, self._pin_name, self.pin_field, self._trouble,
        ):  # fmt: skip
            self.body.addWidget(part)
        self.pin_field.setEchoMode(QLineEdit.EchoMode.Password)
        for field in (self.user_field, self.pin_field):
            field.textEdited.connect(self._typed)

    @property
    def trouble(self) -> str:
        """What is said about the last try."""
        return self._trouble.text()

    def ask(self, question: PinQuestion, check: Callable[[str, str], None]) -> None:
        """Put the question; the panel opens."""
        self._question, self._check = question, check
        self._state = self._state.anew()
        self.set_head(question.icon, question.title)
        self._sentence.setText(str(question.sentence))
        self.cancel.setVisible(question.can_leave)
        for part in (self._user_name, self.user_field):
            part.setVisible(question.asks_who)
        self._show_state()
        self.open()

    def begin(self) -> None:
        asks_who = self._question is not None and self._question.asks_who
        (self.user_field if asks_who else self.pin_field).setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Esc leaves only a question that may stay unanswered."""
        if self._question is not None and self._question.can_leave:
            self._forget()
            super().leave()

    def accept(self) -> None:
        question = self._question
        if question is None or not self._state.may_ask(question, self._seconds()):
            self.pin_field.setFocus(Qt.FocusReason.TabFocusReason)  # Enter after the name goes on to the PIN
            return
        user_name, pin = self._state.user_name.strip(), self._state.pin
        self._change(self._state.asking())
        self._check(user_name, pin)

    def accepted(self) -> None:
        """The PIN was right: wrong ones before it count no more."""
        self._state = PinState()
        self._show_state()
        self.close_panel()

    def refuse(self, trouble: ClerkError) -> None:
        """Say why; the hand stays on the PIN."""
        self._change(self._state.refused(trouble, self._seconds()))
        self.pin_field.setFocus(Qt.FocusReason.OtherFocusReason)
        QAccessible.updateAccessibility(QAccessibleEvent(self._trouble, QAccessible.Event.Alert))

    def _forget(self) -> None:
        self._change(self._state.anew())

    def _typed(self) -> None:
        self._change(self._state.with_typed(self.user_field.text(), self.pin_field.text()))

    def _change(self, state: PinState) -> None:
        self._state = state
        self._show_state()

    def _show_state(self) -> None:
        state, now = self._state, self._seconds()
        for field, text in ((self.user_field, state.user_name), (self.pin_field, state.pin)):
            if field.text() != text:
                field.setText(text)
        self._trouble.setText(_sentence(state.trouble))
        self._trouble.setVisible(state.trouble is not None)
        if self._question is not None:
            words, may = state.button_words(self._question, now), state.may_ask(self._question, now)
            self.confirm.show_state(words, usable=may, filled=True)
        is_pausing = state.tries.seconds_left(now) > 0
        if is_pausing != self._count_down.isActive():
            self._count_down.start() if is_pausing else self._count_down.stop()


def _named(name: Text, field: QLineEdit) -> QLabel:
    made = label(str(name), "small", 600, "ink2")
    made.setBuddy(field)
    field.setAccessibleName(str(name))
    return made


def _sentence(trouble: ClerkError | None) -> str:
    if trouble is None:
        return ""
    return with_keys(msg("{happened} {to_do}", happened=trouble.what_happened, to_do=trouble.what_to_do))
