"""The application of this process, in the one style that every theme is drawn for."""

import atexit

import shiboken6
from PySide6.QtWidgets import QApplication

from mppdesk.ui.shared.garbage import GarbageCollector

# Asked of Qt by its own words: `setStyle` would make Python describe every style first, for longer than a paint takes.
ARGUMENTS = ("mppdesk", "-style", "Fusion")


def application() -> QApplication:
    """The application that is there, else a new one; call on the GUI thread."""
    found = QApplication.instance()
    if found is None:
        found = QApplication(list(ARGUMENTS))
        GarbageCollector(found)
        # Of the functions that Python calls at its end the latest comes first: before PySide's own, which ends what is
        # left in no order, a label before the window that would end it again.
        atexit.register(end_windows)
    assert isinstance(found, QApplication)
    return found


def end_windows() -> None:
    """End every window with all that is in it, while Qt still stands."""
    for window in QApplication.topLevelWidgets():
        if shiboken6.isValid(window):
            shiboken6.delete(window)
