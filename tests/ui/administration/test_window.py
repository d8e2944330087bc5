"""The administration window, worked by keyboard alone, as somebody who leads does before the doors open."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mppdesk.domain.errors import StorageTrouble
from mppdesk.domain.invitation import Invitation
from mppdesk.domain.station import StationRole
from mppdesk.texts import msg
from mppdesk.ui.administration.view_state import Page
from mppdesk.ui.administration.window import AdministrationWindow
from mppdesk.ui.administration.wrong_date import CORRECT, LEAVE, OUTSIDE
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.clipping import clipped_texts
from mppdesk.ui.shared.dialogs import Question
from mppdesk.ui.shared.tasks import Tasks
from mppdesk.ui.shared.theme import DARK, LIGHT, Theme, apply_theme
from tests.ui.administration.fake_port import (
    ADDRESS,
    AHEAD,
    BUILDING,
    NOW,
    OF_STATION,
    ONE_PC,
    STATION,
    TROUBLED,
    FakeBuilding,
)

Open = Callable[[FakeBuilding], AdministrationWindow]


class Clock:
    """Shown time, moved by the test."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(qtbot: QtBot, clock: Clock) -> Open:
    def make(port: FakeBuilding) -> AdministrationWindow:
        window = AdministrationWindow(port, Tasks.inline(), clock, "Ratna A.", Changes())
        qtbot.addWidget(window)
        window.resize(1366, 697)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.waitUntil(lambda: window.building.state.screen is not None)
        return window

    return make


