"""A locked counter: number and papers stay, nobody reads who the person is, and one PIN opens it again."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from mppdesk.domain.slip_layout import slip_text
from mppdesk.domain.visit import TicketStatus
from mppdesk.operations.readings import SignedIn
from mppdesk.ui.counter.stage import Stage
from mppdesk.ui.shared.pin_tries import PAUSE_SECONDS, TRIES_BEFORE_PAUSE
from tests.ui.counter import scenes
from tests.ui.counter.conftest import Clerk
from tests.ui.counter.fake_port import PIN, SUCCESSOR
from tests.ui.counter.scenes import HandClock

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SitDown = Callable[..., Clerk]
PERSONAL = ("Melati", "Contohwati", "9999", "0800", "Memfotokopi")


def lock(clerk: Clerk) -> None:
    clerk.press(K.Key_L, holding=CTRL)


def readable(window: QWidget) -> str:
    """Every word a person or a screen reader could take from the window."""
    found = []
    for each in window.findChildren(QWidget):
        found += [each.accessibleName(), each.accessibleDescription(), each.toolTip()]
        for words in ("text", "placeholderText"):
            if callable(said := getattr(each, words, None)):
                found.append(str(said()))
    return "\n".join(found)


def test_who_is_at_the_desk_is_hidden_and_number_and_papers_stay(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.serving(clock))
    shown = readable(clerk.window)

    lock(clerk)

    hidden = readable(clerk.window)
    view = clerk.window.view
    assert view is not None and view.person is not None and view.checklist is not None
    assert "Melati Contohwati" in shown and "0800-0000-0001" in shown
    assert not [word for word in PERSONAL if word in hidden]
    assert view.person.number == "A-019" and len(view.rows) == 11
    assert view.checklist.applicant.masked_nik is None


def test_notes_are_hidden_too(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.idle(clock))
    assert "Memfotokopi STR" in readable(clerk.window)

    lock(clerk)

    assert "Memfotokopi" not in readable(clerk.window)


def test_the_receipt_on_the_screen_loses_its_person(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.complete(clock))
    clerk.press(K.Key_F9)

    lock(clerk)

    view = clerk.window.view
    assert view is not None and view.outcome is not None
    paper = slip_text(view.outcome.slip)
    assert "TANDA TERIMA" in paper and "A-019" in paper
    assert not [word for word in PERSONAL if word in paper]


def test_the_right_pin_goes_on_at_the_same_row(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.serving(clock))
    clerk.window.acts.move_to_row(5)
    clerk.window.desk.checklist.setFocus()

    lock(clerk)
    clerk.type(PIN)
    clerk.press(K.Key_Return)

    assert not clerk.window.locking.is_locked
    assert clerk.window.desk.checklist.hasFocus()
    assert clerk.window.desk.checklist.row == 5
    assert "Melati Contohwati" in readable(clerk.window)
    assert clerk.port.asked == ["unlock"]


@pytest.mark.parametrize(
    "key", [K.Key_F2, K.Key_F4, K.Key_F7, K.Key_F9, K.Key_F12, K.Key_Escape, K.Key_Tab, K.Key_Space]
)
def test_no_key_reaches_the_counter(sit_down: SitDown, clock: HandClock, key: Qt.Key) -> None:
    clerk = sit_down(scenes.serving(clock))
    lock(clerk)

    clerk.press(key)

    assert clerk.window.locking.is_locked
    assert clerk.window.locking.open_panel() is clerk.window.locking.card
    assert clerk.window.asking.open_panel() is None
    assert clerk.port.asked == []
    assert clerk.port.person("A-019").status is TicketStatus.SERVING


def test_a_wrong_pin_is_said_and_the_fifth_makes_a_pause(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.serving(clock))
    card = clerk.window.locking.card
    lock(clerk)

    for _ in range(TRIES_BEFORE_PAUSE):
        clerk.type("1111")
        clerk.press(K.Key_Return)
    said, button = card.trouble, card.confirm.words
    clerk.type(PIN)
    clerk.press(K.Key_Return)
    asked = clerk.port.asked.count("unlock")
    clock.forward(PAUSE_SECONDS)
    clerk.press(K.Key_Return)

    assert said == "PIN tidak cocok. Coba lagi, atau minta penyelia mengatur ulang."
    assert button == "Tunggu 60 detik, lalu coba lagi"
    assert asked == TRIES_BEFORE_PAUSE
    assert not clerk.window.locking.is_locked


def test_an_open_panel_comes_back_with_what_was_typed(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.serving(clock))
    clerk.press(K.Key_F6)
    clerk.type("mengambil KK")

    lock(clerk)
    covered = clerk.window.asking.note.isVisible()
    clerk.type(PIN)
    clerk.press(K.Key_Return)
    field = clerk.window.focusWidget()

    assert not covered
    assert isinstance(field, QLineEdit) and field.text() == "mengambil KK"
    clerk.press(K.Key_Return)
    assert clerk.port.person("A-019").note == "mengambil KK"


def test_a_nik_in_full_does_not_come_back(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.serving(clock))
    clerk.window.side.applicant.nik_wanted.emit()
    clerk.press(K.Key_1)

    lock(clerk)
    clerk.type(PIN)
    clerk.press(K.Key_Return)

    assert clerk.window.asking.open_panel() is None


def test_what_was_being_typed_of_a_person_is_kept(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.called(clock))
    clerk.press(K.Key_D, holding=CTRL)
    clerk.type("Melati")

    lock(clerk)
    hidden = readable(clerk.window)
    clerk.type(PIN)
    clerk.press(K.Key_Return)

    assert "Melati" not in hidden
    assert clerk.window.side.applicant.name_text == "Melati"
    assert clerk.port.person("A-019").applicant.name == "Melati"


def test_another_clerk_takes_the_counter_through_f12_with_her_own_pin(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.idle(clock))
    came: list[SignedIn] = []
    clerk.window.handed_over.connect(came.append)

    clerk.press(K.Key_F12, K.Key_3)
    clerk.type("Kertas karcis tinggal satu gulung.")
    clerk.press(K.Key_Return)
    clerk.type("ratna")
    clerk.press(K.Key_Return)
    clerk.type(PIN)
    clerk.press(K.Key_Return)

    assert came == [SUCCESSOR]
    assert clerk.port.asked == ["hand_over ratna"]
    assert clerk.port.note is not None and clerk.port.note.text == "Kertas karcis tinggal satu gulung."


@pytest.mark.parametrize(("typed", "left"), [((), scenes.NOTE), ((K.Key_Delete,), None)])
def test_the_note_that_stands_is_passed_on_unless_it_is_wiped_out(
    sit_down: SitDown, clock: HandClock, typed: tuple[K, ...], left: str | None
) -> None:
    clerk = sit_down(scenes.idle(clock))

    clerk.press(K.Key_F12, K.Key_3, *typed, K.Key_Return)
    clerk.type("ratna")
    clerk.press(K.Key_Return)
    clerk.type(PIN)
    clerk.press(K.Key_Return)

    assert (clerk.port.note.text if clerk.port.note else None) == left


def test_a_lock_hides_nothing_of_the_note(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.idle(clock))
    lock(clerk)
    words = readable(clerk.window)
    assert scenes.NOTE in words and "Ditulis Ratna A., 07.28" in words


def test_a_counter_is_not_handed_over_without_the_right_pin(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.idle(clock))
    came: list[SignedIn] = []
    clerk.window.handed_over.connect(came.append)

    clerk.press(K.Key_F12, K.Key_3, K.Key_Return)
    clerk.type("ratna")
    clerk.press(K.Key_Tab)
    clerk.type("1111")
    clerk.press(K.Key_Return)
    said = clerk.window.locking.successor.trouble
    clerk.press(K.Key_Escape)

    assert came == [] and said.startswith("PIN tidak cocok.")
    assert clerk.window.locking.open_panel() is None
    assert clerk.window.view is not None and clerk.window.view.stage is Stage.IDLE
