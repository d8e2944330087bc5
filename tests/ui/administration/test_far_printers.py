"""The printers of other computers in the administration: the worst above all pages, all of them on the page Printer."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from mppdesk.domain.print_job import PrinterState
from mppdesk.operations.far_printers import FarPrinter
from mppdesk.ui.administration.view_state import Page
from mppdesk.ui.administration.window import AdministrationWindow
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.tasks import Tasks
from tests.ui.administration.fake_port import NOW, FakeBuilding

BEFORE = NOW - timedelta(minutes=3)
OUT = FarPrinter("Kiosk 1", "Kiosk 1", PrinterState.PAPER_OUT, BEFORE, waiting=3)
DOUBTFUL = FarPrinter("Loket 5", "Lorong", PrinterState.READY, BEFORE, unsure=1)
NEAR_END = FarPrinter("Kiosk 2", "Kiosk 2", PrinterState.PAPER_NEAR_END)
READY = FarPrinter("Loket 1", "Loket 1", PrinterState.READY, BEFORE)


@pytest.fixture
def window(qtbot: QtBot) -> AdministrationWindow:
    shown = AdministrationWindow(FakeBuilding(), Tasks.inline(), lambda: NOW, "Ratna A.", Changes())
    qtbot.addWidget(shown)
    shown.resize(1366, 697)
    shown.show()
    return shown


def told(window: AdministrationWindow) -> str:
    banner = window.banners.current()
    return f"{banner.what_happened} {banner.note or ''}".strip() if banner else ""


def test_the_worst_is_said_on_every_page_until_it_is_mended(window: AdministrationWindow) -> None:
    window.set_far_printers((READY, DOUBTFUL, OUT))
    assert told(window) == "Kiosk 1: kertas habis sejak 10.01, 3 cetakan menunggu. 1 printer lain juga"
    window.set_far_printers((READY, NEAR_END))
    assert told(window) == ""


def test_all_of_them_are_listed_the_worst_first(window: AdministrationWindow) -> None:
    window.set_far_printers((READY, NEAR_END, DOUBTFUL, OUT))
    window.open_page(Page.PRINTERS)
    listed = window.printers.far
    assert [row.cells for row in listed.table.rows] == [
        ("Kiosk 1", "3 menunggu", "kertas habis sejak 10.01"),
        ("Loket 5 (Lorong)", "1 belum pasti", "siap sejak 10.01"),
        ("Kiosk 2", "", "kertas hampir habis"),
        ("Loket 1", "", "siap sejak 10.01"),
    ]
    assert listed.isVisible()


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_single_pc_has_no_such_list(window: AdministrationWindow, when: str) -> None:
    """Neither at first, nor when the last of the others is not heard of any more."""
    if when == "after":
        window.set_far_printers((OUT,))
    window.open_page(Page.PRINTERS)
    window.set_far_printers(())
    assert not window.printers.far.isVisible()
