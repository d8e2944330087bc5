"""A kiosk window over an office in memory, begun as the program begins it."""

from collections.abc import Iterator
from itertools import count

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mppdesk.ui.kiosk.port import KioskSettings
from mppdesk.ui.kiosk.window import KioskWindow
from mppdesk.ui.shared.qr_view import modules
from mppdesk.ui.shared.tasks import Tasks
from tests.ui.kiosk.hall import FakeKiosk
from tests.ui.kiosk.visitor import MORNING, SIZES, OpenKiosk, Seconds, Visitor


@pytest.fixture(scope="session")
def a_program_that_has_started(qapp: QApplication) -> None:
    """The first window loads fonts and flags; inline tasks would count a worker's imports as the window's time."""
    window = KioskWindow(FakeKiosk(), Tasks.inline(), lambda: MORNING, lambda: "id", None, Seconds())
    window.begin()
    window.grab()
    modules("token")


@pytest.fixture
def open_kiosk(qtbot: QtBot, a_program_that_has_started: None) -> Iterator[OpenKiosk]:
    here: list[Visitor] = []  # a window that nobody holds is collected, be it in the middle of its own painting

    def open_it(
        port: FakeKiosk | None = None, settings: KioskSettings | None = None, size: tuple[int, int] = SIZES[0]
    ) -> Visitor:
        asked, seconds, ids = port or FakeKiosk(), Seconds(), count(1)
        settings = settings or KioskSettings(has_staff_call=True)
        window = KioskWindow(asked, Tasks.inline(), lambda: MORNING, lambda: f"id-{next(ids)}", settings, seconds)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)  # the program, too, reads the agencies after the first paint
        window.begin()
        here.append(Visitor(qtbot, window, asked, seconds))
        return here[-1]

    yield open_it
    here.clear()
