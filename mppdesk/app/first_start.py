"""The first start of a PC without data: ask how to begin, before anything is made."""

from pathlib import Path

from PySide6.QtCore import QEventLoop

from mppdesk.ui.sign_in.first_start import Beginning, FirstStartWindow

# Setting up an office needs a site file, and joining one needs a hub; both are shown, pale, with the reason.
_OPEN_WAYS = frozenset({Beginning.SAMPLE})
_HOME_FILE = "home.json"


def is_set_up(home: Path) -> bool:
    """Whether a folder holds an office; asked without importing the storage."""
    return (home / _HOME_FILE).exists()


def ask_how_to_begin() -> Beginning | None:
    """Show the ways to begin until one is chosen; None when the window is closed instead. Needs an application."""
    window = FirstStartWindow(_OPEN_WAYS)
    answers: list[Beginning] = []
    # A loop of its own: leaving the application's would end every loop that comes after it.
    loop = QEventLoop()
    window.chosen.connect(answers.append)
    window.chosen.connect(loop.quit)
    window.closed.connect(loop.quit)
    window.resize(1366, 697)
    window.show()
    if window.isVisible() and not answers:
        loop.exec()
    window.close()
    window.deleteLater()
    return answers[0] if answers else None
