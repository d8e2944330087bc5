"""The first window of a newcomer: four ways to begin, one key each."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mppdesk.ui.shared.clipping import clipped_texts
from mppdesk.ui.sign_in.first_start import Beginning, FirstStartWindow


@pytest.fixture
def window(qtbot: QtBot) -> FirstStartWindow:
    made = FirstStartWindow()
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    made.activateWindow()
    return made


def test_enter_takes_the_sample_office_and_tab_the_next_way(qtbot: QtBot, window: FirstStartWindow) -> None:
    qtbot.waitUntil(lambda: window.focusWidget() is window.button(Beginning.SAMPLE))
    with qtbot.waitSignal(window.chosen) as sample:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)

    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    with qtbot.waitSignal(window.chosen) as one_pc:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)

    assert (sample.args, one_pc.args) == ([Beginning.SAMPLE], [Beginning.ONE_PC])


def test_every_way_is_open(window: FirstStartWindow) -> None:
    assert all(window.button(way).isEnabled() for way in Beginning)


def test_no_word_is_cut_off(qtbot: QtBot, window: FirstStartWindow) -> None:
    qtbot.waitUntil(lambda: clipped_texts(window) == [])
