"""The finder worked by keyboard: a number or a scanned code, what it is, and Enter to take it up."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from mppdesk.domain.visit import TicketStatus
from mppdesk.ui.counter.finder_words import Offer
from mppdesk.ui.shared.theme import LIGHT, apply_theme
from tests.ui.counter import scenes
from tests.ui.counter.conftest import Clerk
from tests.ui.counter.scenes import HandClock

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SitDown = Callable[..., Clerk]


@pytest.mark.parametrize("typed", ["a009", scenes.LIST_CODE])
def test_a_returned_file_is_found_and_taken_up_by_two_enters(sit_down: SitDown, clock: HandClock, typed: str) -> None:
    clerk = sit_down(scenes.returned(clock))

    clerk.press(K.Key_F, holding=CTRL)
    clerk.type(typed)
    clerk.press(K.Key_Return)
    panel = clerk.window.asking.finding.panel
    said, button = panel.said, panel.confirm.words
    clerk.press(K.Key_Return)

    assert said.startswith("A-009 SIP Bidan (faskes): dikembalikan hari ini, 1 dokumen kurang.")
    assert button == "Lanjutkan berkas A-009"
    assert clerk.port.person("A-009").status is TicketStatus.SERVING
    assert clerk.window.desk.checklist.hasFocus()


def test_the_hand_goes_to_the_paper_that_lacked(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.returned(clock))

    clerk.window.asking.finding.seek("A-009")
    clerk.settle()
    clerk.press(K.Key_Return)

    assert clerk.window.desk.checklist.row == 5


def test_undo_sends_the_number_home_again(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.returned(clock))
    clerk.window.asking.finding.seek("A-009")
    clerk.settle()
    clerk.press(K.Key_Return)
    clerk.press(K.Key_Z, holding=CTRL)

    assert clerk.port.person("A-009").status is TicketStatus.FINISHED
    assert clerk.port.asked == ["take_up", "undo"]


def test_the_person_at_the_desk_goes_on_with_the_file(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.returned(clock))

    clerk.press(K.Key_F2)
    clerk.window.asking.finding.seek(scenes.LIST_CODE)
    clerk.settle()
    clerk.press(K.Key_Return)

    assert clerk.port.asked == ["call_next", "take_up visit-019"]
    assert clerk.port.person("A-019").submission == "submission-9"


def test_who_came_back_while_another_is_served_waits_again(sit_down: SitDown, clock: HandClock) -> None:
    port = scenes.returned(clock)
    port.call_ticket("visit-021", "recalled")
    clerk = sit_down(port)

    clerk.window.asking.finding.seek("A-009")
    clerk.settle()
    clerk.press(K.Key_Return)

    assert port.person("A-009").status is TicketStatus.WAITING
    assert "A-009" in clerk.window.queue.numbers()
    shown = clerk.window.banners.current()
    assert shown is not None and str(shown.what_happened) == "A-009 diantrekan kembali."
    assert port.here is not None and port.here.number == "A-021"


def test_a_waiting_number_is_called_for_a_reason(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.returned(clock))

    clerk.window.asking.finding.seek("A-021")
    clerk.settle()
    clerk.press(K.Key_Return, K.Key_1)

    assert clerk.port.asked == ["call_ticket recalled"]


def test_enter_never_takes_what_was_found_for_older_letters(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.returned(clock))
    panel = clerk.window.asking.finding.panel

    clerk.window.asking.finding.seek("A-009")
    clerk.settle()
    clerk.type("A-021")
    waits_for_an_answer = panel.view is None
    clerk.press(K.Key_Return)

    assert waits_for_an_answer
    assert panel.view is not None and panel.view.offer is Offer.CALL
    assert clerk.port.asked == []


def test_nothing_found_leaves_the_panel_open_and_escape_closes_it(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.returned(clock))
    panel = clerk.window.asking.finding.panel

    clerk.window.asking.finding.seek("B-09")
    clerk.settle()
    clerk.press(K.Key_Return)
    still_open, usable = not panel.isHidden(), panel.confirm.isEnabled()
    clerk.press(K.Key_Escape)

    assert still_open and not usable
    assert panel.isHidden()
    assert clerk.port.asked == []


def test_where_the_lists_have_no_room_the_finder_opens_at_once(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.returned(clock))
    clerk.press(K.Key_F2)
    apply_theme(clerk.window, LIGHT.scaled(1.35))
    clerk.window.resize(1280, 720)

    clerk.press(K.Key_F, holding=CTRL)

    assert not clerk.window.asking.finding.panel.isHidden()
    assert clerk.window.asking.finding.panel.search.hasFocus()
