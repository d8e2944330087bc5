"""A printer set up by keyboard, by the real parts: window, threads, spooler, journal, and a printer behind a socket."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mppdesk.app.administration_port import AdministrationDesk
from mppdesk.app.station import Station, open_station
from mppdesk.operations.readings import SignedIn
from mppdesk.ui.administration.window import AdministrationWindow
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.dialogs import Question
from mppdesk.ui.shared.tasks import Tasks
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import PRINTER, make_home
from tests.fakes.printer import Behaviour, SimulatedPrinter

PATIENCE_MS = 20_000


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    make_home(tmp_path / "pc", FakeClock(), CountedIds("made"))
    with open_station(tmp_path / "pc", FakeClock(), CountedIds(), lambda _slip: None) as opened:
        opened.spooler.start()
        yield opened


@pytest.fixture
def window(station: Station, qtbot: QtBot) -> Iterator[AdministrationWindow]:
    tasks = Tasks()
    person = SignedIn(station.home.setting("administrator") or "", "ratna", "Ratna A.", ("administrator",))
    made = AdministrationWindow(AdministrationDesk(station, person), tasks, station.now, "Ratna A.", Changes())
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    tasks.close()


def press(window: AdministrationWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(window.focusWidget() or window, key)


def test_a_printer_is_set_up_and_prints_without_a_new_start(
    window: AdministrationWindow, station: Station, qtbot: QtBot
) -> None:
    behaviour = Behaviour(knows_tags=True, calls_itself=("EPSON", "TM-T82X", "X1"), mm_per_s=250.0)
    with SimulatedPrinter(behaviour) as printer:
        QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
        page = window.printers
        qtbot.waitUntil(lambda: page.state.chosen == PRINTER, timeout=PATIENCE_MS)
        page.card.url.setFocus()
        page.card.url.selectAll()
        QTest.keyClicks(page.card.url, printer.url)
        press(window, Qt.Key.Key_F8)
        assert page.card.test_button.words == "Sedang diuji"
        qtbot.waitUntil(lambda: page.state.asks, timeout=PATIENCE_MS)
        assert "Kode QR A" in printer.slips[0].text

        space, tab = Qt.Key.Key_Space, Qt.Key.Key_Tab
        press(window, space, tab, space, tab, space, tab, Qt.Key.Key_Right, space, tab, space, Qt.Key.Key_F9)
        question = next(each for each in window.findChildren(Question) if each.isVisible())
        before = printer.connections
        QTest.keyClick(question, Qt.Key.Key_Return)  # yes: its slips go to another address
        qtbot.waitUntil(lambda: page.state.notice is not None, timeout=PATIENCE_MS)
        assert station.jobs.printers() == {PRINTER: f"{printer.url}?model=epson-tm-t82&confirm=tag"}
        printer.wait_for(lambda it: it.connections > before)  # its new worker looks at it
