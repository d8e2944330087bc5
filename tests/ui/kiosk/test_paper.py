"""Paper at the kiosk: what a citizen is told before and after, and what the staff do after their PIN, by keys alone."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.operations.readings import PrinterStatus
from mppdesk.ui.kiosk.caring import PATIENCE_S
from mppdesk.ui.kiosk.corner_state import corner_rows
from mppdesk.ui.kiosk.port import SlipStanding
from mppdesk.ui.kiosk.staff_corner import StaffCorner
from mppdesk.ui.kiosk.ticket_page import TicketPage
from mppdesk.ui.shared.clipping import clipped_texts
from tests.fakes.memory_print_jobs import print_job
from tests.ui.kiosk.hall import PIN, FakeKiosk
from tests.ui.kiosk.visitor import SIZES, UPRIGHT, OpenKiosk, Visitor

READY = PrinterStatus("Kiosk 1", PrinterState.READY, 0, slips_left=64)
DOUBTFUL = tuple(print_job(label, printer="Kiosk 1", state=JobState.UNCONFIRMED) for label in ("B-023", "B-024"))
OLD = tuple(
    replace(print_job(label, printer="Kiosk 1", state=JobState.EXPIRED), changed_ms=31 * 60_000)
    for label in ("B-001", "B-002")
)
BUSY = replace(READY, unconfirmed=DOUBTFUL, expired=OLD)


def heard(visitor: Visitor, status: PrinterStatus) -> None:
    """The printer says something new, and the program tells the kiosk."""
    visitor.port.printer_now = status
    visitor.window.refresh()


def take_ticket(visitor: Visitor) -> TicketPage:
    for words in ("Dukcapil", "Ganti KTP hilang", "Ambil nomor", "Cetak nomor antrean"):
        visitor.touch(words)
    page = visitor.window.page
    assert isinstance(page, TicketPage)
    return page


# --- citizens ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (PrinterState.PAPER_OUT, "Kertas habis. Nomor tetap dapat diambil"),
        (PrinterState.UNREACHABLE, "Printer berhenti. Nomor tetap dapat diambil"),
        (PrinterState.PAPER_NEAR_END, ""),
        (PrinterState.MUTE, ""),
    ],
)
def test_that_there_is_no_paper_is_said_before_a_number_is_taken_and_ends_by_itself(
    open_kiosk: OpenKiosk, state: PrinterState, said: str
) -> None:
    visitor = open_kiosk()
    heard(visitor, replace(READY, state=state))
    strip = visitor.window.strip
    assert strip.words.startswith(said) and bool(strip.words) is bool(said)
    visitor.touch("Dukcapil")
    assert strip.words.startswith(said)
    heard(visitor, READY)
    assert strip.words == ""


def test_no_button_promises_paper_that_cannot_come_out(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    for words in ("Dukcapil", "Ganti KTP hilang"):
        visitor.touch(words)
    assert "Cetak daftar syarat saja" in visitor.buttons()
    heard(visitor, replace(READY, state=PrinterState.PAPER_OUT))
    assert "Cetak daftar syarat saja" not in visitor.buttons()
    visitor.touch("Ambil nomor")
    assert "Cetak nomor antrean" not in visitor.buttons()
    visitor.touch("Tampilkan nomor antrean")
    assert visitor.port.asked


def test_a_kiosk_whose_printer_is_taken_away_promises_no_paper_until_it_has_one_again(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    for words in ("Dukcapil", "Ganti KTP hilang"):
        visitor.touch(words)
    visitor.port.prints = False
    visitor.window.refresh()
    assert "Cetak daftar syarat saja" not in visitor.buttons()
    assert visitor.window.strip.words == ""
    visitor.port.prints = True
    visitor.window.refresh()
    assert "Cetak daftar syarat saja" in visitor.buttons()


@pytest.mark.parametrize("size", [(1280, 720), UPRIGHT], ids=str)
def test_the_sentence_about_paper_leaves_room_for_every_step(
    qtbot: QtBot, open_kiosk: OpenKiosk, size: tuple[int, int]
) -> None:
    visitor = open_kiosk(size=size)
    heard(visitor, replace(READY, state=PrinterState.PAPER_OUT))
    for words in ("Dukcapil", "Ganti KTP hilang", "Ambil nomor"):
        qtbot.waitUntil(lambda: clipped_texts(visitor.window) == [])
        visitor.touch(words)
    qtbot.waitUntil(lambda: clipped_texts(visitor.window) == [])
    assert (visitor.window.width(), visitor.window.height()) == size


def test_paper_that_comes_out_after_all_is_told(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    visitor.port.slip_now = SlipStanding(JobState.BLOCKED, PrinterState.PAPER_OUT)
    page = take_ticket(visitor)
    assert page.qr.isVisibleTo(visitor.window)
    visitor.port.slip_now = SlipStanding(JobState.PRINTED)
    visitor.wait(1.0)
    assert visitor.window.question.title.text() == "Ambil karcis Anda"
    assert visitor.window.strip.words == "Karcis Anda keluar juga. Nomornya sama; silakan ambil."
    assert page.number.number == "B-042"
    visitor.wait(8.0)
    assert visitor.window.state.is_home and visitor.window.strip.words == ""


def test_paper_that_comes_at_once_is_not_called_late(open_kiosk: OpenKiosk) -> None:
    visitor = open_kiosk()
    take_ticket(visitor)
    assert visitor.window.strip.words == ""


# --- the staff -----------------------------------------------------------------------------------------------------


def sentences(status: PrinterStatus) -> list[str]:
    return [str(row.sentence) for row in corner_rows(status)]


def test_the_staff_read_how_paper_stands_and_what_is_asked() -> None:
    assert sentences(READY) == ["Printer siap. Kertas cukup untuk sekitar 60 karcis lagi."]
    assert sentences(BUSY)[1:] == [
        "2 karcis lama tidak dicetak karena sudah lewat 30 menit.",
        "Apakah karcis B-023 keluar? (1 dari 2)",
    ]
    stopped = replace(BUSY, state=PrinterState.PAPER_OUT, slips_left=0)
    assert sentences(stopped) == [
        "Kertas habis. Kertas cukup untuk beberapa karcis lagi.",
        "2 karcis lama tidak dicetak karena sudah lewat 30 menit.",
    ]


def staff_at(
    open_kiosk: OpenKiosk, status: PrinterStatus, size: tuple[int, int] = SIZES[0]
) -> tuple[Visitor, StaffCorner]:
    """Five touches on the clock and a PIN typed on a keyboard."""
    port = FakeKiosk()
    port.printer_now = status
    visitor = open_kiosk(port, size=size)
    header = visitor.window.header
    for _ in range(5):
        QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(header.width() - 30, header.height() // 2))
    keypad = visitor.window.leaving.keypad
    assert keypad is not None
    QTest.keyClicks(keypad, PIN)
    QTest.keyClick(keypad, Qt.Key.Key_Return)
    corner = visitor.window.leaving.caring.corner
    assert corner is not None
    return visitor, corner


def test_the_staff_answer_by_keys_alone_and_see_what_came_of_it(open_kiosk: OpenKiosk) -> None:
    visitor, corner = staff_at(open_kiosk, BUSY)
    for words, done, told in (
        ("Ya, keluar", "came out B-023", "Dicatat: lembar itu keluar."),
        ("Cetak ulang", "reprint B-024", "Karcis B-024 dicetak ulang sebagai SALINAN 1."),
        ("Cetak sekarang", "print B-001 B-002", "2 karcis lama dicetak sekarang."),
        ("Gulungan baru dipasang", "roll changed", "Gulungan baru dicatat. Sisa kertas dihitung mulai sekarang."),
    ):
        visitor.tab_to(words)
        assert (visitor.port.care[-1], corner.answer.words) == (done, told)
    assert "Ya, keluar" not in visitor.buttons()
    QTest.keyClick(corner, Qt.Key.Key_Escape)
    assert visitor.window.leaving.caring.corner is None and not visitor.window.leaving.is_allowed


def test_old_tickets_can_be_let_go(open_kiosk: OpenKiosk) -> None:
    visitor, corner = staff_at(open_kiosk, BUSY)
    visitor.touch("Tidak perlu")
    assert visitor.port.care == ["let go B-001 B-002"]
    assert "Karcis lama tidak dicetak" in corner.answer.words


def test_the_kiosk_closes_from_there_only_when_it_is_asked_to(qtbot: QtBot, open_kiosk: OpenKiosk) -> None:
    visitor, _ = staff_at(open_kiosk, READY)
    assert not visitor.window.leaving.is_allowed
    with qtbot.waitSignal(visitor.window.leave_wanted):
        visitor.touch("Tutup kiosk")


def test_a_corner_left_alone_goes_away_and_the_kiosk_goes_on(open_kiosk: OpenKiosk) -> None:
    visitor, _ = staff_at(open_kiosk, READY)
    there = []
    for seconds in (PATIENCE_S - 1, 1):
        visitor.seconds.now += seconds
        visitor.window.leaving.pass_time()
        there.append(visitor.window.leaving.caring.corner is not None)
    assert there == [True, False] and not visitor.window.leaving.is_allowed


@pytest.mark.parametrize("size", [*SIZES, UPRIGHT], ids=str)
def test_no_word_of_the_corner_is_cut_off_and_it_follows_the_printer(
    qtbot: QtBot, open_kiosk: OpenKiosk, size: tuple[int, int]
) -> None:
    visitor, corner = staff_at(open_kiosk, READY, size)
    heard(visitor, BUSY)
    assert "Ya, keluar" in visitor.buttons()
    qtbot.waitUntil(lambda: clipped_texts(corner) == [])
    assert (visitor.window.width(), visitor.window.height()) == size
