"""Takes pictures of the board in telling states, to be looked at beside the drawings.

`python -m tests.ui.display_board.pictures FOLDER` writes them all.
"""

import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from mppdesk.domain.errors import Refused
from mppdesk.texts import msg
from mppdesk.ui.display_board.window import BoardWindow
from mppdesk.ui.shared.application import application
from mppdesk.ui.shared.pictures import grab
from mppdesk.ui.shared.tasks import Tasks
from tests.ui.display_board.hall import CALLS, CUT_MS, FakeBoard, FakeChime, HandClock, call

SIZES = ((1920, 1080), (1366, 768), (1280, 1024))
CALLS_OF = {"first": CALLS[:1], "cut-off-nothing": (), "cut-off-start": (*CALLS[:4], call(5, "B-1000", "Loket 4"))}
LONG = call(6, "AG-106", "Loket Pengaduan", "BPJS Ketenagakerjaan")
TROUBLE = Refused(msg("Basis data tidak terbaca."), msg("Hubungi administrator."))


def open_board(port: FakeBoard, clock: HandClock, chime: FakeChime | None = None) -> BoardWindow:
    """A board over an office in memory, its work done at once; begun by the test's own clock."""
    window = BoardWindow(port, Tasks.inline(), clock.now, clock.seconds, chime)
    window.resize(1366, 768)
    window.show()
    QApplication.processEvents()
    window.refresh()
    return window


def call_after(port: FakeBoard, window: BoardWindow, clock: HandClock) -> None:
    """One more call, from the farthest counter of the longest name."""
    port.calls.append(LONG)
    clock.forward(20)
    window.refresh()


def take_all(folder: Path) -> None:
    """Write a picture of every state in every size."""
    folder.mkdir(parents=True, exist_ok=True)
    for state in ("first", "call", "long", "idle", "cut-off", "cut-off-quiet", "cut-off-start", "cut-off-nothing"):
        port, clock = FakeBoard(*CALLS_OF.get(state, CALLS)), HandClock()
        port.lost_ms = CUT_MS if state in ("cut-off-start", "cut-off-nothing") else None
        window = open_board(port, clock)
        if state == "long":
            call_after(port, window, clock)
        if state == "idle":
            clock.forward(61)
            window.tick()
        if state in ("cut-off", "cut-off-quiet"):
            port.lost_ms = CUT_MS
            window.refresh()
        if state == "cut-off-quiet":
            clock.forward(61)
            window.tick()
        for size in SIZES:
            window.resize(*size)
            QApplication.processEvents()
            grab(window, folder / f"{state}-{size[0]}x{size[1]}.png", size)
        window.close()
        window.deleteLater()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application()
    take_all(Path(sys.argv[1]))
