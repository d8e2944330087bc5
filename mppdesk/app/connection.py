"""The bar of every window tells how hub and centre are reached: read after each change, a state and not an error."""

from datetime import datetime, timedelta
from typing import Protocol

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from mppdesk.app.own_hub import OWN_HUB
from mppdesk.app.station import CONNECTION
from mppdesk.sync.centre_place import CENTRE
from mppdesk.sync.standing import CLOCK_OFF, Standing
from mppdesk.ui.shared import connection as words
from mppdesk.ui.shared.banner import BannerStack
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.connection import Backlog, Connection
from mppdesk.ui.shared.tasks import Runner

BACK_S = 10
_AGAIN_MS = 30_000
_LOST, _BACK, _CLOCK, _CENTRE = "hub_lost", "hub_back", "clock_off", "centre_lost"
_OF_THE_WAY = frozenset({CONNECTION, OWN_HUB, CENTRE})


class Stands(Protocol):
    """A computer of a building: how it stands, which may block, and the time there."""

    def standing(self) -> Standing: ...

    def now(self) -> datetime: ...

    def in_zone(self, wall_ms: int) -> datetime: ...


class ShowsConnection(Protocol):
    """A window with a top bar and banners."""

    @property
    def banners(self) -> BannerStack: ...

    def set_connection(self, connection: Connection) -> None: ...

    def set_clock_difference(self, difference: timedelta | None) -> None: ...


class ConnectionBar(QObject):
    """Keeps the bar of one window true; lives as long as the window, on the GUI thread."""

    def __init__(
        self,
        here: Stands,
        window: ShowsConnection,
        parent: QObject,
        tasks: Runner,
        changes: Changes,
        *,
        tells_of_centre: bool = False,
    ) -> None:
        """With `tells_of_centre` a banner says what waits for a centre that is away, which no clerk needs to know."""
        super().__init__(parent)
        self._here = here
        self._window = window
        self._tasks = tasks
        self._tells_of_centre = tells_of_centre
        self._seen: Standing | None = None
        self._shown: Connection | None = None
        self.fresh = QTimer(self, singleShot=True, interval=BACK_S * 1000)
        self.fresh.timeout.connect(self._settled)
        self.again = QTimer(self, interval=_AGAIN_MS)
        self.again.timeout.connect(self.read)
        changes.changed.connect(self._hear)
        self.read()

    def read(self) -> None:
        """Ask how the hub is reached, beside the GUI thread."""
        self._tasks.run_beside(self._here.standing, self._answered, lambda error: None)

    def _answered(self, standing: Standing) -> None:
        if isValid(self):  # the window may have gone while its question was asked
            self.show(standing)

    def show(self, standing: Standing) -> None:
        """Show a standing; a return is told for ten seconds, once."""
        before, self._seen = self._seen, standing
        if standing.is_cut_off:
            self._show_lost(standing)
        elif before is not None and before.is_cut_off:
            self._show_back(standing)
        elif not self.fresh.isActive():
            self._settled()
        self._show_centre(standing)
        self._show_clock(abs(timedelta(milliseconds=standing.offset_ms)))
        self._grow_old(is_waiting=_is_waiting(standing))

    def _show_lost(self, standing: Standing) -> None:
        self.fresh.stop()
        self._window.banners.end(_BACK)
        lost_at = self._here.in_zone(standing.since_ms)
        self._set(words.cut_off_from_hub(self._backlog(standing.waiting, standing.oldest_ms), lost_at))
        self._window.banners.show_banner(_LOST, words.cut_off_banner(lost_at, self._here.now()))

    def _show_back(self, standing: Standing) -> None:
        self._window.banners.end(_LOST)
        self._set(words.evening_out(standing.returned))
        self._window.banners.show_banner(_BACK, words.back_banner(standing.returned), BACK_S)
        self.fresh.start()

    def _settled(self) -> None:
        if self._seen is not None:
            self._set(self._reached(self._seen))

    def _reached(self, standing: Standing) -> Connection:
        """The hub is there; what is known of the centre is said as well."""
        centre = standing.centre
        if centre is not None and not centre.is_reached:
            since, now = self._here.in_zone(centre.since_ms), self._here.now()
            return words.without_centre(since, now, self._backlog(centre.waiting, centre.oldest_ms))
        if standing.is_hub:
            return words.HUB_AND_CENTRE if centre is not None else words.ONE_PC
        return words.CONNECTED if centre is not None else words.TO_HUB

    def _show_centre(self, standing: Standing) -> None:
        centre = standing.centre
        if self._tells_of_centre and centre is not None and not centre.is_reached:
            banner = words.centre_banner(self._backlog(centre.waiting, centre.oldest_ms))
            self._window.banners.show_banner(_CENTRE, banner)
        else:
            self._window.banners.end(_CENTRE)

    def _show_clock(self, difference: timedelta) -> None:
        is_off = difference > CLOCK_OFF
        self._window.set_clock_difference(difference if is_off else None)
        if is_off:
            self._window.banners.show_banner(_CLOCK, words.clock_banner(difference))
        else:
            self._window.banners.end(_CLOCK)

    def _grow_old(self, *, is_waiting: bool) -> None:
        """What waits gets older although nothing changes."""
        if not is_waiting:
            self.again.stop()
        elif not self.again.isActive():
            self.again.start()

    def _backlog(self, entries: int, oldest_ms: int | None) -> Backlog:
        if oldest_ms is None:
            return Backlog(entries)
        return Backlog(entries, self._here.now() - self._here.in_zone(oldest_ms))

    def _set(self, connection: Connection) -> None:
        if connection != self._shown:
            self._shown = connection
            self._window.set_connection(connection)

    def _hear(self, topics: frozenset[str]) -> None:
        """Read again when the way to the hub changed, or more waits for it."""
        if topics & _OF_THE_WAY or (self._seen is not None and self._seen.is_cut_off):
            self.read()


def _is_waiting(standing: Standing) -> bool:
    return standing.is_cut_off or (standing.centre is not None and not standing.centre.is_reached)
