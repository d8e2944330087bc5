"""The parts of every window: bars, banners, the undo strip, questions, keys."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mppdesk.domain.errors import Refused
from mppdesk.domain.hub.refusals import call_next_person
from mppdesk.domain.print_job import PrinterState
from mppdesk.operations.readings import PrinterStatus
from mppdesk.texts import Text, msg
from mppdesk.ui.shared.banner import Banner, BannerAction, BannerStack, Level
from mppdesk.ui.shared.cards import Card, FactList
from mppdesk.ui.shared.chips import CHECK_THIS, FULFILLED, StateChip
from mppdesk.ui.shared.clipping import clipped_texts
from mppdesk.ui.shared.connection import CONNECTED, Backlog, Connection, cut_off_from_hub, without_centre
from mppdesk.ui.shared.dialogs import Choice, Question
from mppdesk.ui.shared.errors import ErrorBanner
from mppdesk.ui.shared.icons import icon
from mppdesk.ui.shared.key_bar import KeyBar
from mppdesk.ui.shared.key_help import KeyHelp
from mppdesk.ui.shared.labels import label
from mppdesk.ui.shared.pictures import grab, lay_out
from mppdesk.ui.shared.printer_words import printer_chip, printer_trouble
from mppdesk.ui.shared.shortcuts import CHECKLIST_KEYS, COUNTER_KEYS, Act, bind
from mppdesk.ui.shared.theme import DARK, LIGHT, Theme, apply_theme
from mppdesk.ui.shared.top_bar import TopBar
from mppdesk.ui.shared.undo_strip import UndoStrip

_NOW = datetime(2026, 11, 23, 9, 46, tzinfo=ZoneInfo("Asia/Jakarta"))
CUT_OFF = cut_off_from_hub(Backlog(14, timedelta(minutes=12)), _NOW - timedelta(minutes=13))
NO_CENTRE = without_centre(_NOW - timedelta(minutes=34), _NOW, Backlog(143, timedelta(minutes=33)))


class _Seconds:
    """A clock that goes on when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def _banner(level: Level, what: str, *actions: BannerAction) -> Banner:
    return Banner(level, "alert-triangle", Text(what), msg("Silakan teruskan."), actions=actions)


Window = Callable[..., QWidget]


@pytest.fixture
def window_of(qtbot: QtBot) -> Iterator[Window]:
    """Makes a shown window of parts and keeps it for the test."""
    kept: list[QWidget] = []

    def make(*parts: QWidget) -> QWidget:
        window = QWidget()
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        for part in parts:
            column.addWidget(part)
        kept.append(window)
        with qtbot.waitActive(window):
            window.show()
        return window

    yield make
    kept.clear()


def test_a_banner_is_shown_one_at_a_time_the_gravest_first(window_of: Window) -> None:
    banners = BannerStack()
    window_of(banners)
    assert not banners.isVisible()

    banners.show_banner("paper", _banner(Level.BAD, "Kertas habis."))
    banners.show_banner("hub", _banner(Level.WARN, "Terputus dari hub."))
    assert banners.accessibleName() == "Kertas habis. Silakan teruskan."
    assert banners.more == 1

    banners.end("paper")
    assert banners.accessibleName() == "Terputus dari hub. Silakan teruskan."
    banners.end("hub")
    assert not banners.isVisible()


def test_a_banner_leaves_the_focus_where_it_is(qtbot: QtBot, window_of: Window) -> None:
    banners, field = BannerStack(), QLineEdit()
    window = window_of(banners, field)
    field.setFocus()
    pressed: list[str] = []
    banners.show_banner(
        "x", _banner(Level.BAD, "Printer diam.", BannerAction(msg("Cetak di Loket 3"), lambda: pressed.append("x")))
    )
    QTest.mouseClick(banners.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)

    assert window.focusWidget() is field
    assert pressed == ["x"]


