"""Locks a counter that nobody touches: five minutes without a key or a pointer (DESIGN 10)."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

IDLE_MS = 5 * 60_000
_ACTIVITY = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel})


class IdleLock(QObject):
    """Calls `lock` once when the application was left alone; any key or pointer starts the time anew."""

    def __init__(self, application: QApplication, lock: Callable[[], None], idle_ms: int = IDLE_MS) -> None:
        super().__init__(application)
        self._timer = QTimer(self, interval=idle_ms, singleShot=True)
        self._timer.timeout.connect(lock)
        self._timer.start()
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY:
            self._timer.start()
        return False
