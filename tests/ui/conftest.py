"""What tests of windows stand on: a watched application in our own look, and no event that takes too long."""

import statistics
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QScrollArea

from mppdesk.ui.shared.stall_watch import LIMIT_MS, Stall, StallWatch, WatchedApplication
from mppdesk.ui.shared.theme import LIGHT, apply_theme

# What the GUI thread computes is its own fault and held to the limit. Waiting may be another program's doing, as
# where several use the same processor, so only a wait that no scheduler explains counts.
_WAIT_MS = 250.0
# The limit is meant for a counter's PC. Where the processor is slower, or shared just now, a piece of plain computing
# tells by how much; it takes 21 ms on a quiet 2-core machine of 2026. Some noise remains on a machine that is shared.
_COMPUTING_QUIET_MS = 21.0
_NOISE = 1.3
_COLD = 2.0
_seen: set[tuple[str, str]] = set()


def _slowness() -> float:
    """How much slower than a quiet machine this one computes at the moment."""
    return max(1.0, statistics.median(_computing_ms() for _ in range(3)) / _COMPUTING_QUIET_MS)


def _computing_ms() -> float:
    started, total = time.thread_time(), 0
    for number in range(200_000):
        total += number * number % 7
    return (time.thread_time() - started) * 1000


class _Suspects(list[Stall]):
    """Stalls over the limit, with the limit of this machine at the moment of each: a slow phase may last a second."""

    def __init__(self) -> None:
        super().__init__()
        self._limits: list[float] = []

    def append(self, stall: Stall) -> None:
        if stall.busy_ms > LIMIT_MS or stall.took_ms > _WAIT_MS:
            super().append(stall)
            self._limits.append(LIMIT_MS * _NOISE * _slowness())

    def clear(self) -> None:
        super().clear()
        self._limits.clear()

    def bad(self) -> list[Stall]:
        return [
            stall
            for stall, limit_ms in zip(self, self._limits, strict=True)
            if _is_too_long(stall, limit_ms) and not _is_cold(stall, limit_ms)
        ]


def _is_too_long(stall: Stall, limit_ms: float) -> bool:
    return stall.busy_ms > limit_ms or stall.took_ms > _WAIT_MS * limit_ms / LIMIT_MS


def _is_cold(stall: Stall, limit_ms: float) -> bool:
    """Whether a kind of window did this for the first time in the run, when letters and icons are still being read."""
    kind = (stall.event, stall.receiver)
    is_first = kind not in _seen
    _seen.add(kind)
    return is_first and not _is_too_long(stall, _COLD * limit_ms)


def _read_style_sheet_and_fonts() -> None:
    """Qt does so with the first widget of a program, which costs as much once as many windows do later."""
    first = QScrollArea()
    first.setWidget(QLabel("0"))
    first.grab()


@pytest.fixture(autouse=True)
def windows_put_away(request: pytest.FixtureRequest) -> Iterator[None]:
    """Delete the windows that a test closed: one that only waits for it still hears every event of the next tests."""
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(autouse=True)
def no_stall(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test of a window in which one event kept the GUI thread for more than 50 ms."""
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    application: WatchedApplication = request.getfixturevalue("qapp")
    if not application.styleSheet():
        apply_theme(application, LIGHT)
        _read_style_sheet_and_fonts()
    if not isinstance(application.stalls, _Suspects):
        application.stalls = _Suspects()
        application.watch = StallWatch(application.stalls.append)
    application.stalls.clear()
    yield
    bad = application.stalls.bad()
    assert not bad, f"the GUI thread was kept: {bad}"
