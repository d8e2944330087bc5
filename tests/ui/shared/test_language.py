"""English says what the Indonesian says, with the same places to fill."""

import polib
import pytest

from mppdesk.config import resource
from mppdesk.texts import Text, msg, places
from mppdesk.ui.shared.language import Language
from mppdesk.ui.shared.tasks import ProgramBug


def test_indonesian_is_the_source_itself() -> None:
    assert Language().show(msg("Nomor {number} dipanggil.", number="A-019")) == "Nomor A-019 dipanggil."


def test_english_fills_the_same_places() -> None:
    bug = ProgramBug("7F3A")
    shown = Language("en").show(bug.what_to_do)
    assert shown == "Your work is saved; please go on. The incident is recorded (code 7F3A)."


def test_a_sentence_without_translation_is_shown_in_indonesian() -> None:
    assert Language("en").show(Text("Kalimat yang belum diterjemahkan.")) == "Kalimat yang belum diterjemahkan."


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        Language("xx")


def test_every_translation_has_the_places_of_its_source_and_none_is_missing() -> None:
    entries = polib.pofile(str(resource("texts/en.po")))
    assert [entry.msgid for entry in entries if not entry.translated()] == []
    assert [entry.msgid for entry in entries if places(entry.msgid) != places(entry.msgstr)] == []
