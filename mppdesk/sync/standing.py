"""How a computer stands to its hub, as its windows say it: reached or not, since when, and what waits."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING

from mppdesk.db.home import OpenHome
from mppdesk.sync.hubs_clock import HubsClock
from mppdesk.sync.protocol import CentreStanding
from mppdesk.sync.waiting import Mark, Waiting, waiting_since

if TYPE_CHECKING:  # a network library is a quarter of a second that a single PC never waits for
    from mppdesk.sync.loop import LinkState

CLOCK_OFF = timedelta(minutes=2)
"""By how much two clocks may differ before anybody is told."""
_NOTHING = Mark()


@dataclass(frozen=True, slots=True)
class Standing:
    """Times are UTC milliseconds. `waiting`: entries that the hub may not have; `returned`: those it got at a return.

    `is_hub`: this computer decides itself. `centre`: how the hub stands to its centre; None where it has none, or
    nothing is known of it. `offset_ms`: how far the hub's clock is ahead of this computer's, as far as is known.
    `returned_ms` is None when the hub was never lost since this start.
    """

    is_cut_off: bool
    since_ms: int
    waiting: int = 0
    oldest_ms: int | None = None
    offset_ms: int = 0
    returned: int = 0
    returned_ms: int | None = None
    is_hub: bool = False
    centre: CentreStanding | None = None


class Standings:
    """Follows the states of one loop; `told` in its thread, `now` in any. `mark` is that of the last exchange."""

    def __init__(self, home: OpenHome, mark: Callable[[], Mark | None], clock: HubsClock) -> None:
        self._home = home
        self._mark = mark
        self._clock = clock
        self._lock = Lock()
        self._standing = Standing(is_cut_off=False, since_ms=0)
        self._lost_at: Mark | None = None

    def told(self, state: "LinkState") -> None:
        """Take a state of the loop. Before the first answer or failure nothing is said of the hub."""
        with self._lock:
            before = self._standing
            if not state.is_reached and state.why and not before.is_cut_off:
                self._lost_at = self._mark()
                self._standing = Standing(is_cut_off=True, since_ms=state.since_ms)
            elif state.is_reached and before.is_cut_off:
                self._standing = Standing(
                    is_cut_off=False,
                    since_ms=state.since_ms,
                    returned=self._after(self._lost_at).entries,
                    returned_ms=state.since_ms,
                    centre=state.centre,
                )
            elif state.is_reached:
                self._standing = replace(before, centre=state.centre)

    def now(self) -> Standing:
        """The standing as of the last commit here."""
        with self._lock:
            standing = replace(self._standing, offset_ms=self._clock.ahead_ms)
            if not standing.is_cut_off:
                return standing
            waits = self._after(self._lost_at)
            return replace(standing, waiting=waits.entries, oldest_ms=waits.oldest_ms)

    def _after(self, mark: Mark | None) -> Waiting:
        device_id = self._home.required_writer().author.device_id
        with self._home.database.reading() as store:
            return waiting_since(store, self._home.site_id, device_id, mark or _NOTHING, relays=False)
