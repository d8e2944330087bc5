"""Cold start to a painted sign-in window, and its memory, over an empty PySide6 window.

`python -m tests.benchmarks.start [--runs 5]`; the desktop starts as a person starts it, on an office made for it.
On Linux, whose data folder can be said by a variable.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.commands import open_home
from tests.benchmarks.figures import RUNS, Figure, medians, report

_OVER_EMPTY = 2.0
_MORE_MB = 120.0
_PATIENCE_S = 60
_PROJECT = Path(__file__).parents[2]
_SLOW_IMPORTS = ("sqlalchemy", "sqlcipher3", "cryptography", "argon2")

# Tells about the first paint of a window, by the clock that parent and child share, and ends. It listens to that window
# alone: a Python filter on the whole program would slow down every event of what it measures.
_WATCH = f"""
import json, os, sys, time
from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Watch(QObject):
    def eventFilter(self, window, event):
        if event.type() == QEvent.Type.Paint:
            window.removeEventFilter(self)
            early = [name for name in {_SLOW_IMPORTS!r} if name in sys.modules]
            QTimer.singleShot(0, lambda: tell(early))
        return False

class Watched(QApplication):
    def exec(self):
        self.watch = Watch()
        for window in self.topLevelWidgets():
            window.installEventFilter(self.watch)
        return super().exec()

def tell(early):
    print(json.dumps({{"at": time.monotonic(), "early": early}}), flush=True)
    sys.stdin.readline()
    os._exit(0)
"""
_EMPTY = _WATCH + 'application = Watched(["mppdesk"])\nwindow = QWidget()\nwindow.show()\napplication.exec()\n'
# What a person starts who types `mppdesk`.
_DESKTOP = _WATCH + "QtWidgets.QApplication = Watched\nfrom mppdesk.cli.main import main\nmain([])\n"


@dataclass(frozen=True)
class Started:
    """Milliseconds to the first paint, resident megabytes then, and what was imported before it should have been."""

    ms: float
    mb: float
    early: tuple[str, ...]


def start(script: str, home: Path) -> Started:
    """Start a process, wait for its window's first paint, and end it."""
    environment = {
        "QT_QPA_PLATFORM": "offscreen",
        **os.environ,
        "PYTHONPYCACHEPREFIX": str(home.parent / "byte-code"),
        "XDG_DATA_HOME": str(home.parent),  # this user's data folder
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its byte code beside it
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=_PROJECT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        told = json.loads(child.stdout.readline())
        mb = resident_mb(child.pid)
        child.communicate("\n", timeout=_PATIENCE_S)
    return Started((told["at"] - began) * 1000, mb, tuple(told["early"]))


def resident_mb(pid: int) -> float:
    """Resident memory of a process in MB; 0 where the system has no /proc."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    kib = next(line.split()[1] for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
    return int(kib) / 1024


def measure(folder: Path, runs: int) -> list[Figure]:
    """Start an empty window and the desktop in turn."""
    home = folder / "mppdesk"
    with open_home(home):
        pass
    for script in (_EMPTY, _DESKTOP):
        start(script, home)  # byte code is made, and what lies on the disk read once, before anything is measured

    def run(_: int) -> list[Figure]:
        empty, desktop = start(_EMPTY, home), start(_DESKTOP, home)
        return [
            Figure("start.over_empty_window", desktop.ms / empty.ms, 1.0, _OVER_EMPTY),
            Figure("start.painted_ms", desktop.ms, empty.ms),
            Figure("start.more_memory_mb", desktop.mb - empty.mb, empty.mb, _MORE_MB),
            Figure("start.slow_imports_before_paint", len(desktop.early), len(empty.early), 0),
        ]

    return medians(run, runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mppdesk-bench-") as folder:
        report(measure(Path(folder), arguments.runs), {"runs": arguments.runs})


if __name__ == "__main__":
    main()
