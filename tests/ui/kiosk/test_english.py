"""Whoever touches "English" reads English everywhere, and the same facts."""

import ast
from pathlib import Path

import polib
import pytest

from mppdesk.config import resource
from mppdesk.texts import places

_ROOT = Path(__file__).parents[3] / "mppdesk"
# What a kiosk also shows: when an agency opens, what a service costs and how long it takes.
_SHOWN = (
    *sorted((_ROOT / "ui/kiosk").glob("*.py")),
    _ROOT / "domain/opening_hours.py",
    _ROOT / "domain/office_day.py",
    _ROOT / "domain/working_time.py",
    # And what the staff read at it about paper.
    _ROOT / "ui/shared/expired_words.py",
    _ROOT / "ui/shared/printer_words.py",
    _ROOT / "ui/shared/sheet_words.py",
)
_FEES = {"Gratis", "Gratis atau menurut tarif", "Mulai {amount}, menurut tarif", "Sesuai tarif yang berlaku"}


def sources() -> set[str]:
    """Every sentence the kiosk can show."""
    calls = (node for path in _SHOWN for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    return _FEES | {
        str(call.args[0].value)
        for call in calls
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "msg"
        and isinstance(call.args[0], ast.Constant)
    }


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(resource("texts/en.po")))}


def test_every_sentence_of_the_kiosk_has_english(english: dict[str, str]) -> None:
    assert len(sources()) > 90
    assert sorted(source for source in sources() if not english.get(source)) == []


def test_the_english_has_the_same_places(english: dict[str, str]) -> None:
    assert {source: text for source, text in english.items() if places(source) != places(text)} == {}
