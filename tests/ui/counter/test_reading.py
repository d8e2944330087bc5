"""The counter window for those who hear it, and for texts twice as long as ours."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mppdesk import texts
from mppdesk.ui.counter.window import CounterWindow
from mppdesk.ui.shared.clipping import clipped_texts
from mppdesk.ui.shared.pictures import lay_out
from mppdesk.ui.shared.tasks import Tasks
from mppdesk.ui.shared.theme import LIGHT, apply_theme
from tests.ui.counter import scenes
from tests.ui.counter.pictures import SCENES, open_window
from tests.ui.counter.scenes import HandClock

_FULL_STRETCH = 2


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

    def doubled(text: texts.Text, translate: texts.Translate | None = None) -> str:
        said = render(text, translate)
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


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else ""
