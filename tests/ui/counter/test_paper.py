"""What the counter says and asks about paper: as states without a window, and answered by keyboard alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from mppdesk.domain.print_job import JobState, PrinterState, PrintJob
from mppdesk.domain.slip import SlipKind
from mppdesk.operations.readings import PrinterStatus
from mppdesk.ui.counter.paper_state import (
    OFFERED_AFTER_S,
    PaperNotice,
    Reply,
    RollWatch,
    expired_sentence,
    paper_notice,
)
from mppdesk.ui.shared.printer_words import printer_chip, roll_words
from tests.fakes.memory_print_jobs import print_job
from tests.ui.counter import scenes
from tests.ui.counter.conftest import Clerk
from tests.ui.counter.scenes import MORNING, HandClock

K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
SitDown = Callable[..., Clerk]
NO_ROLL = RollWatch()
READY = PrinterStatus("printer", PrinterState.READY, round(MORNING.timestamp() * 1000))


def doubtful(label: str, kind: SlipKind = SlipKind.TICKET, printer: str = "printer", copy: int = 0) -> PrintJob:
    job = print_job(label, printer=printer, kind=kind, state=JobState.UNCONFIRMED, created_ms=READY.since_ms)
    return replace(job, copy_number=copy)


def expired(label: str, after_min: int = 31) -> PrintJob:
    """A ticket that was given up so many minutes after it was made."""
    job = replace(doubtful(label), state=JobState.EXPIRED)
    return replace(job, changed_ms=job.created_ms + after_min * 60_000)


def sentence(notice: PaperNotice | None) -> str:
    return f"{notice.what_happened} {notice.what_to_do}" if notice else ""


def said(status: PrinterStatus, after_s: float = 0, roll: RollWatch = NO_ROLL) -> PaperNotice | None:
    return paper_notice(status, roll, MORNING + timedelta(seconds=after_s))


def test_nobody_is_asked_about_a_roll_after_a_printer_of_sheets_ran_out_of_paper() -> None:
    sheets = replace(READY, is_a5=True)
    out = NO_ROLL.seen(replace(sheets, state=PrinterState.PAPER_OUT))
    assert not out.seen(sheets).asks
    assert NO_ROLL.seen(replace(READY, state=PrinterState.PAPER_OUT)).seen(READY).asks


# --- in words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        (SlipKind.TICKET, "Apakah karcis B-023 keluar?"),
        (SlipKind.RECEIPT, "Apakah tanda terima B-023 keluar?"),
        (SlipKind.LACKING, "Apakah daftar kekurangan B-023 keluar?"),
        (SlipKind.REQUIREMENTS, "Apakah daftar syarat B-023 keluar?"),
        (SlipKind.TEST, "Apakah lembar B-023 keluar?"),
    ],
)
def test_a_sheet_that_nobody_is_sure_of_is_asked_about_by_its_name(kind: SlipKind, question: str) -> None:
    notice = said(replace(READY, unconfirmed=(doubtful("B-023", kind),)))
    assert notice is not None and str(notice.what_happened) == question
    assert [(str(each.label), each.about) for each in notice.buttons] == [
        ("Ya, keluar", "B-023"), ("Cetak ulang", "B-023"),
    ]  # fmt: skip
    assert notice.note is None


def test_several_are_asked_about_one_after_another() -> None:
    jobs = (doubtful("B-023"), doubtful("B-024"), doubtful("A-019", SlipKind.RECEIPT))
    notice = said(replace(READY, unconfirmed=jobs))
    assert notice is not None
    assert (str(notice.what_happened), str(notice.note)) == ("Apakah karcis B-023 keluar?", "1 dari 3")
    assert str(printer_chip(replace(READY, unconfirmed=jobs)).word) == "3 cetakan belum pasti"


def test_where_to_look_is_said_for_a_copy_and_for_another_printer() -> None:
    copy, kiosk = doubtful("B-023", copy=2), doubtful("B-024", printer="Kiosk 1")
    assert "SALINAN 2" in sentence(said(replace(READY, unconfirmed=(copy,))))
    assert "Lihat di Kiosk 1" in sentence(said(replace(READY, unconfirmed=(kiosk,))))


def test_while_the_printer_is_stopped_its_trouble_is_said_first() -> None:
    status = replace(READY, state=PrinterState.COVER_OPEN, unconfirmed=(doubtful("B-023"),))
    assert sentence(said(status)).startswith("Printer berhenti: tutup terbuka.")
    assert sentence(said(replace(status, state=PrinterState.READY))).startswith("Apakah karcis B-023")


def test_paper_out_names_what_is_stored() -> None:
    waiting = print_job("A-019", kind=SlipKind.RECEIPT, state=JobState.BLOCKED)
    status = replace(READY, state=PrinterState.PAPER_OUT, open_jobs=1, first_waiting=waiting)
    assert sentence(said(status)) == (
        "Kertas habis. Tanda terima A-019 sudah tersimpan. Ganti kertas; cetakan berlanjut sendiri."
    )


@pytest.mark.parametrize("state", [state for state in PrinterState if state.blocks])
def test_another_printer_is_offered_only_when_mending_takes_long_and_something_waits(state: PrinterState) -> None:
    stopped = replace(READY, state=state, open_jobs=2, instead="Loket 3")
    late = said(stopped, OFFERED_AFTER_S)
    assert late is not None and [(str(each.label), each.about) for each in late.buttons] == [
        ("Cetak di Loket 3", "Loket 3")
    ]
    assert "Cetakan dapat dikirim ke Loket 3." in sentence(late)
    for status, after_s in (
        (stopped, OFFERED_AFTER_S - 1),
        (replace(stopped, instead=None), OFFERED_AFTER_S),
        (replace(stopped, open_jobs=0), OFFERED_AFTER_S),
    ):
        notice = said(status, after_s)
        assert notice is not None and notice.buttons == ()


def test_a_sheet_that_the_trouble_cut_short_waits_for_another_printer_too() -> None:
    cut = replace(doubtful("B-023"), cause=PrinterState.PAPER_OUT)
    status = replace(READY, state=PrinterState.PAPER_OUT, unconfirmed=(cut,), instead="Loket 3")
    notice = said(status, OFFERED_AFTER_S)
    assert notice is not None and [each.reply for each in notice.buttons] == [Reply.PRINT_ELSEWHERE]


def test_tickets_that_got_too_old_are_told_with_their_times() -> None:
    old = tuple(expired(f"B-{n:03}") for n in range(1, 9))
    assert sentence(said(replace(READY, expired=old[:3]))) == (
        "3 karcis lama tidak dicetak karena sudah lewat 30 menit."
    )
    told = str(expired_sentence(old, MORNING))
    assert told.startswith("B-001 pukul 09.42, B-002 pukul 09.42,") and "dan 2 lagi" in told
    assert str(expired_sentence(old[:1], MORNING)) == "B-001 pukul 09.42. Nomornya tetap berlaku."


def test_tickets_whose_numbers_were_called_meanwhile_say_so() -> None:
    called = expired("B-009", after_min=5)
    assert sentence(said(replace(READY, expired=(called,)))).endswith("karena nomornya sudah dipanggil.")
    both = sentence(said(replace(READY, expired=(called, expired("B-001")))))
    assert both.endswith("karena nomornya sudah dipanggil atau sudah lewat 30 menit.")


def test_the_kiosks_printer_is_told_to_the_counter_of_the_same_pc() -> None:
    kiosk = replace(READY, name="Kiosk 1", state=PrinterState.PAPER_OUT, open_jobs=2)
    assert sentence(said(replace(READY, elsewhere=kiosk))) == (
        "Kiosk 1: Kertas habis. 2 cetakan sudah tersimpan. Ganti kertas; cetakan berlanjut sendiri."
    )


def test_after_new_paper_the_roll_is_asked_about_once() -> None:
    out = replace(READY, state=PrinterState.PAPER_OUT)
    open_lid = replace(READY, state=PrinterState.COVER_OPEN)
    roll = NO_ROLL.seen(READY).seen(open_lid).seen(READY)
    assert not roll.asks, "a lid that was opened is no new roll"
    roll = roll.seen(out).seen(open_lid).seen(None)
    assert not roll.asks
    roll = roll.seen(READY)
    assert roll.asks and roll.seen(READY).asks
    assert not roll.answered().seen(READY).asks


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (None, "Sisa kertas belum diketahui"),
        (0, "Kertas cukup untuk beberapa karcis lagi"),
        (68, "Kertas cukup untuk sekitar 60 karcis lagi"),
    ],
)
def test_how_long_the_roll_lasts_is_rounded_down(left: int | None, words: str) -> None:
    assert str(roll_words(left)) == words


# --- by keyboard alone ---------------------------------------------------------------------------------------------


def banner(clerk: Clerk) -> str:
    shown = clerk.window.banners.current()
    return f"{shown.what_happened} {shown.what_to_do}" if shown else ""


def heard(clerk: Clerk, status: PrinterStatus) -> None:
    """The printer says something new, and the program tells the window."""
    clerk.port.paper, clerk.port.printer_state = status, status.state
    clerk.window.acts.read()
    clerk.settle()


def test_doubts_are_answered_one_after_another_and_the_hand_stays_at_the_papers(
    sit_down: SitDown, clock: HandClock
) -> None:
    port = scenes.serving(clock)
    port.paper = replace(READY, unconfirmed=(doubtful("B-023"), doubtful("A-018", SlipKind.RECEIPT)))
    clerk = sit_down(port, takes_focus=False)
    hand = clerk.window.focusWidget()
    assert banner(clerk).startswith("Apakah karcis B-023 keluar?")

    clerk.press(K.Key_1, holding=ALT)
    assert banner(clerk).startswith("Apakah tanda terima A-018 keluar?")
    clerk.press(K.Key_2, holding=ALT)
    assert banner(clerk).startswith("Tanda terima A-018 dicetak ulang sebagai SALINAN 1.")

    assert port.asked[-2:] == ["slip_came_out B-023", "reprint_slip A-018"]
    assert clerk.window.focusWidget() is hand


def test_the_buttons_are_reached_by_tab_and_say_what_they_do(sit_down: SitDown, clock: HandClock) -> None:
    port = scenes.idle(clock)
    port.paper = replace(READY, unconfirmed=(doubtful("B-023"),))
    clerk = sit_down(port)
    named = {button.accessibleName(): button for button in clerk.window.findChildren(QPushButton)}
    yes = named["Ya, keluar (Alt+1)"]
    for _ in range(60):
        if clerk.window.focusWidget() is yes:
            break
        clerk.press(K.Key_Tab)
    assert clerk.window.focusWidget() is yes
    clerk.press(K.Key_Space)
    assert port.asked[-1] == "slip_came_out B-023"
    assert banner(clerk) == ""


def test_a_panel_over_the_window_keeps_the_answers_from_being_pressed_unseen(
    sit_down: SitDown, clock: HandClock
) -> None:
    port = scenes.idle(clock)
    port.paper = replace(READY, unconfirmed=(doubtful("B-023"),))
    clerk = sit_down(port)
    clerk.press(K.Key_F12)
    clerk.press(K.Key_2, holding=ALT)
    assert "reprint_slip B-023" not in port.asked


def test_with_consent_what_waits_is_printed_elsewhere_never_by_itself(sit_down: SitDown, clock: HandClock) -> None:
    port = scenes.idle(clock)
    clerk = sit_down(port)
    gone = replace(READY, state=PrinterState.UNREACHABLE, open_jobs=2, instead="Loket 3")
    heard(clerk, gone)
    assert "Loket 3" not in banner(clerk)
    clock.forward(OFFERED_AFTER_S)
    clerk.window.refresh()
    assert banner(clerk).endswith("Cetakan dapat dikirim ke Loket 3.")
    assert not [each for each in port.asked if each.startswith("print_elsewhere")]

    clerk.press(K.Key_1, holding=ALT)
    assert port.asked[-1] == "print_elsewhere Loket 3"
    assert "Loket 3" not in banner(clerk)
    heard(clerk, READY)
    assert banner(clerk).startswith("2 cetakan dikirim ke Loket 3.")


@pytest.mark.parametrize(("digit", "asked"), [(K.Key_1, "let_expired_go B-001"), (K.Key_2, "print_expired B-001")])
def test_old_tickets_are_looked_at_and_let_go_or_printed(
    sit_down: SitDown, clock: HandClock, digit: Qt.Key, asked: str
) -> None:
    port = scenes.idle(clock)
    port.paper = replace(READY, expired=(expired("B-001"),))
    clerk = sit_down(port)
    clerk.press(K.Key_1, holding=ALT)
    assert clerk.window.asking.choices.title == "1 karcis lama tidak dicetak"
    clerk.press(digit)
    assert port.asked[-1] == asked
    assert "karcis lama tidak" not in banner(clerk)


def test_new_paper_asks_once_whether_the_roll_is_new(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.idle(clock))
    for answer, told in ((K.Key_2, []), (K.Key_1, ["roll_changed"])):
        before = len(clerk.port.asked)
        heard(clerk, replace(READY, state=PrinterState.PAPER_OUT))
        heard(clerk, READY)
        assert banner(clerk).startswith("Kertas sudah ada lagi. Gulungan baru?")
        clerk.press(answer, holding=ALT)
        assert clerk.port.asked[before:] == told
        clerk.window.refresh()
        assert "Gulungan baru?" not in banner(clerk)


def test_a_new_roll_is_told_by_f12_which_says_how_long_the_old_one_lasts(sit_down: SitDown, clock: HandClock) -> None:
    port = scenes.idle(clock)
    port.paper = replace(READY, slips_left=64)
    clerk = sit_down(port)
    clerk.press(K.Key_F12)
    offered = clerk.window.asking.choices.findChildren(QPushButton)
    (choice,) = (each for each in offered if each.accessibleName().endswith("(6)"))
    assert choice.accessibleName() == "Gulungan kertas baru dipasang (6)"
    assert choice.accessibleDescription() == "Kertas cukup untuk sekitar 60 karcis lagi"
    clerk.press(K.Key_6)
    assert port.asked[-1] == "roll_changed"


def test_every_trouble_of_the_printer_is_said_when_the_program_tells_it_and_ends_by_itself(
    sit_down: SitDown, clock: HandClock
) -> None:
    clerk = sit_down(scenes.idle(clock))
    for state in (PrinterState.COVER_OPEN, PrinterState.CUTTER_JAM, PrinterState.OFFLINE, PrinterState.UNREACHABLE):
        heard(clerk, replace(READY, state=state))
        assert banner(clerk), state
        heard(clerk, READY)
        assert banner(clerk) == "", state
