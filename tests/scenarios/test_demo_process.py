"""The demo as a newcomer runs it: a process of its own, from the first window to its exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.printer import SimulatedPrinter

ROOT = Path(__file__).parents[2]
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
ALWAYS_A_DISPLAY = sys.platform in ("win32", "darwin")
# What summary.json says, in the words of those who read it by program.
COUNTED = (
    "issued", "numbers_distinct", "called", "finished", "registered", "returned_incomplete", "no_show", "transferred",
    "on_hold", "cancelled", "waiting", "slips_printed", "slips_unconfirmed", "slips_blocked", "entries", "chain_ok",
    "rebuild_equal", "seconds", "seconds_waiting_for_printer", "database",
)  # fmt: skip


@pytest.mark.timeout(300)  # the photographer takes 34 pictures of real windows, however busy the machine is
def test_without_a_display_a_small_day_is_played_into_a_folder_and_onto_paper(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "main.py"), "demo", "--tickets", "20", "--json"]
    command += ["--headless", "--out", "demo-out"] if ALWAYS_A_DISPLAY else []
    blind = {name: value for name, value in os.environ.items() if name not in DISPLAYS}

    with SimulatedPrinter() as printer:
        command += ["--printer", printer.url]
        ended = subprocess.run(command, cwd=tmp_path, env=blind, capture_output=True, text=True, check=False)
        came_out = len(printer.slips)

    assert ended.returncode == 0, ended.stderr
    assert ALWAYS_A_DISPLAY or ended.stderr.startswith("Tidak ada layar di sini")
    told = json.loads(ended.stdout)
    assert set(told) == set(COUNTED)
    assert told == json.loads((tmp_path / "demo-out" / "summary.json").read_text("utf-8"))
    assert told["issued"] == told["finished"] + told["no_show"] + told["cancelled"] + told["on_hold"] + told["waiting"]
    assert told["registered"] + told["returned_incomplete"] <= told["finished"]
    assert told["slips_printed"] == came_out > 20
    assert (told["issued"], told["numbers_distinct"], told["chain_ok"], told["rebuild_equal"]) == (20, 20, True, True)


def test_with_a_display_the_newcomer_calls_somebody_at_once_and_leaves_nothing_behind(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(tmp_path), "TEMP": str(tmp_path)}
    command = [sys.executable, "-m", "tests.scenarios.newcomer"]

    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=100)

    assert ended.returncode == 0, ended.stderr
    seen = json.loads(ended.stdout)
    assert seen["windows"] == ["BoardWindow", "CounterWindow", "KioskWindow", "PaperWindow"]
    assert seen["waiting"] > 5
    assert seen["called"].startswith("B-")
    assert list(tmp_path.iterdir()) == []
