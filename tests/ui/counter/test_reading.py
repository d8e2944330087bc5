"""The counter window for those who hear it, and for texts twice as long as ours."""

from collections.abc import Callable
from itertools import combinations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mppdesk import texts
from mppdesk.ui.counter.checklist_columns import HEADINGS, columns
from mppdesk.ui.counter.queue_list import QueueModel
from mppdesk.ui.counter.queue_places import places, row_height, second
from mppdesk.ui.counter.window import CounterWindow
from mppdesk.ui.shared.clipping import clipped_texts
from mppdesk.ui.shared.lettering import height_of, longest_word
from mppdesk.ui.shared.pictures import lay_out
from mppdesk.ui.shared.tasks import Tasks
from mppdesk.ui.shared.theme import LIGHT, apply_theme, theme_of
from tests.ui.counter import scenes
from tests.ui.counter.pictures import SCENES, open_window
from tests.ui.counter.scenes import HandClock

_FULL_STRETCH = 2
LONG_AND_NARROW = [((1366, 768), 1.0), ((1920, 1080), 1.5)]


def opened(qtbot: QtBot, scene: str, size: tuple[int, int] = (1366, 768), scale: float = 1.0) -> CounterWindow:
    clock = HandClock()
    make, step = SCENES[scene]
    window = open_window(make(clock), clock)
    qtbot.addWidget(window)
    if scale != 1.0:
        apply_theme(window, LIGHT.scaled(scale))
    step(window)
    window.resize(*size)
    lay_out(window)
    QApplication.processEvents()
    lay_out(window)
    return window


