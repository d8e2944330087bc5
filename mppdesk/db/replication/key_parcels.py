"""Data keys on their way between stores: beside the journal, only to those who may read (DESIGN 10)."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable

import msgspec
from sqlalchemy import and_, bindparam, insert, select

from mppdesk.db.privacy.sealing import KEY_BYTES, DataKeys
from mppdesk.db.replication.segments import Segment
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import journal_entries, local_data_keys

_keys = local_data_keys.c
_entries = journal_entries.c
_COLUMNS = (_keys.key_id, _keys.agency, _keys.subject_type, _keys.subject_id, _keys.key)
_LONGEST_NAME = 128
_DAY_MS = 86_400_000
_ID_DIGITS_OF_TIME = 12
_MODULUS = 2**128
_DIGEST_BYTES = 16
_is_id = re.compile(r"[0-9a-f]{32}").fullmatch

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
_since = Statement(select(_keys.key_id, _keys.agency).where(_keys.key_id >= bindparam("first")).order_by(_keys.key_id))
_of_day = Statement(
    select(_keys.key_id)
    .where(_keys.agency == bindparam("of_agency"), _keys.key_id >= bindparam("first"), _keys.key_id < bindparam("end"))
    .order_by(_keys.key_id)
)
_by_id = Statement(select(*_COLUMNS).where(_keys.key_id == bindparam("of_key")))
_add = Statement(insert(local_data_keys))


class KeyParcel(msgspec.Struct, frozen=True):
    """The key of a visit or submission, for the stations of one agency."""

    key_id: str
    agency: str
    subject_type: str
    subject_id: str
    key: bytes


class KeyDay(msgspec.Struct, frozen=True, order=True):
    """The keys that were made for one agency on one day since 1970 (UTC), by the time in their ids."""

    agency: str
    day: int


class KeyDigest(msgspec.Struct, frozen=True):
    """What is there of a day's keys: the sum modulo 2^128 of SHA-256 of their ids, in 16 bytes."""

    of: KeyDay
    digest: bytes


def digests(store: Store, from_day: int, agencies: frozenset[str] | None) -> tuple[KeyDigest, ...]:
    """Summarise the keys made since a day; only those of `agencies`, None for all."""
    totals: dict[KeyDay, int] = defaultdict(int)
    for key_id, agency in store.all(_since, first=_first_id(from_day)):
        if agencies is None or agency in agencies:
            weight = hashlib.sha256(key_id.encode()).digest()
            totals[KeyDay(agency, day_of_key(key_id))] += int.from_bytes(weight)
    return tuple(KeyDigest(of, (total % _MODULUS).to_bytes(_DIGEST_BYTES)) for of, total in sorted(totals.items()))


def ids_of(store: Store, days: Iterable[KeyDay]) -> tuple[str, ...]:
    """The ids of some days' keys; they are no secret, every sealed field names its own."""
    found: list[str] = []
    for each in days:
        first, end = _first_id(each.day), _first_id(each.day + 1)
        found += (row[0] for row in store.all(_of_day, of_agency=each.agency, first=first, end=end))
    return tuple(found)


def by_ids(store: Store, key_ids: Iterable[str], agencies: frozenset[str] | None) -> tuple[KeyParcel, ...]:
    """The keys of some ids that are here; only those of `agencies`, None for all."""
    rows = (store.one(_by_id, of_key=key_id) for key_id in key_ids)
    parcels = (_parcel(*row) for row in rows if row is not None)
    return tuple(parcel for parcel in parcels if agencies is None or parcel.agency in agencies)


def missing(store: Store, key_ids: Iterable[str]) -> tuple[str, ...]:
    """Those of some ids whose keys are neither here nor forgotten."""
    keys = DataKeys(store)
    return tuple(each for each in key_ids if keys.key(each) is None and not keys.is_forgotten(each))


def day_of_key(key_id: str) -> int:
    return int(key_id[:_ID_DIGITS_OF_TIME], 16) // _DAY_MS


def _first_id(day: int) -> str:
    """What every id of a day and of those after it is not below."""
    return f"{max(0, day) * _DAY_MS:0{_ID_DIGITS_OF_TIME}x}"


def of_segments(
    store: Store, site_id: str, segments: Iterable[Segment], agencies: frozenset[str] | None
) -> tuple[KeyParcel, ...]:
    """The keys of the subjects of some entries; only those of `agencies`, None for all."""
    found: dict[str, KeyParcel] = {}
    for segment in segments:
        rows = store.all(
            _of_range, site_id=site_id, log_id=segment.log_id, first=segment.first_seq, last=segment.last_seq
        )
        for parcel in (_parcel(*row) for row in rows):
            if agencies is None or parcel.agency in agencies:
                found[parcel.key_id] = parcel
    return tuple(found.values())


def take(store: Store, parcels: Iterable[KeyParcel]) -> int:
    """Keep keys that are not here yet, forgotten ones never; answers how many were new."""
    keys, new = DataKeys(store), 0
    for parcel in parcels:
        if _is_sound(parcel) and keys.key(parcel.key_id) is None and not keys.is_forgotten(parcel.key_id):
            store.run(
                _add,
                key_id=parcel.key_id,
                agency=parcel.agency,
                subject_type=parcel.subject_type,
                subject_id=parcel.subject_id,
                key=parcel.key,
            )
            new += 1
    return new


def _parcel(key_id: str, agency: str, subject_type: str, subject_id: str, key: bytes) -> KeyParcel:
    return KeyParcel(key_id, agency, subject_type, subject_id, bytes(key))


def _is_sound(parcel: KeyParcel) -> bool:
    names = (parcel.agency, parcel.subject_type, parcel.subject_id)
    if _is_id(parcel.key_id) is None or len(parcel.key) != KEY_BYTES:
        return False
    return all(name.isprintable() and len(name) <= _LONGEST_NAME for name in names)
