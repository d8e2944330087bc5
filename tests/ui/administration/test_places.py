"""Which printer each counter and kiosk prints on, changed by keyboard alone in an office of forty counters."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mppdesk.domain.errors import StorageTrouble
from mppdesk.operations.printing_places import PlaceKind
from mppdesk.texts import msg
from mppdesk.ui.administration import places_words
from mppdesk.ui.administration.places_page import PlacesPage
from mppdesk.ui.administration.places_port import PlaceRow, PlacesScreen
from mppdesk.ui.administration.window import AdministrationWindow
from mppdesk.ui.shared.clipping import clipped_texts
from mppdesk.ui.shared.theme import DARK, LIGHT, Theme, apply_theme
from tests.ui.administration.fake_port import NOW, PLACES, FakeBuilding
from tests.ui.administration.printer_hand import Open, press, question_of

ENTER, DOWN, F9 = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_F9


def page_of(window: AdministrationWindow) -> PlacesPage:
    press(window, Qt.Key.Key_F6)
    while window.places.state.screen is None:  # it is read in the next event
        QApplication.processEvents()
    return window.places


def type_in(window: AdministrationWindow, typed: str) -> None:
    hand = window.focusWidget()
    assert hand is not None
    QTest.keyClicks(hand, typed)


def names(page: PlacesPage) -> list[str]:
    return [row.cells[0] for row in page.places.table.rows]


def test_every_counter_and_kiosk_is_told_with_its_agency_and_printer(opened: Open) -> None:
    window = opened()
    page = page_of(window)
    assert page.isVisible() and not window.printers.isVisible()
    assert len(page.places.table.rows) == 42
    assert [row.cells for row in page.places.table.rows[:3]] == [
        ("Kiosk 1", "", "Kiosk 1"),
        ("Kiosk 2", "", "Tanpa printer"),
        ("Loket 1", "DPMPTSP", "Loket 1"),
    ]
    spoken = page.places.table.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Kiosk 2, Tanpa printer"
    press(window, Qt.Key.Key_F6)
    assert window.printers.isVisible() and window.printers.table.hasFocus()


def test_a_counter_gets_another_printer_by_keys_alone(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = page_of(window)
    type_in(window, "17")
    assert names(page) == ["Loket 17"]
    press(window, ENTER)
    type_in(window, "lay")
    assert page.card.words.text() == "Sesudah disimpan, Loket 17 mencetak di Layar."
    press(window, F9)
    assert port.did == [("choose_printer", "Loket 17", "Layar")]
    assert page.card.sentence.words == "Loket 17 kini mencetak di Layar."
    assert [row.cells for row in page.places.table.rows] == [("Loket 17", "Polres", "Layar")]
    assert page.places.field.hasFocus() and page.places.field.selectedText() == "17"
    assert not page.card.save_button.isEnabled()


def test_typing_finds_beginnings_of_words_and_labels_before_printers(opened: Open) -> None:
    window = opened()
    page = page_of(window)
    type_in(window, "4")
    assert names(page) == ["Loket 4", "Loket 40"]
    page.places.seek()
    type_in(window, "duk 1")
    assert names(page) == ["Loket 10", "Loket 11", "Loket 12", "Loket 13", "Loket 14"]
    page.places.seek()
    type_in(window, "36")
    assert names(page) == ["Loket 36", "Loket 37", "Loket 38", "Loket 39", "Loket 40"]
    page.places.seek()
    type_in(window, "bea")
    assert page.places.nothing.isVisible() and not page.places.table.isVisible()


def test_the_arrow_keys_walk_the_rows_while_the_hand_is_at_the_line(opened: Open) -> None:
    window = opened()
    page = page_of(window)
    press(window, DOWN, DOWN, DOWN)
    assert page.state.key == "counter/Loket 2"
    assert page.places.field.hasFocus()
    assert page.places.field.accessibleDescription() == "Loket 2, DPMPTSP, Loket 1"
    page.places.table.setFocus()
    type_in(window, "9")
    assert page.places.field.hasFocus() and names(page) == ["Loket 9"]


@pytest.mark.parametrize(("act", "did"), [("move", ("moves",)), ("keep", ())])
def test_what_waits_for_the_printer_before_is_asked_about(opened: Open, act: str, did: tuple[str, ...]) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = page_of(window)
    type_in(window, "loket 37")
    press(window, ENTER)
    type_in(window, "kiosk 1")
    assert page.card.words.text() == (
        "Sesudah disimpan, Loket 37 mencetak di Kiosk 1. 2 cetakan masih menunggu Loket 36: "
        "Anda ditanya dulu, dipindahkan atau tetap keluar di sana."
    )
    press(window, F9)
    question = question_of(window)
    assert question.accessibleDescription() == (
        "2 cetakan di komputer ini masih menunggu Loket 36, "
        "mungkin juga untuk Loket 36, Loket 38, Loket 39, dan 1 lainnya."
    )
    question.button(act).click()
    assert port.did == [("choose_printer", "Loket 37", "Kiosk 1", *did)]
    said = page.card.sentence.words
    assert said.startswith("Loket 37 kini mencetak di Kiosk 1.")
    assert ("2 cetakan dikirim ke Kiosk 1." in said) == (act == "move")


def test_esc_at_the_question_changes_nothing(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = page_of(window)
    type_in(window, "37")
    press(window, ENTER)
    type_in(window, "kiosk 1")
    press(window, F9)
    QTest.keyClick(question_of(window), Qt.Key.Key_Escape)
    assert port.did == []
    assert page.state.printer == "Kiosk 1"


@pytest.mark.parametrize(("typed", "does"), [("37", "Pindahkan 3 cetakan"), ("12", "Biarkan keluar di sana")])
def test_enter_moves_only_where_the_printer_before_has_stopped(opened: Open, typed: str, does: str) -> None:
    port = FakeBuilding()
    port.shown_places = replace(PLACES, places=tuple(replace(each, waiting=3) for each in PLACES.places))
    window = opened(port)
    page_of(window)
    type_in(window, typed)
    press(window, ENTER)
    type_in(window, "kiosk 1")
    press(window, F9)
    asked = question_of(window)
    assert [asked.button(act).text() for act in ("move", "keep", "leave") if asked.button(act).isDefault()] == [does]
    asked.reject()


def test_a_kiosk_may_have_no_printer_and_is_told_what_that_means(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = page_of(window)
    type_in(window, "kiosk 1")
    press(window, ENTER)
    type_in(window, "tanpa")
    assert page.card.words.text() == (
        "Kiosk 1 tidak mencetak lagi: nomor tampil di layarnya, untuk difoto atau dicatat."
    )
    press(window, ENTER)
    assert port.did == [("choose_printer", "Kiosk 1", "")]
    assert page.card.sentence.words == "Kiosk 1 kini tidak mencetak."


def test_what_was_changed_last_is_taken_back_by_saving_it_again(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = page_of(window)
    type_in(window, "17")
    press(window, ENTER)
    type_in(window, "layar")
    press(window, F9)
    page.places.seek()
    type_in(window, "3")
    assert page.card.back_button.text() == "Kembalikan Loket 17 ke printer sebelumnya"
    page.card.back_button.click()
    assert (page.state.key, page.state.printer) == ("counter/Loket 17", "Loket 16")
    press(window, F9)
    assert port.did[-1] == ("choose_printer", "Loket 17", "Loket 16")


def test_a_refusal_stands_beside_what_was_chosen(opened: Open) -> None:
    port = FakeBuilding()
    port.refusal = StorageTrouble(msg("Ruang simpan penuh. Tidak ada yang berubah."), msg("Kosongkan ruang."))
    window = opened(port)
    page = page_of(window)
    type_in(window, "17")
    press(window, ENTER)
    type_in(window, "layar")
    press(window, F9)
    assert page.card.sentence.words == "Ruang simpan penuh. Tidak ada yang berubah. Kosongkan ruang."
    assert page.state.printer == "Layar" and page.card.save_button.isEnabled()


def test_news_leaves_what_is_chosen_and_follows_what_somebody_else_changed(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = page_of(window)
    type_in(window, "17")
    changed = tuple(replace(each, printer="Layar") if each.label == "Loket 17" else each for each in PLACES.places)
    port.shown_places = replace(PLACES, places=changed)
    press(window, Qt.Key.Key_F5)
    assert page.card.printers.table.chosen_key == "Layar"
    press(window, ENTER)
    type_in(window, "kiosk")
    port.shown_places = PLACES
    press(window, Qt.Key.Key_F5)
    assert page.state.printer == "Kiosk 1" and page.card.save_button.isEnabled()


def test_who_is_no_administrator_looks_only(opened: Open) -> None:
    port = FakeBuilding()
    port.shown_places = replace(PLACES, may_write=False)
    window = opened(port)
    page = page_of(window)
    type_in(window, "17")
    press(window, ENTER)
    type_in(window, "layar")
    press(window, F9)
    assert port.did == []
    assert page.card.sentence.words == str(places_words.ONLY_ADMINISTRATORS)
    assert page.card.words.text() == ""


def test_an_office_without_counters_is_no_blank_page(opened: Open) -> None:
    port = FakeBuilding()
    port.shown_places = PlacesScreen(NOW)
    page = page_of(opened(port))
    assert page.empty.isVisible() and not page.card.isVisible()


@pytest.mark.parametrize(
    ("place", "printer", "has_others", "said"),
    [
        (PlaceRow(PlaceKind.KIOSK, "Kiosk 1"), "Kantor", True, "Sesudah disimpan, karcis Kiosk 1 keluar di lembar A5"),
        (PlaceRow(PlaceKind.COUNTER, "Loket 2", "", "Kiosk 1"), "Kantor", False, "Sesudah disimpan, Loket 2 mencetak"),
        (PlaceRow(PlaceKind.COUNTER, "Loket 2", "", "Kiosk 1"), None, False, "isi tanda terima hanya tampil di layar."),
        (
            PlaceRow(PlaceKind.COUNTER, "Loket 2", "", "Kiosk 1", 2),
            None,
            True,
            "tetap keluar di sana. Yang menunggu di komputer lain tetap keluar di Kiosk 1.",
        ),
    ],
)
def test_what_another_printer_means_is_said_before(
    place: PlaceRow, printer: str | None, has_others: bool, said: str
) -> None:
    row = next((each for each in PLACES.printers if each.name == printer), None)
    assert said in str(places_words.consequence(place, printer, row, has_others=has_others))


@pytest.mark.parametrize("theme", [LIGHT, DARK, LIGHT.scaled(2.0)], ids=["light", "dark", "large"])
def test_no_word_is_cut_off(opened: Open, qtbot: QtBot, theme: Theme) -> None:
    window = opened()
    apply_theme(window, theme)
    page_of(window)
    type_in(window, "37")
    press(window, ENTER)
    type_in(window, "kiosk 1")
    qtbot.waitUntil(lambda: clipped_texts(window) == [])
    press(window, F9)
    question = question_of(window)
    qtbot.waitUntil(lambda: clipped_texts(question) == [])
    question.reject()