def test_the_buttons_of_a_question_show_their_keys_and_are_pressed_by_them(window_of: Window) -> None:
    banners, pressed = BannerStack(("Alt+1", "Alt+2")), list[str]()
    window_of(banners)
    yes, no = (BannerAction(msg(word), partial(pressed.append, word)) for word in ("Ya, keluar", "Cetak ulang"))
    banners.press(0)
    banners.show_banner("x", _banner(Level.WARN, "Apakah karcis B-023 keluar?", yes, no))
    seen = [button.accessibleName() for button in banners.findChildren(QPushButton) if button.isVisible()]
    assert seen == ["Ya, keluar (Alt+1)", "Cetak ulang (Alt+2)"]
    banners.press(1)
    QTest.mouseClick(banners.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert pressed == ["Cetak ulang", "Ya, keluar"]
    banners.show_banner("x", _banner(Level.WARN, "Kertas habis.", yes))
    banners.press(1)
    assert len(pressed) == 2, "the second button is gone"


def test_a_refusal_is_seen_above_all_others_and_leaves_by_itself(qtbot: QtBot, window_of: Window) -> None:
    banners = BannerStack()
    window_of(banners)
    banners.show_banner("paper", _banner(Level.BAD, "Kertas habis."))
    show = ErrorBanner(banners)

    show(Refused(msg("A-024 sudah dipanggil Loket 1."), call_next_person()))
    assert banners.accessibleName() == "A-024 sudah dipanggil Loket 1. Panggil orang berikutnya (F2)."
    banners.show_banner("answer", _banner(Level.ANSWER, "Sebentar saja."), seconds=0.01)
    qtbot.waitUntil(lambda: banners.more == 0)
    assert banners.accessibleName() == "Kertas habis. Silakan teruskan."


def test_an_act_can_be_taken_back_for_thirty_seconds(window_of: Window) -> None:
    seconds = _Seconds()
    strip = UndoStrip(seconds)
    window_of(strip)
    taken: list[str] = []
    strip.undo.connect(lambda: taken.append("undo"))

    strip.offer(msg("A-018 selesai."), None, msg("Batalkan selesai A-018"))
    seconds.now += 6
    strip.tick()
    assert strip.words == "Batalkan selesai A-018 · 24 dtk"
    strip.take_back()
    strip.take_back()
    assert taken == ["undo"]

    strip.offer(msg("A-018 selesai."), None, msg("Batalkan selesai A-018"))
    seconds.now += 30
    strip.tick()
    strip.take_back()
    assert not strip.isVisible()
    assert taken == ["undo"]


def _question(owner: QWidget, is_dangerous: bool) -> tuple[Question, list[str]]:
    question = Question(
        owner,
        msg("Tutup Loket 2?"),
        msg("3 orang masih menunggu."),
        [Choice("close", msg("Tutup Loket 2"))],
        Choice("leave", msg("Tetap buka")),
        is_dangerous,
    )
    chosen: list[str] = []
    question.chosen.connect(chosen.append)
    question.open()
    return question, chosen


def test_enter_never_does_what_is_dangerous(window_of: Window) -> None:
    question, chosen = _question(window_of(label("Loket 2")), is_dangerous=True)
    QTest.keyClick(question, Qt.Key.Key_Return)
    assert chosen == ["leave"]


def test_enter_takes_the_first_choice_of_a_harmless_question(window_of: Window) -> None:
    question, chosen = _question(window_of(label("Loket 2")), is_dangerous=False)
    QTest.keyClick(question, Qt.Key.Key_Return)
    assert chosen == ["close"]


def test_esc_leaves_everything_as_it_is(window_of: Window) -> None:
    question, chosen = _question(window_of(label("Loket 2")), is_dangerous=False)
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert chosen == ["leave"]


def test_no_key_has_two_meanings() -> None:
    assert len({row.keys for row in COUNTER_KEYS}) == len(COUNTER_KEYS)
    assert len({row.act for row in COUNTER_KEYS}) == len(COUNTER_KEYS)


def test_a_key_that_locks_does_not_call_two_people(window_of: Window) -> None:
    seconds, acts = _Seconds(), list[Act]()
    window = window_of(label("x"))
    bound = bind(window, COUNTER_KEYS, acts.append, seconds)
    for pause in (0.0, 0.2, 0.2):
        seconds.now += pause
        bound[Act.CALL_NEXT].activated.emit()
        bound[Act.RECALL].activated.emit()

    assert acts.count(Act.CALL_NEXT) == 2
    assert acts.count(Act.RECALL) == 3
    assert not bound[Act.CALL_NEXT].autoRepeat()


def test_keys_work_by_the_keyboard(qtbot: QtBot, window_of: Window) -> None:
    acts: list[Act] = []
    window = window_of(QLineEdit())
    bind(window, COUNTER_KEYS, acts.append)
    QTest.keyClick(window, Qt.Key.Key_F7)
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert acts == [Act.TRANSFER, Act.FIND]


def test_only_one_key_is_filled_and_never_one_that_cannot_be_pressed(window_of: Window) -> None:
    bar = KeyBar(COUNTER_KEYS)
    window_of(bar)
    bar.set_key(Act.CALL_NEXT, True, filled=True)
    bar.set_key(Act.DONE, True, filled=True)
    assert bar.filled() is Act.DONE
    bar.set_key(Act.DONE, False, note=msg("2 baris lagi"), filled=True)
    assert bar.filled() is None
    assert bar.button(Act.DONE).accessibleDescription() == "2 baris lagi"

    pressed: list[Act] = []
    bar.pressed.connect(pressed.append)
    bar.button(Act.CALL_NEXT).click()
    bar.button(Act.DONE).click()
    assert pressed == [Act.CALL_NEXT]


@pytest.mark.parametrize("connection", [CONNECTED, CUT_OFF, NO_CENTRE], ids=["connected", "cut off", "no centre"])
@pytest.mark.parametrize("theme", [LIGHT, DARK, LIGHT.scaled(1.3), LIGHT.scaled(1.5)])
def test_no_word_of_the_bars_is_cut_off(
    window_of: Window, theme: Theme, connection: Connection, tmp_path: Path
) -> None:
    top, bar = TopBar(lambda: _NOW), KeyBar(COUNTER_KEYS)
    window = window_of(top, bar)
    apply_theme(window, theme)
    top.set_place("Loket 2", "DPMPTSP", "MPP Kabupaten Sukamaju")
    top.set_connection(connection)
    top.set_printer(PrinterStatus("loket-2", PrinterState.PAPER_NEAR_END, 0))
    top.set_person("Dewi C.")
    top.set_clock_difference(timedelta(minutes=59))
    bar.set_key(Act.DONE, True, note=msg("2 baris lagi"))
    picture = QImage(str(grab(window, tmp_path / "bars.png", (1366, 240))))

    assert clipped_texts(window) == []
    assert picture.width() == 1366


def test_what_the_top_bar_has_no_room_for_gives_way_and_comes_back(window_of: Window) -> None:
    top = TopBar(lambda: _NOW)
    window = window_of(top)
    top.set_place("Loket 2", "DPMPTSP", "MPP Kabupaten Sukamaju")
    top.set_connection(NO_CENTRE)
    for width, is_named, has_note in ((1366, True, True), (800, False, True), (560, False, False), (1366, True, True)):
        window.resize(width, 240)
        lay_out(window)
        shown = {part.text() for part in top.findChildren(QLabel) if part.isVisible()}
        assert ("MPP Kabupaten Sukamaju" in shown) is is_named
        assert ("sejak 09.12 · antrean berjalan normal" in shown) is has_note
    (chip,) = {part.parentWidget() for part in top.findChildren(QLabel) if part.text() == "Tanpa pusat"}
    assert chip is not None
    assert chip.toolTip().splitlines() == [
        "sejak 09.12 · antrean berjalan normal",
        "143 catatan menunggu dikirim ke pusat, tertua 33 menit.",
    ]


def test_a_text_without_room_is_found(window_of: Window) -> None:
    squeezed = label("Surat keterangan sehat")
    window = window_of(squeezed, label("Ada"))
    squeezed.setFixedWidth(20)
    assert [found.text for found in clipped_texts(window)] == ["Surat keterangan sehat"]


def test_the_top_bar_says_where_who_and_how_things_stand(window_of: Window) -> None:
    top = TopBar(lambda: _NOW)
    window_of(top)
    top.set_connection(CONNECTED)
    top.set_printer(PrinterStatus("loket-2", PrinterState.PAPER_OUT, 0))

    assert top.clock_text == "09.46 WIB"
    assert top.connection_word == "Tersambung"
    assert top.printer_word == "Kertas habis"
    top.set_printer(PrinterStatus("loket-2", PrinterState.PAPER_NEAR_END, 0, slips_left=68))
    (chip,) = {part.parentWidget() for part in top.findChildren(QLabel) if part.text() == "Kertas hampir habis"}
    assert chip is not None
    assert chip.toolTip() == chip.accessibleDescription() == "Kertas cukup untuk sekitar 60 karcis lagi"


@pytest.mark.parametrize(
    ("difference", "word", "heard"),
    [
        (timedelta(minutes=4, seconds=50), "Jam selisih 4 mnt", "4 menit"),
        (timedelta(hours=7), "Jam selisih 7 jam", "7 jam 0 menit"),
        (timedelta(days=365), "Jam selisih 365 hari", "365 hari"),
    ],
)
def test_the_top_bar_says_how_far_the_clock_is_off_for_as_long_as_it_is(
    window_of: Window, difference: timedelta, word: str, heard: str
) -> None:
    top = TopBar(lambda: _NOW)
    window_of(top)
    assert top.clock_off_word == ""

    top.set_clock_difference(difference)
    (chip,) = {part.parentWidget() for part in top.findChildren(QLabel) if part.text() == word}
    assert chip is not None and chip.isVisible()
    assert (chip.accessibleName(), top.clock_off_word) == (word, word)
    assert chip.accessibleDescription() == f"Jam komputer ini berselisih {heard} dari hub."

    top.set_clock_difference(None)
    assert top.clock_off_word == ""
    assert not chip.isVisible()


@pytest.mark.parametrize("state", list(PrinterState))
def test_every_state_of_a_printer_has_a_word_and_those_that_block_say_what_to_do(state: PrinterState) -> None:
    status = PrinterStatus("loket-2", state, 0, open_jobs=1)
    assert str(printer_chip(status).word)
    assert (printer_trouble(status, _NOW) is not None) == state.blocks


def test_a_chip_and_a_card_can_be_heard(window_of: Window) -> None:
    chip, card, facts = StateChip(FULFILLED, "Ada"), Card(msg("Hari ini")), FactList()
    window_of(chip, card, facts)
    chip.set_state(CHECK_THIS, msg("Periksa"))
    facts.set_fact("Biaya", "Gratis")
    facts.set_fact("Biaya", "Rp10.000")

    assert (chip.accessibleName(), chip.word) == ("Periksa", "Periksa")
    assert card.accessibleName() == "Hari ini"
    assert facts.facts() == {"Biaya": "Rp10.000"}


def test_help_names_every_key_of_the_window(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    shown = {part.text() for part in KeyHelp(owner, COUNTER_KEYS, CHECKLIST_KEYS).findChildren(type(label()))}
    assert {row.keys for row in COUNTER_KEYS} | {str(row.label) for row in COUNTER_KEYS} <= shown
    assert {row.shown for row in CHECKLIST_KEYS} <= shown


@pytest.mark.parametrize("px", [16, 24, 40])
def test_an_icon_is_drawn_in_its_colour_alone(qapp: object, px: int) -> None:
    image = icon("circle-check", QColor("#17603A"), px, dpr=2.0, filled=True).toImage()
    solid = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert image.width() == 2 * px
    assert solid == {"#17603a"}
