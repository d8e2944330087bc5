"""The sign-in window: who works here today, and at which place."""

import time
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mppdesk.domain.errors import ClerkError
from mppdesk.texts import msg
from mppdesk.ui.shared.form_parts import Sentence, Snug, named_field, scrolling
from mppdesk.ui.shared.key_button import KeyButton
from mppdesk.ui.shared.labels import label, mark
from mppdesk.ui.shared.tasks import Runner
from mppdesk.ui.sign_in.place_cards import PlaceCards
from mppdesk.ui.sign_in.view_state import ADMINISTRATION, Office, SignInPort, SignInState
from mppdesk.ui.sign_in.welcome import Welcome

if TYPE_CHECKING:
    from mppdesk.operations.readings import SignedIn

_OPENING = msg("Membuka data kantor ini.")
_WELCOME_WIDTH = 496
_BUTTON_HEIGHT = 52
_COUNT_DOWN_MS = 250
_NEWS = frozenset({"printers", "counter_day", "own_hub"})
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SignInWindow(QWidget):
    """Emits `signed_in(SignedIn, place id)` when the PIN was accepted, and `help_asked` for F1.

    It paints before anything is read: `begin` asks the port for the office afterwards. `seconds` only goes forward.
    """

    signed_in = Signal(object, str)
    help_asked = Signal()

    def __init__(
        self,
        port: SignInPort,
        tasks: Runner,
        now: Callable[[], datetime],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._port, self._tasks, self._seconds = port, tasks, seconds
        self._state = SignInState()
        self._welcome = Welcome(now)
        self.user_field, self.pin_field = QLineEdit(), QLineEdit()
        self.places = PlaceCards()
        self._places_room = Snug(self.places)
        self.trouble = Sentence()
        self.enter_button = KeyButton("Enter", "", letters="head")
        self.help_button = KeyButton("F1", msg("Bantuan"))
        self.administration_button = KeyButton("F12", msg("Administrasi"))
        self._lay_out()
        self._connect()
        self._count_down = QTimer(self, interval=_COUNT_DOWN_MS)
        self._count_down.timeout.connect(self._show_button)
        self._show()

    @property
    def state(self) -> SignInState:
        return self._state

    @property
    def welcome(self) -> Welcome:
        return self._welcome

    def begin(self) -> None:
        """Read the office; again whenever places may have changed."""
        self._tasks.run(self._port.office, self._show_office, self._show_trouble)

    def prefer(self, place: str) -> None:
        """Choose a place before the office is read."""
        self._change(self._state.preferring(place))

    def read_again(self, topics: frozenset[str]) -> None:
        """Read the office again where the news is about a place or a printer."""
        if topics & _NEWS:
            self.begin()

    def enter(self) -> None:
        """Check the PIN and take the chosen place, if the button may be pressed now."""
        if not self._state.button(self._seconds()).is_usable or self._state.place is None:
            return
        user_name, pin, place = self._state.user_name.strip(), self._state.pin, self._state.place
        self._change(self._state.asking())
        self._tasks.run(
            lambda: self._port.sign_in(user_name, pin, place),
            lambda person: self._accept(person, place),
            self._refuse,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.isAutoRepeat():
            self.enter()
        elif event.key() == Qt.Key.Key_F1:
            self.help_asked.emit()
        elif event.key() == Qt.Key.Key_F12:
            self.administration_button.click()
        else:
            super().keyPressEvent(event)

    def _show_office(self, office: Office) -> None:
        is_first = self._state.office is None
        self._change(self._state.with_office(office))
        if is_first and self.focusWidget() in (None, self.user_field):
            (self.pin_field if self._state.user_name else self.user_field).setFocus()

    def _show_trouble(self, trouble: ClerkError) -> None:
        self.trouble.say(trouble.what_happened, trouble.what_to_do)

    def _accept(self, person: "SignedIn", place: str) -> None:
        self._change(SignInState(self._state.office).with_typed(person.user_name, "").with_place(place))
        self.signed_in.emit(person, place)

    def _refuse(self, trouble: ClerkError) -> None:
        self._change(self._state.refused(trouble, self._seconds()))
        self.pin_field.setFocus()
        self.begin()

    def _typed(self) -> None:
        self._change(self._state.with_typed(self.user_field.text(), self.pin_field.text()))

    def _chosen(self, place: str) -> None:
        self._change(self._state.with_place(place))

    def _change(self, state: SignInState) -> None:
        self._state = state
        self._show()

    def _show(self) -> None:
        state = self._state
        for field, text in ((self.user_field, state.user_name), (self.pin_field, state.pin)):
            if field.text() != text:
                field.setText(text)
        self.administration_button.setVisible(state.may_administer)
        if state.office is not None:
            self._welcome.show_office(state.office.heading, state.office.health)
            if self.places.show_places(state.office.places, state.place):
                self._order_tabs()
        self._show_sentence()
        self._show_button()

    def _order_tabs(self) -> None:
        """Person, PIN, places, then the buttons; new cards would come last otherwise."""
        buttons = (self.help_button, self.administration_button, self.enter_button)
        stops = (self.user_field, self.pin_field, *self.places.buttons(), *buttons)
        for one, next_one in pairwise(stops):
            QWidget.setTabOrder(one, next_one)

    def _show_sentence(self) -> None:
        """One sentence at a time: the trouble, else what is worth knowing."""
        if self._state.trouble is not None:
            self._show_trouble(self._state.trouble)
        elif self._state.office is None:
            self.trouble.say(_OPENING, kind="")
        else:
            self.trouble.say(self._state.note or msg(""), kind="")

    def _show_button(self) -> None:
        now = self._seconds()
        button = self._state.button(now)
        self.enter_button.show_state(button.words, usable=button.is_usable, filled=True)
        is_pausing = self._state.tries.seconds_left(now) > 0
        if is_pausing != self._count_down.isActive():
            self._count_down.start() if is_pausing else self._count_down.stop()

    def _connect(self) -> None:
        self.user_field.textEdited.connect(self._typed)
        self.pin_field.textEdited.connect(self._typed)
        self.places.chosen.connect(self._chosen)
        self._places_room.resized.connect(self.places.bring_chosen_into_sight)
        self.enter_button.clicked.connect(self.enter)
        self.help_button.clicked.connect(self.help_asked)
        self.administration_button.clicked.connect(lambda: self._chosen(ADMINISTRATION))

    def _lay_out(self) -> None:
        self.setWindowTitle(str(msg("Masuk ke mppdesk")))
        self.pin_field.setEchoMode(QLineEdit.EchoMode.Password)
        for button in (self.help_button, self.administration_button):
            button.setAutoDefault(True)  # Enter on it means what it says, not signing in
        welcome = scrolling(self._welcome)
        mark(welcome, part="topbar")
        welcome.setFixedWidth(_WELCOME_WIDTH)
        sides = QHBoxLayout(self)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(0)
        sides.addWidget(welcome)
        sides.addLayout(self._form(), 1)

    def _form(self) -> QVBoxLayout:
        """Places scroll, where there are many; person, PIN, what became of it and the button stay in sight."""
        column = QVBoxLayout()
        column.setContentsMargins(64, 48, 64, 48)
        column.setSpacing(12)
        column.addWidget(label(str(msg("Masuk")), "timer", 700))
        column.addLayout(self._fields())
        column.addSpacing(12)
        column.addWidget(label(str(msg("Bekerja di mana hari ini?")), "title", 700, wrap=True))
        column.addWidget(self._places_room)
        column.addWidget(self.trouble)
        column.addStretch(1)
        column.addLayout(self._buttons())
        return column

    def _fields(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(named_field(msg("Nama pengguna"), self.user_field), 9)
        row.addLayout(named_field(msg("PIN atau kata sandi"), self.pin_field), 5)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStrut(_BUTTON_HEIGHT)
        row.addWidget(self.help_button)
        row.addWidget(self.administration_button)
        row.addStretch(1)
        row.addWidget(self.enter_button)
        return row
