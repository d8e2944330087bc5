"""The last window of a hub's PC: the building's hub does not end by a click on a cross."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mppdesk.app.hub_keeper import HubKeeper
from mppdesk.ui.administration.keeper_window import KeeperWindow
from mppdesk.ui.shared.clipping import clipped_texts
from mppdesk.ui.shared.theme import LIGHT, apply_theme

URL = "https://192.168.1.10:8731"
Keep = Callable[[str | None], HubKeeper]


@pytest.fixture
def opened_again() -> list[bool]:
    return []


@pytest.fixture
def keep(qapp: QApplication, opened_again: list[bool]) -> Iterator[Keep]:
    """Makes keepers whose last window closes when the test says so."""
    made: list[HubKeeper] = []

    def make(url: str | None) -> HubKeeper:
        made.append(HubKeeper(qapp, lambda: url, lambda: opened_again.append(True)))
        qapp.lastWindowClosed.disconnect(made[-1].last_closed)
        return made[-1]

    yield make
    qapp.setQuitOnLastWindowClosed(True)
    for each in made:
        each.deleteLater()


def shown(keeper: HubKeeper) -> KeeperWindow:
    keeper.last_closed()
    assert keeper.window is not None
    return keeper.window


def test_a_pc_that_is_no_hub_just_ends(keep: Keep) -> None:
    keeper = keep(None)
    keeper.last_closed()
    assert keeper.window is None


def test_a_hub_stays_says_where_and_its_cross_only_makes_it_small(keep: Keep, qtbot: QtBot) -> None:
    window = shown(keep(URL))
    assert window.accessibleName() == "Hub gedung berjalan di 192.168.1.10:8731"

    window.close()

    assert window.isMinimized()


def test_enter_opens_the_program_again(keep: Keep, opened_again: list[bool]) -> None:
    keeper = keep(URL)
    QTest.keyClick(shown(keeper), Qt.Key.Key_Return)
    assert opened_again == [True]
    assert keeper.window is None


def test_only_its_own_button_ends_the_hub(keep: Keep, opened_again: list[bool]) -> None:
    keeper = keep(URL)
    QTest.keyClick(shown(keeper).end_button, Qt.Key.Key_Space)
    assert (keeper.window, opened_again) == (None, [])


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_word_is_cut_off(keep: Keep, qtbot: QtBot, scale: float) -> None:
    window = shown(keep(URL))
    apply_theme(window, LIGHT.scaled(scale))
    window.resize(window.sizeHint())
    qtbot.waitUntil(lambda: clipped_texts(window) == [])