@pytest.fixture
def stretched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every sentence twice as long, as a translation may be."""
    render: Callable[..., str] = texts.render

    def doubled(text: texts.Text, *how: object, **more: object) -> str:
        said = render(text, *how, **more)
        return f"{said} {said}" if len(said) > _FULL_STRETCH else said

    monkeypatch.setattr(texts, "render", doubled)


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("size", [(1366, 697), (1280, 720), (1920, 1080)])
def test_nothing_is_cut_off(qtbot: QtBot, scene: str, size: tuple[int, int]) -> None:
    assert clipped_texts(opened(qtbot, scene, size)) == []


@pytest.mark.usefixtures("stretched")
@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_texts_twice_as_long_are_not_cut_off(qtbot: QtBot, scene: str, size: tuple[int, int]) -> None:
    assert clipped_texts(opened(qtbot, scene, size)) == []


@pytest.mark.parametrize("scene", SCENES)
def test_large_letters_are_not_cut_off(qtbot: QtBot, scene: str) -> None:
    assert clipped_texts(opened(qtbot, scene, scale=1.5)) == []


@pytest.mark.usefixtures("stretched")
@pytest.mark.parametrize("scene", ["idle", "serving"])
def test_long_texts_in_large_letters_are_not_cut_off(qtbot: QtBot, scene: str) -> None:
    assert clipped_texts(opened(qtbot, scene, (1920, 1080), 1.5)) == []


@pytest.mark.usefixtures("stretched")
@pytest.mark.parametrize(("size", "scale"), LONG_AND_NARROW)
@pytest.mark.parametrize("scene", ["idle", "serving"])
def test_what_is_painted_lies_beside_each_other(qtbot: QtBot, scene: str, size: tuple[int, int], scale: float) -> None:
    window = opened(qtbot, scene, size, scale)
    theme, strip = theme_of(window), window.queue
    (people,) = strip.findChildren(QueueModel)
    assert strip.isVisible() and people.people
    row = QRect(0, 0, strip.width() - 2, 0)
    for person in people.people:
        tall = row.adjusted(0, 0, 0, row_height(person, row.width(), theme) - 1)
        at = places(tall, person, theme)
        assert _overlapping(at.all()) == [] and all(tall.contains(each) for each in at.all())
        assert at.service.width() >= longest_word(second(person), theme, "small")
        assert at.service.height() >= height_of(second(person), at.service.width(), theme, "small")


@pytest.mark.usefixtures("stretched")
@pytest.mark.parametrize(("size", "scale"), LONG_AND_NARROW)
def test_the_columns_of_the_checklist_lie_beside_each_other(qtbot: QtBot, size: tuple[int, int], scale: float) -> None:
    window = opened(qtbot, "serving", size, scale)
    theme, checklist = theme_of(window), window.desk.checklist
    at = columns(QRect(0, 0, checklist.viewport().width(), 40), theme)
    assert _overlapping(at.all()) == []
    for area, heading in zip(at.all(), HEADINGS, strict=True):
        assert area.width() >= longest_word(str(heading), theme, "small", 600)


@pytest.mark.usefixtures("stretched")
@pytest.mark.parametrize(("size", "scale"), LONG_AND_NARROW)
def test_the_words_of_the_tabs_have_room(qtbot: QtBot, size: tuple[int, int], scale: float) -> None:
    (tabs,) = opened(qtbot, "idle", size, scale).queue.findChildren(QTabBar)
    for at in range(tabs.count()):
        words = tabs.fontMetrics().size(0, tabs.tabText(at))
        assert words.width() <= tabs.tabRect(at).width() and words.height() <= tabs.tabRect(at).height()
    assert tabs.tabRect(tabs.count() - 1).right() < tabs.width()
    assert tabs.tabRect(0).height() <= tabs.height()


@pytest.mark.usefixtures("stretched")
@pytest.mark.parametrize("scene", ["idle", "serving"])
def test_what_scrolls_is_no_wider_than_its_view(qtbot: QtBot, scene: str) -> None:
    areas = [each for each in opened(qtbot, scene).findChildren(QScrollArea) if each.isVisible()]
    insides = [(inside, area.viewport()) for area in areas if (inside := area.widget()) is not None]
    assert insides and all(inside.width() <= view.width() for inside, view in insides)


@pytest.mark.parametrize("scene", SCENES)
def test_everything_that_takes_the_focus_has_a_name(qtbot: QtBot, scene: str) -> None:
    window = opened(qtbot, scene)
    kinds = (QAbstractButton, QLineEdit, QAbstractItemView)
    stops = [each for each in window.findChildren(QWidget) if isinstance(each, kinds) and each.isVisible()]

    unnamed = [each for each in stops if not (each.accessibleName() or _text(each))]
    assert stops and unnamed == []


def test_a_row_of_the_checklist_is_read_as_one_sentence(qtbot: QtBot) -> None:
    model = opened(qtbot, "serving").desk.checklist.model()

    said = model.data(model.index(5, 0), Qt.ItemDataRole.AccessibleTextRole)

    assert said == (
        "Baris 6, Surat keterangan sehat, periksa, Terbit 12-08-2026, batas 3 bulan: lewat 11 hari, 1 asli, disimpan"
    )


def test_a_row_of_the_queue_is_read_as_one_sentence(qtbot: QtBot) -> None:
    window = opened(qtbot, "idle")

    assert window.queue.spoken()[:2] == [
        "A-019, SIP Bidan (faskes), 22 menit, berikutnya",
        "A-024, prioritas, Aktivasi IKD, 9 menit",
    ]


def test_large_letters_leave_the_papers_their_room(qtbot: QtBot) -> None:
    clock = HandClock()
    window = CounterWindow(scenes.serving(clock), Tasks.inline(), clock.now, "Dewi C.", seconds=clock.seconds)
    qtbot.addWidget(window)
    apply_theme(window, LIGHT.scaled(1.5))
    window.resize(1366, 768)
    window.show()
    lay_out(window)

    assert not window.queue.isVisible()
    assert window.desk.width() > window.width() // 2


def _overlapping(areas: tuple[QRect, ...]) -> list[tuple[QRect, QRect]]:
    return [(one, other) for one, other in combinations(areas, 2) if one.intersects(other)]


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else ""
