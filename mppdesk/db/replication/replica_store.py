"""A replica whose every act is one transaction, with what must follow a commit: news, destroyed keys, alarms."""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from threading import Lock
from typing import Protocol

from mppdesk.db.journal.logs import Head
from mppdesk.db.replication import arrivals, held, key_parcels, local_keys, troubles
from mppdesk.db.replication.key_parcels import KeyParcel, KeyShelf
from mppdesk.db.replication.local_keys import LocalKeys
from mppdesk.db.replication.replica import NOT_ENTITLED, TOO_MUCH, Admits, Outcome, Replica, Taken
from mppdesk.db.replication.segments import Segment
from mppdesk.db.replication.signing import Signer
from mppdesk.db.replication.troubles import WRONG_KEY, SyncTrouble
from mppdesk.db.replication.vector import Summary, Vector
from mppdesk.db.sql import Store
from mppdesk.domain.entries import SubjectType
from mppdesk.domain.station import Station, StationRole

# Each key costs the taking transaction a look at its subject; a command must not wait for a thousand of them.
_MOST_KEYS_AT_ONCE = 100
_MOST_KEYS_WHERE_NOBODY_WAITS = 1000
# What is held of an admitted device, and a person has to know.
_ALARMING = (NOT_ENTITLED, TOO_MUCH)


class Databases(Protocol):
    """What SQLite and PostgreSQL give alike: transactions, readers outside of one, the error of a key used twice."""

    @property
    def duplicate(self) -> type[Exception]: ...

    def writing(self) -> AbstractContextManager[Store]: ...

    def reading(self) -> AbstractContextManager[Store]: ...

    def outside(self) -> AbstractContextManager[Store]: ...


