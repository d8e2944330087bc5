"""The promises of how few keys a task takes, counted on the real window."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from mppdesk.domain.slip import SlipKind
from mppdesk.domain.visit import TicketStatus
from tests.ui.counter import scenes
from tests.ui.counter.conftest import Clerk
from tests.ui.counter.fake_port import FakePort
from tests.ui.counter.scenes import HandClock

K = Qt.Key
SitDown = Callable[[FakePort], Clerk]


def test_call_and_finish_without_papers_is_two_keys(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(FakePort(clock.now, (scenes.person(21, "DPMPTSP-01", 18),)))

    clerk.press(K.Key_F2, K.Key_F9)

    assert clerk.port.person("A-021").outcome == "served"
    assert clerk.keys == 2


def test_three_papers_looked_at_and_none_kept_is_five_keys(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(FakePort(clock.now, (scenes.person(24, "DPMPTSP-02", 9),)))

    clerk.press(K.Key_F2, K.Key_Space, K.Key_Space, K.Key_Space, K.Key_F9)

    assert clerk.port.person("A-024").outcome == "served"
    assert clerk.port.asked == ["call_next", "start", "check", "check", "check", "finish"]
    assert clerk.keys == 5


def test_a_whole_file_with_receipt_is_sixteen_keys_and_what_is_typed(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.idle(clock))
    typed = ("Melati Contohwati", "9999010101900001", "080000000001")

    clerk.press(K.Key_F2, *[K.Key_Space] * 8, *[K.Key_T] * 3)
    clerk.type(typed[0])
    clerk.press(K.Key_Tab)
    clerk.type(typed[1])
    clerk.press(K.Key_Tab)
    clerk.type(typed[2])
    clerk.press(K.Key_F9, K.Key_Return)

    person = clerk.port.person("A-019")
    assert person.outcome == "registered"
    assert (person.applicant.name, person.applicant.nik, person.applicant.phone) == typed
    assert [slip.kind for slip in clerk.port.printed] == [SlipKind.RECEIPT] * 2
    assert clerk.keys == 16 + len("".join(typed)) == 61


def test_handing_back_with_two_of_eight_lacking_is_sixteen_keys(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.idle(clock))

    clerk.press(K.Key_F2, *[K.Key_Space] * 5, K.Key_K, K.Key_3, K.Key_K, K.Key_5, K.Key_T, K.Key_Space)
    clerk.press(K.Key_T, K.Key_T, K.Key_F9, K.Key_Return)

    assert clerk.port.person("A-019").outcome == "returned"
    assert [slip.kind for slip in clerk.port.printed] == [SlipKind.LACKING]
    assert clerk.keys == 16


def test_transfer_to_another_agency_is_five_keys(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.serving(clock))

    clerk.press(K.Key_F7)
    clerk.type("pol")
    clerk.press(K.Key_Return)

    assert clerk.port.asked == ["transfer POLRES-01"]
    assert clerk.keys == 5


def test_somebody_who_does_not_come_is_one_key(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.called(clock))

    clerk.press(K.Key_F4)

    assert clerk.port.person("A-019").status is TicketStatus.NO_SHOW
    assert clerk.keys == 1


def test_putting_aside_and_going_on_is_two_keys_each(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.serving(clock))

    clerk.press(K.Key_F6, K.Key_Return)

    assert clerk.port.person("A-019").status is TicketStatus.ON_HOLD
    assert clerk.keys == 2


@pytest.mark.parametrize("key", [K.Key_F2, K.Key_F4, K.Key_F9])
def test_a_key_that_decides_does_not_decide_twice_in_a_stroke(sit_down: SitDown, clock: HandClock, key: Qt.Key) -> None:
    queue = tuple(scenes.person(number, "DPMPTSP-01", 20) for number in (31, 32))
    clerk = sit_down(FakePort(clock.now, queue))
    if key is not K.Key_F2:
        clerk.press(K.Key_F2)
    clerk.port.asked.clear()

    clerk.press(key)
    clock.forward(-0.9)  # the second stroke comes 100 ms after the first
    clerk.press(key)

    assert len(clerk.port.asked) == 1
