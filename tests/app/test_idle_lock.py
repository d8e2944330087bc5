"""A counter that nobody touches locks itself; one that is used does not."""

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mppdesk.app.idle_lock import IdleLock


def test_it_locks_when_nobody_touches_anything(qapp: QApplication, qtbot: QtBot) -> None:
    locked: list[bool] = []
    lock = IdleLock(qapp, lambda: locked.append(True), idle_ms=30)
    qtbot.waitUntil(lambda: locked == [True])
    qapp.removeEventFilter(lock)


def test_a_key_starts_the_time_anew_and_goes_on_to_its_window(qapp: QApplication) -> None:
    lock = IdleLock(qapp, lambda: None, idle_ms=60_000)
    timer = lock.findChild(QTimer)
    assert isinstance(timer, QTimer)
    before = timer.timerId()
    assert lock.eventFilter(qapp, QEvent(QEvent.Type.Paint)) is False
    assert timer.timerId() == before
    assert lock.eventFilter(qapp, QEvent(QEvent.Type.KeyPress)) is False
    assert timer.isActive() and timer.timerId() != before  # each start of a timer gives it another id
    qapp.removeEventFilter(lock)
