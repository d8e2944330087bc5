"""Somebody before the kiosk, by touch and by keyboard, with a clock that a test moves."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mppdesk.ui.kiosk.touch_button import TouchButton
from mppdesk.ui.kiosk.window import KioskWindow
from tests.ui.kiosk.hall import FakeKiosk

MORNING = datetime(2026, 11, 23, 9, 18, tzinfo=UTC)
SIZES = [(1366, 768), (1920, 1080)]
UPRIGHT = (1080, 1920)


class Seconds:
    """A clock that a test moves; every look at it takes a moment longer than a trembling finger."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Visitor:
    """Somebody before the kiosk, who touches what carries these words."""

    def __init__(self, qtbot: QtBot, window: KioskWindow, port: FakeKiosk, seconds: Seconds) -> None:
        self.qtbot, self.window, self.port, self.seconds = qtbot, window, port, seconds

    def button(self, words: str) -> TouchButton:
        for button in self.window.findChildren(TouchButton):
            if button.isVisibleTo(self.window) and button.accessibleName().startswith(words):
                return button
        raise AssertionError(f"no button {words!r}: {self.buttons()}")

    def buttons(self) -> list[str]:
        found = self.window.findChildren(TouchButton)
        return [button.accessibleName() for button in found if button.isVisibleTo(self.window)]

    def touch(self, words: str) -> None:
        self.seconds.now += 1
        QTest.mouseClick(self.button(words), Qt.MouseButton.LeftButton)

    def tab_to(self, words: str) -> None:
        """Press Tab until the button has the focus, then Enter."""
        wanted = self.button(words)
        for _ in range(60):
            if self.window.focusWidget() is wanted:
                break
            QTest.keyClick(self.window.focusWidget(), Qt.Key.Key_Tab)
        assert self.window.focusWidget() is wanted, f"Tab never reaches {words!r}"
        self.seconds.now += 1
        QTest.keyClick(wanted, Qt.Key.Key_Return)

    def wait(self, seconds: float) -> None:
        self.seconds.now += seconds
        self.window.tick()


OpenKiosk = Callable[..., Visitor]
