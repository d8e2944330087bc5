"""The sample office made once by `init --sample`, copied for each test, and ways to call the verbs on it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mppdesk.cli.main import main

PROGRAM = Path(__file__).parents[2] / "main.py"
_RESERVE = "reserve"


@dataclass(frozen=True)
class Called:
    """What one call of a verb left: its exit code and what it said."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> dict[str, Any]:
        """The one JSON object on stdout; anything beside it fails."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        assert self.out.count("\n") == 1
        return found

    @property
    def ticket(self) -> dict[str, str]:
        found = self.value["ticket"]
        assert set(found) == {"id", "number", "service", "state"}
        return dict(found)

    @property
    def refusal(self) -> str:
        """What a refused verb said, the same in both places; never a traceback."""
        assert self.code == 3, (self.code, self.out, self.err)
        refused = self.value["refused"]
        assert set(refused) == {"what_happened", "what_to_do"}
        for sentence in refused.values():
            assert sentence in self.err
            assert sentence.endswith(".")
        assert "Traceback" not in self.err
        return f"{refused['what_happened']} {refused['what_to_do']}"


class Verbs:
    """Calls verbs with --json on one data folder, in this process."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capture = capture

    def __call__(self, *words: str) -> Called:
        self._capture.readouterr()
        code = main([*words, "--data", str(self.folder), "--json"])
        said = self._capture.readouterr()
        return Called(code, said.out, said.err)

    def done(self, *words: str) -> Called:
        """Call a verb that must succeed."""
        called = self(*words)
        assert called.code == 0, (words, called)
        return called


@dataclass(frozen=True)
class Sample:
    """The sample office as `init --sample --json` made it."""

    folder: Path
    made: Called


def run_program(*words: str, under: tuple[str, ...] = (), **environment: str) -> Called:
    """Call a verb as a person does: a process of its own, started by the program `under` which it shall run."""
    done = subprocess.run(
        [*under, sys.executable, str(PROGRAM), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        timeout=60,
    )
    return Called(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("sample") / "mpp"
    made = run_program("init", "--sample", "--data", str(folder), "--json")
    assert made.code == 0, made.err
    return Sample(folder, made)


@pytest.fixture
def verbs(sample: Sample, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Verbs]:
    """The verbs on a fresh copy of the sample office."""
    folder = tmp_path / "mpp"
    shutil.copytree(sample.folder, folder, ignore=shutil.ignore_patterns(_RESERVE))
    (folder / _RESERVE).touch()  # a small disk is no concern here, sixteen million bytes for each test are
    yield Verbs(folder, capsys)
