"""A counter without its hub: whoever shows a ticket is taken, nobody is called from a list that grows old."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from mppdesk.domain.visit import TicketStatus
from mppdesk.texts import msg
from mppdesk.ui.counter.finder_words import FinderView, Offer
from mppdesk.ui.counter.queue_state import OLD_MINUTES
from mppdesk.ui.shared.connection import TO_HUB, cut_off_from_hub
from mppdesk.ui.shared.shortcuts import Act
from tests.ui.counter import scenes
from tests.ui.counter.conftest import Clerk
from tests.ui.counter.scenes import HandClock

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SitDown = Callable[..., Clerk]


@pytest.fixture
def alone(sit_down: SitDown, clock: HandClock) -> Clerk:
    """The clerk of a counter whose line to the hub went two minutes ago."""
    clerk = sit_down(scenes.alone(clock))
    lose_hub(clerk, minutes=2)
    return clerk


def lose_hub(clerk: Clerk, minutes: int) -> None:
    clerk.window.set_connection(cut_off_from_hub(lost_at=clerk.clock.now() - timedelta(minutes=minutes)))


def label_of(clerk: Clerk, act: Act) -> str:
    view = clerk.window.view
    assert view is not None
    return str(view.keys[act].label)


def test_f2_takes_the_ticket_whose_number_is_typed(alone: Clerk) -> None:
    assert label_of(alone, Act.CALL_NEXT) == "Terima karcis"

    alone.press(K.Key_F2)
    alone.type("a23")
    alone.press(K.Key_Return, K.Key_Return)

    assert alone.port.asked == ["claim visit-023"]
    assert alone.port.here is not None and alone.port.here.number == "A-023"
    assert alone.window.desk.checklist.hasFocus()


def test_the_person_is_finished_as_usual(alone: Clerk) -> None:
    alone.press(K.Key_F2)
    alone.type("a24")
    alone.press(K.Key_Return, K.Key_Return, K.Key_Space, K.Key_Space, K.Key_Space, K.Key_F9)

    assert alone.port.person("A-024").status is TicketStatus.FINISHED
    assert label_of(alone, Act.CALL_NEXT) == "Terima karcis"


def test_a_scanned_ticket_is_one_key_from_being_taken(alone: Clerk, clock: HandClock) -> None:
    alone.press(K.Key_F2)
    alone.scan("A-021")
    panel = alone.window.asking.finding.panel
    assert panel.view is not None and panel.view.offer is Offer.CLAIM

    alone.press(K.Key_Return)

    assert alone.port.asked == ["claim visit-021"]


def test_a_ticket_that_nobody_heard_of_is_taken_for_what_its_slip_says(alone: Clerk) -> None:
    alone.press(K.Key_F2)
    alone.type("a1000")
    alone.press(K.Key_Return)
    assert "Belum dikenal komputer ini" in alone.window.asking.finding.panel.said
    assert "hanya karcis hari ini" in alone.window.asking.finding.panel.said

    alone.press(K.Key_Return, K.Key_2)

    (asked,) = alone.port.asked
    assert asked == "claim_paper A-1000 DPMPTSP-01"
    assert alone.port.here is not None and alone.port.here.number == "A-1000"


def test_a_ticket_taken_by_mistake_is_given_back(alone: Clerk) -> None:
    alone.press(K.Key_F2)
    alone.type("a21")
    alone.press(K.Key_Return, K.Key_Return)
    alone.press(K.Key_Z, holding=CTRL)

    assert alone.port.asked == ["claim visit-021", "undo"]
    assert alone.port.here is None


def test_a_counter_of_many_services_asks_for_them_in_turns(alone: Clerk) -> None:
    services = tuple((f"X-{at:02}", f"Layanan {at}") for at in range(1, 10))
    finding = alone.window.asking.finding
    finding.panel.taken.emit(
        FinderView("A-1000", msg("Belum dikenal."), msg("Cocokkan."), Offer.CLAIM_PAPER, services=services)
    )
    choices = alone.window.asking.choices
    assert choices.words() == [*(f"Layanan {at}" for at in range(1, 8)), "Layanan lainnya"]
    alone.press(K.Key_8)
    assert choices.words() == ["Layanan 8", "Layanan 9", "Layanan lainnya"]
    alone.press(K.Key_3)
    assert choices.words()[0] == "Layanan 1"


def test_who_was_sent_here_is_taken_with_the_slip_that_says_so(sit_down: SitDown, clock: HandClock) -> None:
    port = scenes.alone(clock)
    port.serve_elsewhere("visit-021")
    clerk = sit_down(port)
    lose_hub(clerk, minutes=1)

    clerk.press(K.Key_F2)
    clerk.type("a21")
    clerk.press(K.Key_Return)
    assert "Hanya bila tercetak KARCIS ALIH" in clerk.window.asking.finding.panel.said
    clerk.press(K.Key_Return, K.Key_1)

    assert clerk.port.asked == ["claim_paper A-021 DPMPTSP-07 sent_on"]


def test_who_is_sent_on_gets_a_slip(alone: Clerk) -> None:
    alone.press(K.Key_F2)
    alone.type("a23")
    alone.press(K.Key_Return, K.Key_Return)
    view = alone.window.view
    assert view is not None and str(view.keys[Act.TRANSFER].note) == "+ karcis alih"

    alone.press(K.Key_F7)
    alone.type("skck")
    alone.press(K.Key_Return)

    assert alone.port.asked[-1] == "transfer POLRES-01"
    assert "karcis alih" in alone.window.undo.accessibleName()


def test_nobody_is_called_from_the_list(alone: Clerk) -> None:
    alone.window.queue.take_focus()
    alone.press(K.Key_Down, K.Key_Return)

    banner = alone.window.banners.current()
    assert banner is not None
    assert str(banner.what_happened) == "Terputus dari hub, jadi dari daftar ini tidak ada yang dipanggil."
    assert "F2" in str(banner.what_to_do)
    assert alone.port.asked == []


def test_nobody_is_next_in_a_list_that_the_hub_keeps_no_more(alone: Clerk) -> None:
    assert not any("berikutnya" in said for said in alone.window.queue.spoken())
    assert alone.window.view is not None and alone.window.view.idle is not None
    assert alone.window.view.idle.next_up is None


def test_who_was_put_aside_goes_on_with_her_ticket(alone: Clerk) -> None:
    alone.window.idle_side.recall_wanted.emit("visit-016")
    alone.settle()
    alone.press(K.Key_Return)

    assert alone.port.asked == ["claim visit-016"]


def test_a_counter_that_is_not_open_takes_nobody(sit_down: SitDown, clock: HandClock) -> None:
    port = scenes.alone(clock)
    port.close_counter()
    clerk = sit_down(port)
    lose_hub(clerk, minutes=1)

    clerk.window.asking.finding.seek("A-021")
    clerk.settle()

    panel = clerk.window.asking.finding.panel
    assert panel.view is not None and panel.view.offer is Offer.NOTHING
    assert "Buka loket" in panel.said


def test_the_list_says_how_old_it_is_and_when_it_is_too_old(alone: Clerk) -> None:
    age = alone.window.queue.age
    assert age.words == "Daftar per pukul 09.40. 2 menit lalu, hanya panduan"

    alone.clock.forward(60 * OLD_MINUTES)
    alone.window.refresh()

    assert age.words == "Daftar lama, per pukul 09.40. 12 menit lalu; percayai karcis."


def test_the_return_of_the_hub_is_seen_at_once(alone: Clerk) -> None:
    alone.window.set_connection(TO_HUB)

    assert label_of(alone, Act.CALL_NEXT) == "Panggil berikutnya"
    assert alone.window.queue.age.words == ""
    alone.press(K.Key_F2)
    assert alone.port.asked == ["call_next"]


def test_a_ticket_of_a_kiosk_that_alone_is_cut_off_is_found_by_ctrl_f(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.alone(clock))

    clerk.window.asking.finding.seek("A-1000")
    clerk.settle()
    assert "Belum sampai ke hub" in clerk.window.asking.finding.panel.said
    clerk.press(K.Key_Return, K.Key_1)

    assert clerk.port.asked == ["claim_paper A-1000 DPMPTSP-07"]
