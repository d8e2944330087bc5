"""Time that runs several times as fast, and stands still while the machine is busy with something else."""

import threading
import time
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

from mppdesk.printing.conversation import Timings

HURRY = 4.0
_HURRIED = ("connect", "stall", "confirm", "look_again", "silent", "settle", "end", "stopped_end", "confirmed_end")
HURRIED = Timings(
    answer=Timings().answer,  # a busy machine is not mute
    answer_again=Timings().answer_again,
    slowest_mm_per_s=Timings().slowest_mm_per_s * HURRY,
    **{name: getattr(Timings(), name) / HURRY for name in _HURRIED},
)
SLOWER_LOOK_S = (HURRIED.answer + HURRIED.answer_again) * (HURRY - 1)
"""How much longer than in an office it takes to find that a printer says nothing, by this clock."""
OPENING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
_TICK_S = 0.01


class HurriedClock:
    """For spoolers and those who watch them; several may share it. A context manager: it ticks in a thread.

    A tick that came late was a standstill of the machine, and what did not happen in it is no fault of the program.
    `stood_still_s` tells how much of that there was so far: other threads were kept waiting as long, at other times.
    """

    def __init__(self) -> None:
        self.stood_still_s = 0.0
        self._passed_s = 0.0
        self._is_over = threading.Event()
        self._ticking = threading.Thread(target=self._tick, name="hurried clock", daemon=True)

    def __enter__(self) -> Self:
        self._ticking.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._is_over.set()
        self._ticking.join()

    def monotonic(self) -> float:
        return self._passed_s

    def now(self) -> datetime:
        return OPENING + timedelta(seconds=self._passed_s)

    def sleep(self, seconds: float) -> None:
        threading.Event().wait(seconds / HURRY)

    def _tick(self) -> None:
        before = time.perf_counter()
        while not self._is_over.wait(_TICK_S):
            now = time.perf_counter()
            self._passed_s += min(now - before, _TICK_S) * HURRY
            self.stood_still_s += max(0.0, now - before - _TICK_S) * HURRY
            before = now
