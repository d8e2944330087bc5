"""The kiosk window, worked by touch and by keyboard alone."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mppdesk.domain.errors import Refused, StorageTrouble
from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.texts import msg
from mppdesk.ui.kiosk.acts import ActKind
from mppdesk.ui.kiosk.page import KioskPage
from mppdesk.ui.kiosk.port import KioskSettings, SlipStanding, StaffCall
from mppdesk.ui.kiosk.ticket_page import TicketPage
from mppdesk.ui.kiosk.touch_button import TouchButton
from mppdesk.ui.kiosk.view_state import Step
from mppdesk.ui.kiosk.window import KioskWindow
from mppdesk.ui.shared.theme import DARK, theme_of
from tests.ui.kiosk.hall import FakeKiosk
from tests.ui.kiosk.visitor import UPRIGHT, OpenKiosk, Visitor


def test_on_another_screen_only_the_page_in_sight_is_dressed_anew(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    for words in ("Dukcapil", "Ganti KTP hilang", "Ambil nomor"):
        visitor.touch(words)
    letters = visitor.window.question.title.font().pixelSize()

    visitor.window.resize(1920, 1080)
    QApplication.processEvents()

    assert visitor.window.findChildren(KioskPage) == [visitor.window.page]
    assert visitor.window.question.title.font().pixelSize() > letters
    visitor.touch("Cetak nomor antrean")
    assert visitor.window.state.step is Step.TICKET


def test_four_touches_give_a_ticket(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    for words in ("Dukcapil", "Ganti KTP hilang", "Ambil nomor", "Cetak nomor antrean"):
        visitor.touch(words)

    assert visitor.port.asked == [("id-1", "DUKCAPIL-02", None)]
    assert visitor.window.question.title.text() == "Ambil karcis Anda"
    visitor.wait(8.1)
    assert visitor.window.state.step is Step.AGENCY


def test_the_whole_way_by_keyboard_alone(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    visitor.window.footer.language.setFocus()

    for words in ("Instansi lain", "P", "Polres", "Buat SKCK baru", "Ambil nomor", "Lansia", "Selesai"):
        visitor.tab_to(words)

    assert visitor.port.asked == [("id-1", "POLRES-01", "elderly")]
    assert visitor.window.state.is_home


def test_a_second_touch_of_the_same_finger_does_nothing(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    visitor.touch("Dukcapil")
    visitor.seconds.now += 0.3
    QTest.mouseClick(visitor.button("Ganti KTP hilang"), Qt.MouseButton.LeftButton)

    assert visitor.window.state.step is Step.SERVICE


def test_a_finger_that_slides_off_the_key_takes_the_touch_back(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    visitor.seconds.now += 1
    key = visitor.button("Dukcapil")
    QTest.mousePress(key, Qt.MouseButton.LeftButton)
    assert key.isDown()
    QTest.mouseMove(key, QPoint(-50, -50))
    QTest.mouseRelease(key, Qt.MouseButton.LeftButton, pos=QPoint(-50, -50))

    assert visitor.window.state.is_home


def test_paper_out_shows_number_code_and_help(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    visitor.port.slip_now = SlipStanding(JobState.BLOCKED, PrinterState.PAPER_OUT)
    _take_ticket(visitor)

    window = visitor.window
    assert window.strip.words == "Kertas habis. Nomor Anda sudah tersimpan. Petugas diberi tahu."
    assert visitor.port.staff_calls == [StaffCall.PAPER]
    assert _ticket_page(window).number.number == "B-042"
    assert _ticket_page(window).qr.token == "token-B-042"
    assert _ticket_page(window).qr.isVisibleTo(window)
    visitor.touch("Sudah saya catat, selesai")
    assert window.state.is_home


def test_a_silent_printer_is_trouble_within_four_seconds(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    visitor.port.slip_now = SlipStanding(JobState.SENDING)
    _take_ticket(visitor)
    assert visitor.window.question.title.text() == "Karcis Anda sedang dicetak"

    visitor.wait(4.0)
    assert visitor.window.strip.words.startswith("Karcis tidak keluar.")

    visitor.port.slip_now = SlipStanding(JobState.PRINTED)
    visitor.wait(1.0)
    assert visitor.window.question.title.text() == "Ambil karcis Anda"


def test_who_got_no_paper_says_so(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    visitor.port.slip_now = SlipStanding(JobState.UNCONFIRMED)
    _take_ticket(visitor)

    visitor.touch("Karcis tidak keluar?")

    assert _ticket_page(visitor.window).qr.isVisibleTo(visitor.window)


def test_a_refusal_is_a_sentence_and_trying_again_asks_with_the_same_id(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    visitor.port.refusal = Refused(msg("Hari ini sudah ditutup. Tidak ada nomor yang dibuat."), msg("Datanglah besok."))
    _take_ticket(visitor)
    assert visitor.window.question.title.text() == "Nomor belum dibuat"

    visitor.port.refusal = None
    visitor.touch("Coba lagi")

    assert [asked[0] for asked in visitor.port.asked] == ["id-1", "id-1"]
    assert visitor.window.question.title.text() == "Ambil karcis Anda"


def test_a_closed_agency_tells_when_it_opens_and_what_it_asks_for(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    visitor.touch("Imigrasi")
    assert visitor.window.question.title.text() == "Imigrasi sedang tutup"

    visitor.touch("Lihat layanan dan syaratnya")
    visitor.touch(_first_tile(visitor))

    assert visitor.window.state.step is Step.PREVIEW
    assert "Ambil nomor" not in visitor.buttons()
    visitor.touch("Cetak daftar syarat saja")
    assert visitor.port.lists_printed == ["IMIGRASI-01"]
    assert visitor.window.strip.words == "Daftar syarat sedang dicetak."


def test_still_there_any_touch_goes_on_and_silence_goes_home(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    visitor.touch("Dukcapil")
    visitor.wait(30.5)
    assert visitor.window.question.title.text() == "Masih di sana?"

    visitor.seconds.now += 1
    QTest.mouseClick(visitor.window, Qt.MouseButton.LeftButton, pos=QPoint(600, 110))
    assert visitor.window.state.step is Step.SERVICE

    visitor.wait(30.5)
    visitor.wait(20.5)
    assert visitor.window.state.is_home
    assert visitor.port.asked == []


def test_english_from_the_first_touch_until_home(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    visitor.touch("English")
    assert visitor.window.question.title.text() == "Which agency do you need?"
    assert visitor.window.header.date_text == "Monday, 23 November 2026"

    visitor.touch("Dukcapil")
    visitor.touch("Start over")
    assert visitor.window.question.title.text() == "Instansi apa yang Anda tuju?"


def test_large_letters_and_contrast_until_home(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    usual = theme_of(visitor.window)

    visitor.touch("Huruf besar")
    visitor.touch("Kontras")
    chosen = theme_of(visitor.window)
    visitor.touch("Dukcapil")
    visitor.touch("Dari awal")

    assert (chosen.size("body"), chosen.colours) == (24, "dark")
    assert visitor.window.palette().window().color() == usual.colour("ground")
    assert theme_of(visitor.window) == usual
    assert "Huruf besar" in visitor.buttons()


def test_each_switch_takes_its_own_choice_back(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    for words in ("Huruf besar", "Kontras", "Huruf biasa"):
        visitor.touch(words)
    assert visitor.window.palette().window().color() == DARK.colour("ground")
    visitor.touch("Terang")
    assert not (visitor.window.state.is_large or visitor.window.state.is_high_contrast)


def test_what_helps_to_answer_stands_below_the_question_of_an_upright_panel(open_kiosk: OpenKiosk) -> None:
    upright, lying = open_kiosk(size=UPRIGHT), open_kiosk()
    assert upright.window.question.subtitle.text() == 'Sentuh satu kotak. Belum tahu? Sentuh "Panggil petugas".'
    assert not lying.window.question.subtitle.isVisible()

    alone = open_kiosk(settings=KioskSettings(), size=UPRIGHT)
    assert alone.window.question.subtitle.text().endswith("Tanyakan kepada petugas informasi.")


def test_staff_come_when_called_and_only_where_the_call_is_heard(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    visitor.touch("Panggil petugas")
    assert visitor.window.strip.words == "Petugas sedang menuju ke sini."
    assert visitor.port.staff_calls == [StaffCall.HELP]

    alone = open_kiosk(settings=KioskSettings())
    assert "Panggil petugas" not in alone.buttons()


def test_an_emergency_brings_somebody_at_once(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    for words in ("Dukcapil", "Ganti KTP hilang", "Ambil nomor", "Keadaan darurat"):
        visitor.touch(words)

    assert visitor.port.staff_calls == [StaffCall.EMERGENCY]
    assert visitor.port.asked[0][2] == "emergency"


def test_data_that_cannot_be_read_send_people_to_the_desk_and_come_back_by_themselves(open_kiosk: OpenKiosk) -> None:
    port = FakeKiosk()
    port.trouble = StorageTrouble(msg("Data kantor ini tidak dapat dibuka."), msg("Hubungi admin."))
    visitor = open_kiosk(port)
    assert visitor.window.page.accessibleName() == "Kiosk ini berhenti. Silakan ke petugas informasi di sebelah kanan."

    port.trouble = None
    visitor.wait(10.5)
    assert visitor.window.question.title.text() == "Instansi apa yang Anda tuju?"


def test_queues_change_without_moving_anybody(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    key = visitor.button("Dukcapil")
    key.setFocus()
    visitor.window.refresh()

    assert visitor.button("Dukcapil") is key
    assert key.accessibleName() == "Dukcapil, KTP, KK, akta, KIA, 12 menunggu"


def _take_ticket(visitor: Visitor) -> None:
    for words in ("Dukcapil", "Ganti KTP hilang", "Ambil nomor", "Cetak nomor antrean"):
        visitor.touch(words)


def _first_tile(visitor: Visitor) -> str:
    return next(
        button.accessibleName()
        for button in visitor.window.page.findChildren(TouchButton)
        if button.act.kind is ActKind.CHOOSE_SERVICE
    )


def _ticket_page(window: KioskWindow) -> TicketPage:
    assert isinstance(window.page, TicketPage)
    return window.page
