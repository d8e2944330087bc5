"""Which call stands on the board and for how long, decided without a window."""

from itertools import pairwise

from mppdesk.ui.display_board.view_state import BoardState
from tests.ui.display_board.hall import CALLS, MORNING, call, screen

A, B, C, D, E = (call(at, f"{letter}-001") for at, letter in enumerate("ABCDE", start=1))


def quiet() -> BoardState:
    """A board that has begun before the first call of the day."""
    return BoardState().with_screen(screen(), 0.0)


def on_panel(state: BoardState) -> str | None:
    return state.standing.call.number if state.standing else None


def previous(state: BoardState) -> list[str]:
    return [each.number for each in state.previous]


def test_a_call_interrupts_the_idle_screen_and_is_announced() -> None:
    state = quiet()
    assert state.is_idle

    state = state.with_screen(screen(A), 10.0)

    assert on_panel(state) == "A-001"
    assert state.standing is not None
    assert state.standing.is_news


def test_a_call_has_the_panel_alone_for_eight_seconds_then_joins_the_previous() -> None:
    state = quiet().with_screen(screen(A), 0.0).with_screen(screen(A, B), 1.0)

    assert (on_panel(state.passed(7.9)), previous(state.passed(7.9))) == ("A-001", [])
    assert (on_panel(state.passed(8.0)), previous(state.passed(8.0))) == ("B-001", ["A-001"])


def test_when_three_wait_five_seconds_must_do() -> None:
    state = quiet().with_screen(screen(A), 0.0).with_screen(screen(A, B, C, D), 1.0)

    assert on_panel(state.passed(4.9)) == "A-001"
    state = state.passed(5.0)
    assert on_panel(state) == "B-001"
    assert on_panel(state.passed(12.9)) == "B-001"  # two wait: eight seconds again
    assert on_panel(state.passed(13.0)) == "C-001"


def test_calls_made_at_once_are_shown_in_the_order_they_were_made() -> None:
    state = quiet().with_screen(screen(A, B, C), 0.0)
    seen = []
    for now_s in range(0, 30, 1):
        state = state.passed(float(now_s))
        seen.append(on_panel(state))

    assert list(dict.fromkeys(seen)) == ["A-001", "B-001", "C-001"]


def test_no_more_than_four_stand_in_the_list_newest_first() -> None:
    state = BoardState().with_screen(screen(A, B, C, D, E), 0.0)
    assert (on_panel(state), previous(state)) == ("E-001", ["D-001", "C-001", "B-001", "A-001"])

    state = state.with_screen(screen(A, B, C, D, E, call(6, "F-001")), 20.0)

    assert (on_panel(state), previous(state)) == ("F-001", ["E-001", "D-001", "C-001", "B-001"])


def test_calls_from_before_the_board_began_are_shown_but_not_announced() -> None:
    state = BoardState().with_screen(screen(*CALLS), 0.0)

    assert state.standing is not None
    assert not state.standing.is_news
    assert state.is_lit(0.6)


def test_a_repeated_call_shows_again_and_leaves_the_list() -> None:
    state = quiet().with_screen(screen(A), 0.0).with_screen(screen(A, B), 10.0)
    assert previous(state) == ["A-001"]

    state = state.with_screen(screen(call(3, "A-001", times=2), B), 20.0)

    assert (on_panel(state), previous(state)) == ("A-001", ["B-001"])
    assert state.standing is not None
    assert state.standing.since_s == 20.0


def test_the_call_on_the_panel_repeated_is_announced_again_and_not_listed_twice() -> None:
    state = quiet().with_screen(screen(A), 0.0).with_screen(screen(call(2, "A-001", times=2)), 30.0)

    assert state.standing is not None
    assert (state.standing.since_s, state.standing.call.times, previous(state)) == (30.0, 2, [])


def test_a_call_repeated_while_it_waits_waits_once() -> None:
    state = quiet().with_screen(screen(A), 0.0).with_screen(screen(A, B), 1.0)
    state = state.with_screen(screen(A, call(3, "B-001", times=2)), 2.0)

    assert [each.times for each in state.coming] == [2]


def test_the_same_calls_read_again_change_nothing() -> None:
    state = quiet().with_screen(screen(A, B), 0.0)

    assert state.with_screen(screen(A, B), 3.0) == state


def test_after_a_minute_without_a_call_the_hall_is_quiet_and_the_call_is_remembered() -> None:
    state = quiet().with_screen(screen(A), 0.0)

    assert not state.passed(59.9).is_idle
    state = state.passed(60.0)
    assert state.is_idle
    state = state.with_screen(screen(A, B), 100.0)
    assert (on_panel(state), previous(state)) == ("B-001", ["A-001"])


def test_the_border_goes_dark_three_times_and_then_stays_lit() -> None:
    state = quiet().with_screen(screen(A), 100.0)
    lit = [state.is_lit(100.0 + quarter / 4) for quarter in range(20)]

    darkenings = sum(before and not after for before, after in pairwise(lit))
    assert darkenings == 3
    assert all(lit[12:])


def test_an_undone_call_leaves_the_board_and_brings_no_old_one_back_as_news() -> None:
    calls = [call(at, f"A-{at:03}") for at in range(1, 8)]
    state = BoardState().with_screen(screen(*calls[:6]), 0.0).with_screen(screen(*calls), 10.0)
    assert on_panel(state) == "A-007"

    state = state.with_screen(screen(*calls[:6]), 11.0)

    assert (on_panel(state), state.coming) == (None, ())
    assert previous(state) == ["A-006", "A-005", "A-004", "A-003"]


def test_another_call_under_the_ordinal_of_an_undone_one_is_announced() -> None:
    state = quiet().with_screen(screen(A, B), 0.0).with_screen(screen(A), 1.0)

    state = state.with_screen(screen(A, call(2, "C-001")), 20.0)

    assert on_panel(state) == "C-001"


def test_a_new_day_begins_with_an_empty_board() -> None:
    state = BoardState().with_screen(screen(*CALLS), 0.0)

    assert previous(state.with_screen(screen(), 10.0)) == []
    morning = state.with_screen(screen(call(1, "B-001")), 10.0)
    assert (on_panel(morning), previous(morning)) == ("B-001", [])


def test_cut_off_says_since_when_and_keeps_what_was_called() -> None:
    state = quiet().with_screen(screen(A), 0.0).without_screen(MORNING)
    later = state.without_screen(MORNING.replace(minute=50))

    assert (on_panel(later), later.cut_off) == ("A-001", MORNING)
    assert later.with_screen(screen(A), 5.0).cut_off is None
