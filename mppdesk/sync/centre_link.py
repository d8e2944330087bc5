"""The way to the centre: followed by the hub for as long as it runs, by others only while nobody hears of the hub."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from threading import Event, Thread

from mppdesk.db.home import OpenHome
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.domain.entries import SubjectType
from mppdesk.domain.errors import ClerkError
from mppdesk.domain.station import StationRole
from mppdesk.sync import link_notes
from mppdesk.sync.centre_place import CENTRE, CentrePlace, keep, place_of, tell_building, told_place
from mppdesk.sync.key_rounds import KeyRounds
from mppdesk.sync.link import Unreachable
from mppdesk.sync.loop import LinkState, SyncLoop
from mppdesk.sync.marked_link import MarkedLink
from mppdesk.sync.pace import Pace
from mppdesk.sync.place import StationPlace
from mppdesk.sync.pokes import Pokes

__all__ = ["CENTRE", "LEAST_S", "NOT_RUNNING", "POLL_S", "CentrePlace", "keep", "linked_to_centre", "place_of"]
NOT_RUNNING = "not_running"
# Never more often, however many commits: the load of the centre must not grow with the queues of a nation.
LEAST_S = 5.0
# The centre pokes when it has news; this is for the poke that got lost.
POLL_S = 60.0
# A hub that was unseen for so long may be gone for good: whatever its stations know goes to the centre.
_LOST_MS = 60_000
_LOOK_S = 5.0
_HUB = "hub"
_OF_THE_JOURNAL = frozenset(SubjectType)
_log = logging.getLogger("mppdesk.sync")
Turn = Callable[[], bool]


def never() -> bool:
    return False


@contextmanager
def linked_to_centre(
    home: OpenHome,
    replica: ReplicaStore,
    chance: Callable[[], float],
    joined: StationPlace | None = None,
    is_hub: Turn = never,
) -> Iterator[None]:
    """Exchange with the centre while the block runs; nothing happens in a building without one.

    The computer that was told of the centre always does. Another one of the building (`joined`) goes by what the
    journal tells of it and its own token, while it is the hub itself or has not reached the hub for a minute.
    """
    place = place_of(home)
    if place is not None:
        tell_building(home, place)
        with _speaking(home, place, replica, chance, StationRole.HUB):
            yield
    elif joined is not None:
        with _Substitute(home, joined, replica, chance, is_hub):
            yield
    else:
        yield


@contextmanager
def _speaking(
    home: OpenHome, place: CentrePlace, replica: ReplicaStore, chance: Callable[[], float], role: StationRole
) -> Iterator[None]:
    """Exchange after changes here, after pokes of the centre, and now and then."""
    authority, changes = place.authority(home.path), home.required_writer().changes
    link = MarkedLink(home, CENTRE, place.url, place.token, authority)
    keys = KeyRounds(link, replica)
    was_reached: bool | None = None

    def on_state(state: LinkState) -> None:
        nonlocal was_reached
        link.note(state)
        if state.is_reached is not was_reached:
            was_reached = state.is_reached
            changes.tell(frozenset({CENTRE}))

    def exchange_keys() -> None:
        if role.reads_people:
            with suppress(Unreachable):  # the journal's own exchange tells whether the centre is there
                keys()

    loop = SyncLoop(link, replica, Pace(chance, POLL_S, least_s=LEAST_S), on_state, exchange_keys, keys.due_s)
    pokes = Pokes(place.url, place.token, authority, loop, Pace(chance))

    def on_change(topics: frozenset[str]) -> None:
        if topics & _OF_THE_JOURNAL:
            loop.poke()

    unsubscribe = changes.subscribe(on_change)
    link.note(loop.state)
    loop.start()
    pokes.start()
    try:
        yield
    finally:
        unsubscribe()
        pokes.stop()
        loop.stop()
        link.note(replace(loop.state, is_reached=False, since_ms=replica.now_ms(), why=NOT_RUNNING))


class _Substitute:
    """Speaks with the centre in the hub's place, from a look that finds it lost to one that finds it back."""

    def __init__(
        self, home: OpenHome, joined: StationPlace, replica: ReplicaStore, chance: Callable[[], float], is_hub: Turn
    ) -> None:
        self._home = home
        self._joined = joined
        self._replica = replica
        self._chance = chance
        self._is_hub = is_hub
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="centre", daemon=True)

    def __enter__(self) -> None:
        link_notes.drop(self._home.path, CENTRE)
        self._thread.start()

    def __exit__(self, *ended: object) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(_LOOK_S):
            try:
                self._look()
            except (ClerkError, OSError) as trouble:
                _log.warning("the centre is not asked: %s", trouble)  # a full disk here may get better

    def _look(self) -> None:
        place = told_place(self._home, self._joined.welcome.token) if self._is_due() else None
        if place is None:
            return
        role = StationRole(self._joined.welcome.role)
        with _speaking(self._home, place, self._replica, self._chance, role):
            while self._is_due() and not self._stopping.wait(_LOOK_S):
                pass
        link_notes.drop(self._home.path, CENTRE)  # what waits now waits for the hub

    def _is_due(self) -> bool:
        return self._is_hub() or is_hub_lost(self._home, self._replica.now_ms())


def is_hub_lost(home: OpenHome, now_ms: int) -> bool:
    """Whether the running program has tried to reach the hub for a minute, and could not."""
    note = link_notes.read(home.path).get(_HUB)
    if note is None or note.state.is_reached or not note.state.why:
        return False
    return now_ms - note.state.since_ms >= _LOST_MS
