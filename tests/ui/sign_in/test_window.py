"""The sign-in window, worked by keyboard alone, as a clerk does at 07.26."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mppdesk.domain.errors import NotAllowed, StorageTrouble
from mppdesk.operations.readings import SignedIn
from mppdesk.texts import Text, msg
from mppdesk.ui.shared.clipping import clipped_texts
from mppdesk.ui.shared.tasks import Tasks
from mppdesk.ui.shared.theme import DARK, LIGHT, Theme, apply_theme
from mppdesk.ui.sign_in.view_state import HealthLine, Office, PlaceCard
from mppdesk.ui.sign_in.window import SignInWindow

DEWI = SignedIn("u2", "dewi.c", "Dewi C.", ("clerk",))
OFFICE = Office(
    heading=("Mal Pelayanan Publik", "Kabupaten Sukamaju"),
    places=(
        PlaceCard("c1", "Loket 1", "DPMPTSP", "Ardi C.", "07.20"),
        PlaceCard("c2", "Loket 2", "DPMPTSP"),
        PlaceCard("c3", "Loket 3", "DPMPTSP"),
        PlaceCard("c4", "Loket 4", "Dukcapil"),
    ),
    health=(
        HealthLine("plug-connected", msg("Hub di komputer ini")),
        HealthLine("receipt", msg("Kertas printer Loket 2 habis"), is_well=False),
    ),
    last_user="dewi.c",
    last_place="c2",
    note=msg("Kemarin Anda di Loket 2."),
)


class FakeDoor:
    """An office with one clerk, whose PIN is 246810."""

    def __init__(self, office: Office = OFFICE) -> None:
        self.shown = office
        self.asked: list[tuple[str, str, str]] = []

    def office(self) -> Office:
        return self.shown

    def sign_in(self, user_name: str, pin: str, place: str) -> SignedIn:
        self.asked.append((user_name, pin, place))
        if (user_name, pin) != ("dewi.c", "246810"):
            raise NotAllowed(msg("PIN tidak cocok."), msg("Coba lagi, atau minta penyelia mengatur ulang."))
        return DEWI


class ClosedDoor(FakeDoor):
    def office(self) -> Office:
        raise StorageTrouble(msg("Data kantor ini tidak dapat dibuka."), msg("Hubungi admin."))


class Seconds:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def open_window(qtbot: QtBot, seconds: Seconds) -> Callable[[FakeDoor], SignInWindow]:
    def open_it(door: FakeDoor) -> SignInWindow:
        window = SignInWindow(door, Tasks.inline(), lambda: datetime(2026, 11, 23, 7, 26, tzinfo=UTC), seconds)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        window.begin()
        qtbot.waitUntil(lambda: all(card.isVisible() for card in window.places.buttons()))
        return window

    return open_it


OpenWindow = Callable[[FakeDoor], SignInWindow]


def test_only_the_pin_and_enter_open_the_counter_of_yesterday(qtbot: QtBot, open_window: OpenWindow) -> None:
    door = FakeDoor()
    window = open_window(door)
    assert window.focusWidget() is window.pin_field

    QTest.keyClicks(window.pin_field, "246810")
    with qtbot.waitSignal(window.signed_in) as entered:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)

    assert entered.args == [DEWI, "c2"]
    assert door.asked == [("dewi.c", "246810", "c2")]
    assert window.pin_field.text() == ""


def test_news_of_a_place_do_not_take_the_hand_from_the_name_that_is_typed(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    door = FakeDoor()
    window = open_window(door)
    window.user_field.setFocus()
    window.user_field.selectAll()
    QTest.keyClicks(window.user_field, "rak")

    window.read_again(frozenset({"counter_day"}))

    assert window.focusWidget() is window.user_field
    assert window.state.user_name == "rak"


def test_another_person_at_another_place_by_keyboard_alone(qtbot: QtBot, open_window: OpenWindow) -> None:
    door = FakeDoor(replace(OFFICE, last_user=None, last_place=None))
    window = open_window(door)
    assert window.focusWidget() is window.user_field
    assert window.enter_button.words == "Pilih tempat kerja dahulu"

    QTest.keyClicks(window.user_field, "dewi.c")
    QTest.keyClick(window.user_field, Qt.Key.Key_Tab)
    QTest.keyClicks(window.pin_field, "246810")
    QTest.keyClick(window.pin_field, Qt.Key.Key_Tab)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    with qtbot.waitSignal(window.signed_in) as entered:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)

    assert entered.args == [DEWI, window.state.place]
    assert window.state.place == "c4"


def test_a_wrong_pin_is_one_sentence_and_the_field_is_ready_for_the_next_try(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    window = open_window(FakeDoor())

    _try_pin(qtbot, window, "111111")

    assert window.trouble.words == "PIN tidak cocok. Coba lagi, atau minta penyelia mengatur ulang."
    assert window.trouble.accessibleName() == window.trouble.words
    assert window.pin_field.text() == ""
    assert window.focusWidget() is window.pin_field
    QTest.keyClicks(window.pin_field, "2")
    assert window.trouble.words == "Kemarin Anda di Loket 2."


def test_after_five_wrong_pins_the_button_counts_the_minute_down_and_enter_does_nothing(
    qtbot: QtBot, open_window: OpenWindow, seconds: Seconds
) -> None:
    door = FakeDoor()
    window = open_window(door)
    for _ in range(5):
        _try_pin(qtbot, window, "111111")

    _try_pin(qtbot, window, "246810")
    assert len(door.asked) == 5
    assert window.enter_button.words == "Tunggu 60 detik, lalu coba lagi"
    assert not window.enter_button.isEnabled()

    seconds.now += 60
    qtbot.waitUntil(window.enter_button.isEnabled)
    with qtbot.waitSignal(window.signed_in):
        QTest.keyClick(window.pin_field, Qt.Key.Key_Return)


def test_a_taken_place_says_who_is_there_and_takes_no_click(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window(FakeDoor())
    taken = window.places.buttons()[0]

    assert taken.accessibleName() == "Loket 1, DPMPTSP, dipakai Ardi C. sejak 07.20"
    QTest.mouseClick(taken, Qt.MouseButton.LeftButton)
    assert window.state.place == "c2"


def test_among_forty_five_places_the_chosen_one_is_in_sight(qtbot: QtBot, open_window: OpenWindow) -> None:
    many = tuple(PlaceCard(f"c{n}", f"Loket {n}", "DPMPTSP") for n in range(1, 46))
    window = open_window(FakeDoor(replace(OFFICE, places=many, last_place="c41")))

    chosen = window.places.buttons()[40]
    qtbot.waitUntil(lambda: chosen.visibleRegion().boundingRect().height() == chosen.height())


def test_data_that_cannot_be_opened_is_said_where_the_person_looks(open_window: OpenWindow) -> None:
    window = open_window(ClosedDoor())

    assert window.trouble.words == "Data kantor ini tidak dapat dibuka. Hubungi admin."
    assert not window.enter_button.isEnabled()


def test_the_left_side_tells_house_time_and_health(open_window: OpenWindow) -> None:
    window = open_window(FakeDoor())

    assert window.welcome.clock_text == "07.26"
    assert window.welcome.health_texts() == ["Hub di komputer ini", "Kertas printer Loket 2 habis"]


@pytest.mark.parametrize("theme", [LIGHT, DARK, LIGHT.scaled(1.5)], ids=["light", "dark", "large"])
@pytest.mark.parametrize("size", [(1280, 720), (1366, 697), (1920, 1080)], ids=str)
def test_no_word_is_cut_off(open_window: OpenWindow, qtbot: QtBot, theme: Theme, size: tuple[int, int]) -> None:
    window = open_window(FakeDoor())
    apply_theme(window, theme)
    window.resize(*size)
    qtbot.waitUntil(lambda: clipped_texts(window) == [], timeout=1000)
    assert (window.width(), window.height()) == size


def test_texts_twice_as_long_do_not_break_the_window(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(FakeDoor(_stretched(OFFICE)))
    window.resize(1366, 697)

    qtbot.waitUntil(lambda: clipped_texts(window) == [], timeout=1000)
    assert (window.width(), window.height()) == (1366, 697)


def _try_pin(qtbot: QtBot, window: SignInWindow, pin: str) -> None:
    window.pin_field.clear()
    QTest.keyClicks(window.pin_field, pin)
    QTest.keyClick(window.pin_field, Qt.Key.Key_Return)


def _stretched(office: Office) -> Office:
    def twice(words: str) -> str:
        return f"{words} {words}"

    def twice_text(text: Text) -> Text:
        return msg("{words} {words}", words=text)

    return replace(
        office,
        heading=tuple(map(twice, office.heading)),
        places=tuple(replace(card, title=twice(card.title), agency=twice(card.agency)) for card in office.places),
        health=tuple(replace(line, sentence=twice_text(line.sentence)) for line in office.health),
        note=twice_text(office.note) if office.note else None,
    )
