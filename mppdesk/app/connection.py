"""The bar of every window tells how the hub is reached: read after each change, a state and not an error."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from mppdesk.app.station import CONNECTION
from mppdesk.sync.standing import Standing
from mppdesk.ui.shared.banner import BannerStack
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.connection import (
    TO_HUB,
    Connection,
    back_banner,
    clock_banner,
    cut_off_banner,
    cut_off_from_hub,
    evening_out,
)
from mppdesk.ui.shared.tasks import Runner

BACK_S = 10
_CLOCK_OFF_MS = 120_000
_MINUTE_MS = 60_000
_LOST, _BACK, _CLOCK = "hub_lost", "hub_back", "clock_off"


class ShowsConnection(Protocol):
    """A window with a top bar and banners."""

    @property
    def banners(self) -> BannerStack: ...

    def set_connection(self, connection: Connection) -> None: ...


class ConnectionBar(QObject):
    """Keeps the bar of one window true; lives as long as the window, on the GUI thread."""

    def __init__(
        self,
        standing: Callable[[], Standing],
        in_zone: Callable[[int], datetime],
        window: ShowsConnection,
        parent: QObject,
        tasks: Runner,
        changes: Changes,
    ) -> None:
        """`standing` reads how the hub is reached and may block; `in_zone` makes a time of UTC milliseconds."""
        super().__init__(parent)
        self._standing = standing
        self._in_zone = in_zone
        self._window = window
        self._tasks = tasks
        self._seen: Standing | None = None
        self.fresh = QTimer(self, singleShot=True, interval=BACK_S * 1000)
        self.fresh.timeout.connect(self._settled)
        changes.changed.connect(self._hear)
        self.read()

    def read(self) -> None:
        """Ask how the hub is reached, beside the GUI thread."""
        self._tasks.run_beside(self._standing, self._answered, lambda error: None)

    def _answered(self, standing: Standing) -> None:
        if isValid(self):  # the window may have gone while its question was asked
            self.show(standing)

    def show(self, standing: Standing) -> None:
        """Show a standing; a return is told for ten seconds, once."""
        before, self._seen = self._seen, standing
        if standing == before:
            return
        if standing.is_cut_off:
            self.fresh.stop()
            self._window.banners.end(_BACK)
            lost_at = self._in_zone(standing.since_ms)
            self._window.set_connection(cut_off_from_hub(standing.waiting, lost_at))
            self._window.banners.show_banner(_LOST, cut_off_banner(lost_at))
            return
        self._window.banners.end(_LOST)
        if before is not None and before.is_cut_off:
            self._window.set_connection(evening_out(standing.returned))
            self._window.banners.show_banner(_BACK, back_banner(standing.returned), BACK_S)
            self.fresh.start()
        elif not self.fresh.isActive():
            self._settled()
        self._show_clock(abs(standing.offset_ms))

    def _show_clock(self, offset_ms: int) -> None:
        if offset_ms > _CLOCK_OFF_MS:
            self._window.banners.show_banner(_CLOCK, clock_banner(offset_ms // _MINUTE_MS))
        else:
            self._window.banners.end(_CLOCK)

    def _settled(self) -> None:
        self._window.set_connection(TO_HUB)

    def _hear(self, topics: frozenset[str]) -> None:
        """Read again when the way to the hub changed, or more waits for it."""
        if CONNECTION in topics or (self._seen is not None and self._seen.is_cut_off):
            self.read()
