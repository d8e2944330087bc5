"""Locks a counter that nobody touches: five minutes without a key or a pointer (DESIGN 10)."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from shiboken6 import isValid

IDLE_MS = 5 * 60_000
_ACTIVITY = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel})


class IdleLock(QObject):
    """Calls `lock` once when the application was left alone; any key or pointer starts the time anew.

    It looks at what the system hands to whichever window is in use, not at all the events inside the program.
    """

    def __init__(self, application: QGuiApplication, lock: Callable[[], None], idle_ms: int = IDLE_MS) -> None:
        super().__init__(application)
        self._timer = QTimer(self, interval=idle_ms, singleShot=True)
        self._timer.timeout.connect(lock)
        self._timer.start()
        self._in_use: QWindow | None = None
        self._application = application
        application.focusWindowChanged.connect(self._watch)
        self._watch(application.focusWindow())

    def end(self) -> None:
        """Nobody is at the counter any more."""
        self._timer.stop()
        self._application.focusWindowChanged.disconnect(self._watch)
        self._watch(None)
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY:
            self._timer.start()
        return False

    def _watch(self, window: QWindow | None) -> None:
        if self._in_use is not None and isValid(self._in_use):
            self._in_use.removeEventFilter(self)
        self._in_use = window
        if window is not None:
            window.installEventFilter(self)
