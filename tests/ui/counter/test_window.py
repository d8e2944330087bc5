"""The counter window worked by keyboard alone: what a clerk sees after each key."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from mppdesk.domain.errors import Refused, StorageTrouble
from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.submission import CheckState, LackReason
from mppdesk.domain.visit import TicketStatus
from mppdesk.operations.readings import CurrentTicket
from mppdesk.operations.submissions import Check
from mppdesk.texts import msg
from mppdesk.ui.counter.checklist_state import Mark
from mppdesk.ui.counter.stage import Stage
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.shortcuts import Act
from tests.ui.counter import scenes
from tests.ui.counter.conftest import Clerk
from tests.ui.counter.fake_port import FakePort
from tests.ui.counter.scenes import HandClock

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SitDown = Callable[..., Clerk]


def marks(clerk: Clerk) -> list[Mark]:
    view = clerk.window.view
    return [row.mark for row in view.rows] if view else []


def stage(clerk: Clerk) -> Stage | None:
    return clerk.window.view.stage if clerk.window.view else None


def banner(clerk: Clerk) -> str:
    shown = clerk.window.banners.current()
    return f"{shown.what_happened} {shown.what_to_do}" if shown else ""


def test_after_a_call_the_hand_is_on_the_first_paper(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.idle(clock))

    clerk.press(K.Key_F2)

    assert clerk.window.desk.checklist.hasFocus()
    assert clerk.window.desk.checklist.row == 0
    assert clerk.window.keys.filled() is Act.START


def test_a_start_in_the_middle_of_a_service_opens_on_the_same_person(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.serving(clock), takes_focus=False)

    assert stage(clerk) is Stage.SERVING
    assert clerk.window.desk.checklist.hasFocus()


def test_the_first_tick_begins_the_service_once(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.called(clock))
    clerk.window.desk.checklist.setFocus()
    clerk.port.asked.clear()

    clerk.press(K.Key_Space, K.Key_Space)

    assert clerk.port.asked == ["start", "check", "check"]
    assert stage(clerk) is Stage.SERVING
    assert marks(clerk)[:3] == [Mark.FULFILLED, Mark.FULFILLED, Mark.OPEN]
    assert clerk.window.desk.checklist.row == 2


def test_why_a_paper_lacks_is_one_digit(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.called(clock))
    clerk.window.desk.checklist.setFocus()

    clerk.press(K.Key_K)
    asked = clerk.window.desk.hints.asks_reason
    clerk.press(K.Key_2)
    clerk.press(K.Key_K, K.Key_9)

    assert asked and not clerk.window.desk.hints.asks_reason
    assert clerk.port.person("A-019").checks["DPMPTSP-07-R01"].reason is LackReason.UNREADABLE
    assert "DPMPTSP-07-R02" not in clerk.port.person("A-019").checks


def test_backspace_takes_a_tick_back_and_the_number_pad_ticks_too(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.called(clock))
    clerk.window.desk.checklist.setFocus()

    clerk.press(K.Key_Plus, K.Key_Minus, K.Key_1, K.Key_Slash, K.Key_Up, K.Key_Up, K.Key_Backspace)

    assert marks(clerk)[:3] == [Mark.FULFILLED, Mark.OPEN, Mark.NOT_APPLICABLE]


def test_a_key_held_down_is_one_paper(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.called(clock))
    checklist = clerk.window.desk.checklist
    checklist.setFocus()

    clerk.press(K.Key_Space)
    held = QKeyEvent(QEvent.Type.KeyPress, K.Key_Space, Qt.KeyboardModifier.NoModifier, " ", autorep=True)
    QApplication.sendEvent(checklist, held)
    clerk.settle()

    assert marks(clerk)[:2] == [Mark.FULFILLED, Mark.OPEN]


def test_done_with_rows_left_jumps_to_the_first_of_them(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.serving(clock))

    clerk.press(K.Key_F9)

    assert clerk.window.desk.checklist.row == 5
    assert clerk.port.person("A-019").status is TicketStatus.SERVING


def test_the_date_a_rule_asks_for_is_typed_beside_the_list(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.called(clock))
    clerk.window.desk.checklist.setFocus()

    clerk.press(*[K.Key_Down] * 5, K.Key_Return)
    clerk.type("12082026")
    clerk.press(K.Key_Return, K.Key_Return)

    assert clerk.port.person("A-019").checks["DPMPTSP-07-R06"].paper_date == date(2026, 8, 12)
    assert marks(clerk)[5] is Mark.CHECK_THIS
    assert clerk.window.desk.checklist.hasFocus()


def test_a_date_nobody_can_read_stays_and_says_how_to_write_it(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.called(clock))
    clerk.window.desk.checklist.setFocus()

    clerk.press(*[K.Key_Down] * 5, K.Key_Return)
    clerk.type("agustus")
    clerk.press(K.Key_Return)

    assert clerk.window.side.row_card.trouble == "Tulis tanggal seperti 12-08-2026."
    assert "DPMPTSP-07-R06" not in clerk.port.person("A-019").checks


def test_how_many_papers_are_short_is_counted(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.called(clock))
    clerk.window.desk.checklist.setFocus()

    clerk.press(*[K.Key_Down] * 6, K.Key_K, K.Key_5, K.Key_Up, K.Key_Return)
    clerk.type("2")
    clerk.press(K.Key_Return)

    made = clerk.port.person("A-019").checks["DPMPTSP-07-R07"]
    assert (made.state, made.reason, made.originals) == (CheckState.LACKING, LackReason.TOO_FEW, 2)


def test_the_outcome_shows_the_slip_and_esc_goes_back_to_the_papers(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.incomplete(clock))

    clerk.press(K.Key_F9)
    assert clerk.window.outcome.isVisible()
    assert clerk.window.outcome.button_words == "Cetak dan kembalikan"
    clerk.press(K.Key_Escape)

    assert not clerk.window.outcome.isVisible()
    assert clerk.window.desk.checklist.hasFocus()
    assert clerk.port.printed == []


def test_taking_back_is_one_key_and_says_which_paper_to_ask_back(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.incomplete(clock))

    clerk.press(K.Key_F9, K.Key_Return)
    assert clerk.window.undo.words == "Batalkan pengembalian A-019 · 30 dtk"
    clerk.press(K.Key_Z, holding=CTRL)

    assert clerk.port.person("A-019").status is TicketStatus.SERVING
    assert banner(clerk) == "A-019 kembali seperti semula. Minta kembali daftar kekurangan A-019."
    assert marks(clerk)[5] is Mark.LACKING


def test_in_a_text_field_ctrl_z_stays_text(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.idle(clock))

    clerk.press(K.Key_F2)
    clerk.press(K.Key_D, holding=CTRL)
    clerk.type("Melati")
    clerk.press(K.Key_Z, holding=CTRL)

    assert clerk.port.person("A-019").status is TicketStatus.CALLED
    assert "undo" not in clerk.port.asked


def test_the_next_person_cannot_be_called_over_the_one_at_the_desk(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.serving(clock))

    clerk.press(K.Key_F2)

    assert banner(clerk) == "A-019 masih di loket ini. Selesaikan A-019 dahulu (F9)."
    assert clerk.port.asked == []


def test_out_of_turn_needs_a_reason(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.idle(clock))

    clerk.window.queue.take_focus()
    clerk.press(K.Key_Down, K.Key_Return)
    words = clerk.window.asking.choices.words()
    clerk.press(K.Key_3)

    assert words == ["Dipanggil kembali", "Pendamping", "Darurat", "Permintaan penyelia"]
    assert clerk.port.asked == ["call_ticket emergency"]
    assert clerk.port.person("A-024").status is TicketStatus.CALLED


def test_who_was_put_aside_goes_on_without_a_call(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.idle(clock))

    clerk.window.asking.ask_why_out_of_turn("visit-016")
    clerk.press(K.Key_1)

    assert clerk.port.asked == ["resume"]
    assert clerk.port.person("A-016").status is TicketStatus.SERVING


def test_a_number_is_found_by_typing_it(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.idle(clock))

    clerk.press(K.Key_F, holding=CTRL)
    clerk.type("a27")
    only = clerk.window.queue.numbers()
    clerk.press(K.Key_Return, K.Key_Escape, K.Key_Escape)
    clerk.press(K.Key_F, holding=CTRL)
    clerk.type("b9")
    clerk.press(K.Key_Return)

    assert only == ["A-027"]
    assert clerk.window.asking.finding.panel.said == "Tidak ketemu: b9. Periksa nomor atau cari nama layanan."


def test_a_panel_keeps_the_keys_and_gives_the_focus_back(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.serving(clock))
    clerk.window.desk.checklist.setFocus()

    clerk.press(K.Key_F7, K.Key_F9, K.Key_Tab, K.Key_Tab, K.Key_Tab, K.Key_Tab, K.Key_Tab)
    here = QApplication.focusWidget()
    inside = here is not None and clerk.window.asking.transfer.isAncestorOf(here)
    clerk.press(K.Key_Escape)

    assert inside
    assert clerk.window.desk.checklist.hasFocus()
    assert clerk.port.asked == []


def test_a_search_that_finds_nothing_moves_nobody(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.serving(clock))

    clerk.press(K.Key_F7)
    clerk.type("qqq")
    clerk.press(K.Key_Return)

    assert clerk.window.asking.transfer.hits() == []
    assert clerk.port.asked == []


def test_the_history_of_a_number_is_one_key_away(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.serving(clock))

    clerk.press(K.Key_H, holding=CTRL)

    panel = clerk.window.asking.reading
    assert panel.title == "Riwayat A-019"
    assert [line.sentence for line in panel.lines] == ["Nomor A-019 diambil.", "Dipanggil ke Loket 2."]


def test_a_full_nik_is_shown_for_a_reason_only(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.serving(clock))

    clerk.window.side.applicant.nik_wanted.emit()
    clerk.press(K.Key_2)

    assert clerk.port.asked == ["look_at_nik correction"]
    assert [line.sentence for line in clerk.window.asking.reading.lines] == ["9999 0101 0190 0001"]


def test_arriving_data_changes_the_lists_and_not_the_hand(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.serving(clock))
    changes = Changes()
    changes.changed.connect(lambda _topics: clerk.window.acts.read())
    clerk.press(K.Key_D, holding=CTRL)
    clerk.type("x")
    before = QApplication.focusWidget()

    clerk.port._people["visit-030"] = scenes.person(30, "DPMPTSP-01", 0)
    changes.tell(frozenset({"tickets"}))
    clerk.settle()

    assert "A-030" in clerk.window.queue.numbers()
    assert QApplication.focusWidget() is before
    assert clerk.window.side.applicant.name_text.endswith("x")


class FullDisk(FakePort):
    """An office whose disk takes no more ticks."""

    def check(self, ticket: CurrentTicket, checks: tuple[Check, ...]) -> None:
        raise StorageTrouble(msg("Ruang simpan penuh. Centang terakhir belum tersimpan."), msg("Beri tahu admin."))


def test_a_tick_that_could_not_be_written_is_taken_back_and_said(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(FullDisk(clock.now, scenes.queue()))

    clerk.press(K.Key_F2, K.Key_Space)

    assert marks(clerk)[0] is Mark.OPEN
    assert banner(clerk) == "Ruang simpan penuh. Centang terakhir belum tersimpan. Beri tahu admin."


class LateHub(FakePort):
    """An office where another counter was quicker."""

    def call_next(self) -> None:  # type: ignore[override]  # it never answers
        raise Refused(msg("A-019 sudah dipanggil Loket 1."), msg("Tekan F2 untuk orang berikutnya."))


def test_a_refusal_is_said_and_the_next_key_works(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(LateHub(clock.now, scenes.queue()))

    clerk.press(K.Key_F2)

    assert banner(clerk) == "A-019 sudah dipanggil Loket 1. Tekan F2 untuk orang berikutnya."
    assert stage(clerk) is Stage.IDLE
    assert not clerk.window.acts.local.is_busy


@pytest.mark.parametrize("state", [PrinterState.COVER_OPEN, PrinterState.UNREACHABLE])
def test_printer_trouble_is_said_calmly_and_ends_by_itself(
    sit_down: SitDown, clock: HandClock, state: PrinterState
) -> None:
    port = scenes.idle(clock)
    port.printer_state = state
    clerk = sit_down(port)
    said = banner(clerk)

    port.printer_state = PrinterState.READY
    clerk.window.acts.read()
    clerk.settle()

    assert said and banner(clerk) == ""
