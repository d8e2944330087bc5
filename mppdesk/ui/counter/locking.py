"""Ctrl+L and five idle minutes hide the person until the same clerk's PIN; F12 hands the counter to another clerk."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from mppdesk.operations.readings import SignedIn
from mppdesk.ui.counter.acts import CounterActs
from mppdesk.ui.counter.asking import Asking
from mppdesk.ui.counter.panel import Panel
from mppdesk.ui.counter.pin_panel import PinPanel
from mppdesk.ui.counter.pin_state import hand_over_question, lock_question


class Locking(QObject):
    """`handed_over` carries the `SignedIn` who has the counter now; the program gives her a window of her own."""

    handed_over = Signal(object)

    def __init__(
        self, window: QWidget, acts: CounterActs, asking: Asking, clerk_name: str, seconds: Callable[[], float]
    ) -> None:
        super().__init__(window)
        self._window, self._acts, self._asking = window, acts, asking
        self._clerk_name = clerk_name
        self._beneath: Panel | None = None
        self.card = PinPanel(window, seconds)
        self.successor = PinPanel(window, seconds)

    @property
    def is_locked(self) -> bool:
        return self._acts.is_locked

    def open_panel(self) -> PinPanel | None:
        """The card that covers the window now; the lock lies over everything."""
        return next((card for card in (self.card, self.successor) if not card.isHidden()), None)

    def lock(self) -> None:
        """Hide who is at the desk; what is open stays beneath and comes back as it was."""
        screen = self._acts.screen
        if self.is_locked or screen is None:
            return
        for dialog in self._window.findChildren(QDialog):
            dialog.reject()
        self.successor.leave()
        self._asking.reading.close_panel()  # a NIK in full, or a history: asked for once, not for whoever comes by
        self._beneath = self._asking.open_panel()
        self.card.ask(lock_question(screen.label, self._clerk_name), self._unlock)
        if self._beneath is not None:
            self._beneath.hide()
        self._acts.lock()

    def hand_over(self, note: str | None = None) -> None:
        """F12 > Serahkan loket: the next clerk's PIN, with the note that is left for her."""
        screen = self._acts.screen
        if screen is not None:
            self.successor.ask(hand_over_question(screen.label), partial(self._hand_over, note))

    def _unlock(self, _user_name: str, pin: str) -> None:
        self._acts.attempt(lambda port: port.unlock(pin), lambda _: self._unlocked(), self.card.refuse)

    def _unlocked(self) -> None:
        self._acts.unlock()
        if self._beneath is not None:
            self._beneath.show()
            self._beneath = None
        self.card.accepted()

    def _hand_over(self, note: str | None, user_name: str, pin: str) -> None:
        self._acts.attempt(lambda port: port.hand_over(user_name, pin, note), self._handed_over, self.successor.refuse)

    def _handed_over(self, person: SignedIn) -> None:
        self.successor.accepted()
        self.handed_over.emit(person)
