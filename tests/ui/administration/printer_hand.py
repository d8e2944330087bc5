"""The hand of an administrator on the page "Printer": keys alone."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mppdesk.ui.administration.printer_page import PrinterPage
from mppdesk.ui.administration.window import AdministrationWindow
from mppdesk.ui.shared.dialogs import Question

Open = Callable[..., AdministrationWindow]
USB = "usb:///dev/usb/lp0"


def press(window: AdministrationWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(window.focusWidget() or window, key)


def page_of(window: AdministrationWindow, chosen: str = "Loket 1") -> PrinterPage:
    """The page with a printer in hand, walked to by the arrow keys."""
    page = window.printers
    page.table.setFocus()
    names = [row.key for row in page.table.rows]
    steps = names.index(chosen) - names.index(page.table.chosen_key or names[0])
    press(window, *[Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up] * abs(steps))
    return page


def question_of(window: AdministrationWindow) -> Question:
    return next(each for each in window.findChildren(Question) if each.isVisible())
