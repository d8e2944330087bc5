"""Keeps a window of somebody who looks after the hall true about the printers of the other computers."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from mppdesk.app.own_hub import OWN_HUB
from mppdesk.app.station import CONNECTION
from mppdesk.operations.far_printers import FarPrinter
from mppdesk.sync.printer_words import FAR_PRINTERS
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.tasks import Runner

# What is not heard any more ends although nobody says so.
_AGAIN_MS = 10_000
_OF_THEM = frozenset({FAR_PRINTERS, CONNECTION, OWN_HUB})
Far = tuple[FarPrinter, ...]


class ShowsFarPrinters(Protocol):
    def set_far_printers(self, printers: Far) -> None: ...


class PrinterWatch(QObject):
    """Reads beside the GUI thread at each news, and shows what changed; lives as long as the window."""

    def __init__(
        self, read: Callable[[], Far], window: ShowsFarPrinters, parent: QObject, tasks: Runner, changes: Changes
    ) -> None:
        super().__init__(parent)
        self._read, self._window, self._tasks = read, window, tasks
        self._shown: Far = ()
        self._again = QTimer(self, interval=_AGAIN_MS)
        self._again.timeout.connect(self.read)
        self._again.start()
        changes.changed.connect(self._hear)
        self.read()

    def read(self) -> None:
        self._tasks.run_beside(self._read, self._show, lambda _trouble: None)

    def _show(self, printers: Far) -> None:
        if isValid(self) and printers != self._shown:  # the window may have gone while it was read
            self._shown = printers
            self._window.set_far_printers(printers)

    def _hear(self, topics: frozenset[str]) -> None:
        if topics & _OF_THEM:
            self.read()
