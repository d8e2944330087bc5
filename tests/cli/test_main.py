"""What leaves the command line when something nobody foresaw happens."""

from pathlib import Path

import pytest

from mppdesk.cli import journal
from tests.cli.conftest import Verbs


def test_a_fault_of_the_program_is_a_calm_sentence_and_a_file_without_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = "Melati Contohwati 9999010101900001"

    def fault(*_: object) -> int:
        raise ZeroDivisionError(typed)

    monkeypatch.setattr(journal, "verify", fault)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    refusal = Verbs(tmp_path / "mpp", capsys)("journal", "verify").refusal
    assert "Yang sudah tersimpan aman" in refusal
    report = next(tmp_path.glob("mppdesk-*.txt"))
    assert str(report) in refusal
    written = report.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in written
    assert "in fault" in written
    assert "Melati" not in written


def test_an_interrupted_verb_says_what_is_safe(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(journal, "verify", interrupted)
    called = Verbs(tmp_path / "mpp", capsys)("journal", "verify")
    assert (called.code, called.out) == (130, "")
    assert "Yang sudah tersimpan aman." in called.err
