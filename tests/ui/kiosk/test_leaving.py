"""The staff's way out of a kiosk: five touches on the clock, then a PIN; nothing else closes it."""

from datetime import UTC, datetime
from itertools import count

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mppdesk.ui.kiosk.leaving_state import ClockTouches
from mppdesk.ui.kiosk.touch_button import TouchButton
from mppdesk.ui.kiosk.window import KioskWindow
from mppdesk.ui.shared.clipping import clipped_texts
from mppdesk.ui.shared.tasks import Tasks
from tests.ui.kiosk.hall import PIN, FakeKiosk

MORNING = datetime(2026, 11, 23, 9, 18, tzinfo=UTC)


class Staff:
    """Somebody who wants to close the kiosk."""

    def __init__(self, window: KioskWindow) -> None:
        self.window, self.left = window, 0
        window.leave_wanted.connect(self._count)

    def touch_clock(self, times: int = 5) -> None:
        header = self.window.header
        for _ in range(times):
            QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(header.width() - 30, header.height() // 2))

    def touch(self, word: str) -> None:
        keypad = self.window.leaving.keypad
        assert keypad is not None
        button = next(each for each in keypad.findChildren(TouchButton) if each.accessibleName() == word)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def enter(self, pin: str) -> None:
        for digit in pin:
            self.touch(digit)
        self.touch("Masuk")

    @property
    def sentence(self) -> str:
        keypad = self.window.leaving.keypad
        assert keypad is not None
        return keypad.sentence.text()

    @property
    def shows_no_keypad(self) -> bool:
        return self.window.leaving.keypad is None

    def _count(self) -> None:
        self.left += 1


class Seconds:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def staff(qtbot: QtBot, seconds: Seconds) -> Staff:
    ids = count()
    window = KioskWindow(FakeKiosk(), Tasks.inline(), lambda: MORNING, lambda: f"command-{next(ids)}", seconds=seconds)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.refresh()
    return Staff(window)


def test_five_touches_and_the_pin_leave(staff: Staff) -> None:
    staff.touch_clock(4)
    assert staff.shows_no_keypad
    staff.touch_clock(1)
    staff.enter(PIN)
    assert staff.left == 1


def test_a_keyboard_types_the_pin_too(staff: Staff) -> None:
    staff.touch_clock()
    keypad = staff.window.leaving.keypad
    assert keypad is not None
    QTest.keyClicks(keypad, PIN + "9")
    QTest.keyClick(keypad, Qt.Key.Key_Backspace)
    QTest.keyClick(keypad, Qt.Key.Key_Return)
    assert staff.left == 1


def test_five_wrong_pins_pause_the_keypad_even_when_it_was_put_away(staff: Staff, seconds: Seconds) -> None:
    staff.touch_clock()
    for _ in range(5):
        staff.enter("000000")
    staff.touch("Batal")
    staff.touch_clock()
    staff.enter(PIN)
    assert staff.left == 0
    assert "60 detik" in staff.sentence
    seconds.now += 60.5
    staff.window.leaving.pass_time()
    staff.touch_clock()
    staff.enter(PIN)
    assert staff.left == 1


def test_a_keypad_left_alone_goes_away_with_what_was_typed(staff: Staff, seconds: Seconds) -> None:
    staff.touch_clock()
    staff.touch("2")
    seconds.now += 30
    staff.window.leaving.pass_time()
    assert staff.shows_no_keypad
    staff.touch_clock()
    keypad = staff.window.leaving.keypad
    assert keypad is not None
    assert keypad.dots.text() == " "


def test_a_kiosk_that_fills_the_screen_closes_only_after_the_pin(staff: Staff) -> None:
    staff.window.showFullScreen()
    assert not staff.window.close()
    staff.touch_clock()
    staff.enter(PIN)
    assert staff.window.close()


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_no_word_of_the_keypad_is_cut_off(qtbot: QtBot, staff: Staff, size: tuple[int, int]) -> None:
    staff.window.resize(*size)
    staff.touch_clock()
    keypad = staff.window.leaving.keypad
    assert keypad is not None
    qtbot.waitUntil(lambda: clipped_texts(keypad) == [])


def test_a_resting_hand_does_not_get_there() -> None:
    touches = ClockTouches()
    for moment in range(0, 50, 5):
        touches = touches.touched(float(moment))
    assert not touches.opens
