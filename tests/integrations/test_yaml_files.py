"""YAML from people's hands: what is refused, what is read, and that nothing breaks the reading."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mppdesk.integrations.problems import ProblemLog
from mppdesk.integrations.yaml_files import LARGEST_FILE_BYTES, read_yaml


def _read(folder: Path, content: bytes) -> tuple[Any, list[str]]:
    path = folder / "a.yaml"
    path.write_bytes(content)
    log = ProblemLog(path.name)
    return read_yaml(path, log), [str(each.sentence) for each in log.problems]


def test_only_null_true_false_and_whole_numbers_are_more_than_text(tmp_path: Path) -> None:
    content = b"[yes, N, true, false, ~, null, 08.00-15.00, 2026-01-01, 007, 1.5, 1:30, -3, '4', <<]"
    value, problems = _read(tmp_path, content)
    assert problems == []
    assert value == [
        "yes", "N", True, False, None, None, "08.00-15.00", "2026-01-01", "007", "1.5", "1:30", -3, "4", "<<",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a: 1\nb: [1\nc: 2\n", "Baris 3, kolom"),
        (b"a: 'x\n", "YAML rusak"),
        (b"a: &x 1\n", "Baris 1: jangkar"),
        (b"a: 1\nb: *x\n", "Baris 2: jangkar"),
        (b"!!python/object:os.system {}", "tag YAML"),
        (b"a: !!timestamp 2026-99-99", "tag YAML"),
        (b"a: 1\nb: 1\na: 2\n", "Baris 3: kunci a tertulis dua kali."),
        (b"a: 1\n---\nb: 2\n", "2 dokumen"),
        (b"\xff\xfe\xff", "bukan teks UTF-8: byte ke-1"),
        (b"a: \x01", "karakter yang tidak boleh"),
        (b"[" * 50_000, "bersarang terlalu dalam"),
        (b"- a\n" * 250_000, "terlalu banyak"),
        (b"? [1]\n: 2\n", "YAML rusak"),
        (b"", "kosong"),
        (b"# hanya catatan\n", "kosong"),
        (b"#" * (LARGEST_FILE_BYTES + 1), "terlalu besar"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, content: bytes, words: str) -> None:
    _, problems = _read(tmp_path, content)
    assert [each for each in problems if words in each]


def test_a_multiplying_alias_is_refused_before_it_multiplies(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]" for n in range(1, 12)]
    value, problems = _read(tmp_path, "\n".join(lines).encode())
    assert value is None
    assert problems[0].startswith("Baris 1: jangkar")


@pytest.mark.parametrize("content", [b"- *a\n" * 5000, b"a: 1\n" * 5000])
def test_a_thousand_times_the_same_mistake_is_told_fifty_times(tmp_path: Path, content: bytes) -> None:
    _, problems = _read(tmp_path, content)
    assert len(problems) == 50


def test_a_number_of_many_digits_stays_text(tmp_path: Path) -> None:
    assert _read(tmp_path, b"9" * 100_000) == ("9" * 100_000, [])


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    assert _read(tmp_path, b"\xef\xbb\xbfa: 1\n") == ({"a": 1}, [])


def test_a_pipe_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    log = ProblemLog("x")
    os.mkfifo(tmp_path / "pipa.yaml")
    assert read_yaml(tmp_path / "pipa.yaml", log) is None
    assert read_yaml(tmp_path, log) is None
    assert read_yaml(tmp_path / "tiada.yaml", log) is None
    assert read_yaml(Path("\0"), log) is None
    assert len(log.problems) == 4


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.one_of(st.binary(), st.text(alphabet="a:-[]{}&*!|>'\"%@#,? \n\t\\ux0").map(str.encode)))
def test_no_bytes_break_the_reading(tmp_path: Path, content: bytes) -> None:
    value, problems = _read(tmp_path, content)
    assert value is not None or problems
