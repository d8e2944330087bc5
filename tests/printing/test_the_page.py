"""docs/printing.md names a test for each rule; each of them is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_RULES = 11


def test_every_test_that_the_page_names_is_there() -> None:
    page = (ROOT / "docs" / "printing.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", page))
    files = set(re.findall(r"`(test_\w+\.py)`", page))
    modules = list((ROOT / "tests").rglob("test_*.py"))
    defined = {name for each in modules for name in re.findall(r"def (test_\w+)\(", each.read_text(encoding="utf-8"))}
    assert named - defined == set()
    assert files - {each.name for each in modules} == set()
    assert [int(rule) for rule in re.findall(r"^\| (\d+)\. ", page, re.MULTILINE)] == list(range(1, _RULES + 1))
