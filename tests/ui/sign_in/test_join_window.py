"""Joining by keyboard alone: scanned whole, or typed and compared."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mppdesk.domain.errors import NotAllowed
from mppdesk.domain.invitation import Invitation
from mppdesk.texts import msg
from mppdesk.ui.shared.clipping import clipped_texts
from mppdesk.ui.shared.tasks import Tasks
from mppdesk.ui.shared.theme import DARK, LIGHT, Theme, apply_theme
from mppdesk.ui.sign_in.join_window import JoinWindow
from tests.ui.sign_in.fake_hub import MARK, FakeHub

TYPED = "192.168.1.10:8731 226918"
SCANNED = Invitation("https://192.168.1.10:8731", "226918", MARK)


@pytest.fixture
def opened(qtbot: QtBot) -> Callable[[FakeHub], JoinWindow]:
    def make(hub: FakeHub) -> JoinWindow:
        window = JoinWindow(hub, Tasks.inline())
        qtbot.addWidget(window)
        window.resize(1366, 697)
        window.show()
        return window

    return make


def type_in(window: JoinWindow, line: str) -> None:
    QTest.keyClicks(window.line, line)
    QTest.keyClick(window.line, Qt.Key.Key_Return)


def test_a_scanner_joins_and_enter_goes_on(qtbot: QtBot, opened: Callable[[FakeHub], JoinWindow]) -> None:
    hub = FakeHub()
    window = opened(hub)

    type_in(window, SCANNED.line)

    assert hub.joined == [SCANNED]
    assert window.sentence.words == "Komputer ini sekarang Loket 2 di MPP Sukamaju. Masuklah dengan PIN yang biasa."
    with qtbot.waitSignal(window.ready):
        QTest.keyClick(window.button, Qt.Key.Key_Return)


def test_what_was_typed_is_compared_before_the_code_goes_out(opened: Callable[[FakeHub], JoinWindow]) -> None:
    hub = FakeHub()
    window = opened(hub)

    type_in(window, TYPED)

    assert hub.joined == []
    assert window.mark.isVisible()
    assert window.mark.text().startswith("F58F 8C59")
    assert window.button.words == "Ya, sama: gabungkan"
    QTest.keyClick(window.button, Qt.Key.Key_Return)
    assert hub.joined == [SCANNED]


def test_another_line_has_to_be_compared_anew(opened: Callable[[FakeHub], JoinWindow]) -> None:
    window = opened(FakeHub())
    type_in(window, TYPED)

    QTest.keyClicks(window.line, "9")

    assert not window.mark.isVisible()
    assert not window.button.isEnabled()


def test_a_hub_without_encryption_on_this_computer_is_joined_at_once(opened: Callable[[FakeHub], JoinWindow]) -> None:
    hub = FakeHub(fingerprint=None)
    type_in(opened(hub), "http://127.0.0.1:8731 226918")
    assert [each.code for each in hub.joined] == ["226918"]


def test_a_refusal_stands_there_and_the_line_can_be_written_over(opened: Callable[[FakeHub], JoinWindow]) -> None:
    refusal = NotAllowed(msg("Kode ini sudah lewat waktu."), msg("Minta kode baru."))
    window = opened(FakeHub(refusal=refusal))

    type_in(window, SCANNED.line)

    assert window.sentence.words == "Kode ini sudah lewat waktu. Minta kode baru."
    assert window.sentence.accessibleName() == window.sentence.words
    assert window.line.selectedText() == SCANNED.line
    QTest.keyClicks(window.line, "192")
    assert window.sentence.words.startswith("Di komputer hub:")


@pytest.mark.parametrize("theme", [LIGHT, DARK, LIGHT.scaled(2.0)], ids=["light", "dark", "large"])
def test_no_word_is_cut_off(qtbot: QtBot, opened: Callable[[FakeHub], JoinWindow], theme: Theme) -> None:
    window = opened(FakeHub())
    apply_theme(window, theme)
    type_in(window, TYPED)
    qtbot.waitUntil(lambda: clipped_texts(window) == [])
