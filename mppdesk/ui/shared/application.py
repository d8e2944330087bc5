"""The application of this process, in the one style that every theme is drawn for."""

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
    assert isinstance(found, QApplication)
    return found
