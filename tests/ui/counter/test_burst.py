"""A scanned code goes to the finder whatever has the focus; whoever types is not disturbed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from mppdesk.ui.counter.scanner import is_code
from tests.ui.counter import scenes
from tests.ui.counter.conftest import Clerk
from tests.ui.counter.scenes import HandClock

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SitDown = Callable[..., Clerk]
CODE = "K1T2K3T4K5T6K7T8"  # every sign of it would do something to a checklist


def sought(clerk: Clerk) -> str:
    panel = clerk.window.asking.finding.panel
    return panel.search.text() if panel.isVisible() else ""


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (CODE, True),
        (CODE.lower(), True),
        (CODE[:-1], False),
        (f"{CODE}0", False),
        (f"{CODE}20261123IL042", True),
        (f"{CODE}20261399B042", False),
        ("OIULOIULOIULOIUL", False),
        ("A-019", False),
        ("", False),
    ],
)
def test_the_form_of_a_code(typed: str, expected: bool) -> None:
    assert is_code(typed) is expected


def test_a_code_ticks_no_paper_and_opens_the_finder(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.called(clock))
    clerk.window.desk.checklist.setFocus()
    clerk.port.asked.clear()

    clerk.scan(CODE)

    assert sought(clerk) == CODE
    assert clerk.port.asked == []


def test_the_longer_code_of_a_ticket_is_heard_as_one(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.called(clock))
    clerk.window.desk.checklist.setFocus()
    clerk.port.asked.clear()

    clerk.scan(f"{CODE}20261123IL042")

    assert (sought(clerk), clerk.port.asked) == (f"{CODE}20261123IL042", [])


def test_a_code_leaves_nothing_in_the_field_in_hand(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.called(clock))
    clerk.press(K.Key_D, holding=CTRL)
    clerk.type("Melati")

    clerk.scan(CODE.lower())

    assert sought(clerk) == CODE
    assert clerk.window.side.applicant.name_text == "Melati"


def test_a_code_in_the_middle_of_a_question_closes_it(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.idle(clock))
    clerk.press(K.Key_F12)

    clerk.scan(CODE)

    assert sought(clerk) == CODE
    assert not clerk.window.asking.choices.isVisible()
    assert clerk.port.asked == []


def test_who_types_slowly_types(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.called(clock))
    clerk.press(K.Key_D, holding=CTRL)

    clerk.scan(CODE, milliseconds=80)

    assert sought(clerk) == ""
    assert clerk.port.person("A-019").applicant.name == CODE


def test_letters_and_what_follows_them_keep_their_order(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.called(clock))
    clerk.press(K.Key_D, holding=CTRL)

    clerk.type("Melati binti Contoh")
    clerk.press(K.Key_Backspace)

    assert clerk.window.side.applicant.name_text == "Melati binti Conto"


def test_a_burst_of_another_form_goes_where_it_was_meant(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.called(clock))
    clerk.press(K.Key_D, holding=CTRL)

    clerk.scan(f"{CODE}9")

    assert sought(clerk) == ""
    assert clerk.port.person("A-019").applicant.name == f"{CODE}9"


def test_a_locked_counter_hears_no_code(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.serving(clock))
    clerk.press(K.Key_L, holding=CTRL)

    clerk.scan(CODE)

    assert sought(clerk) == ""
    assert isinstance(clerk.window.focusWidget(), QLineEdit) and clerk.window.locking.is_locked
