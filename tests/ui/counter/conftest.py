"""A counter window over an office in memory, worked by keys alone and counting them."""

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mppdesk.ui.counter.window import CounterWindow
from mppdesk.ui.shared.tasks import Tasks
from tests.ui.counter.fake_port import FakePort
from tests.ui.counter.scenes import HandClock


class Clerk:
    """Presses keys into whatever has the focus, and counts them; the store answers before the next key."""

    def __init__(self, qtbot: QtBot, window: CounterWindow, port: FakePort, clock: HandClock, tasks: Tasks) -> None:
        self._qtbot, self._tasks = qtbot, tasks
        self.window, self.port, self.clock = window, port, clock
        self.keys = 0

    def press(self, *keys: Qt.Key, holding: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys one after the other, a second apart."""
        for key in keys:
            self.keys += 1
            self.clock.forward(1)
            QTest.keyClick(self._hand(), key, holding)
            self.settle()

    def type(self, text: str) -> None:
        """Type letters; each is a key."""
        for letter in text:
            self.keys += 1
            self._strike(letter)
        self.settle()

    def scan(self, code: str, milliseconds: int = 5) -> None:
        """Let a scanner type a code and Enter into whatever has the focus."""
        for sign in code:
            self.clock.forward(milliseconds / 1000)
            self._strike(sign)
        self._strike("\r", Qt.Key.Key_Return)
        self.settle()

    def settle(self) -> None:
        """Let the window tell typing from scanning, and the store answer everything it was asked."""
        self._qtbot.waitUntil(lambda: self._tasks.running == 0 and not self.window.scanner.is_holding)

    def _strike(self, sign: str, key: int = 0) -> None:
        """Strike a key where the system hands it to the window."""
        handle = self.window.windowHandle()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            stroke = QKeyEvent(kind, key or ord(sign.upper()), Qt.KeyboardModifier.NoModifier, sign)
            QApplication.sendEvent(handle, stroke)

    def _hand(self) -> QWidget:
        return QApplication.focusWidget() or self.window


@pytest.fixture(autouse=True)
def earlier_windows_are_gone() -> None:
    """The windows of earlier tests are taken apart now, not in the middle of a key stroke."""
    gc.collect()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def sit_down(qtbot: QtBot, clock: HandClock) -> Iterator[Callable[..., Clerk]]:
    """Open the window over an office, with real threads behind it; answers the clerk who sits there."""
    opened: list[Tasks] = []

    def open_over(port: FakePort, takes_focus: bool = True) -> Clerk:
        tasks = Tasks()
        opened.append(tasks)
        window = CounterWindow(port, tasks, clock.now, "Dewi C.", seconds=clock.seconds)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        clerk = Clerk(qtbot, window, port, clock, tasks)
        clerk.settle()
        qtbot.waitUntil(window.isActiveWindow)
        if takes_focus:
            window.setFocus()
        return clerk

    yield open_over
    for tasks in opened:
        tasks.close()
