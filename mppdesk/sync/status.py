"""How every link of a folder is, what waits for it, and what stopped or is held: one truth for verbs and windows."""

from dataclasses import dataclass

from mppdesk.db.home import OpenHome
from mppdesk.db.replication import held, troubles
from mppdesk.db.replication.held import HeldDevice
from mppdesk.db.replication.troubles import SyncTrouble
from mppdesk.sync import centre_link, link_notes
from mppdesk.sync.centre_link import NOT_RUNNING
from mppdesk.sync.link_notes import LinkNote
from mppdesk.sync.protocol import CentreStanding
from mppdesk.sync.waiting import Mark, waiting_since

# A running program notes each exchange, and each failure to reach the other side, at least this often.
_STALE_MS = 180_000


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """One link; times are UTC milliseconds. `to` is `hub` or `centre`, `why` why it is not reached.

    `centre`: how the hub at the other side stands to its centre, as it said last.
    """

    to: str
    url: str
    is_reached: bool
    since_ms: int | None
    last_exchange_ms: int | None
    why: str
    stopped_logs: int
    waiting: int
    oldest_waiting_ms: int | None
    centre: CentreStanding | None = None

    @property
    def is_running(self) -> bool:
        return self.why != NOT_RUNNING

    @property
    def has_failed(self) -> bool:
        """Whether a running program tried and could not; neither before its first try."""
        return not self.is_reached and self.why not in ("", NOT_RUNNING)


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """Every link of a folder by its name, devices whose logs are held, and logs that stopped."""

    links: tuple[LinkStatus, ...]
    held: tuple[HeldDevice, ...]
    stopped: tuple[SyncTrouble, ...]


def sync_status(home: OpenHome, now_ms: int) -> SyncStatus:
    """Read how the links of a folder are, whichever process runs them."""
    links = tuple(_link(home, name, note, now_ms) for name, note in sorted(_notes(home).items()))
    with home.database.reading() as store:
        return SyncStatus(links, held.devices(store, home.site_id), troubles.all_of(store, home.site_id))


def link_status(home: OpenHome, name: str, now_ms: int) -> LinkStatus | None:
    """Read how one link is; None where there is none of that name."""
    notes = _notes(home)
    return _link(home, name, notes[name], now_ms) if name in notes else None


def _notes(home: OpenHome) -> dict[str, LinkNote | None]:
    """The notes of the running program; a centre that was named and never tried has none yet."""
    notes: dict[str, LinkNote | None] = dict(link_notes.read(home.path))
    place = centre_link.place_of(home)
    known = notes.get(centre_link.CENTRE)
    if place is not None and (known is None or known.url != place.url):
        notes[centre_link.CENTRE] = None
    return notes


def _link(home: OpenHome, name: str, note: LinkNote | None, now_ms: int) -> LinkStatus:
    since = note.mark if note and note.mark else Mark()
    with home.database.reading() as store:
        device_id = home.setting("device_id") or ""
        waiting = waiting_since(store, home.site_id, device_id, since, relays=name == centre_link.CENTRE)
    is_running = note is not None and now_ms - note.noted_ms <= _STALE_MS
    state = note.state if note else None
    return LinkStatus(
        to=name,
        url=note.url if note else getattr(centre_link.place_of(home), "url", ""),
        is_reached=is_running and state is not None and state.is_reached,
        since_ms=None if note is None else note.state.since_ms if is_running else note.noted_ms,
        last_exchange_ms=state.last_exchange_ms if state else None,
        why=state.why if is_running and state else NOT_RUNNING,
        stopped_logs=state.stopped if state else 0,
        waiting=waiting.entries,
        oldest_waiting_ms=waiting.oldest_ms,
        centre=state.centre if is_running and state else None,
    )
