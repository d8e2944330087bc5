"""The board as the hall sees it: the right numbers, large enough and whole, in every size of screen."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from mppdesk.operations.readings import BoardCall
from mppdesk.ui.display_board.line import Line, Paragraph
from mppdesk.ui.display_board.window import BoardWindow
from mppdesk.ui.shared.clipping import clipped_texts
from mppdesk.ui.shared.pictures import lay_out
from mppdesk.ui.shared.tasks import Tasks
from tests.ui.display_board.hall import CALLS, CUT_MS, FakeBoard, FakeChime, HandClock, call
from tests.ui.display_board.pictures import LONG, SIZES, TROUBLE, open_board

# Cap heights on a 43-inch screen, 535 mm high (UI.md 5): the number 112 mm, the counter 69, previous ones 37 and 25.
SCREEN_MM = 535


class Hall:
    """A board, its clock, its calls and its chime."""

    def __init__(self, qtbot: QtBot, *calls: BoardCall, lost_ms: int | None = None) -> None:
        self.port, self.clock, self.chime = FakeBoard(*calls), HandClock(), FakeChime()
        self.port.lost_ms = lost_ms
        self.window = open_board(self.port, self.clock, self.chime)
        qtbot.addWidget(self.window)

    def call(self, number: str, counter: str = "Loket 2") -> None:
        self.port.calls.append(call(len(self.port.calls) + 1, number, counter))
        self.window.refresh()

    def pass_time(self, seconds: float) -> None:
        self.clock.forward(seconds)
        self.window.tick()

    def is_quiet(self) -> bool:
        return self.window.page is self.window.idle

    def previous(self) -> list[str]:
        return [row.number.text for row in self.window.calls.previous.rows if row.number.text]


def full_board(qtbot: QtBot) -> BoardWindow:
    """A call on the panel and four in the list."""
    window = open_board(FakeBoard(*CALLS), HandClock())
    qtbot.addWidget(window)
    return window


def set_size(window: BoardWindow, size: tuple[int, int]) -> None:
    """Lay the window out in another size, as when it moves to another screen."""
    window.hide()
    window.resize(*size)
    window.grab()
    lay_out(window)


def words_seen(window: BoardWindow) -> list[Line | Paragraph]:
    parts: list[Line | Paragraph] = [*window.findChildren(Line), *window.findChildren(Paragraph)]
    return [part for part in parts if part.isVisibleTo(window) and part.text]


def millimetres(line: Line, size: tuple[int, int]) -> float:
    """The height of the capitals on a 43-inch screen."""
    return line.drawn_font().pixelSize() * 0.745 * SCREEN_MM / size[1]


def cut_words(window: BoardWindow) -> list[str]:
    """The words that reach over the edge of their widget, or whose widget reaches over that of the window."""

    def is_whole(part: Line | Paragraph) -> bool:
        place = QRect(part.mapTo(window, QPoint(0, 0)), part.size())
        return part.rect().contains(part.drawn_area()) and window.rect().contains(place)

    return [part.text for part in words_seen(window) if not is_whole(part)]


def test_a_call_is_shown_large_rung_and_told_to_screen_readers(qtbot: QtBot) -> None:
    hall = Hall(qtbot)
    assert hall.is_quiet()

    hall.call("A-019")

    panel = hall.window.calls.panel
    assert not hall.is_quiet()
    assert (panel.number.text, panel.counter.text, panel.agency.text) == ("A-019", "Loket 2", "DPMPTSP")
    assert panel.accessibleName() == "Nomor antrean A-019, silakan menuju Loket 2, DPMPTSP."
    assert hall.chime.rung == 1


def test_an_alert_goes_to_screen_readers_with_every_call(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[QAccessible.Event, str]] = []

    def hear(event: QAccessibleEvent) -> None:
        part = event.object()
        assert isinstance(part, QWidget)
        told.append((event.type(), part.accessibleName()))

    hall = Hall(qtbot)
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    hall.call("A-019")

    alerts = [name for kind, name in told if kind is QAccessible.Event.Alert]
    assert alerts == ["Nomor antrean A-019, silakan menuju Loket 2, DPMPTSP."]


def test_each_call_rings_when_it_comes_to_the_panel_not_before(qtbot: QtBot) -> None:
    hall = Hall(qtbot)
    hall.call("A-019")
    hall.pass_time(1)
    hall.call("B-041", "Loket 4")
    assert (hall.window.calls.panel.number.text, hall.chime.rung) == ("A-019", 1)

    hall.pass_time(7)

    assert (hall.window.calls.panel.number.text, hall.chime.rung) == ("B-041", 2)
    assert hall.previous() == ["A-019"]


def test_the_same_number_called_again_rings_again(qtbot: QtBot) -> None:
    hall = Hall(qtbot)
    hall.call("A-019")
    hall.pass_time(20)
    hall.port.calls = [call(2, "A-019", times=2)]
    hall.window.refresh()

    assert (hall.chime.rung, hall.previous()) == (2, [])


def test_what_was_called_before_the_board_began_is_shown_in_silence(qtbot: QtBot) -> None:
    chime = FakeChime()
    window = open_board(FakeBoard(*CALLS), HandClock(), chime)
    qtbot.addWidget(window)

    rows = window.calls.previous.rows
    assert window.calls.panel.number.text == "A-019"
    assert [row.counter.text for row in rows] == ["Loket 4", "Loket 21", "Loket 17", "Loket 30"]
    assert rows[3].accessibleName() == "Nomor antrean AG-006, silakan menuju Loket 30, be pe je es Kesehatan."
    assert chime.rung == 0


def test_a_quiet_hall_sees_clock_and_totals_and_a_call_interrupts(qtbot: QtBot) -> None:
    hall = Hall(qtbot)
    hall.call("A-019")
    hall.pass_time(60)

    idle = hall.window.idle
    assert hall.is_quiet()
    assert (idle.waiting.total, idle.finished.total, idle.clock.time.text) == ("61", "198", "09.43")
    assert idle.waiting.accessibleName() == "Menunggu: 61"

    hall.call("B-041")
    assert not hall.is_quiet()
    assert hall.window.header.clock_text == "09.43"


def test_the_border_goes_dark_and_shines_again(qtbot: QtBot) -> None:
    hall = Hall(qtbot)
    hall.call("A-019")
    lit = []
    for _ in range(16):
        lit.append(hall.window.calls.panel.is_lit)
        hall.pass_time(0.25)

    assert lit == [True, True, False, False] * 3 + [True] * 4


def test_cut_off_the_hall_is_told_to_listen_to_the_staff(qtbot: QtBot) -> None:
    hall = Hall(qtbot)
    hall.call("A-019")
    hall.port.trouble = TROUBLE
    hall.window.refresh()

    assert hall.window.strip.sentence == "Papan terputus dari hub sejak 09.42. Perhatikan panggilan petugas."
    assert hall.window.calls.panel.number.text == "A-019"

    hall.port.trouble = None
    hall.pass_time(11)  # nobody tells it that the line is back: it asks by itself
    assert "terputus" not in hall.window.strip.sentence


def test_a_board_that_begins_in_silence_lists_what_it_knows_with_its_age(qtbot: QtBot) -> None:
    hall = Hall(qtbot, *CALLS, lost_ms=CUT_MS)

    assert hall.window.page is hall.window.lost
    assert hall.window.lost.sentence.text == "Dengarkan panggilan petugas di loket."
    assert [row.number.text for row in hall.window.lost.previous.rows] == ["A-019", "B-041", "W-017", "V-012"]
    assert hall.window.lost.previous.heading == "Terakhir 09.37, 5 menit lalu"
    assert hall.window.strip.sentence == "Papan terputus dari hub sejak 09.40. Perhatikan panggilan petugas."
    assert hall.chime.rung == 0


def test_a_board_that_knows_nothing_says_what_is_up(qtbot: QtBot) -> None:
    hall = Hall(qtbot, lost_ms=CUT_MS)
    assert hall.window.page is hall.window.lost
    assert not hall.window.lost.previous.isVisible()


def test_a_hall_that_became_quiet_is_not_told_to_watch_a_silent_board(qtbot: QtBot) -> None:
    hall = Hall(qtbot, *CALLS)
    hall.port.lost_ms = CUT_MS
    hall.pass_time(61)

    assert hall.window.page is hall.window.lost
    assert hall.window.lost.previous.rows[0].number.text == "A-019"

    hall.port.lost_ms = None
    hall.pass_time(11)
    assert hall.is_quiet()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("calls", [CALLS, (call(1, "AG-1000", "Loket Pengaduan", "BPJS Ketenagakerjaan"),), ()])
def test_no_word_of_a_silent_board_is_cut_off(
    qtbot: QtBot, size: tuple[int, int], calls: tuple[BoardCall, ...]
) -> None:
    port = FakeBoard(*calls)
    port.lost_ms = CUT_MS
    window = open_board(port, HandClock())
    qtbot.addWidget(window)
    set_size(window, size)
    assert (cut_words(window), clipped_texts(window)) == ([], [])


@pytest.mark.parametrize("size", [*SIZES, (1280, 720)])
def test_no_word_is_cut_off_in_any_state(qtbot: QtBot, size: tuple[int, int]) -> None:
    clock = HandClock()
    port = FakeBoard(*CALLS)
    window = open_board(port, clock)
    qtbot.addWidget(window)
    set_size(window, size)
    assert (cut_words(window), clipped_texts(window), window.findChildren(QLabel)) == ([], [], [])

    port.calls.append(LONG)
    clock.forward(20)
    window.refresh()
    set_size(window, size)
    assert cut_words(window) == []

    clock.forward(61)
    window.tick()
    set_size(window, size)
    assert window.page is window.idle
    assert cut_words(window) == []


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768)])
def test_letters_are_as_high_as_the_farthest_seat_needs(qtbot: QtBot, size: tuple[int, int]) -> None:
    window = full_board(qtbot)
    set_size(window, size)
    panel, row = window.calls.panel, window.calls.previous.rows[0]

    lines = (panel.number, panel.counter, row.number, row.counter)
    assert [millimetres(line, size) for line in lines] == pytest.approx([112, 69, 37, 25], rel=0.02)


def test_numbers_of_two_letters_can_still_be_read_from_the_last_row(qtbot: QtBot) -> None:
    """24 minutes of arc at 10 m for the call, 16 at 8 m for the others (UI.md 5)."""
    widest = call(9, "AG-106", "Loket 44", "BPJS Ketenagakerjaan")
    window = open_board(FakeBoard(*CALLS[:3], widest, call(10, "A-020")), HandClock())
    qtbot.addWidget(window)
    set_size(window, (1920, 1080))
    assert millimetres(window.calls.previous.rows[0].number, (1920, 1080)) == pytest.approx(37, rel=0.02)

    window = open_board(FakeBoard(widest), HandClock())
    qtbot.addWidget(window)
    set_size(window, (1920, 1080))
    assert millimetres(window.calls.panel.number, (1920, 1080)) >= 70
    assert millimetres(window.calls.panel.counter, (1920, 1080)) >= 60


def test_the_window_shrinks_as_freely_as_it_grows(qtbot: QtBot) -> None:
    window = full_board(qtbot)
    set_size(window, (1920, 1080))
    set_size(window, (800, 450))

    assert (window.width(), window.height()) == (800, 450)
    assert cut_words(window) == []


def test_the_board_reads_on_its_own_thread_and_lets_time_pass(qtbot: QtBot) -> None:
    tasks = Tasks()
    window = BoardWindow(FakeBoard(*CALLS), tasks, HandClock().now)
    qtbot.addWidget(window)
    window.begin()

    qtbot.waitUntil(lambda: not window.state.is_idle)

    tasks.close()
    assert window.calls.panel.number.text == "A-019"


def test_the_title_is_in_indonesian(qtbot: QtBot) -> None:
    assert full_board(qtbot).windowTitle() == "Papan panggilan"
