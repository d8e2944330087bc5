"""The hub's way to the centre: kept in its folder by `mppdesk hub link`, followed for as long as the hub runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import msgspec

from mppdesk.db.home import OpenHome
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.sync.loop import SyncLoop
from mppdesk.sync.marked_link import MarkedLink
from mppdesk.sync.pace import Pace

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
    link = MarkedLink(home, CENTRE, place.url, place.token, place.authority(home.path))
    loop = SyncLoop(link, replica, Pace(chance, POLL_S), link.note)
    link.note(loop.state)
    loop.start()
    try:
        yield loop
    finally:
        loop.stop()
        link.note(replace(loop.state, is_reached=False, since_ms=replica.now_ms(), why=NOT_RUNNING))
