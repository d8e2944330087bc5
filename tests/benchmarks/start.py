"""Cold start to a painted sign-in window, and its memory, over an empty PySide6 window.

`python -m tests.benchmarks.start [--runs 5]`; the desktop starts as a person starts it, on an office made for it.
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

# Tells about the first paint of a window, by the clock that parent and child share, and ends.
_WATCH = f"""
import json, os, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Watch(QObject):
    def eventFilter(self, seen, event):
        if event.type() == QEvent.Type.Paint and isinstance(seen, QWidget) and seen.isWindow():
            application.removeEventFilter(self)
            early = [name for name in {_SLOW_IMPORTS!r} if name in sys.modules]
            QTimer.singleShot(0, lambda: tell(early))
        return False

def tell(early):
    print(json.dumps({{"at": time.monotonic(), "early": early}}), flush=True)
    sys.stdin.readline()
    os._exit(0)

application = QApplication(["mppdesk"])
watch = Watch()
application.installEventFilter(watch)
"""
_EMPTY = _WATCH + "window = QWidget()\nwindow.show()\napplication.exec()\n"
_DESKTOP = (
    _WATCH
    + """
from pathlib import Path
from mppdesk import __version__
from mppdesk.cli.parser import build_parser
build_parser(__version__).parse_args([])
from mppdesk.app.desktop import run_desktop
run_desktop(Path(sys.argv[1]))
"""
)


@dataclass(frozen=True)
class Started:
    """Milliseconds to the first paint, resident megabytes then, and what was imported before it should have been."""

    ms: float
    mb: float
    early: tuple[str, ...]


def start(script: str, home: Path) -> Started:
    """Start a process, wait for its window's first paint, and end it."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPYCACHEPREFIX": str(home.parent / "byte-code")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its byte code beside it
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-c", script, str(home)],
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
    home = folder / "home"
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
