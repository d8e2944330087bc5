"""Calls of an invented morning, and a board port that a test can steer."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from mppdesk.domain.errors import ClerkError
from mppdesk.operations.readings import BoardCall, BoardScreen

MORNING = datetime(2026, 11, 23, 9, 42, tzinfo=timezone(timedelta(hours=7)))
CUT_MS = round((MORNING - timedelta(minutes=2)).timestamp() * 1000)
_SPOKEN = {"BPJS Kesehatan": "be pe je es Kesehatan"}


def call(ordinal: int, number: str, counter: str = "Loket 2", agency: str = "DPMPTSP", times: int = 1) -> BoardCall:
    called_ms = round((MORNING - timedelta(minutes=10 - ordinal)).timestamp() * 1000)
    return BoardCall(ordinal, number, counter, agency, _SPOKEN.get(agency, agency), called_ms, times)


CALLS = (
    call(1, "AG-006", "Loket 30", "BPJS Kesehatan"),
    call(2, "V-012", "Loket 17", "Polres"),
    call(3, "W-017", "Loket 21", "Samsat"),
    call(4, "B-041", "Loket 4", "Dukcapil"),
    call(5, "A-019", "Loket 2", "DPMPTSP"),
)


def screen(*calls: BoardCall, waiting: int = 61, finished: int = 198) -> BoardScreen:
    """What the office answers after these calls, given in the order they were made."""
    newest_first = tuple(sorted(calls, key=lambda each: -each.ordinal))[:5]
    heading = ("MAL PELAYANAN PUBLIK", "KABUPATEN SUKAMAJU")
    return BoardScreen("MPP Kabupaten Sukamaju", heading, newest_first, waiting, finished)


class FakeBoard:
    """Answers what `calls` holds, or refuses with `trouble`; `lost_ms` when it hears nothing of the hub any more."""

    def __init__(self, *calls: BoardCall) -> None:
        self.calls = list(calls)
        self.trouble: ClerkError | None = None
        self.lost_ms: int | None = None

    def screen(self) -> BoardScreen:
        if self.trouble is not None:
            raise self.trouble
        return replace(screen(*self.calls), lost_ms=self.lost_ms)


class HandClock:
    """Seconds that pass when told, and the clock on the wall that goes with them."""

    def __init__(self) -> None:
        self.seconds_gone = 0.0

    def seconds(self) -> float:
        return self.seconds_gone

    def now(self) -> datetime:
        return MORNING + timedelta(seconds=self.seconds_gone)

    def forward(self, seconds: float) -> None:
        self.seconds_gone += seconds


class FakeChime:
    """Counts how often it was rung."""

    def __init__(self) -> None:
        self.rung = 0

    def ring(self) -> None:
        self.rung += 1
