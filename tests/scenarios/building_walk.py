"""The walk of the README: one PC becomes a building, a second PC joins it, each step by keys, measured and pictured.

`python -m tests.scenarios.building_walk FOLDER` writes the pictures and says how long it took. The windows, the hub,
its certificate and the network of this computer are the real ones; only the person is played.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mppdesk.app.desktop import Desktop
from mppdesk.app.joining_port import JoiningPort
from mppdesk.app.paper_tray import PaperTray
from mppdesk.app.station import Station, open_station
from mppdesk.cli.setting_up import make_office
from mppdesk.config import resource
from mppdesk.db.home import SystemClock
from mppdesk.db.identity import RandomIds
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.ui.administration.window import AdministrationWindow
from mppdesk.ui.shared.application import application
from mppdesk.ui.shared.pictures import grab
from mppdesk.ui.shared.tasks import Tasks
from mppdesk.ui.shared.theme import LIGHT, apply_theme
from mppdesk.ui.sign_in.first_start import Beginning, FirstStartWindow
from mppdesk.ui.sign_in.join_window import JoinWindow
from mppdesk.ui.sign_in.window import SignInWindow

SIZE = (1366, 697)
PIN = "271828"
PATIENCE_S = 60.0
# The keystroke-level model, as the budgets of the windows are counted: a key, and a thought before each step.
_KEY_S, _THOUGHT_S = 0.28, 1.2


@dataclass
class Person:
    """Presses keys, and counts them."""

    keys: int = 0
    thoughts: int = 0
    said: list[str] = field(default_factory=list)

    def press(self, widget: QWidget, key: Qt.Key) -> None:
        self.keys += 1
        QTest.keyClick(widget, key)

    def type(self, widget: QWidget, text: str) -> None:
        self.keys += len(text)
        QTest.keyClicks(widget, text)

    def think(self, of: str) -> None:
        self.thoughts += 1
        self.said.append(of)

    @property
    def seconds(self) -> float:
        return self.keys * _KEY_S + self.thoughts * _THOUGHT_S


def walk(
    office: Path, second: Path, administrator: str, pictures: Path | None, address: str = ""
) -> tuple[Person, float]:
    """Go the whole way; answers who went it, and how long the machines took in seconds.

    `address` is where the hub listens instead of where it would by itself.
    """
    first_pc, second_pc, person = _desktop(office), _desktop(second), Person()
    tasks = Tasks()
    try:
        window = _administration(first_pc, administrator)
        _picture(window, pictures, "building-1-switch.png")
        if address:
            window.building.hub.address.setText(address)
            window.building.hub.typed.emit()
        began = time.monotonic()
        person.think("F9 makes the building")
        person.press(window, Qt.Key.Key_F9)
        _wait(lambda: window.building.state.is_hub)
        person.think("F9 makes a code for the next counter")
        person.press(window, Qt.Key.Key_F9)
        _wait(lambda: window.building.state.invited is not None)
        _picture(window, pictures, "building-2-code.png")
        _join(window, second, tasks, person, pictures)
        sign_in = second_pc.show_sign_in()
        _wait(lambda: bool(sign_in.places.buttons()))
        took = time.monotonic() - began
        window.read()
        _wait(lambda: _is_heard(window))
        _picture(window, pictures, "building-4-joined.png")
    finally:
        tasks.close()
        second_pc.close()
        first_pc.close()
    return person, took


def _is_heard(hub: AdministrationWindow) -> bool:
    """Whether the hub shows that the new computer has come, and that it hears it."""
    joined = hub.building.state.joined
    return joined is not None and joined.seen is not None


def _join(hub: AdministrationWindow, folder: Path, tasks: Tasks, person: Person, pictures: Path | None) -> None:
    """The first start of the second PC, from the choice of how to begin to a station."""
    start = FirstStartWindow()
    start.show()
    start.button(Beginning.JOIN).setFocus()
    person.think("Tab to the way, Enter")
    person.keys += list(Beginning).index(Beginning.JOIN)
    person.press(start.button(Beginning.JOIN), Qt.Key.Key_Return)
    _put_away(start)
    invited = hub.building.state.invited
    assert invited is not None
    window = JoinWindow(JoiningPort(folder, SecretPlace.FILE), tasks)
    window.show()
    person.think("address and code, read from the hub's screen")
    person.type(window.line, f"{invited.invitation.address} {invited.invitation.code}")
    person.press(window.line, Qt.Key.Key_Return)
    _wait(lambda: window.state.shown is not None)
    _picture(window, pictures, "building-3-compare.png")
    for _ in range(8):
        person.think("two groups of the fingerprint are compared")
    person.press(window.button, Qt.Key.Key_Return)
    _wait(lambda: window.state.joined is not None)
    person.press(window.button, Qt.Key.Key_Return)
    _put_away(window)


def _desktop(folder: Path) -> Desktop:
    def open_it(exit_: ExitStack, paper: PaperTray) -> Station:
        return exit_.enter_context(open_station(folder, SystemClock(), RandomIds(), paper.receive))

    return Desktop(open_it, full_screen=False)


def _administration(desktop: Desktop, administrator: str) -> AdministrationWindow:
    """Sign in as the administrator, by F12."""
    sign_in: SignInWindow = desktop.show_sign_in()
    _wait(sign_in.administration_button.isVisible)
    QTest.keyClicks(sign_in.user_field, administrator)
    QTest.keyClicks(sign_in.pin_field, PIN)
    QTest.keyClick(sign_in.pin_field, Qt.Key.Key_F12)
    QTest.keyClick(sign_in.pin_field, Qt.Key.Key_Return)
    _wait(lambda: any(isinstance(each, AdministrationWindow) for each in desktop.windows))
    window = next(each for each in desktop.windows if isinstance(each, AdministrationWindow))
    _wait(lambda: window.building.state.screen is not None)
    return window


def _wait(until: Callable[[], bool]) -> None:
    """Let the windows work until something is so."""
    end = time.monotonic() + PATIENCE_S
    while not until():
        if time.monotonic() > end:
            raise TimeoutError("the next step of the walk did not come")
        QTest.qWait(5)


def _picture(window: QWidget, folder: Path | None, name: str) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        QApplication.processEvents()
        grab(window, folder / name, SIZE)


def _put_away(window: QWidget) -> None:
    """Delete it while somebody holds it: the threads of the hub may collect what nobody does."""
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def main(pictures: Path) -> int:
    """Make the sample office, walk, and say how long it took."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    apply_theme(application(), LIGHT)
    with tempfile.TemporaryDirectory(prefix="mppdesk-walk-") as folder:
        office, second = Path(folder) / "first", Path(folder) / "second"
        make_office(
            office,
            resource("sample/site.yaml"),
            SystemClock(),
            RandomIds(),
            catalog=resource("sample/catalog"),
            place=SecretPlace.FILE,
            administrator_pin=PIN,
        )
        person, took = walk(office, second, "ratna", pictures)
    sys.stdout.write(
        f"machines {took:.1f} s; person {person.keys} keys and {person.thoughts} thoughts, {person.seconds:.1f} s; "
        f"together {took + person.seconds:.1f} s\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
