"""What the counter window decides to show, without a window."""

from dataclasses import replace
from datetime import date

import pytest

from mppdesk.domain.office_day import CounterState
from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.submission import CheckState, LackReason
from mppdesk.operations.submissions import Check
from mppdesk.ui.counter.checklist_state import Mark
from mppdesk.ui.counter.queue_state import Tab
from mppdesk.ui.counter.stage import Outcome, Stage
from mppdesk.ui.counter.view_state import CounterView, Local, decide
from mppdesk.ui.shared.shortcuts import Act
from tests.ui.counter import scenes
from tests.ui.counter.fake_port import FakePort
from tests.ui.counter.scenes import HandClock

USUAL = Local()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def shown(port: FakePort, clock: HandClock, local: Local = USUAL) -> CounterView:
    return decide(port.screen(), local, port.printer(), clock.now())


def usable(view: CounterView) -> set[Act]:
    return {act for act, key in view.keys.items() if key.is_usable}


def filled(view: CounterView) -> list[Act]:
    return [act for act, key in view.keys.items() if key.is_filled]


def test_at_an_empty_desk_the_next_person_is_one_key_away(clock: HandClock) -> None:
    view = shown(scenes.idle(clock), clock)

    assert view.stage is Stage.IDLE
    assert view.idle is not None and view.idle.next_up is not None
    assert view.idle.next_up.number == "A-019"
    assert str(view.idle.next_up.wait) == "Menunggu 22 menit"
    assert str(view.idle.next_up.papers) == "11 baris persyaratan"
    assert str(view.idle.next_up.why) == "Paling lama menunggu. Sesudahnya giliran prioritas: A-024."
    assert usable(view) == {Act.CALL_NEXT, Act.REPRINT, Act.PAUSE_OR_CLOSE}
    assert filled(view) == [Act.CALL_NEXT]


def test_nobody_waiting_is_said_calmly_with_the_time_of_the_last_call(clock: HandClock) -> None:
    port = FakePort(clock.now)
    port.last_call_ms = round(scenes.MORNING.timestamp() * 1000)
    view = shown(port, clock)

    assert view.idle is not None
    assert str(view.idle.calm) == "Tidak ada yang menunggu."
    assert str(view.idle.calm_more) == "Panggilan terakhir pukul 09.42. Nomor baru muncul di daftar kiri."
    assert str(view.queue.empty) == "Tidak ada yang menunggu. Nomor baru muncul di sini."
    assert filled(view) == []


def test_the_lists_keep_the_hubs_order_and_say_how_many(clock: HandClock) -> None:
    view = shown(scenes.idle(clock), clock)

    assert [row.number for row in view.queue.rows][:3] == ["A-019", "A-024", "A-021"]
    assert [str(word) for word in view.queue.tabs.values()] == ["Menunggu 8", "Ditunda 1", "Tidak hadir 2"]
    assert [row.is_next for row in view.queue.rows][:2] == [True, False]
    assert str(view.queue.rows[1].spoken) == "A-024, prioritas, Aktivasi IKD, 9 menit"


def test_who_was_put_aside_is_listed_with_the_reason(clock: HandClock) -> None:
    view = shown(scenes.idle(clock), clock, Local(tab=Tab.ON_HOLD))

    assert [(row.number, row.note, str(row.wait)) for row in view.queue.rows] == [("A-016", "Memfotokopi STR", "6 mnt")]
    assert view.idle is not None and view.idle.held is not None
    assert (view.idle.held.number, str(view.idle.held.note)) == ("A-016", "Memfotokopi STR · 6 mnt")


