"""A scanner types like a keyboard, only faster: its burst goes to the finder, whatever has the focus.

Scanners send a code as key strokes a few milliseconds apart, ended by Enter; nobody types sixteen signs like that. The
strokes of a code could tick papers or stand in a field before the Enter tells what they are, so signs that a code is
made of are held back for a moment. What turns out to be typing goes on to its widget, in order and unchanged.
"""

import re
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from mppdesk.domain.ticket_code import LONGEST_CODE, read_code

BURST_SECONDS = 0.03
_SIGNS = re.compile(r"[0-9A-Z]+")  # what our QR codes are made of
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def is_code(typed: str) -> bool:
    """Whether a text has the form of our QR codes; some scanners send small letters."""
    return read_code(typed) is not None


class Scanner(QObject):
    """`scanned` carries the code. `listens` says whether codes are heard now; `seconds` only goes forward.

    It hears the keys where the system hands them to the window, before the window gives them to a part: there pass a
    few events a second, while a filter of the whole program would be asked about each of thousands.
    """

    scanned = Signal(str)

    def __init__(self, window: QWidget, listens: Callable[[], bool], seconds: Callable[[], float]) -> None:
        super().__init__(window)
        self._window, self._listens, self._seconds = window, listens, seconds
        self._held: list[QKeyEvent] = []
        self._last = float("-inf")
        self._is_giving_back = False
        self._pause = QTimer(self, interval=round(BURST_SECONDS * 1000), singleShot=True)
        self._pause.timeout.connect(self._give_back)
        window.installEventFilter(self)

    @property
    def is_holding(self) -> bool:
        """Whether strokes wait to be told apart."""
        return bool(self._held)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            if event.type() == QEvent.Type.WinIdChange:
                self._hear_keys()
            return False
        if event.type() != QEvent.Type.KeyPress or self._is_giving_back or not isinstance(event, QKeyEvent):
            return False
        return self._listens() and self._takes(event)

    def _hear_keys(self) -> None:
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def _takes(self, event: QKeyEvent) -> bool:
        """Hold what may be of a code; a late stroke begins anew, one that fits no code ends the waiting."""
        now = self._seconds()
        if now - self._last > BURST_SECONDS:
            self._give_back()
        self._last = now
        if event.key() in _ENTER and is_code(self._typed()):
            code = self._let_go()
            self.scanned.emit("".join(stroke.text() for stroke in code).upper())
            return True
        if not self._may_belong(event):
            self._give_back()
            return False
        self._held.append(QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers(), event.text()))
        self._pause.start()
        return True

    def _may_belong(self, event: QKeyEvent) -> bool:
        is_sign = len(event.text()) == 1 and _SIGNS.fullmatch(event.text().upper()) is not None
        is_plain = not event.modifiers() & ~_PLAIN and not event.isAutoRepeat()
        return is_sign and is_plain and len(self._held) < LONGEST_CODE

    def _typed(self) -> str:
        return "".join(stroke.text() for stroke in self._held)

    def _let_go(self) -> list[QKeyEvent]:
        held, self._held = self._held, []
        self._pause.stop()
        return held

    def _give_back(self) -> None:
        """It was a person typing: the window has the strokes after all."""
        handle = self._window.windowHandle()
        self._is_giving_back = True
        try:
            for stroke in self._let_go():
                if handle is not None:
                    QCoreApplication.sendEvent(handle, stroke)
        finally:
            self._is_giving_back = False
