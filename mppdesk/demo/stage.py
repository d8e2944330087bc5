"""Virtual time: people as generators that yield how many seconds they take, played in order of their times."""

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count

from mppdesk.demo.clock import VirtualClock

Person = Iterator[float]
"""A person's doings: each yielded number is the seconds until the next."""


class Stage:
    """Plays persons on a virtual clock; the same persons and chance give the same day."""

    def __init__(self, clock: VirtualClock, after_each: Callable[[], None] = lambda: None) -> None:
        self._clock = clock
        self._after_each = after_each
        self._order = count()
        self._waiting: list[tuple[datetime, int, Person]] = []

    def enter(self, person: Person, at: datetime) -> None:
        heapq.heappush(self._waiting, (at, next(self._order), person))

    def play(self, until: datetime) -> None:
        """Let everybody act until a moment; whoever is not done by then goes home as he stands."""
        while self._waiting and self._waiting[0][0] <= until:
            at, _, person = heapq.heappop(self._waiting)
            self._clock.move_to(at)
            pause = next(person, None)
            if pause is not None:
                self.enter(person, at + timedelta(seconds=pause))
            self._after_each()
        self._clock.move_to(until)
