"""The page "Printer", worked by keyboard alone: choose, test, look at the slip, answer, save."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mppdesk.domain.errors import StorageTrouble
from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_models import GENERIC_80
from mppdesk.texts import msg
from mppdesk.ui.administration import printer_words
from mppdesk.ui.shared.clipping import clipped_texts
from mppdesk.ui.shared.theme import DARK, LIGHT, Theme, apply_theme
from tests.ui.administration.fake_port import KIOSK_URL, PRINTERS, TESTED, FakeBuilding
from tests.ui.administration.printer_hand import USB, Open, page_of, press, question_of


def test_each_printer_is_told_with_its_address_kind_and_since_when(opened: Open) -> None:
    window = opened()
    assert window.printers.isVisible()
    table = window.printers.table
    assert [row.cells for row in table.rows] == [
        ("Kiosk 1", "tcp://192.168.1.50:9100", "Epson TM-T82", "siap sejak 09.12"),
        ("Loket 1", USB, "80 mm", "kertas habis sejak 09.58"),
        ("Loket 7", "serial:///dev/ttyUSB0?baud=19200&flow=dtr", "58 mm", "tanpa status sejak 07.14"),
        ("Loket 9", "spool://KARCIS%20LANTAI%202", "80 mm", "belum diketahui"),
    ]
    spoken = table.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"Loket 1, {USB}, 80 mm, kertas habis sejak 09.58"


def test_a_printer_is_tested_seen_and_saved_by_keys_alone(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = page_of(window)
    press(window, Qt.Key.Key_F8)
    assert port.did == [("test_printer", USB)]
    assert page.trial.accessibleName() == "Lembar uji dikirim ke EPSON TM-T82X. Ambil kertasnya, lalu jawab:"

    space, tab = Qt.Key.Key_Space, Qt.Key.Key_Tab
    press(window, space, tab, space, tab, space, tab, Qt.Key.Key_Right, space, tab, space)
    assert page.state.answers.seen(asks_for_odd_signs=True) is not None
    assert page.card.url.text() == f"{USB}?model=epson-tm-t82&confirm=tag"
    press(window, Qt.Key.Key_F9)
    assert port.did[1:] == [("write_printer", "Loket 1", f"{USB}?model=epson-tm-t82&confirm=tag")]
    assert page.card.sentence.words == "Loket 1 tersimpan. Cetakan berikutnya memakai alamat ini."
    assert not page.trial.isVisible()
    assert page.table.hasFocus()


def test_every_answer_says_its_question_to_a_screen_reader(opened: Open) -> None:
    window = opened()
    page = page_of(window)
    press(window, Qt.Key.Key_F8)
    assert page.trial.rows["has_qr"].button(False).accessibleName() == "Apakah kode QR A tercetak? Tidak"
    assert page.trial.rows["columns"].button(48).hasFocus()
    assert not page.card.taking_over.isVisible()
    assert page.card.url.accessibleName() == "Alamat"
    assert "48 huruf per baris" in page.card.url.accessibleDescription()


def test_who_cannot_print_now_says_why_and_asks_nothing(opened: Open) -> None:
    port = FakeBuilding()
    port.tested = replace(TESTED, state=PrinterState.COVER_OPEN, is_given=False)
    window = opened(port)
    page = page_of(window)
    press(window, Qt.Key.Key_F8)
    assert page.card.sentence.words.startswith("Printer tidak siap: tutup terbuka. Tidak ada yang dicetak.")
    assert not page.trial.isVisible()


def test_foreign_signs_are_asked_about_only_where_the_printer_repeated_the_tag(opened: Open) -> None:
    port = FakeBuilding()
    port.tested = replace(TESTED, model=GENERIC_80, said=replace(TESTED.said, repeats_tag=False), product="")
    window = opened(port)
    page = page_of(window)
    press(window, Qt.Key.Key_F8)
    assert not page.trial.rows["has_odd_signs"].isVisible()
    for name, value in (("columns", 48), ("has_all_signs", True), ("has_qr", True), ("is_cut", False)):
        page.trial.rows[name].button(value).click()
    assert page.card.url.text() == f"{USB}?cut=no"


def test_another_address_is_asked_about_and_may_be_left(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = page_of(window)
    page.card.url.setFocus()
    page.card.url.selectAll()
    QTest.keyClicks(page.card.url, "tcp://192.168.1.51:9100")
    press(window, Qt.Key.Key_F9)
    question_of(window).reject()
    assert port.did == []
    press(window, Qt.Key.Key_F9)
    question = question_of(window)
    assert "juga yang masih antre" in question.accessibleDescription()
    question.button("move").click()
    assert port.did == [("write_printer", "Loket 1", "tcp://192.168.1.51:9100")]


def test_what_was_saved_is_taken_back_by_saving_the_address_before(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = page_of(window)
    page.card.url.setFocus()
    press(window, Qt.Key.Key_End)
    QTest.keyClicks(page.card.url, "?cut=no")
    assert not page.card.back_button.isVisible()
    press(window, Qt.Key.Key_F9)
    page.card.back_button.setFocus()
    press(window, Qt.Key.Key_Space)
    assert page.card.url.text() == USB
    assert not page.card.back_button.isVisible()
    press(window, Qt.Key.Key_F9)
    assert port.did == [("write_printer", "Loket 1", f"{USB}?cut=no"), ("write_printer", "Loket 1", USB)]


def test_a_printer_is_added_by_name_and_address(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = window.printers
    page.new_button.setFocus()
    press(window, Qt.Key.Key_Space)
    assert page.card.name.hasFocus()
    assert not page.card.save_button.isEnabled()
    QTest.keyClicks(page.card.name, "Loket 12")
    press(window, Qt.Key.Key_Tab)
    QTest.keyClicks(page.card.url, "tcp://192.168.1.62:9100")
    press(window, Qt.Key.Key_F9)
    assert port.did == [("write_printer", "Loket 12", "tcp://192.168.1.62:9100")]
    assert page.table.chosen_key == "Loket 12"


def test_news_leaves_what_is_typed_and_answered(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = page_of(window)
    press(window, Qt.Key.Key_F8)
    page.trial.rows["has_qr"].button(True).click()
    ready = tuple(replace(row, state=PrinterState.READY) for row in PRINTERS.rows)
    port.shown_printers = replace(PRINTERS, rows=ready)
    press(window, Qt.Key.Key_F5)
    assert page.table.rows[1].cells[3] == "siap sejak 09.58"
    assert page.state.answers.has_qr is True
    assert page.trial.isVisible()


def test_another_address_forgets_what_was_seen_of_the_one_before(opened: Open) -> None:
    window = opened()
    page = page_of(window)
    press(window, Qt.Key.Key_F8)
    page.trial.rows["has_qr"].button(True).click()
    page.card.url.setFocus()
    press(window, Qt.Key.Key_End)
    QTest.keyClicks(page.card.url, "1")
    assert not page.trial.isVisible()
    press(window, Qt.Key.Key_F8)
    assert not page.trial.rows["has_qr"].button(True).isChecked()


def test_who_is_no_administrator_looks_and_tests_only(opened: Open) -> None:
    port = FakeBuilding()
    port.shown_printers = replace(PRINTERS, may_write=False)
    window = opened(port)
    page = page_of(window)
    assert page.card.sentence.words == str(printer_words.ONLY_ADMINISTRATORS)
    assert page.card.url.isReadOnly()
    assert not page.new_button.isEnabled()
    press(window, Qt.Key.Key_F8)
    assert port.did == [("test_printer", USB)]


def test_a_refusal_stands_beside_what_was_typed(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = page_of(window, "Kiosk 1")
    port.refusal = StorageTrouble(msg("Ruang simpan penuh. Tidak ada yang berubah."), msg("Kosongkan ruang."))
    page.card.url.setFocus()
    press(window, Qt.Key.Key_End)
    QTest.keyClicks(page.card.url, "&cut=no")
    press(window, Qt.Key.Key_F9)
    assert page.card.sentence.words == "Ruang simpan penuh. Tidak ada yang berubah. Kosongkan ruang."
    assert page.card.url.text() == f"{KIOSK_URL}&cut=no"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", printer_words.EXAMPLES),
        ("tcp://", printer_words.NOT_AN_ADDRESS),
        ("screen:", msg("Jendela kertas di layar komputer ini.")),
        ("spool://KARCIS", "80 mm: 48 huruf per baris, memotong kertas, menggambar QR sendiri, tidak dapat memastikan"),
        ("tcp://h:9100?text=raster&cut=no", "kertas disobek, semua dikirim sebagai gambar, memastikan setiap cetakan."),
    ],
)
def test_what_an_address_says_is_said_in_words(opened: Open, url: str, words: object) -> None:
    page = page_of(opened())
    page.card.url.setText(url)
    page.card.typed.emit()
    assert str(words) in page.card.words.text()


def test_a_printer_on_a_cable_is_to_be_tested_at_its_own_computer(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = page_of(window)
    assert "Ujilah di komputer" not in page.card.words.text()
    port.shown_printers = replace(PRINTERS, has_others=True)
    press(window, Qt.Key.Key_F5)
    assert page.card.words.text().endswith("Ujilah di komputer tempat printer ini tersambung.")
    page_of(window, "Kiosk 1")
    assert "Ujilah di komputer" not in page.card.words.text()


@pytest.mark.parametrize("theme", [LIGHT, DARK, LIGHT.scaled(2.0)], ids=["light", "dark", "large"])
def test_no_word_of_the_questions_is_cut_off(opened: Open, qtbot: QtBot, theme: Theme) -> None:
    window = opened()
    apply_theme(window, theme)
    page_of(window)
    press(window, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: clipped_texts(window) == [])
