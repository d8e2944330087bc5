"""F12 by keyboard: break, no new numbers, closing over people who wait; and what it says, without a window."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from mppdesk.domain.office_day import CounterState
from mppdesk.domain.visit import TicketStatus
from mppdesk.operations.readings import CounterScreen
from mppdesk.ui.counter.choice import Choice
from mppdesk.ui.counter.pause_state import (
    Closings,
    Pauses,
    closing_choices,
    closing_sentence,
    pause_choices,
)
from mppdesk.ui.counter.stage import Stage
from mppdesk.ui.counter.view_state import Local, decide, stage_of
from tests.ui.counter import scenes
from tests.ui.counter.conftest import Clerk
from tests.ui.counter.fake_port import FakePort
from tests.ui.counter.scenes import HandClock

K = Qt.Key
SitDown = Callable[..., Clerk]
ALL_SERVICES = frozenset({"DPMPTSP-01", "DPMPTSP-02", "DPMPTSP-07"})


def nothing() -> None:
    """What a choice does in a test that only reads it."""


PAUSES = Pauses(*[nothing] * 9)


def menu(port: FakePort) -> tuple[Choice, ...]:
    screen = port.screen()
    return pause_choices(screen, stage_of(screen), PAUSES)


def words(choices: tuple[Choice, ...]) -> list[str]:
    return [str(choice.words) for choice in choices]


# --- in words ------------------------------------------------------------------------------------------------------


def test_the_answers_are_always_at_the_same_digits(clock: HandClock) -> None:
    assert words(menu(scenes.idle(clock))) == [
        "Istirahat", "Tutup untuk nomor baru", "Serahkan loket", "Tutup loket", "Keluar dari program",
        "Gulungan kertas baru dipasang",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "first", "second", "usable"),
    [
        (CounterState.OPEN, "Istirahat", "Tutup untuk nomor baru", [True] * 6),
        (CounterState.CLOSING, "Istirahat", "Terima nomor baru lagi", [True] * 6),
        (CounterState.ON_BREAK, "Lanjut melayani", "Tutup untuk nomor baru", [True] * 6),
        (CounterState.CLOSING_ON_BREAK, "Lanjut melayani", "Terima nomor baru lagi", [True] * 6),
        (CounterState.CLOSED, "Buka loket", "Tutup untuk nomor baru", [True, False, False, False, True, True]),
    ],
)
def test_what_f12_offers_follows_the_counter(
    clock: HandClock, state: CounterState, first: str, second: str, usable: list[bool]
) -> None:
    port = scenes.idle(clock)
    port.state = state
    assert words(menu(port))[:2] == [first, second]
    assert [choice.is_usable for choice in menu(port)] == usable


def test_with_a_person_at_the_desk_only_new_numbers_can_be_stopped_and_paper_put_in(clock: HandClock) -> None:
    choices = menu(scenes.serving(clock))
    assert [choice.is_usable for choice in choices] == [False, True, False, False, False, True]
    assert {str(choice.note) for choice in choices if not choice.is_usable} == {"selesaikan A-019 dahulu"}


def test_a_counter_that_is_closing_calls_on_and_then_offers_to_close(clock: HandClock) -> None:
    port = scenes.idle(clock)
    port.state = CounterState.CLOSING
    busy = decide(port.screen(), Local(), None, clock.now()).idle
    empty = FakePort(clock.now)
    empty.state = CounterState.CLOSING
    done = decide(empty.screen(), Local(), None, clock.now()).idle

    assert busy is not None and busy.next_up is not None
    assert (str(busy.chip), str(busy.title)) == ("Tutup untuk nomor baru", "Melayani yang menunggu")
    assert done is not None
    assert (str(done.calm), str(done.calm_more)) == (
        "Tidak ada lagi yang menunggu.", "Tekan F12 lalu 4 untuk menutup loket.",
    )  # fmt: skip


def closing(screen: CounterScreen) -> tuple[str, list[str]]:
    return str(closing_sentence(screen)), words(closing_choices(screen, Closings(nothing, nothing, nothing)))


def test_closing_names_those_whom_nobody_else_serves(clock: HandClock) -> None:
    port = scenes.idle(clock)
    port.served_elsewhere = ALL_SERVICES - {"DPMPTSP-01"}
    assert closing(port.screen()) == (
        "3 orang hanya dilayani loket ini: A-021, A-022, A-025.",
        ["Tetap buka", "Alihkan 3 orang, lalu tutup", "Tutup dan beri tahu penyelia"],
    )


def test_a_long_list_is_cut_and_counted(clock: HandClock) -> None:
    port = FakePort(clock.now, tuple(scenes.person(number, "DPMPTSP-01", 5) for number in range(1, 12)))
    assert closing(port.screen())[0] == (
        "11 orang hanya dilayani loket ini: A-001, A-002, A-003, A-004, A-005, A-006, A-007, A-008, dan 3 lagi."
    )


def test_closing_says_when_others_serve_them_too(clock: HandClock) -> None:
    port = scenes.idle(clock)
    port.served_elsewhere = ALL_SERVICES
    assert closing(port.screen()) == (
        "8 orang masih menunggu; loket lain juga melayani mereka.", ["Tetap buka", "Tutup Loket 2"],
    )  # fmt: skip


# --- by keys -------------------------------------------------------------------------------------------------------


def stage(clerk: Clerk) -> Stage | None:
    return clerk.window.view.stage if clerk.window.view else None


def test_a_rest_has_an_end_and_an_answer(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.idle(clock))

    clerk.press(K.Key_F12, K.Key_1)
    clerk.type("13.00")
    clerk.press(K.Key_Return)
    resting = stage(clerk)
    clerk.press(K.Key_F12, K.Key_1)

    assert clerk.port.break_until == "13.00"
    assert (resting, stage(clerk)) == (Stage.ON_BREAK, Stage.IDLE)


def test_new_numbers_are_stopped_and_taken_again_by_the_same_keys(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.idle(clock))

    clerk.press(K.Key_F12, K.Key_2)
    between = clerk.port.state
    clerk.press(K.Key_F2)
    clerk.press(K.Key_F12, K.Key_2)

    assert between is CounterState.CLOSING
    assert clerk.port.asked == ["stop_new_numbers", "call_next", "resume_new_numbers"]
    assert clerk.port.state is CounterState.OPEN


def test_closing_with_people_waiting_asks_first_and_enter_stays(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.idle(clock))

    clerk.press(K.Key_F12, K.Key_4, K.Key_Return)
    stayed = clerk.port.asked.copy()
    clerk.press(K.Key_F12, K.Key_4, K.Key_3)

    assert stayed == []
    assert clerk.port.asked == ["close_counter"]
    assert stage(clerk) is Stage.CLOSED


def test_nobody_waiting_nothing_is_asked(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(FakePort(clock.now))

    clerk.press(K.Key_F12, K.Key_4)

    assert clerk.port.asked == ["close_counter"]


def test_all_who_wait_for_this_counter_alone_are_sent_on_together(sit_down: SitDown, clock: HandClock) -> None:
    port = scenes.idle(clock)
    port.served_elsewhere = ALL_SERVICES - {"DPMPTSP-01"}
    clerk = sit_down(port)

    clerk.press(K.Key_F12, K.Key_4, K.Key_2)
    clerk.type("pol")
    clerk.press(K.Key_Return)

    assert clerk.port.asked == ["transfer POLRES-01"] * 3 + ["close_counter"]
    assert clerk.port.person("A-019").status is TicketStatus.WAITING
    told = clerk.window.banners.current()
    assert told is not None and str(told.what_happened) == "3 orang dialihkan, loket tutup."


def test_only_who_leads_finds_the_administration_after_the_others(clock: HandClock) -> None:
    screen = scenes.idle(clock).screen()
    leading = pause_choices(screen, stage_of(screen), replace(PAUSES, administer=nothing))

    assert words(leading) == [*words(menu(scenes.idle(clock))), "Administrasi"]


def test_the_administration_opens_also_with_a_person_at_the_desk(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.serving(clock))
    asked: list[bool] = []
    clerk.window.administration_wanted.connect(lambda: asked.append(True))

    clerk.press(K.Key_F12, K.Key_7, K.Key_Escape)
    before = asked.copy()
    clerk.window.asking.pausing.may_administer = True
    clerk.press(K.Key_F12, K.Key_7)

    assert (before, asked) == ([], [True])


def test_leaving_asks_the_program(sit_down: SitDown, clock: HandClock) -> None:
    clerk = sit_down(scenes.idle(clock))
    left: list[bool] = []
    clerk.window.leave_wanted.connect(lambda: left.append(True))

    clerk.press(K.Key_F12, K.Key_5)

    assert left == [True]
