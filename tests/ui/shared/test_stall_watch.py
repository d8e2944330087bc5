"""A window that hangs is found, whether its thread computes or waits."""

import time

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from mppdesk.ui.shared.stall_watch import Stall, StallWatch, WatchedApplication


class _Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def _watch() -> tuple[StallWatch, list[Stall], _Clock, _Clock]:
    stalls: list[Stall] = []
    wall, busy = _Clock(), _Clock()
    return StallWatch(stalls.append, 50, wall, busy), stalls, wall, busy


def test_a_long_event_is_told_with_what_it_was_for() -> None:
    watch, stalls, wall, busy = _watch()

    def handle() -> bool:
        wall.seconds += 0.075
        busy.seconds += 0.0625
        return True

    assert watch.time(handle, "Timer", lambda: "QueueList") is True
    assert stalls == [Stall("Timer", "QueueList", 75.0, 62.5)]


def test_short_events_are_not_told() -> None:
    watch, stalls, wall, _ = _watch()

    def handle() -> bool:
        wall.seconds += 0.05
        return False

    assert watch.time(handle, "Paint", lambda: "QueueList") is False
    assert stalls == []


def test_an_event_sent_within_another_counts_once_even_if_it_raises() -> None:
    watch, stalls, wall, _ = _watch()

    def inner() -> bool:
        wall.seconds += 0.1
        raise ValueError

    def outer() -> bool:
        return watch.time(inner, "Paint", lambda: "inner")

    try:
        watch.time(outer, "Timer", lambda: "outer")
    except ValueError:
        assert [stall.receiver for stall in stalls] == ["outer"]
    assert watch.time(lambda: True, "Timer", lambda: "next") is True


def test_the_application_of_the_tests_notices_a_timer_that_computes_too_long(
    qtbot: QtBot, qapp: WatchedApplication
) -> None:
    owner = QObject()

    def compute() -> None:
        start = time.thread_time()
        while time.thread_time() - start < 0.07:
            pass

    QTimer.singleShot(0, owner, compute)
    qtbot.waitUntil(lambda: bool(qapp.stalls))

    assert max(stall.busy_ms for stall in qapp.stalls) >= 70
    qapp.stalls.clear()
