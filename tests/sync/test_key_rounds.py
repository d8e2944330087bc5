"""Keys follow the journal: at once after a pause, else within five seconds, and all of them now and then."""

from typing import Any, cast

from mppdesk.sync.key_rounds import KeyRounds
from mppdesk.sync.keys import ALL_DAYS

DAY_MS, HOUR_MS = 86_400_000, 3_600_000
NEVER_S = float("inf")


class Store:
    def __init__(self) -> None:
        self.ms = 20_000 * DAY_MS

    def now_ms(self) -> int:
        return self.ms


class Way:
    def __init__(self) -> None:
        self.from_days: list[int] = []

    def exchange_keys(self, here: object, from_day: int) -> tuple[int, int]:
        self.from_days.append(from_day)
        return 0, 0


def test_keys_of_a_busy_journal_are_owed_for_five_seconds_at_most() -> None:
    way, store = Way(), Store()
    rounds = KeyRounds(way, cast(Any, store))
    rounds()
    assert (way.from_days, rounds.due_s()) == ([ALL_DAYS], NEVER_S)

    store.ms += 1_000
    rounds()
    assert (len(way.from_days), rounds.due_s()) == (1, 4.0)

    store.ms += 4_000
    rounds()
    assert (way.from_days, rounds.due_s()) == ([ALL_DAYS, 20_000 - 2], NEVER_S)

    store.ms += HOUR_MS
    rounds()
    assert way.from_days[-1] == ALL_DAYS


def test_a_clock_that_was_set_back_puts_nothing_off() -> None:
    way, store = Way(), Store()
    rounds = KeyRounds(way, cast(Any, store))
    rounds()

    store.ms -= DAY_MS
    rounds()
    assert way.from_days == [ALL_DAYS, ALL_DAYS]