def test_a_called_number_waits_ten_seconds_before_it_may_be_called_again(clock: HandClock) -> None:
    port = scenes.idle(clock)
    port.call_next()
    clock.forward(3)
    early = shown(port, clock)
    clock.forward(7)
    later = shown(port, clock)

    assert early.called is not None
    assert str(early.called.state) == "Dipanggil ke Loket 2 · panggilan 1 dari 3 · 00:03"
    assert Act.RECALL not in usable(early) and str(early.keys[Act.RECALL].note) == "7 dtk lagi"
    assert usable(later) == {
        Act.RECALL, Act.NO_SHOW, Act.START, Act.HOLD, Act.TRANSFER, Act.REPRINT, Act.DONE, Act.PAUSE_OR_CLOSE,
    }  # fmt: skip
    assert filled(later) == [Act.START]


def test_after_the_last_call_not_coming_is_the_next_act(clock: HandClock) -> None:
    port = scenes.called(clock)
    for _ in range(2):
        port.recall("visit-019")
        clock.forward(11)
    view = shown(port, clock)

    assert view.called is not None and view.called.is_last_call
    assert filled(view) == [Act.NO_SHOW]
    assert Act.RECALL not in usable(view)


def test_while_serving_the_clock_of_the_standard_runs(clock: HandClock) -> None:
    port = scenes.serving(clock)
    in_time = shown(port, clock)
    clock.forward(8 * 60)
    late = shown(port, clock)

    assert in_time.person is not None and late.person is not None
    assert (in_time.person.timer, str(in_time.person.target)) == ("04:06", "target 12 menit")
    assert (late.person.timer, str(late.person.target)) == ("12:06", "lewat target")
    assert not in_time.person.is_over_target and late.person.is_over_target
    assert str(in_time.person.wait) == "menunggu 22 mnt"


def test_rows_left_are_counted_on_the_key_and_nothing_is_filled(clock: HandClock) -> None:
    view = shown(scenes.serving(clock), clock)

    assert view.outcome_now is Outcome.UNDECIDED
    assert (str(view.keys[Act.DONE].label), str(view.keys[Act.DONE].note)) == ("Selesai", "2 baris lagi")
    assert filled(view) == []


def test_a_row_a_rule_warns_about_says_why_and_stays_the_clerks_to_decide(clock: HandClock) -> None:
    view = shown(scenes.serving(clock), clock, Local(row=5))

    row, card = view.rows[5], view.row_card
    assert row.mark is Mark.CHECK_THIS
    assert str(row.second) == "Terbit 12-08-2026, batas 3 bulan: lewat 11 hari"
    assert card is not None and card.warns
    assert str(card.title) == "Baris 6: lewat 11 hari"
    assert str(card.sentence).endswith("Ini peringatan; petugas yang memutuskan.")
    assert (str(card.date_label), card.paper_date) == ("Tanggal terbit", date(2026, 8, 12))
    assert str(row.spoken) == (
        "Baris 6, Surat keterangan sehat, periksa, Terbit 12-08-2026, batas 3 bulan: lewat 11 hari, 1 asli, disimpan"
    )


def test_a_row_without_a_rule_has_no_card_until_details_are_asked_for(clock: HandClock) -> None:
    port = scenes.serving(clock)
    quiet = shown(port, clock, Local(row=3))
    opened = shown(port, clock, Local(row=3, is_details_open=True))

    assert quiet.row_card is None
    assert opened.row_card is not None
    assert str(opened.row_card.originals_label) == "Asli, perlu 1"
    assert str(opened.row_card.copies_label) == "Salinan, perlu 1"


def test_what_lacks_turns_the_key_and_sends_every_paper_back(clock: HandClock) -> None:
    view = shown(scenes.incomplete(clock), clock)

    assert view.outcome_now is Outcome.HAND_BACK
    assert (str(view.keys[Act.DONE].label), str(view.keys[Act.DONE].note)) == ("Kembalikan", "2 kekurangan")
    assert view.person is not None and str(view.person.lacking) == "Belum lengkap: 2 dari 8"
    assert str(view.rows[5].second) == "Kedaluwarsa: terbit 12-08-2026, batas 3 bulan"
    assert (str(view.rows[6].second), str(view.rows[6].count)) == ("Kurang jumlah: 2 dari 3 lembar", "2 dari 3")
    assert {str(row.handling) for row in view.rows if row.handling} == {"dikembalikan"}


