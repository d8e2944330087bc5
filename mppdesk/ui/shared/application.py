"""The application of this process, in the one style that every theme is drawn for."""

from PySide6.QtWidgets import QApplication

# Asked of Qt by its own words: `setStyle` would make Python describe every style first, for longer than a paint takes.
ARGUMENTS = ("mppdesk", "-style", "Fusion")


def application() -> QApplication:
    """The application that is there, else a new one; call on the GUI thread."""
    found = QApplication.instance() or QApplication(list(ARGUMENTS))
    assert isinstance(found, QApplication)
    return found
