"""A counter window that was put away is gone: a clerk's day may see many, and none may read on unseen."""

import gc
import weakref

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from mppdesk.operations.readings import CounterScreen
from mppdesk.ui.counter.window import CounterWindow
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.tasks import Tasks
from tests.ui.counter.fake_port import FakePort
from tests.ui.counter.scenes import HandClock


class CountingPort(FakePort):
    """Counts how often the counter is read."""

    readings = 0

    def screen(self) -> CounterScreen:
        self.readings += 1
        return super().screen()


def test_it_hears_news_until_it_is_put_away_and_is_gone_then(qapp: QApplication) -> None:
    clock, changes = HandClock(), Changes()
    port = CountingPort(clock.now)
    window = CounterWindow(port, Tasks.inline(), clock.now, "Dewi C.", changes, clock.seconds)
    kept = weakref.ref(window)
    before = port.readings
    changes.tell(frozenset({"tickets"}))
    assert port.readings == before + 1

    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    del window
    changes.tell(frozenset({"tickets"}))
    assert port.readings == before + 1
    gc.collect()
    assert kept() is None