class ReplicaStore:
    """One site's journal on a database. Thread-safe as far as the database is; times are UTC milliseconds.

    `shelf` is where the data keys are kept, without one on this computer, unsearched. `tell` hears the topics of what
    was taken, after the commit; `settle` makes a destroyed key unreadable on the disk.
    """

    def __init__(
        self,
        database: Databases,
        site_id: str,
        admits: Callable[[], Admits],
        now_ms: Callable[[], int],
        *,
        signer: Signer | None = None,
        own_log: str | None = None,
        is_folded: bool = True,
        shelf: Callable[[Store], KeyShelf] | None = None,
        tell: Callable[[frozenset[str]], None] = lambda topics: None,
        settle: Callable[[], object] = bool,
    ) -> None:
        self.site_id = site_id
        self.database = database
        self.shelf = shelf or (lambda store: LocalKeys(store, site_id))
        self._admits = admits
        self._now_ms = now_ms
        self._signer = signer
        self._is_folded = is_folded
        self._keys_at_once = _MOST_KEYS_AT_ONCE if is_folded else _MOST_KEYS_WHERE_NOBODY_WAITS
        self._tell = tell
        self._settle = settle
        self._vector = Vector(site_id, own_log)
        self._vector_lock = Lock()

    def now_ms(self) -> int:
        return self._now_ms()

    def summary(self, from_day: int) -> Summary:
        """Summarise the version vector as it stands now."""
        with self._vector_lock:
            with self.database.outside() as store:
                self._vector.refresh(store)
            return self._vector.summary(from_day)

    def heads_of(self, days: Collection[int]) -> list[Head]:
        """The heads of some days' logs."""
        if not days:
            return []
        with self._vector_lock, self.database.reading() as store:
            return self._vector.heads_of(store, days)

    def cut(self, log_id: str, after: int) -> Segment | None:
        """Cut what follows a number in a log, as far as a signature reaches."""
        with self.database.reading() as store:
            return Replica(store, self.site_id).cut(log_id, after, self._signer)

    def take(self, segment: Segment) -> Taken:
        """Take a segment in one transaction; what nobody admitted is kept apart, a wrong one noted as trouble."""
        try:
            with self.database.writing() as store:
                taken = self.take_in(store, segment)
        except self.database.duplicate:
            taken = Taken(segment.log_id, Outcome.REFUSED, None, "entry_id_twice")
        if taken.added:
            self._tell(taken.topics)
        self.follow_up(taken, segment.first_seq)
        return taken

    def take_in(self, store: Store, segment: Segment) -> Taken:
        """Take a segment in the caller's transaction; `follow_up` belongs after its commit."""
        now_ms = self._now_ms()
        replica = Replica(store, self.site_id)
        taken = replica.take(segment, self._admits(), now_ms, is_folded=self._is_folded)
        if taken.outcome is Outcome.HELD:
            held.keep(store, self.site_id, taken.device_id, segment, now_ms)
        # In this order, so that nothing is derived from a key that the same segment destroys.
        if taken.forgotten:
            self.shelf(store).destroy(sorted(taken.forgotten), now_ms)
        self.shelf(store).learn(taken.added)
        return taken

    def follow_up(self, taken: Taken, first_seq: int) -> None:
        """Note what stopped, make destroyed keys unreadable, and take what waited for a station that is known now."""
        if taken.outcome in (Outcome.FORK, Outcome.REFUSED) or taken.reason in _ALARMING:
            self.note_trouble(taken.log_id, taken.reason, first_seq)
        if taken.warning:
            self.note_trouble(taken.log_id, taken.warning, first_seq)
        if taken.forgotten:
            self._settle()
        if SubjectType.STATION in taken.topics:
            self.admit_known()

    def admit(self, device_id: str) -> tuple[Taken, ...]:
        """Take what was held of a device, after a supervisor admitted it or gave it another place."""
        with self.database.reading() as store:
            waiting = list(held.of_device(store, self.site_id, device_id))
        taken = []
        for segment in waiting:
            taken.append(self.take(segment))
            if taken[-1].outcome is not Outcome.HELD:
                with self.database.writing() as store:
                    held.drop(store, self.site_id, segment)
                    for reason in _ALARMING:
                        troubles.settle(store, self.site_id, segment.log_id, reason)
        return tuple(taken)

    def take_keys(self, parcels: Sequence[KeyParcel], giver: str = "") -> int:
        """Keep the data keys that came, some at a time; answers how many were new. See `take_keys_in`."""
        new = 0
        for first in range(0, len(parcels), self._keys_at_once):
            with self.database.writing() as store:
                new += self.take_keys_in(store, parcels[first : first + self._keys_at_once], giver)
        return new

    def take_keys_in(self, store: Store, parcels: Iterable[KeyParcel], giver: str = "") -> int:
        """Keep data keys in the caller's transaction, after the entries that they came with.

        `giver` is the device that brought them, empty for the hub or centre that answered; a wrong one is noted.
        """
        taken = key_parcels.take(self.shelf(store), parcels)
        if taken.has_wrong:
            self._note(store, giver, WRONG_KEY, 0)
        return taken.new

    def keys_of(self, segments: tuple[Segment, ...], station: Station) -> tuple[KeyParcel, ...]:
        """The data keys of the subjects of entries that a station may read: those of its agencies, of a kiosk none."""
        if not StationRole(station.role).reads_people:
            return ()
        with self.database.reading() as store:
            agencies = frozenset(station.agencies) if station.agencies else None
            return local_keys.of_segments(store, self.site_id, segments, agencies)

    def note_trouble(self, log_id: str, reason: str, seq: int) -> None:
        """Note that a log stopped on its way, here or on the other side."""
        with self.database.writing() as store:
            self._note(store, log_id, reason, seq)

    def admit_known(self) -> None:
        """Take what waits of devices that are admitted, and entitled to it, by now."""
        with self.database.reading() as store:
            waiting = held.devices(store, self.site_id)
        for device in waiting:
            self.admit(device.device_id)

    def _note(self, store: Store, log_id: str, reason: str, seq: int) -> None:
        arrivals.lock_site(store, self.site_id)  # another process may note the same one now
        troubles.note(store, self.site_id, SyncTrouble(log_id, reason, min(seq, 2**53), self._now_ms()))
