"""The applicant's fields by keyboard: what is emptied is written as empty, and nothing is written unasked."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from tests.ui.counter import scenes
from tests.ui.counter.conftest import Clerk
from tests.ui.counter.scenes import HandClock

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SitDown = Callable[..., Clerk]


def empty_the_field(clerk: Clerk) -> None:
    clerk.press(K.Key_A, holding=CTRL)
    clerk.press(K.Key_Delete, K.Key_Return)


def test_an_emptied_name_is_written_as_empty(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.serving(clock))
    assert clerk.port.person("A-019").applicant.name == "Melati Contohwati"

    clerk.press(K.Key_D, holding=CTRL)
    empty_the_field(clerk)

    assert clerk.port.person("A-019").applicant.name == ""
    assert clerk.port.person("A-019").applicant.phone == "0800-0000-0001"
    assert clerk.port.asked == ["record_applicant"]


def test_a_number_typed_for_the_wrong_person_can_be_taken_out(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.serving(clock))

    clerk.press(K.Key_D, holding=CTRL)
    clerk.press(K.Key_Tab)
    empty_the_field(clerk)

    assert clerk.port.person("A-019").applicant.nik == ""


def test_a_field_that_was_empty_and_is_left_empty_is_not_written(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.called(clock))
    clerk.port.asked.clear()

    clerk.press(K.Key_D, holding=CTRL)
    clerk.type("x")
    clerk.press(K.Key_Backspace, K.Key_Return)

    assert clerk.port.asked == []


def test_typed_and_taken_out_again_before_the_next_person(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.called(clock))

    clerk.press(K.Key_D, holding=CTRL)
    clerk.type("Melati")
    clerk.press(K.Key_Return)
    clerk.press(K.Key_D, holding=CTRL)
    empty_the_field(clerk)

    assert clerk.port.person("A-019").applicant.name == ""
