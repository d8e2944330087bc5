"""Data keys beside the journal (docs/sync.md): compared by digests, asked for by id, given to those who may read."""

from collections.abc import Container, Generator
from dataclasses import dataclass

import msgspec

from mppdesk.db.replication import key_parcels
from mppdesk.db.replication.key_parcels import Agencies, KeyDay, KeyDigest, KeyParcel, KeyShelf
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.troubles import WRONG_KEY
from mppdesk.domain.station import Station, StationRole

ALL_DAYS = 0
# A parcel is some 200 bytes; a message stays far below the mebibyte of the journal's.
_MOST_PARCELS = 1000
_MOST_IDS = 20_000


class KeysHello(msgspec.Struct, frozen=True):
    """The asker's keys in digests, of the days from `from_day` on."""

    site_id: str
    from_day: int
    digests: tuple[KeyDigest, ...]


class KeysDiffer(msgspec.Struct, frozen=True):
    """The days that differ, the newest first, with the ids of the answerer's keys there; `is_all` when no more do."""

    days: tuple[KeyDay, ...]
    key_ids: tuple[str, ...]
    is_all: bool


class KeysPush(msgspec.Struct, frozen=True):
    """Keys for the answerer, and the ids of those that are wanted from it."""

    site_id: str
    parcels: tuple[KeyParcel, ...]
    wants: tuple[str, ...]


class KeysGiven(msgspec.Struct, frozen=True):
    """The wanted keys that the asker may have."""

    parcels: tuple[KeyParcel, ...]


KeyRequest = KeysHello | KeysPush
KeyReply = KeysDiffer | KeysGiven


def exchange_keys(here: ReplicaStore, from_day: int = ALL_DAYS) -> Generator[KeyRequest, KeyReply, tuple[int, int]]:
    """Bring the keys of two stores together, as far as each may read: yields requests, is sent the answers.

    Returns how many keys were sent and received. It may be given up at any moment; the next one goes on.
    """
    sent = received = 0
    before: KeysDiffer | None = None
    while True:
        with here.database.reading() as store:
            mine = key_parcels.digests(here.shelf(store), from_day, None)
        differ = yield KeysHello(here.site_id, from_day, mine)
        assert isinstance(differ, KeysDiffer)
        if differ == before:  # what one side has destroyed, or does not believe, stays different
            return sent, received
        gone, come = yield from _even_out(here, differ)
        sent, received, before = sent + gone, received + come, differ
        if differ.is_all:
            return sent, received


def _even_out(here: ReplicaStore, differ: KeysDiffer) -> Generator[KeyRequest, KeyReply, tuple[int, int]]:
    """Send what the other side lacks of some days, and get what it has more; a forgotten key is not wanted."""
    theirs = frozenset(differ.key_ids)
    with here.database.reading() as store:
        shelf = here.shelf(store)
        sending = [each for each in key_parcels.ids_of(shelf, differ.days) if each not in theirs]
        wanting = list(key_parcels.missing(shelf, differ.key_ids))
    sent = received = 0
    while sending or wanting:
        now, sending = sending[:_MOST_PARCELS], sending[_MOST_PARCELS:]
        wants, wanting = wanting[:_MOST_PARCELS], wanting[_MOST_PARCELS:]
        with here.database.reading() as store:
            parcels = key_parcels.by_ids(here.shelf(store), now, None)
        given = yield KeysPush(here.site_id, parcels, tuple(wants))
        assert isinstance(given, KeysGiven)
        sent += len(parcels)
        received += here.take_keys(given.parcels)
    return sent, received


@dataclass(frozen=True, slots=True)
class KeyRights:
    """What a device may have of the data keys: those of `agencies`, None for all; whether it may bring any."""

    device_id: str
    agencies: Agencies = None
    may_bring: bool = True


def rights_of(station: Station) -> KeyRights:
    """Kiosk and board have no keys and make none; a revoked station brings what it wrote, once that is admitted."""
    reads = StationRole(station.role).reads_people
    agencies = None if reads and not station.agencies else frozenset(station.agencies if reads else ())
    may_have = agencies if station.may_command else frozenset[str]()
    return KeyRights(station.device_id, may_have, reads and station.are_facts_admitted)


class KeyAnswerer:
    """The other side of an exchange of keys; it keeps nothing between requests."""

    def __init__(self, here: ReplicaStore) -> None:
        self._here = here

    def hello(self, asked: KeysHello, rights: KeyRights) -> KeysDiffer:
        """Tell which days differ, among those of the asker's agencies and those it has keys of."""
        agencies = rights.agencies
        with self._here.database.outside() as store:  # a key that comes meanwhile is compared by the next exchange
            shelf = self._here.shelf(store)
            mine = {each.of: each.digest for each in key_parcels.digests(shelf, asked.from_day, None)}
            theirs = {each.of: each.digest for each in asked.digests}
            seen = theirs.keys() | {of for of in mine if agencies is None or of.agency in agencies}
            differing = sorted((of for of in seen if mine.get(of) != theirs.get(of)), key=_newest_first)
            return _differ(shelf, differing, mine.keys())

    def push(self, asked: KeysPush, rights: KeyRights) -> KeysGiven:
        """Take what a device brought, and give what is wanted, as far as it may."""
        self.take(asked.parcels[:_MOST_PARCELS], rights)
        with self._here.database.reading() as store:
            wanted = asked.wants[:_MOST_PARCELS]
            return KeysGiven(key_parcels.by_ids(self._here.shelf(store), wanted, rights.agencies))

    def take(self, parcels: tuple[KeyParcel, ...], rights: KeyRights) -> None:
        """Keep the keys that a device brought, if it may; that one which can have none brings some is noted."""
        if rights.may_bring:
            self._here.take_keys(parcels, rights.device_id)
        elif parcels:
            self._here.note_trouble(rights.device_id, WRONG_KEY, 0)


def _differ(shelf: KeyShelf, differing: list[KeyDay], mine: Container[KeyDay]) -> KeysDiffer:
    """Tell of as many days as one message may name keys of."""
    days: list[KeyDay] = []
    key_ids: list[str] = []
    for each in differing:
        if len(key_ids) >= _MOST_IDS:
            break
        days.append(each)
        key_ids += key_parcels.ids_of(shelf, [each] if each in mine else [])
    return KeysDiffer(tuple(days), tuple(key_ids), len(days) == len(differing))


def _newest_first(of: KeyDay) -> tuple[int, str]:
    return -of.day, of.agency