def press(window: AdministrationWindow, key: Qt.Key, control: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(window.focusWidget() or window, key, modifier)


def question_of(window: AdministrationWindow) -> Question:
    return next(each for each in window.findChildren(Question) if each.isVisible())


def test_f9_makes_a_building_of_one_pc(opened: Open) -> None:
    port = FakeBuilding(ONE_PC)
    window = opened(port)
    assert not window.building.invite.isVisible()

    press(window, Qt.Key.Key_F9)

    assert port.did == [("make_building", ADDRESS)]
    assert window.building.hub.accessibleName().startswith("Komputer ini hub gedung.")
    assert window.building.invite.isVisible()


def test_an_address_that_cannot_be_used_leaves_one_pc_with_the_reason(opened: Open) -> None:
    port = FakeBuilding(ONE_PC)
    port.refusal = StorageTrouble(msg("Alamat ini tidak dapat dipakai."), msg("Pilih alamat lain."))
    window = opened(port)

    press(window, Qt.Key.Key_F9)

    assert window.building.hub.sentence.words == "Alamat ini tidak dapat dipakai. Pilih alamat lain."
    assert window.building.hub.begin_button.isEnabled()


def test_a_code_is_made_shown_and_gives_way_to_who_came(opened: Open, qtbot: QtBot) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = window.building

    press(window, Qt.Key.Key_F9)

    assert port.did == [("invite", "counter", "Loket 3", "")]
    assert page.invited.code.text() == "226 918"
    assert Invitation.read(page.invited.qr.token).code == "226918"
    assert page.invited.left.text() == "Berlaku sekali, 15.00 menit lagi"
    QTest.keyClick(page.invited.copy_button, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == page.invited.qr.token
    port.join("Loket 3")
    press(window, Qt.Key.Key_F5)
    assert not page.invited.code.isVisible()
    assert page.invited.come.words == "Loket 3 sudah bergabung pukul 10.04."
    assert page.invite.label.text() == "Loket 4"


def test_the_code_counts_down_by_itself_and_ends(opened: Open, qtbot: QtBot, clock: Clock) -> None:
    window = opened(FakeBuilding())
    press(window, Qt.Key.Key_F9)

    clock.at = NOW + timedelta(minutes=14, seconds=30)
    qtbot.waitUntil(lambda: window.building.invited.left.text() == "Berlaku sekali, 0.30 menit lagi")
    clock.at = NOW + timedelta(minutes=15)
    qtbot.waitUntil(lambda: window.building.invited.left.text() == "Kode ini sudah lewat waktu. Buat kode baru.")
    assert not window.building.invited.qr.isVisible()


def test_role_name_and_agency_are_chosen_by_keys(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    form = window.building.invite
    form.role.setFocus()
    QTest.keyClick(form.role, Qt.Key.Key_Down)
    assert form.label.text() == "Kiosk 2"
    QTest.keyClick(form.role, Qt.Key.Key_Tab)
    form.label.selectAll()
    QTest.keyClicks(form.label, "Kiosk lobi")
    QTest.keyClick(form.label, Qt.Key.Key_Tab)
    QTest.keyClick(form.agency, Qt.Key.Key_Down)

    press(window, Qt.Key.Key_F9)

    assert port.did == [("invite", "kiosk", "Kiosk lobi", "DPMPTSP")]


def test_a_name_of_nothing_makes_no_code(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    form = window.building.invite
    form.label.setFocus()
    form.label.selectAll()
    QTest.keyClick(form.label, Qt.Key.Key_Delete)

    press(window, Qt.Key.Key_F9)

    assert port.did == []
    assert not form.button.isEnabled()


def test_revoking_asks_and_enter_alone_revokes_nothing(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    page = window.building
    page.stations.table.setFocus()
    QTest.keyClick(page.stations.table, Qt.Key.Key_Down)
    assert page.stations.revoke_button.text() == "Cabut Loket 1"

    QTest.keyClick(page.stations.revoke_button, Qt.Key.Key_Space)
    QTest.keyClick(question_of(window), Qt.Key.Key_Return)
    assert port.did == []
    QTest.keyClick(page.stations.revoke_button, Qt.Key.Key_Space)
    QTest.keyClick(question_of(window).button("revoke"), Qt.Key.Key_Space)

    assert port.did == [("revoke", "loket 1")]


def test_what_a_revoked_station_recorded_can_be_taken(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    window.building.stations.table.choose("loket 9")

    QTest.keyClick(window.building.stations.admit_button, Qt.Key.Key_Space)
    QTest.keyClick(question_of(window).button("admit"), Qt.Key.Key_Space)

    assert port.did == [("admit", "loket 9")]
    assert not window.building.stations.revoke_button.isEnabled()


def test_the_hub_itself_cannot_be_revoked(opened: Open) -> None:
    window = opened(FakeBuilding())
    window.building.stations.table.choose("hub")
    assert not window.building.stations.revoke_button.isEnabled()


def test_ending_the_hub_says_how_many_are_cut_off(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)

    QTest.keyClick(window.building.hub.end_button, Qt.Key.Key_Space)
    question = question_of(window)
    assert question.accessibleDescription().startswith("4 komputer terputus")
    QTest.keyClick(question.button("end"), Qt.Key.Key_Space)

    assert port.did == [("end_building",)]
    assert window.building.hub.accessibleName().startswith("Satu komputer.")


def test_a_station_only_shows(opened: Open) -> None:
    port = FakeBuilding(STATION)
    window = opened(port)
    press(window, Qt.Key.Key_F9)
    assert port.did == []
    assert not window.building.stations.revoke_button.isVisible()
    assert "Hubnya di 192.168.1.10:8731." in window.building.hub.accessibleName()


def test_a_hub_that_does_not_listen_says_why_and_can_be_tried_again(opened: Open) -> None:
    trouble = StorageTrouble(msg("Alamat sudah dipakai."), msg("Pilih alamat lain."))
    window = opened(FakeBuilding(replace(BUILDING, trouble=trouble)))
    assert "Alamat sudah dipakai. Pilih alamat lain." in window.building.hub.accessibleName()
    assert window.building.hub.begin_button.words == "Coba lagi"


def test_the_pages_are_a_key_away_and_f12_leaves(opened: Open, qtbot: QtBot) -> None:
    window = opened(FakeBuilding(sync=TROUBLED))

    press(window, Qt.Key.Key_2, control=True)
    assert window.page_button(Page.SYNC).isChecked()
    assert window.sync.links["centre"].facts.facts()["Menunggu dikirim"] == "143 catatan, tertua 51 menit"
    assert window.sync.links["hub"].state_word == "tersambung sejak 07.14"
    assert any(each.startswith("Jurnal Loket 3 berhenti di nomor 41. Dua catatan") for each in window.sync.troubles)
    press(window, Qt.Key.Key_3, control=True)
    assert window.page_button(Page.ANOMALIES).isChecked()
    with qtbot.waitSignal(window.leave_wanted):
        press(window, Qt.Key.Key_F12)


def test_a_station_tells_what_its_hub_said_of_the_centre(opened: Open) -> None:
    port = FakeBuilding(sync=OF_STATION)
    window = opened(port)
    window.open_page(Page.SYNC)
    assert window.sync.sentence.accessibleName().startswith("Hub tidak mencapai pusat")
    facts = window.sync.links["hub"].facts
    assert facts.facts()["Pusat, menurut hub"] == (
        "tidak tersambung sejak 09.12; di hub menunggu: 143 catatan, tertua 51 menit"
    )
    (link,) = OF_STATION.links
    port.shown_sync = replace(OF_STATION, links=(replace(link, is_reached=False, centre=None),))
    window.read()
    assert facts.facts()["Pusat, menurut hub"] == "belum diketahui"


def test_each_anomaly_says_what_it_means(opened: Open) -> None:
    window = opened(FakeBuilding())
    press(window, Qt.Key.Key_3, control=True)
    table = window.anomalies.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert window.anomalies.meaning.isVisible()
    assert window.anomalies.meaning.accessibleName().startswith("B-042: ")
    assert "Tanyakan di kedua loket" in window.anomalies.meaning.accessibleName()


def test_open_anomalies_are_gone_through_by_f9_and_a_note(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    assert window.page_button(Page.ANOMALIES).words == "Kejanggalan (6)"
    press(window, Qt.Key.Key_3, control=True)
    page = window.anomalies
    page.table.choose("e1")
    page.meaning.note.setFocus()
    QTest.keyClicks(page.meaning.note, "orangnya satu")
    window.read()
    assert page.meaning.note.text() == "orangnya satu", "news does not take away what is being written"

    QTest.keyClick(page.meaning.note, Qt.Key.Key_Return)
    assert (page.table.chosen_key, page.meaning.note.text()) == ("e2", "")
    press(window, Qt.Key.Key_F9)

    assert port.did == [("mark_seen", "e1", "orangnya satu"), ("mark_seen", "e2", "")]
    seen = {row.key for row in page.table.rows[-2:] if row.cells[-1] == "sudah dilihat"}
    assert seen == {"e1", "e2"}
    window.read()
    assert window.page_button(Page.ANOMALIES).words == "Kejanggalan (4)"


def test_what_was_seen_says_by_whom_and_asks_nothing(opened: Open) -> None:
    port = FakeBuilding()
    window = opened(port)
    press(window, Qt.Key.Key_3, control=True)
    page = window.anomalies
    for _ in range(6):
        page.table.choose(page.shown.rows[0].entry_id)
        press(window, Qt.Key.Key_F9)
    page.table.choose("e9")
    press(window, Qt.Key.Key_F9)

    assert len(port.did) == 6, "what was seen is not marked again by a habit"
    assert page.meaning.seen.text() == "Dilihat Ratna A., 10.04."
    assert not page.meaning.note.isVisible()
    assert page.sentence.words.startswith("Semua kejanggalan sudah dilihat.")
    window.read()
    assert window.page_button(Page.ANOMALIES).words == "Kejanggalan"


def test_a_refusal_to_mark_is_said_and_the_note_stays(opened: Open) -> None:
    port = FakeBuilding()
    port.refusal = StorageTrouble(msg("Disk penuh."), msg("Beri tahu admin."))
    window = opened(port)
    press(window, Qt.Key.Key_3, control=True)
    window.anomalies.table.choose("e1")
    QTest.keyClicks(window.anomalies.meaning.note, "x")
    press(window, Qt.Key.Key_F9)
    assert window.anomalies.sentence.words == "Disk penuh. Beri tahu admin."
    assert (window.anomalies.table.chosen_key, window.anomalies.meaning.note.text()) == ("e1", "x")


def test_a_date_of_a_wrong_clock_is_put_right_after_a_question_that_says_what_happens(opened: Open) -> None:
    port = FakeBuilding(anomalies=AHEAD)
    window = opened(port)
    press(window, Qt.Key.Key_3, control=True)
    card = window.anomalies.wrong_date
    assert "berjalan 23 November 2027, padahal jam komputer menunjukkan 23 November 2026." in card.accessibleName()

    card.button.click()
    question = question_of(window)
    assert question.button(LEAVE).isDefault()
    question.button(CORRECT).click()

    assert port.did == [("correct_date", "2026-11-23", "")]
    assert not card.isVisible()


def test_whoever_is_left_on_a_wrong_date_is_decided_in_the_question(opened: Open) -> None:
    assert AHEAD.wrong_date is not None
    port = FakeBuilding(anomalies=replace(AHEAD, wrong_date=replace(AHEAD.wrong_date, left=3)))
    window = opened(port)
    press(window, Qt.Key.Key_3, control=True)
    window.anomalies.wrong_date.button.click()
    question_of(window).button(OUTSIDE).click()
    assert port.did == [("correct_date", "2026-11-23", "outside")]


def test_a_question_about_the_date_may_be_left(opened: Open) -> None:
    port = FakeBuilding(anomalies=AHEAD)
    window = opened(port)
    press(window, Qt.Key.Key_3, control=True)
    window.anomalies.wrong_date.button.click()
    question_of(window).reject()
    assert (port.did, window.anomalies.wrong_date.isVisible()) == ([], True)


def test_rows_speak_whole_sentences(opened: Open) -> None:
    window = opened(FakeBuilding())
    table = window.building.stations.table
    spoken = table.model().index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Loket 2, Loket, terakhir 09.58"
    assert table.accessibleName() == "Komputer gedung ini"


def test_news_of_a_building_is_read_once_for_all_of_it(opened: Open, qtbot: QtBot) -> None:
    port = FakeBuilding()
    window = opened(port)
    port.join("Loket 7")
    for _ in range(20):
        window.hear(frozenset({"station"}))
    assert len(window.building.stations.table.rows) == 6
    qtbot.waitUntil(lambda: len(window.building.stations.table.rows) == 7)


@pytest.mark.parametrize("theme", [LIGHT, DARK, LIGHT.scaled(2.0)], ids=["light", "dark", "large"])
@pytest.mark.parametrize("page", list(Page))
def test_no_word_is_cut_off(opened: Open, qtbot: QtBot, theme: Theme, page: Page) -> None:
    window = opened(FakeBuilding(sync=TROUBLED))
    apply_theme(window, theme)
    window.building.make_code()
    window.open_page(page)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: clipped_texts(window) == [])


def test_a_role_that_is_not_a_counter_is_named_by_itself(opened: Open) -> None:
    window = opened(FakeBuilding())
    form = window.building.invite
    form.role.setCurrentIndex(form.role.findData(StationRole.STANDBY))
    assert form.label.text() == "Hub cadangan 1"
