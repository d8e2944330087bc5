"""What was acknowledged was synced before: proved by the system calls, not by killing (DESIGN 11)."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import make_home

PROJECT = Path(__file__).parents[2]
FACTS = 12
_CALL = re.compile(r"^(?P<pid>\d+) +(?P<name>\w+)\((?P<fd>\d+)<(?P<path>[^>]*)>(?P<rest>.*)$")
_RESUMED = re.compile(r"^(?P<pid>\d+) +<\.\.\. (?P<name>\w+) resumed>.*= 0$")
_WRITES, _SYNCS = {"write", "pwrite64", "writev", "pwritev"}, {"fsync", "fdatasync"}


def unsynced_acknowledgements(lines: Iterable[str]) -> tuple[int, int]:
    """Read a trace: how many acknowledgements there were, and how many with a write to the WAL not yet synced."""
    is_dirty, acknowledged, too_early = False, 0, 0
    syncing: set[str] = set()
    for line in lines:
        if (resumed := _RESUMED.match(line)) and resumed["pid"] in syncing:
            syncing.remove(resumed["pid"])
            is_dirty = False
        call = _CALL.match(line)
        if call is None:
            continue
        is_wal = call["path"].endswith("-wal")
        if call["name"] in _WRITES and is_wal:
            is_dirty = True
        elif call["name"] in _SYNCS and is_wal and "unfinished" in call["rest"]:
            syncing.add(call["pid"])
        elif call["name"] in _SYNCS and is_wal and call["rest"].endswith("= 0"):
            is_dirty = False
        elif call["name"] == "write" and call["fd"] == "1":
            acknowledged += 1
            too_early += is_dirty
    return acknowledged, too_early


def traced(folder: Path, *more: str) -> tuple[int, int]:
    """Let the busy office acknowledge some facts under strace."""
    make_home(folder / "home", FakeClock(), CountedIds())
    trace = folder / "trace"
    command = [sys.executable, "-m", "tests.fakes.busy_office", str(folder / "home"), str(FACTS), *more]
    calls = ",".join(sorted(_WRITES | _SYNCS))
    done = subprocess.run(
        ["strace", "-f", "-y", "-e", f"trace={calls}", "-o", str(trace), *command],
        cwd=PROJECT, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    if "ptrace" in done.stderr:
        pytest.skip("this machine lets nobody trace")
    assert done.returncode == 0, done.stderr
    return unsynced_acknowledgements(trace.read_text(encoding="utf-8", errors="replace").splitlines())


needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


@needs_strace
def test_nothing_is_acknowledged_before_it_is_synced(tmp_path: Path) -> None:
    assert traced(tmp_path) == (FACTS, 0)


@needs_strace
def test_the_trace_shows_a_program_that_does_not_sync(tmp_path: Path) -> None:
    acknowledged, too_early = traced(tmp_path, "forgetful")
    assert acknowledged == FACTS
    assert too_early >= FACTS - 1


def test_a_trace_is_read_across_threads() -> None:
    wal = "8</home/mppdesk.db-wal>"
    early = [
        f'7  pwrite64({wal}, "..", 24, 0) = 24',
        f"7  fsync({wal} <unfinished ...>",
        '9  write(1<pipe:[1]>, "a", 1) = 1',
    ]
    late = [*early[:2], "7  <... fsync resumed>) = 0", early[2]]
    failed = [*early[:2], "7  <... fsync resumed>) = -1 EIO (Input/output error)", early[2]]
    assert unsynced_acknowledgements(early) == (1, 1)
    assert unsynced_acknowledgements(late) == (1, 0)
    assert unsynced_acknowledgements(failed) == (1, 1)
