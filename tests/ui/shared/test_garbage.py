"""What nobody reaches any more ends on the GUI thread, whichever thread allocates."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mppdesk.ui.shared.garbage import GarbageCollector


class _Cycle:
    def __init__(self, ended: list[int]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: ended.append(threading.get_ident()))


def test_no_test_lets_its_threads_collect_what_earlier_windows_left() -> None:
    assert not gc.isenabled()


@pytest.fixture
def collector() -> Iterator[QObject]:
    parent = QObject()
    GarbageCollector(parent)
    yield parent
    parent.deleteLater()


@pytest.mark.usefixtures("collector")
def test_another_thread_ends_nothing_and_this_one_does(qtbot: QtBot) -> None:
    ended: list[int] = []
    _Cycle(ended)

    allocating = threading.Thread(target=lambda: [[] for _ in range(100_000)])
    allocating.start()
    allocating.join()
    assert ended == []

    kept: list[list[int]] = [[] for _ in range(2 * gc.get_threshold()[0])]
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [threading.get_ident()]
    assert kept
