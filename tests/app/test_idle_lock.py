"""A counter that nobody touches locks itself; one that is used does not."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from mppdesk.app.idle_lock import IdleLock


def test_it_locks_when_nobody_touches_anything(qapp: QApplication, qtbot: QtBot) -> None:
    locked: list[bool] = []
    lock = IdleLock(qapp, lambda: locked.append(True), idle_ms=30)
    qtbot.waitUntil(lambda: locked == [True])
    lock.end()


def test_a_key_starts_the_time_anew_and_goes_on_to_its_window(qapp: QApplication, qtbot: QtBot) -> None:
    lock, field = IdleLock(qapp, lambda: None, idle_ms=60_000), QLineEdit()
    timer = lock.findChild(QTimer)
    assert isinstance(timer, QTimer)
    qtbot.addWidget(field)
    field.show()
    qtbot.waitActive(field)
    qtbot.waitUntil(field.hasFocus)
    before = timer.timerId()  # each start of a timer gives it another id
    field.repaint()
    assert timer.timerId() == before
    QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
    assert timer.isActive() and timer.timerId() != before
    assert field.text() == "a"
    lock.end()


def test_after_its_end_it_watches_nothing(qapp: QApplication, qtbot: QtBot) -> None:
    lock, field = IdleLock(qapp, lambda: None, idle_ms=60_000), QLineEdit()
    timer = lock.findChild(QTimer)
    assert isinstance(timer, QTimer)
    lock.end()
    qtbot.addWidget(field)
    field.show()
    qtbot.waitActive(field)
    QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
    assert not timer.isActive()
