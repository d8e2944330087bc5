"""The page "Printer" of the administration window, opened by its key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mppdesk.ui.administration.window import AdministrationWindow
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.tasks import Tasks
from tests.ui.administration.fake_port import NOW, FakeBuilding
from tests.ui.administration.printer_hand import Open


@pytest.fixture
def opened(qtbot: QtBot) -> Open:
    def make(port: FakeBuilding | None = None) -> AdministrationWindow:
        window = AdministrationWindow(port or FakeBuilding(), Tasks.inline(), lambda: NOW, "Ratna A.", Changes())
        qtbot.addWidget(window)
        window.resize(1366, 697)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
        return window

    return make
