"""Takes pictures of the counter window in telling states, to be looked at beside the drawings.

`python -m tests.ui.counter.pictures FOLDER` writes them all.
"""

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mppdesk.ui.counter.window import CounterWindow
from mppdesk.ui.shared.application import application
from mppdesk.ui.shared.connection import (
    CONNECTED,
    TO_HUB,
    Backlog,
    clock_banner,
    cut_off_banner,
    cut_off_from_hub,
    without_centre,
)
from mppdesk.ui.shared.look import Theme
from mppdesk.ui.shared.pictures import grab
from mppdesk.ui.shared.shortcuts import Act
from mppdesk.ui.shared.tasks import Tasks
from mppdesk.ui.shared.theme import DARK, LIGHT, apply_theme
from tests.ui.counter import scenes
from tests.ui.counter.fake_port import FakePort
from tests.ui.counter.scenes import HandClock

SIZES = ((1366, 697), (1366, 768), (1920, 1080), (1280, 720))
Scene = Callable[[HandClock], FakePort]
Step = Callable[[CounterWindow], None]


def open_window(port: FakePort, clock: HandClock) -> CounterWindow:
    """A window over an office in memory, its work done at once."""
    window = CounterWindow(port, Tasks.inline(), clock.now, "Dewi C.", seconds=clock.seconds)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    return window


def registered(window: CounterWindow) -> None:
    """One file accepted, the strip with the undo in view."""
    window.press(Act.DONE)
    window.acts.confirm()


def saved(window: CounterWindow) -> None:
    """The same file, saved as PDF."""
    registered(window)
    window.press(Act.SAVE)


def saving_elsewhere(window: CounterWindow) -> None:
    registered(window)
    window.press(Act.SAVE_ELSEWHERE)


def at_row_six(window: CounterWindow) -> None:
    window.acts.move_to_row(5)
    window.desk.checklist.setFocus()


def transferring(window: CounterWindow) -> None:
    at_row_six(window)
    window.press(Act.TRANSFER)
    panel = window.asking.transfer
    panel.search.setText("pol")


def done(window: CounterWindow) -> None:
    window.press(Act.DONE)


def pausing(window: CounterWindow) -> None:
    window.press(Act.PAUSE_OR_CLOSE)


def finding(window: CounterWindow) -> None:
    window.asking.finding.seek(scenes.LIST_CODE)


def taken_up(window: CounterWindow) -> None:
    finding(window)
    window.asking.finding.panel.accept()


def locked(window: CounterWindow) -> None:
    at_row_six(window)
    window.lock()


def handing_over(window: CounterWindow) -> None:
    window.locking.hand_over()


def closing(window: CounterWindow) -> None:
    """F12, 4: who would be left waiting."""
    window.press(Act.PAUSE_OR_CLOSE)
    QTest.keyClick(window.asking.choices, Qt.Key.Key_4)


def cut_off(window: CounterWindow) -> None:
    """The line to the hub went two minutes ago, with the banner that the program around the window shows."""
    lost_at = scenes.MORNING - timedelta(minutes=2)
    window.set_connection(cut_off_from_hub(Backlog(14, timedelta(minutes=12)), lost_at))
    window.banners.show_banner("hub_lost", cut_off_banner(lost_at, scenes.MORNING))


def connected(window: CounterWindow) -> None:
    window.set_connection(CONNECTED)


def to_hub(window: CounterWindow) -> None:
    window.set_connection(TO_HUB)


def centre_away(window: CounterWindow) -> None:
    """The line to the centre went half an hour ago; nobody at the counter has anything to do."""
    since = scenes.MORNING - timedelta(minutes=34)
    window.set_connection(without_centre(since, scenes.MORNING, Backlog(143, timedelta(minutes=33))))


def wrong_clock(window: CounterWindow) -> None:
    """This computer's clock is four minutes off the hub's."""
    window.set_connection(TO_HUB)
    window.set_clock_difference(timedelta(minutes=4))
    window.banners.show_banner("clock_off", clock_banner(timedelta(minutes=4)))


def cut_off_serving(window: CounterWindow) -> None:
    at_row_six(window)
    cut_off(window)


def taking(window: CounterWindow) -> None:
    """F2 without the hub: the number of a slip that nobody here has heard of."""
    cut_off(window)
    window.press(Act.CALL_NEXT)
    panel = window.asking.finding.panel
    panel.search.setText("A-1000")
    panel.accept()


def taking_for(window: CounterWindow) -> None:
    taking(window)
    window.asking.finding.panel.accept()


def seeing_expired(window: CounterWindow) -> None:
    window.press(Act.FIRST_ANSWER)


def nothing(window: CounterWindow) -> None:
    """As it opens."""


SCENES: dict[str, tuple[Scene, Step]] = {
    "idle": (scenes.idle, nothing),
    "called": (scenes.called, nothing),
    "serving": (scenes.serving, at_row_six),
    "incomplete": (scenes.incomplete, done),
    "complete": (scenes.complete, done),
    "transfer": (scenes.serving, transferring),
    "registered": (scenes.complete, registered),
    "saved": (scenes.complete, saved),
    "saving-elsewhere": (scenes.complete, saving_elsewhere),
    "found": (scenes.returned, finding),
    "taken-up": (scenes.returned, taken_up),
    "pause": (scenes.idle, pausing),
    "closing": (scenes.idle, closing),
    "locked": (scenes.serving, locked),
    "handing-over": (scenes.idle, handing_over),
    "connected": (scenes.idle, connected),
    "to-hub": (scenes.idle, to_hub),
    "without-centre": (scenes.serving, centre_away),
    "wrong-clock": (scenes.serving, wrong_clock),
    "cut-off": (scenes.idle, cut_off),
    "cut-off-serving": (scenes.serving, cut_off_serving),
    "cut-off-taking": (scenes.alone, taking),
    "cut-off-for": (scenes.alone, taking_for),
    "unsure": (scenes.unsure, at_row_six),
    "expired": (scenes.expired, seeing_expired),
}


def take_all(folder: Path, themes: tuple[tuple[str, Theme], ...], sizes: tuple[tuple[int, int], ...]) -> None:
    """Write a picture of every scene in every look and size."""
    folder.mkdir(parents=True, exist_ok=True)
    for look, theme in themes:
        apply_theme(application(), theme)
        for name, (scene, step) in SCENES.items():
            clock = HandClock()
            window = open_window(scene(clock), clock)
            step(window)
            for size in sizes:
                window.resize(*size)
                QApplication.processEvents()
                grab(window, folder / f"{name}-{look}-{size[0]}x{size[1]}.png", size)
            window.close()
            window.deleteLater()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    take_all(Path(sys.argv[1]), (("light", LIGHT), ("dark", DARK)), SIZES)
