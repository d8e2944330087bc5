"""Data keys on their way between stores: beside the journal, only to those who may read (DESIGN 10)."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import and_, bindparam, insert, select

from mppdesk.db.sealing import KEY_BYTES, DataKeys
from mppdesk.db.segments import Segment
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import journal_entries, local_data_keys

_keys = local_data_keys.c
_entries = journal_entries.c
_COLUMNS = (_keys.key_id, _keys.agency, _keys.subject_type, _keys.subject_id, _keys.key)
_LONGEST_NAME = 128

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
_add = Statement(insert(local_data_keys))


class KeyParcel(msgspec.Struct, frozen=True):
    """The key of a visit or submission, for the stations of one agency."""

    key_id: str
    agency: str
    subject_type: str
    subject_id: str
    key: bytes


def of_segments(
    store: Store, site_id: str, segments: Iterable[Segment], agencies: frozenset[str] | None
) -> tuple[KeyParcel, ...]:
    """The keys of the subjects of some entries; only those of `agencies`, None for all."""
    found: dict[str, KeyParcel] = {}
    for segment in segments:
        rows = store.all(
            _of_range, site_id=site_id, log_id=segment.log_id, first=segment.first_seq, last=segment.last_seq
        )
        for key_id, agency, subject_type, subject_id, key in rows:
            if agencies is None or agency in agencies:
                found[key_id] = KeyParcel(key_id, agency, subject_type, subject_id, bytes(key))
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


def _is_sound(parcel: KeyParcel) -> bool:
    names = (parcel.key_id, parcel.agency, parcel.subject_type, parcel.subject_id)
    return len(parcel.key) == KEY_BYTES and all(name.isprintable() and len(name) <= _LONGEST_NAME for name in names)
