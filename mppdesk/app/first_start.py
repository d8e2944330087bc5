"""The first start of a PC without data: ask how to begin, then set up, join, restore, or show the sample office."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, SignalInstance
from PySide6.QtWidgets import QWidget

from mppdesk.ui.shared.tasks import Tasks
from mppdesk.ui.sign_in.first_start import Beginning, FirstStartWindow

if TYPE_CHECKING:
    from mppdesk.app.joining_port import JoiningPort
    from mppdesk.db.privacy.secret_store import SecretPlace
    from mppdesk.domain.invitation import Invitation
    from mppdesk.ui.sign_in.beginning_form import BeginningForm
    from mppdesk.ui.sign_in.join_state import Joined

_HOME_FILE = "home.json"
_SIZE = (1366, 697)
_READY, _BACK = "ready", "back"


class Start(StrEnum):
    """What to run after the first start."""

    SAMPLE = "sample"
    OFFICE = "office"


def is_set_up(home: Path) -> bool:
    """Whether a folder holds an office; asked without importing the storage."""
    return (home / _HOME_FILE).exists()


def begin_here(home: Path, place: "SecretPlace | None" = None) -> Start | None:
    """Ask until there is an office, or the sample is wanted; None when a window is closed instead.

    Needs an application. `place` is where the secrets go; None asks the system.
    """
    while (way := ask_how_to_begin()) is not None:
        if way is Beginning.SAMPLE:
            return Start.SAMPLE
        answer = _fill_in(way, home, place)
        if answer != _BACK:
            return Start.OFFICE if answer == _READY else None
    return None


def ask_how_to_begin() -> Beginning | None:
    """Show the ways to begin until one is chosen; None when the window is closed instead. Needs an application."""
    window = FirstStartWindow()
    answers: list[Beginning] = []
    window.chosen.connect(answers.append)
    _wait(window, window.chosen, window.closed)
    return answers[0] if answers else None


def _fill_in(way: Beginning, home: Path, place: "SecretPlace | None") -> str | None:
    """Show the form of a way; answers whether the office is ready, or another way is wanted."""
    tasks = Tasks()
    window = _form(way, home, place, tasks)
    answers: list[str] = []
    window.ready.connect(lambda: answers.append(_READY))
    window.back_wanted.connect(lambda: answers.append(_BACK))
    try:
        _wait(window, window.ready, window.back_wanted, window.closed)
    finally:
        tasks.close()
    return answers[0] if answers else None


def _form(way: Beginning, home: Path, place: "SecretPlace | None", tasks: Tasks) -> "BeginningForm":
    if way is Beginning.JOIN:
        from mppdesk.ui.sign_in.join_window import JoinWindow

        return JoinWindow(_LaterJoining(home, place), tasks)
    # Imported after the first window: it brings SQL and cryptography.
    from mppdesk.app.new_office import NewOfficePort
    from mppdesk.ui.sign_in.restore_window import RestoreWindow
    from mppdesk.ui.sign_in.set_up_window import SetUpWindow

    port = NewOfficePort(home, place)
    return RestoreWindow(port, tasks) if way is Beginning.RESTORE else SetUpWindow(port, tasks)


class _LaterJoining:
    """The joining port, which brings SQL, cryptography and the network, imported beside the GUI thread."""

    def __init__(self, home: Path, place: "SecretPlace | None") -> None:
        self._home = home
        self._place = place

    def fingerprint_at(self, url: str) -> str | None:
        return self._port().fingerprint_at(url)

    def join(self, invitation: "Invitation") -> "Joined":
        return self._port().join(invitation)

    def _port(self) -> "JoiningPort":
        from mppdesk.app.joining_port import JoiningPort

        return JoiningPort(self._home, self._place)


def _wait(window: QWidget, *ends: SignalInstance) -> None:
    """Show a window until one of the signals comes."""
    # A loop of its own: leaving the application's would end every loop that comes after it.
    loop = QEventLoop()
    for end in ends:
        end.connect(loop.quit)
    window.resize(*_SIZE)
    window.show()
    loop.exec()
    window.close()
    window.deleteLater()
