"""A file of its own: whole under its name or not at all, never over another, and no hidden rest of it stays."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mppdesk.db import posix
from mppdesk.printing import taken_name
from mppdesk.printing.new_file import under_free_name, written_beside

A_MINUTE_S, TWO_HOURS_S = 60.0, 7200.0


def saved(folder: Path, data: bytes = b"whole") -> Path:
    with written_beside(folder, data) as beside:
        return under_free_name(beside, "tanda-terima", ".pdf")


def left_behind(folder: Path, age_s: float) -> Path:
    """What a power cut leaves of a paper that had no name yet."""
    with written_beside(folder, b"cut short") as beside:
        rest = folder / beside.name.replace(".part", "-old.part")
        beside.replace(rest)
    past = time.time() - age_s
    os.utime(rest, (past, past))
    return rest


def refuses(error: int) -> Callable[..., None]:
    def call(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error))

    return call


@pytest.fixture(params=["links", "no links", "neither"])
def disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder on a disk with hard links, on a stick without, and on one that knows neither way."""
    if request.param != "links":
        monkeypatch.setattr("os.link", refuses(1))
    if request.param == "neither":
        monkeypatch.setattr(taken_name, "_rename_if_free", refuses(22))
    return tmp_path


def test_a_power_cut_at_no_step_leaves_a_name_without_its_paper(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    def looked_at(step: Callable[..., object]) -> Callable[..., object]:
        def look() -> None:
            seen.extend(file.read_bytes() for file in disk.iterdir() if not file.name.startswith("."))

        def call(*arguments: object, **options: object) -> object:
            look()
            try:
                return step(*arguments, **options)
            finally:
                look()

        return call

    for name in ("link", "rename", "replace", "unlink", "fsync"):
        monkeypatch.setattr(os, name, looked_at(getattr(os, name)))
    saved(disk)
    assert seen
    assert set(seen) == {b"whole"}


def test_no_other_file_loses_its_name(disk: Path) -> None:
    (disk / "tanda-terima.pdf").write_bytes(b"of another")
    assert saved(disk).name == "tanda-terima-2.pdf"
    assert saved(disk).name == "tanda-terima-3.pdf"
    kept = {file.name: file.read_bytes() for file in disk.iterdir()}
    assert kept == {"tanda-terima.pdf": b"of another", "tanda-terima-2.pdf": b"whole", "tanda-terima-3.pdf": b"whole"}


@pytest.mark.parametrize("age_s", [A_MINUTE_S, TWO_HOURS_S])
def test_what_a_power_cut_left_behind_goes_with_the_next_file(tmp_path: Path, age_s: float) -> None:
    """It is hidden, it may name a person, and the stick it lies on leaves the building."""
    left_behind(tmp_path, age_s)
    file = saved(tmp_path)
    assert list(tmp_path.iterdir()) == [file]


def test_a_paper_that_has_its_name_keeps_no_hidden_one(tmp_path: Path) -> None:
    """The power went after the name was given and before the hidden one was dropped."""
    rest = left_behind(tmp_path, 0)
    named = tmp_path / "daftar-kekurangan.pdf"
    os.link(rest, named)
    file = saved(tmp_path)
    assert set(tmp_path.iterdir()) == {named, file}


def test_where_nobody_can_say_who_is_writing_a_rest_stays_for_an_hour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mppdesk.db.posix.is_locked", lambda _: None)
    young, old = left_behind(tmp_path, A_MINUTE_S), left_behind(tmp_path, TWO_HOURS_S)
    assert set(tmp_path.iterdir()) == {young, old}
    file = saved(tmp_path)
    assert set(tmp_path.iterdir()) == {young, file}


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can say there who writes a file")
def test_so_it_does_where_the_clocks_are_far_apart(tmp_path: Path) -> None:
    """The disk of another PC, or one whose clock was set: what is locked is being written, whatever its time says."""
    hidden = tmp_path / ".mppdesk-abcd.part"
    with hidden.open("wb") as writer:
        posix.lock_while_open(writer.fileno())
        past = time.time() - TWO_HOURS_S
        os.utime(hidden, (past, past))
        saved(tmp_path)
        assert hidden.exists()
    saved(tmp_path)
    assert not hidden.exists()


def test_what_another_writes_just_now_stays(tmp_path: Path) -> None:
    with written_beside(tmp_path, b"of another PC") as slow, written_beside(tmp_path, b"mine"):
        past = time.time() - A_MINUTE_S
        os.utime(slow, (past, past))
        file = saved(tmp_path)
        assert slow.exists()
    assert list(tmp_path.iterdir()) == [file]
