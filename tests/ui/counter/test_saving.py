"""The paper of a file as PDF, by keyboard alone: at once, in another place, of a number that was found."""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from mppdesk.domain.errors import Refused
from mppdesk.texts import msg
from mppdesk.ui.shared.shortcuts import Act
from tests.ui.counter import scenes
from tests.ui.counter.conftest import Clerk
from tests.ui.counter.fake_folders import DOCUMENTS, STICK
from tests.ui.counter.scenes import HandClock

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
SitDown = Callable[..., Clerk]
RECEIPT = "tanda-terima-A-019-2026-11-23.pdf"


def banner(clerk: Clerk) -> str:
    shown = clerk.window.banners.current()
    return f"{shown.what_happened} {shown.what_to_do}" if shown else ""


def shown(folder: Path) -> str:
    """As the banner writes it, where it may break a line."""
    return str(folder).replace(os.sep, f"{os.sep}\u200b")


def test_a_deep_folder_leaves_the_window_as_wide_as_it_is(sit_down: SitDown, clock: HandClock) -> None:
    clerk = accepted(sit_down(scenes.complete(clock)))
    clerk.port.folders.usual = Path(*["bagian pelayanan perizinan terpadu".replace(" ", "-")] * 6)
    clerk.press(K.Key_S, holding=CTRL)
    assert clerk.window.minimumSizeHint().width() <= 1280 and clerk.window.width() == 1366


def accepted(clerk: Clerk) -> Clerk:
    """A-019 handed in everything."""
    clerk.press(K.Key_F9, K.Key_Return)
    return clerk


def test_what_was_decided_just_now_is_saved_with_one_key(sit_down: SitDown, clock: HandClock) -> None:
    clerk = accepted(sit_down(scenes.complete(clock)))
    clerk.press(K.Key_S, holding=CTRL)
    assert banner(clerk) == (f"PDF A-019 tersimpan, SALINAN 1. {RECEIPT} di {shown(DOCUMENTS)}.")
    assert clerk.port.asked[-1] == "save_paper submission-visit-019"


def test_the_next_person_may_be_at_the_desk_already(sit_down: SitDown, clock: HandClock) -> None:
    clerk = accepted(sit_down(scenes.complete(clock)))
    clerk.press(K.Key_F2)
    clerk.press(K.Key_S, holding=CTRL)
    assert banner(clerk).startswith("PDF A-019 tersimpan")
    assert clerk.port.here is not None


def test_what_is_only_a_preview_is_not_saved_and_no_other_paper_for_it(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.complete(clock))
    clerk.press(K.Key_F9)
    clerk.press(K.Key_S, holding=CTRL)
    assert banner(clerk) == "A-019 belum diputuskan, jadi belum ada PDF-nya. Tekan Enter dahulu, lalu Ctrl+S."
    clerk.press(K.Key_S, holding=CTRL | SHIFT)
    assert clerk.port.folders.saved == [] and clerk.window.asking.open_panel() is None


def test_before_the_first_decision_the_way_to_a_paper_is_said(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.idle(clock))
    clerk.press(K.Key_S, holding=CTRL)
    assert banner(clerk).startswith("Belum ada berkas yang diputuskan di loket ini. Cari nomornya (Ctrl+F)")


def test_another_place_is_chosen_by_its_digit_and_kept(sit_down: SitDown, clock: HandClock) -> None:
    clerk = accepted(sit_down(scenes.complete(clock)))
    clerk.press(K.Key_S, holding=CTRL | SHIFT)
    choices = clerk.window.asking.choices
    assert choices.words() == ["Dokumen di komputer ini", "STIK DEWI (E:)", "Folder lain..."]
    clerk.press(K.Key_2)
    assert f"{RECEIPT} di {STICK}." in banner(clerk)
    clerk.press(K.Key_S, holding=CTRL)
    assert [each.file.parent for each in clerk.port.folders.saved] == [STICK, STICK]


def test_the_banner_leads_to_another_place(sit_down: SitDown, clock: HandClock) -> None:
    clerk = accepted(sit_down(scenes.complete(clock)))
    clerk.press(K.Key_S, holding=CTRL)
    clerk.press(K.Key_2, holding=ALT)
    clerk.press(K.Key_2)
    assert [each.file.parent for each in clerk.port.folders.saved] == [DOCUMENTS, STICK]


def test_any_folder_may_be_chosen_in_the_dialog_of_the_system(
    sit_down: SitDown, clock: HandClock, qtbot: QtBot, tmp_path: Path
) -> None:
    clerk = accepted(sit_down(scenes.complete(clock)))
    clerk.press(K.Key_S, holding=CTRL | SHIFT)
    clerk.press(K.Key_3)
    dialog = clerk.window.findChild(QFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(dialog.destroyed):
        dialog.fileSelected.emit(str(tmp_path))
        dialog.reject()
    clerk.settle()
    assert clerk.port.folders.usual == tmp_path


def test_a_number_that_was_found_is_saved_from_the_finder(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.returned(clock))
    clerk.press(K.Key_F, holding=CTRL)
    clerk.type("A-009")
    clerk.press(K.Key_Return)
    clerk.settle()
    panel = clerk.window.asking.finding.panel
    assert not panel.isHidden()
    clerk.press(K.Key_S, holding=CTRL)
    assert panel.isHidden()
    assert banner(clerk).startswith("PDF A-009 tersimpan, SALINAN 1. daftar-kekurangan-A-009")


def test_a_number_without_a_paper_offers_none(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.returned(clock))
    clerk.window.asking.finding.seek("A-021")
    clerk.settle()
    clerk.press(K.Key_S, holding=CTRL)
    assert clerk.port.folders.saved == [] and not clerk.window.asking.finding.panel.isHidden()


def test_a_full_stick_is_named_and_the_next_stroke_may_try_again(sit_down: SitDown, clock: HandClock) -> None:
    clerk = accepted(sit_down(scenes.complete(clock)))
    folders = clerk.port.folders
    folders.trouble = Refused(msg("E: penuh. PDF belum tersimpan; berkasnya aman."), msg("Pilih tempat lain."))
    clerk.press(K.Key_S, holding=CTRL)
    assert banner(clerk) == "E: penuh. PDF belum tersimpan; berkasnya aman. Pilih tempat lain."
    folders.trouble = None
    clerk.press(K.Key_S, holding=CTRL)
    assert len(folders.saved) == 1


def test_a_slow_stick_keeps_nobody_waiting_and_a_second_stroke_saves_no_second_copy(
    sit_down: SitDown, clock: HandClock, qtbot: QtBot
) -> None:
    clerk = accepted(sit_down(scenes.complete(clock)))
    is_quick = clerk.port.folders.is_quick
    is_quick.clear()
    QTest.keyClick(clerk.window, K.Key_S, CTRL)
    qtbot.waitUntil(lambda: banner(clerk) == "Menyimpan PDF... Silakan teruskan.")
    QTest.keyClick(clerk.window, K.Key_F2)
    qtbot.waitUntil(lambda: clerk.port.here is not None)
    clerk.clock.forward(1)
    QTest.keyClick(clerk.window, K.Key_S, CTRL)
    is_quick.set()
    clerk.settle()
    assert len(clerk.port.folders.saved) == 1


def test_the_key_is_told_where_printing_again_stands(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.idle(clock))
    assert clerk.window.keys.button(Act.REPRINT).note == "Ctrl+S: PDF"
