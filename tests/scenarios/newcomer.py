"""Somebody who tries the demo, as a process of its own: waits for its windows, calls a person by F2, and closes them.

Run as `python -m tests.scenarios.newcomer`; what was seen is one JSON object on stdout.
"""

import json
import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mppdesk.demo.live import run_live
from mppdesk.ui.counter.window import CounterWindow
from mppdesk.ui.shared.application import application

_LOOK_MS = 50
WINDOWS = {"BoardWindow", "CounterWindow", "KioskWindow", "PaperWindow"}


class Newcomer:
    """Looks every moment at what is there; ends the program when the person called stands on the counter's screen."""

    def __init__(self) -> None:
        self.waiting = 0
        self.called = ""
        self._look = QTimer(interval=_LOOK_MS)
        self._look.timeout.connect(self._go_on)
        self._look.start()

    def _go_on(self) -> None:
        shown = {type(window).__name__: window for window in QApplication.topLevelWidgets() if window.isVisible()}
        counter = shown.get("CounterWindow")
        if not shown.keys() >= WINDOWS or not isinstance(counter, CounterWindow) or counter.acts.screen is None:
            return
        if counter.acts.screen.current is not None:
            self.called = counter.acts.screen.current.row.number
            self._end(shown)
        elif counter.acts.screen.waiting and not self.waiting:
            self.waiting = len(counter.acts.screen.waiting)
            QTest.keyClick(counter, Qt.Key.Key_F2)

    def _end(self, shown: dict[str, QWidget]) -> None:
        """Close the windows, as the newcomer does; with the last one the program ends."""
        self._look.stop()
        seen = {"windows": sorted(shown), "waiting": self.waiting, "called": self.called}
        sys.stdout.write(json.dumps(seen) + "\n")
        for window in shown.values():
            window.close()


if __name__ == "__main__":
    application()
    newcomer = Newcomer()
    sys.exit(run_live(seed=1, data=None, printer=None))
