"""The one command says how it is used, and refuses an old Python in one sentence."""

import pytest

from installer import dev


def test_without_a_verb_it_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main([]) == 2
    shown = capsys.readouterr().err
    assert all(f"\n  {verb}" in shown for verb in ("run", "test", "check", "mppdesk"))


def test_help_is_no_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["--help"]) == 0
    assert capsys.readouterr().out.startswith("usage: ")


def test_an_old_python_is_refused_before_anything_is_touched(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "OLDEST_PYTHON", (99, 0))
    assert dev.main(["run"]) == 2
    assert "needs Python 99.0 or newer" in capsys.readouterr().err


def test_run_is_the_demo_and_mppdesk_any_verb() -> None:
    main = str(dev.ROOT / "main.py")
    assert dev._program("run", ["--headless"]) == [main, "demo", "--headless"]
    assert dev._program("mppdesk", ["ticket", "list"]) == [main, "ticket", "list"]
