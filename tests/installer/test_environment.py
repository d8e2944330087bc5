"""The set-up notices every way in which an environment can have fallen out of step."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from installer import CannotSetUp, environment

ONE_LINE_PYTHON = """#!/bin/sh
echo {libraries}
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose `.venv` is in step with its lock."""
    libraries = tmp_path / ".venv" / "lib" / "site-packages"
    (libraries / "contoh-1.0.dist-info").mkdir(parents=True)
    (tmp_path / "requirements.lock").write_text("contoh==1.0\n", encoding="utf-8")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir()
    python.write_text(ONE_LINE_PYTHON.format(libraries=libraries), encoding="utf-8")
    python.chmod(0o755)
    stamp = tmp_path / ".venv" / environment.STAMP_NAME
    stamp.write_text(environment.fingerprint(tmp_path / "requirements.lock", libraries), encoding="utf-8")
    return tmp_path


@pytest.fixture
def no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every installer fails, as it does without a network."""
    programs = tmp_path / "programs"
    programs.mkdir()
    failing = programs / "python3"
    failing.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    failing.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(sys, "_base_executable", str(failing))


needs_shell_scripts = pytest.mark.skipif(os.name == "nt", reason="the pretended Pythons are shell scripts")


@needs_shell_scripts
@pytest.mark.usefixtures("no_network")
def test_nothing_is_fetched_when_all_is_in_step(checkout: Path) -> None:
    assert environment.prepare(checkout) == checkout / ".venv" / "bin" / "python"


def change_lock(checkout: Path) -> None:
    (checkout / "requirements.lock").write_text("contoh==2.0\n", encoding="utf-8")


def remove_library(checkout: Path) -> None:
    (checkout / ".venv" / "lib" / "site-packages" / "contoh-1.0.dist-info").rmdir()


def add_library(checkout: Path) -> None:
    (checkout / ".venv" / "lib" / "site-packages" / "lain-1.0.dist-info").mkdir()


def lose_stamp(checkout: Path) -> None:
    (checkout / ".venv" / environment.STAMP_NAME).unlink()


def lose_python(checkout: Path) -> None:
    (checkout / ".venv" / "bin" / "python").unlink()


@needs_shell_scripts
@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("damage", [change_lock, remove_library, add_library, lose_stamp, lose_python])
def test_whatever_is_out_of_step_is_mended_and_needs_the_network(
    checkout: Path, damage: Callable[[Path], None]
) -> None:
    damage(checkout)
    with pytest.raises(CannotSetUp, match="uv could not be fetched"):
        environment.prepare(checkout)


def test_this_python_names_its_library_folder() -> None:
    libraries = environment.libraries_of(Path(sys.executable))
    assert libraries is not None
    assert list(libraries.glob("pytest-*.dist-info")) != []
