"""The headless demo as a newcomer runs it: a process of its own, from the first window to its exit status."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_small_day_ends_in_order(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "main.py"), "demo", "--headless", "--tickets", "20", "--json"]

    ended = subprocess.run([*command, "--out", str(tmp_path)], capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert told["issued"] == told["finished"] + told["no_show"] + told["cancelled"] + told["on_hold"] + told["waiting"]
    assert (told["issued"], told["chain_ok"], told["rebuild_equal"]) == (20, True, True)
