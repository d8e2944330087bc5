"""The hub's way to the centre: kept in its folder by `mppdesk hub link`, followed for as long as the hub runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import msgspec

from mppdesk.db.home import OpenHome
from mppdesk.db.replica_store import ReplicaStore
from mppdesk.sync import link_notes
from mppdesk.sync.exchange import Exchanged
from mppdesk.sync.link import Link
from mppdesk.sync.link_notes import LinkNote
from mppdesk.sync.loop import LinkState, SyncLoop
from mppdesk.sync.pace import Pace
from mppdesk.sync.waiting import Mark, mark

CENTRE = "centre"
NOT_RUNNING = "not_running"
# No poke at each commit: the load of the centre must not grow with the queues of a nation.
POLL_S = 5.0
_SETTING = "centre"
_AUTHORITY_FILE = "centre-authority.pem"


class CentrePlace(msgspec.Struct, frozen=True):
    """Where the centre listens and the site's token there; with `has_authority` its certificate is in the folder."""

    url: str
    token: str
    has_authority: bool = False

    def authority(self, home: Path) -> str | None:
        """The file of the certificate that the centre must prove; None for those that the system trusts."""
        return str(home / _AUTHORITY_FILE) if self.has_authority else None


def keep(home: OpenHome, place: CentrePlace, authority: bytes | None) -> None:
    """Keep the way to the centre in the folder, the token in the encrypted database."""
    if authority is not None:
        (home.path / _AUTHORITY_FILE).write_bytes(authority)
    home.set_setting(_SETTING, msgspec.json.encode(place).decode())


def place_of(home: OpenHome) -> CentrePlace | None:
    """The way to the centre; None for a building without one."""
    kept = home.setting(_SETTING)
    return msgspec.json.decode(kept, type=CentrePlace) if kept else None


@contextmanager
def linked_to_centre(home: OpenHome, replica: ReplicaStore, chance: Callable[[], float]) -> Iterator[SyncLoop | None]:
    """Exchange with the centre for as long as the block runs; nothing happens in a building without one."""
    place = place_of(home)
    if place is None:
        yield None
        return
    link = _MarkedLink(home, place)
    loop = SyncLoop(link, replica, Pace(chance, POLL_S), link.note)
    link.note(loop.state)
    loop.start()
    try:
        yield loop
    finally:
        loop.stop()
        link.note(replace(loop.state, is_reached=False, since_ms=replica.now_ms(), why=NOT_RUNNING))


class _MarkedLink(Link):
    """Notes how the link is, and from where on entries wait for it."""

    def __init__(self, home: OpenHome, place: CentrePlace) -> None:
        super().__init__(place.url, place.token, place.authority(home.path))
        self._home = home
        self._url = place.url
        before = link_notes.read(home.path).get(CENTRE)
        # Another centre has nothing of what the former one has.
        self._mark = before.mark if before and before.url == place.url else None

    def exchange(self, here: ReplicaStore) -> Exchanged:
        began = self._now()
        done = super().exchange(here)
        if not done.stopped:
            self._mark = began
        return done

    def note(self, state: LinkState) -> None:
        writer = self._home.required_writer()
        link_notes.write(self._home.path, CENTRE, LinkNote(self._url, writer.now_ms(), state, self._mark))

    def _now(self) -> Mark:
        with self._home.database.reading() as store:
            return mark(store, self._home.site_id, self._home.required_writer().author.log_id)
