"""The data keys in this computer's own database, as the shelf that exchanges of keys work on."""

from collections.abc import Container, Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import and_, bindparam, insert, select

from mppdesk.db.privacy.forgotten import destroy_keys
from mppdesk.db.privacy.key_days import KeyDays, first_id
from mppdesk.db.privacy.private_tables import local_data_keys
from mppdesk.db.privacy.sealing import DataKeys
from mppdesk.db.privacy.search import SearchTable
from mppdesk.db.replication.key_parcels import Agencies, KeyDay, KeyParcel, Proof
from mppdesk.db.replication.key_proofs import proof_of
from mppdesk.db.replication.segments import Segment
from mppdesk.db.sql import Row, Statement, Store
from mppdesk.db.tables import journal_entries
from mppdesk.domain.entries import Entry, SubjectType

_keys = local_data_keys.c
_entries = journal_entries.c
_LATEST_DAY = 2**53
_COLUMNS = (_keys.key_id, _keys.agency, _keys.subject_type, _keys.subject_id, _keys.key)

_of_range = Statement(
    select(*_COLUMNS)
    .distinct()
    .select_from(
        journal_entries.join(
            local_data_keys,
            and_(_keys.subject_id == _entries.subject_id, _keys.subject_type == _entries.subject_type),
        )
    )
    .where(
        _entries.site_id == bindparam("site_id"),
        _entries.log_id == bindparam("log_id"),
        _entries.seq.between(bindparam("first"), bindparam("last")),
    )
)
_of_day = Statement(
    select(_keys.key_id)
    .where(_keys.agency == bindparam("of_agency"), _keys.key_id >= bindparam("first"), _keys.key_id < bindparam("end"))
    .order_by(_keys.key_id)
)
_by_id = Statement(select(*_COLUMNS).where(_keys.key_id == bindparam("of_key")))
_add = Statement(insert(local_data_keys))


class LocalKeys:
    """A KeyShelf over `local_data_keys`, which holds the keys of one site, and over what is found by them.

    A store without the site's search key finds nobody: of a centre, or of a computer that reads no persons.
    """

    def __init__(self, store: Store, site_id: str, search_key: bytes | None = None) -> None:
        self._store = store
        self._site_id = site_id
        self._search = SearchTable(store, search_key) if search_key is not None else None

    def lock(self) -> None:
        """A writing transaction of SQLite has the lock from its start."""

    def sums(self, from_day: int) -> Mapping[KeyDay, int]:
        days = KeyDays(self._store).since(min(max(0, from_day), _LATEST_DAY))
        return {KeyDay(agency, day): total for agency, day, total in days}

    def ids_of(self, of: KeyDay) -> Iterable[str]:
        first, end = first_id(of.day), first_id(of.day + 1)
        return [str(row[0]) for row in self._store.all(_of_day, of_agency=of.agency, first=first, end=end)]

    def find(self, key_ids: Sequence[str]) -> Iterable[KeyParcel]:
        rows = (self._store.one(_by_id, of_key=key_id) for key_id in key_ids)
        return [_parcel(row) for row in rows if row is not None]

    def known(self, key_ids: Sequence[str]) -> Container[str]:
        keys = DataKeys(self._store)
        return {each for each in key_ids if keys.key(each) is not None or keys.is_forgotten(each)}

    def proof(self, parcel: KeyParcel) -> Proof:
        return proof_of(self._store, self._site_id, parcel)

    def add(self, parcels: Sequence[KeyParcel]) -> None:
        self._store.many(_add, [msgspec.structs.asdict(each) for each in parcels])
        for parcel in parcels:
            KeyDays(self._store).came(parcel.agency, parcel.key_id)
        if self._search is not None:
            of_submissions = (each.subject_id for each in parcels if each.subject_type == SubjectType.SUBMISSION)
            self._search.learn(self._site_id, of_submissions)

    def learn(self, entries: Iterable[Entry]) -> None:
        if self._search is not None:
            self._search.learn_from(self._site_id, entries)

    def destroy(self, key_ids: Iterable[str], now_ms: int) -> None:
        destroy_keys(self._store, key_ids, now_ms)


def of_segments(store: Store, site_id: str, segments: Iterable[Segment], agencies: Agencies) -> tuple[KeyParcel, ...]:
    """The keys of the subjects of some entries; only those of `agencies`."""
    found: dict[str, KeyParcel] = {}
    for segment in segments:
        rows = store.all(
            _of_range, site_id=site_id, log_id=segment.log_id, first=segment.first_seq, last=segment.last_seq
        )
        for parcel in map(_parcel, rows):
            if agencies is None or parcel.agency in agencies:
                found[parcel.key_id] = parcel
    return tuple(found.values())


def _parcel(row: Row) -> KeyParcel:
    return KeyParcel(row[0], row[1], row[2], row[3], bytes(row[4]))
