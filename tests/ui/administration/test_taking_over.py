"""Who takes over for a printer, and one that goes: by keys alone, on the page "Printer"."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mppdesk.ui.administration.taking_over import Offer, names_in
from mppdesk.ui.shared.clipping import clipped_texts
from mppdesk.ui.shared.theme import DARK, LIGHT, Theme, apply_theme
from tests.ui.administration.fake_port import PRINTERS, FakeBuilding
from tests.ui.administration.printer_hand import USB, Open, page_of, press, question_of


def test_who_takes_over_is_named_by_keys_alone_and_taken_back(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = page_of(window)
    field = page.card.taking_over
    assert field.offers.button(Offer.ANY).isChecked()
    field.offers.button(Offer.ANY).setFocus()
    press(window, Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert field.names.hasFocus()
    assert not page.card.save_button.isEnabled()
    QTest.keyClicks(field.names, "loket 9,  Kiosk 1")
    press(window, Qt.Key.Key_F9)
    assert port.did == [("write_printer", "Loket 1", USB, "('Loket 9', 'Kiosk 1')")]
    assert page.card.sentence.words == "Loket 1 tersimpan. Penggantinya berlaku mulai sekarang."

    page.card.back_button.setFocus()
    press(window, Qt.Key.Key_Space)
    assert field.offers.button(Offer.ANY).isChecked()
    press(window, Qt.Key.Key_F9)
    assert port.did[1:] == [("write_printer", "Loket 1", USB)]


def test_that_none_takes_over_is_a_rule_too(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = page_of(window)
    page.card.taking_over.offers.button(Offer.NONE).setFocus()
    press(window, Qt.Key.Key_Space, Qt.Key.Key_F9)
    assert port.did == [("write_printer", "Loket 1", USB, "()")]


def test_the_rule_says_its_question_to_a_screen_reader(opened: Open) -> None:
    field = page_of(opened(), "Loket 9").card.taking_over
    spoken = field.offers.button(Offer.NAMED).accessibleName()
    assert spoken == "Pengganti yang ditawarkan bila printer ini berhenti: Menurut urutan"
    assert field.names.accessibleName() == "Urutan pengganti, dengan koma"
    assert field.names.text() == "Loket 1, Kiosk 1"


@pytest.mark.parametrize(
    ("typed", "remark", "may_save"),
    [
        ("", "Tulis paling sedikit satu nama printer.", False),
        ("Loket 1, Loket 99", "Loket 99 tidak ada di daftar printer.", False),
        ("Loket 9", "Loket 9 tidak dapat menggantikan dirinya sendiri.", False),
        ("Loket 7", "Kertas Loket 7 lebih sempit, jadi Loket 7 tidak akan ditawarkan.", True),
        ("Kiosk 1", "", True),
        ("Loket 1, Kiosk 1", "", False),
    ],
    ids=["nobody", "unknown", "itself", "narrower", "one", "as before"],
)
def test_what_is_named_is_judged_while_it_is_typed(opened: Open, typed: str, remark: str, may_save: bool) -> None:
    window = opened()
    page = page_of(window, "Loket 9")
    field = page.card.taking_over
    field.names.setFocus()
    field.names.selectAll()
    press(window, Qt.Key.Key_Delete)
    QTest.keyClicks(field.names, typed)
    assert (field.remark, page.card.save_button.isEnabled()) == (remark, may_save)
    assert field.names.accessibleDescription() == remark


def test_a_printer_that_was_removed_is_no_more_named(opened: Open) -> None:
    port = FakeBuilding()
    rows = (replace(PRINTERS.rows[0], instead=("Gudang", "Loket 1")), replace(PRINTERS.rows[1], instead=("Gudang",)))
    port.shown_printers = replace(PRINTERS, rows=rows)
    window = opened(port)
    page = page_of(window, "Kiosk 1")
    assert page.card.taking_over.names.text() == "Loket 1"
    assert not page.card.save_button.isEnabled()
    page_of(window, "Loket 1")
    assert page.card.taking_over.offers.button(Offer.NONE).isChecked()


def test_a_name_with_a_comma_is_one_name() -> None:
    known = ("Kasir", "Kasir, lantai 2", "Loket 1")
    assert names_in("kasir, Lantai 2, loket 1, Kasir , Loket 10,", known) == (
        "Kasir, lantai 2",
        "Loket 1",
        "Kasir",
        "Loket 10",
    )


def test_a_printer_that_nobody_uses_is_removed_by_keys_alone_and_brought_back(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = page_of(window, "Loket 7")
    url = page.card.url.text()
    assert page.remove_button.accessibleName() == "Hapus Loket 7"
    page.remove_button.setFocus()
    press(window, Qt.Key.Key_Space)
    question = question_of(window)
    assert (question.windowTitle(), question.button("remove").text()) == ("Hapus Loket 7?", "Hapus Loket 7")
    QTest.keyClick(question, Qt.Key.Key_Return)
    assert port.did == [("remove_printer", "Loket 7")]
    assert "Loket 7" not in [row.key for row in page.table.rows]
    assert page.card.sentence.words == "Loket 7 dihapus."
    assert not page.remove_button.isVisible()

    assert page.card.back_button.hasFocus()
    assert page.card.back_button.text() == "Kembalikan Loket 7"
    press(window, Qt.Key.Key_Space, Qt.Key.Key_F9)
    assert port.did[1:] == [("write_printer", "Loket 7", url)]
    assert page.table.chosen_key == "Loket 7"


def test_a_printer_may_be_left_where_it_is(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = page_of(window, "Loket 7")
    page.remove_button.click()
    QTest.keyClick(question_of(window), Qt.Key.Key_Escape)
    assert port.did == []
    assert page.state.chosen == "Loket 7"


def test_slips_that_wait_at_other_computers_are_spoken_of_before_a_printer_goes(opened: Open) -> None:
    port = FakeBuilding()
    port.shown_printers = replace(PRINTERS, has_others=True)
    window = opened(port)
    page_of(window, "Loket 7").remove_button.click()
    assert "cetakan itu tetap tersimpan di sana, dan keluar bila" in question_of(window).accessibleDescription()


def test_a_printer_in_use_is_not_removed_and_says_why(opened: Open) -> None:
    port = FakeBuilding()
    page = page_of(opened(port))
    page.remove_button.click()
    assert page.card.sentence.words.startswith("Printer Loket 1 masih dipakai Loket 1, Loket 2, jadi tidak dihapus.")
    assert port.did == []


def test_only_an_administrator_and_only_of_the_list_can_remove(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = page_of(window)
    assert page.remove_button.isVisible()
    page.add()
    assert not page.remove_button.isVisible()
    port.shown_printers = replace(PRINTERS, may_write=False)
    press(window, Qt.Key.Key_F5)
    page_of(window)
    assert not page.remove_button.isVisible()


@pytest.mark.parametrize("theme", [DARK, LIGHT.scaled(1.3), LIGHT.scaled(2.0)], ids=["dark", "larger", "large"])
def test_no_word_of_the_rule_is_cut_off(opened: Open, qtbot: QtBot, theme: Theme) -> None:
    window = opened()
    window.resize(1280, 720)
    apply_theme(window, theme)
    field = page_of(window, "Loket 9").card.taking_over
    field.names.textEdited.emit("Loket 1, Loket 7")
    assert field.remark.startswith("Kertas Loket 7 lebih sempit")
    qtbot.waitUntil(lambda: clipped_texts(window) == [])
