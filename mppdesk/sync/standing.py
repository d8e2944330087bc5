"""How a station stands to its hub, as its windows say it: reached or not, since when, and what waits."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

from mppdesk.db.home import OpenHome
from mppdesk.sync.hubs_clock import HubsClock
from mppdesk.sync.loop import LinkState
from mppdesk.sync.waiting import Mark, waiting_since

_NOTHING = Mark()


@dataclass(frozen=True, slots=True)
class Standing:
    """Times are UTC milliseconds. `waiting`: entries that the hub may not have; `returned`: those it got at a return.

    `offset_ms`: how far the hub's clock is ahead of this computer's, as far as is known.
    `returned_ms` is None when the hub was never lost since this start.
    """

    is_cut_off: bool
    since_ms: int
    waiting: int = 0
    offset_ms: int = 0
    returned: int = 0
    returned_ms: int | None = None


class Standings:
    """Follows the states of one loop; `told` in its thread, `now` in any. `mark` is that of the last exchange."""

    def __init__(self, home: OpenHome, mark: Callable[[], Mark | None], clock: HubsClock) -> None:
        self._home = home
        self._mark = mark
        self._clock = clock
        self._lock = Lock()
        self._standing = Standing(is_cut_off=False, since_ms=0)
        self._lost_at: Mark | None = None

    def told(self, state: LinkState) -> None:
        """Take a state of the loop. Before the first answer or failure nothing is said of the hub."""
        with self._lock:
            before = self._standing
            if not state.is_reached and state.why and not before.is_cut_off:
                self._lost_at = self._mark()
                self._standing = Standing(is_cut_off=True, since_ms=state.since_ms)
            elif state.is_reached and before.is_cut_off:
                brought = self._after(self._lost_at)
                self._standing = Standing(
                    is_cut_off=False, since_ms=state.since_ms, returned=brought, returned_ms=state.since_ms
                )

    def now(self) -> Standing:
        """The standing as of the last commit here."""
        with self._lock:
            standing = replace(self._standing, offset_ms=self._clock.ahead_ms)
            return replace(standing, waiting=self._after(self._lost_at)) if standing.is_cut_off else standing

    def _after(self, mark: Mark | None) -> int:
        device_id = self._home.required_writer().author.device_id
        with self._home.database.reading() as store:
            return waiting_since(store, self._home.site_id, device_id, mark or _NOTHING, relays=False).entries
