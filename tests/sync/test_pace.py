"""When a link tries again: later after each failure, never sooner than it was asked, and no poke shortens that."""

from mppdesk.sync.pace import LONGEST_DELAY_S, Pace


def test_failures_double_the_wait_up_to_a_minute_and_a_success_begins_anew() -> None:
    pace = Pace(lambda: 0.0, poll_s=30.0)
    assert [pace.after_failure() for _ in range(8)] == [1, 2, 4, 8, 16, 32, LONGEST_DELAY_S, LONGEST_DELAY_S]
    assert pace.after_success() == 30.0
    assert pace.after_failure() == 1.0


def test_chance_adds_up_to_half() -> None:
    assert Pace(lambda: 1.0).after_failure() == 1.5


def test_no_poke_shortens_what_was_asked_or_what_the_link_allows_itself() -> None:
    pace = Pace(lambda: 0.0, poll_s=60.0, least_s=5.0)
    assert pace.after_success() == 60.0 and pace.unpoked_s == 5.0
    assert pace.after_failure(asked_to_wait_s=40.0) == 40.0 == pace.unpoked_s
    assert pace.after_failure() == 2.0 and pace.unpoked_s == 5.0
