"""An act costs one reading and one drawing, its own news included; the news of others is never lost."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal

from mppdesk.domain.commands import Answer
from mppdesk.operations.readings import CounterScreen
from mppdesk.ui.counter.acts import CounterActs
from mppdesk.ui.shared.tasks import OnClerkError
from tests.ui.counter import scenes
from tests.ui.counter.fake_port import FakePort
from tests.ui.counter.scenes import HandClock


class Store(QObject):
    """Counts its news, as `Changes` does, and rings when told to."""

    rang = Signal()
    told = 0

    def ring(self) -> None:
        self.told += 1
        self.rang.emit()


class TellingPort(FakePort):
    """Tells of its commits; `meanwhile` happens elsewhere in the building while a reading goes on."""

    def __init__(self, store: Store, clock: HandClock) -> None:
        super().__init__(clock.now, scenes.queue())
        self.store, self.readings = store, 0
        self.meanwhile: Callable[[], None] | None = None

    def call_next(self) -> Answer:
        answer = super().call_next()
        self.store.ring()
        return answer

    def screen(self) -> CounterScreen:
        self.readings += 1
        seen = super().screen()
        if self.meanwhile is not None:
            happens, self.meanwhile = self.meanwhile, None
            happens()
        return seen


class LateTasks:
    """Does the work when told to, so that a test can see what happens on the way."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], None]] = []

    def run(self, work: Callable[[], object], on_done: Callable[..., None], on_clerk_error: OnClerkError) -> None:
        self._waiting.append(lambda: on_done(work()))

    run_beside = run

    def finish(self) -> None:
        while self._waiting:
            self._waiting.pop(0)()


class Office:
    """Acts over a telling store, their drawings counted."""

    def __init__(self) -> None:
        self.store, self.tasks = Store(), LateTasks()
        self.port = TellingPort(self.store, HandClock())
        self.acts = CounterActs(self.port, self.tasks, HandClock().now, lambda: self.store.told)
        self.store.rang.connect(self.acts.hear)
        self.drawings = 0
        self.acts.changed.connect(self._draw)
        self.acts.read()
        self.tasks.finish()
        self.port.readings = self.drawings = 0

    def _draw(self) -> None:
        self.drawings += 1


@pytest.fixture
def office(qapp: QObject) -> Office:
    return Office()


def test_an_act_is_one_reading_and_one_drawing(office: Office) -> None:
    office.acts.call_next()
    office.tasks.finish()
    assert office.acts.ticket is not None
    assert (office.port.readings, office.drawings) == (1, 1)


def test_news_from_elsewhere_is_one_reading_however_often_it_rings(office: Office) -> None:
    for _ in range(3):
        office.store.ring()
    office.tasks.finish()
    assert (office.port.readings, office.drawings) == (1, 1)
    office.acts.hear()
    office.tasks.finish()
    assert office.port.readings == 1


def test_news_that_came_after_the_look_is_read_once_more(office: Office) -> None:
    office.port.meanwhile = office.store.ring
    office.acts.call_next()
    office.tasks.finish()
    assert office.port.readings == 2
