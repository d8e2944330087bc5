"""Measures how long the GUI thread takes over each event: what a person would feel as a window that hangs.

The tests run on a watched application and fail on a stall; `mppdesk` itself may use one to write stalls to the log.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

LIMIT_MS = 50.0


@dataclass(frozen=True, slots=True)
class Stall:
    """An event that took too long; `busy_ms` of `took_ms` the thread was computing, the rest it waited."""

    event: str
    receiver: str
    took_ms: float
    busy_ms: float


class StallWatch:
    """Times events by two clocks in seconds, the wall's and the thread's own, and tells of those over the limit."""

    def __init__(
        self,
        on_stall: Callable[[Stall], None],
        limit_ms: float = LIMIT_MS,
        wall: Callable[[], float] = time.perf_counter,
        busy: Callable[[], float] = time.thread_time,
    ) -> None:
        self._on_stall, self._limit_ms = on_stall, limit_ms
        self._wall, self._busy = wall, busy
        self.is_timing = False

    def time(self, handle: Callable[[], bool], event: str, receiver: Callable[[], str]) -> bool:
        """Handle an event and answer what `handle` answers; events sent while handling one belong to that one."""
        if self.is_timing:
            return handle()
        self.is_timing = True
        wall, busy = self._wall(), self._busy()
        try:
            return handle()
        finally:
            self.is_timing = False
            took_ms = (self._wall() - wall) * 1000
            if took_ms > self._limit_ms:
                self._on_stall(Stall(event, receiver(), took_ms, (self._busy() - busy) * 1000))


class WatchedApplication(QApplication):
    """A QApplication that keeps the stalls it met in `stalls` while `watch` is set."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.stalls: list[Stall] = []
        self.watch: StallWatch | None = StallWatch(self.stalls.append)

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        watch = self.watch
        if watch is None or watch.is_timing:  # what is sent while an event is handled belongs to that one
            return super().notify(receiver, event)
        name = event.type().name
        return watch.time(
            lambda: super(WatchedApplication, self).notify(receiver, event), name, lambda: _name(receiver)
        )


def _name(receiver: QObject) -> str:
    """What the event was for; the receiver may not have outlived it."""
    return receiver.metaObject().className() if shiboken6.isValid(receiver) else "(gone)"
