"""Texts and lists of problems as a person's file may hold them: what is one line, what is refused, what is too much."""

import pytest

from mppdesk.integrations.fields import Fields
from mppdesk.integrations.problems import MOST_TOLD, ProblemLog, Severity
from mppdesk.texts import msg


def _text(value: object) -> tuple[str, list[str]]:
    log = ProblemLog("a.yaml")
    return Fields({"name": value}, "", log).text("name"), [str(each.sentence) for each in log.problems]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  Kartu keluarga \n", "Kartu keluarga"),
        ("Kartu \n\n  keluarga", "Kartu keluarga"),
        ("Kartu\tkeluarga", "Kartu keluarga"),
        ("Kartu\u2028keluarga", "Kartu keluarga"),
        ("Kartu  keluarga (é)", "Kartu  keluarga (é)"),
    ],
)
def test_a_text_is_one_line(written: str, read: str) -> None:
    assert _text(written) == (read, [])


@pytest.mark.parametrize("hidden", ["\x1b@", "\x00", "\x9b", "\u202e", "\u2067", "\ud800"])
def test_what_a_printer_would_obey_or_a_reader_not_see_is_refused(hidden: str) -> None:
    assert _text(f"Kartu {hidden}keluarga") == ("", ["Teks berisi karakter kendali yang tidak boleh dicetak."])


def test_a_file_of_rubbish_is_told_in_part_and_counted_whole() -> None:
    log = ProblemLog("a.yaml")
    for _ in range(MOST_TOLD + 7):
        log.warning("services", msg("Aneh."))
    assert log.error_count == 0
    assert len(log.problems) == MOST_TOLD + 1
    assert log.problems[-1].severity is Severity.ERROR
    assert str(log.problems[-1].sentence) == "Masih ada 7 masalah lain di berkas ini."


def test_errors_beyond_those_told_still_count() -> None:
    log = ProblemLog("a.yaml")
    for _ in range(MOST_TOLD * 2):
        log.error("services", msg("Salah."))
    assert log.error_count == MOST_TOLD * 2