def test_a_complete_file_is_accepted_by_the_same_key(clock: HandClock) -> None:
    view = shown(scenes.complete(clock), clock)

    assert view.outcome_now is Outcome.REGISTER
    assert str(view.keys[Act.DONE].label) == "Terima berkas"
    assert filled(view) == [Act.DONE]


def test_papers_only_looked_at_leave_no_receipt(clock: HandClock) -> None:
    port = FakePort(clock.now, (scenes.person(30, "DPMPTSP-02", 3),))
    port.call_next()
    port.start("visit-030")
    codes = [requirement.requirement.code for requirement in port.screen().current.checklist.rows]  # type: ignore[union-attr]
    pending = {code: Check(code, CheckState.FULFILLED) for code in codes}

    assert shown(port, clock, Local(pending=pending)).outcome_now is Outcome.FINISH


def test_the_newest_keys_are_shown_before_the_store_has_answered(clock: HandClock) -> None:
    port = scenes.serving(clock)
    code = "DPMPTSP-07-R07"
    view = shown(port, clock, Local(pending={code: Check(code, CheckState.LACKING, LackReason.MISSING)}))

    assert (view.rows[6].mark, str(view.rows[6].second)) == (Mark.LACKING, "Tidak ada")
    assert str(view.keys[Act.DONE].note) == "1 baris lagi"


def test_the_open_outcome_panel_has_the_one_filled_button(clock: HandClock) -> None:
    port = scenes.incomplete(clock)
    ticket = port.screen().current
    assert ticket is not None
    view = shown(port, clock, Local(preview=port.preview_lacking(ticket)))

    assert view.outcome is not None
    assert str(view.outcome.title) == "Kembalikan berkas"
    assert str(view.outcome.button) == "Cetak dan kembalikan"
    assert str(view.outcome.printer_line) == "1 lembar · printer Loket 2 siap"
    assert filled(view) == []


def test_sheets_of_a5_are_promised_where_they_come_out(clock: HandClock) -> None:
    port = scenes.complete(clock)
    ticket = port.screen().current
    assert ticket is not None
    port.paper = replace(port.paper, is_a5=True)
    view = shown(port, clock, Local(preview=port.preview_receipt(ticket)))

    assert view.outcome is not None
    assert str(view.outcome.printer_line) == "A5, 2 lembar, isi seperti di atas · printer Loket 2 siap"


def test_paper_out_never_stops_the_clerk(clock: HandClock) -> None:
    port = scenes.complete(clock)
    ticket = port.screen().current
    assert ticket is not None
    port.printer_state = PrinterState.PAPER_OUT
    view = shown(port, clock, Local(preview=port.preview_receipt(ticket)))

    assert view.outcome is not None
    assert str(view.outcome.button) == "Cetak dan terima"
    assert str(view.outcome.printer_line) == "2 lembar · kertas habis, tercetak sesudah diganti"


@pytest.mark.parametrize(
    ("state", "stage", "words"),
    [
        (CounterState.CLOSED, Stage.CLOSED, "Loket 2 tutup."),
        (CounterState.ON_BREAK, Stage.ON_BREAK, "Loket 2 sedang istirahat."),
    ],
)
def test_a_counter_that_does_not_serve_says_how_to_begin(
    clock: HandClock, state: CounterState, stage: Stage, words: str
) -> None:
    port = scenes.idle(clock)
    screen = replace(port.screen(), state=state, break_until="13.00" if state is CounterState.ON_BREAK else None)
    view = decide(screen, USUAL, None, clock.now())

    assert view.stage is stage
    assert view.idle is not None and str(view.idle.calm) == words
    assert Act.CALL_NEXT not in usable(view) and filled(view) == []
