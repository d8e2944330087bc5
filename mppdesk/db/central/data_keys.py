"""The data keys of one site at the centre: wrapped, compared by sums that are kept, destroyed with who is forgotten."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import bindparam, delete, func, insert, select, update

from mppdesk.db.central.copy import insert_rows
from mppdesk.db.central.tables import central_data_keys, central_forgotten_keys, central_key_days
from mppdesk.db.central.wrapping import Wrapped, Wrapping
from mppdesk.db.privacy.key_days import SUM_BYTES, SUM_MODULUS, day_of_key, first_id, weight
from mppdesk.db.replication import arrivals
from mppdesk.db.replication.key_parcels import KeyDay, KeyParcel, Proof, is_key_id
from mppdesk.db.replication.key_proofs import proof_of
from mppdesk.db.sql import Row, Statement, Store
from mppdesk.domain.entries import Entry

_LATEST_DAY = 2**53

_keys = central_data_keys.c
_days = central_key_days.c
_gone = central_forgotten_keys.c
_of_site = _keys.site_id == bindparam("site_id")

_sums = Statement(
    select(_days.agency, _days.day, _days.sum).where(
        _days.site_id == bindparam("site_id"), _days.day >= bindparam("from_day")
    )
)
_of_day = Statement(
    select(_keys.key_id)
    .where(
        _of_site,
        _keys.agency == bindparam("of_agency"),
        _keys.key_id >= bindparam("first"),
        _keys.key_id < bindparam("end"),
    )
    .order_by(_keys.key_id)
)
_of_ids = _keys.key_id == func.any(bindparam("key_ids"))
_by_ids = Statement(
    select(_keys.key_id, _keys.agency, _keys.subject_type, _keys.subject_id, _keys.wrapped_by, _keys.wrapped).where(
        _of_site, _of_ids
    )
)
_of_gone = select(_gone.key_id).where(
    _gone.site_id == bindparam("site_id"), _gone.key_id == func.any(bindparam("key_ids"))
)
_known = Statement(select(_keys.key_id).where(_of_site, _of_ids).union_all(_of_gone))
_forgotten = Statement(_of_gone)
_add = Statement(insert(central_data_keys))
_drop = Statement(delete(central_data_keys).where(_of_site, _of_ids))
_is_day = (
    _days.site_id == bindparam("of_site"), _days.day == bindparam("of_day"), _days.agency == bindparam("of_agency")
)  # fmt: skip
_day = Statement(select(_days.count, _days.sum).where(*_is_day))
_add_day = Statement(insert(central_key_days))
_change_day = Statement(
    update(central_key_days).where(*_is_day).values(count=bindparam("new_count"), sum=bindparam("new_sum"))
)
_drop_day = Statement(delete(central_key_days).where(*_is_day))
_remember_forgotten = Statement(insert(central_forgotten_keys))


class CentralKeys:
    """A KeyShelf over the rows of one site; whoever adds or destroys holds the lock of the site's row."""

    def __init__(self, store: Store, site_id: str, wrapping: Wrapping) -> None:
        self._store = store
        self._site_id = site_id
        self._wrapping = wrapping

    def lock(self) -> None:
        arrivals.lock_site(self._store, self._site_id)

    def sums(self, from_day: int) -> Mapping[KeyDay, int]:
        rows = self._store.all(_sums, site_id=self._site_id, from_day=min(max(0, from_day), _LATEST_DAY))
        return {KeyDay(agency, day): int.from_bytes(total) for agency, day, total in rows}

    def ids_of(self, of: KeyDay) -> Iterable[str]:
        rows = self._store.all(
            _of_day, site_id=self._site_id, of_agency=of.agency, first=first_id(of.day), end=first_id(of.day + 1)
        )
        return [str(row[0]) for row in rows]

    def find(self, key_ids: Sequence[str]) -> Iterable[KeyParcel]:
        rows = self._store.all(_by_ids, site_id=self._site_id, key_ids=list(key_ids))
        return [self._unwrapped(row) for row in rows]

    def known(self, key_ids: Sequence[str]) -> Container[str]:
        rows = self._store.all(_known, site_id=self._site_id, key_ids=list(key_ids))
        return {str(row[0]) for row in rows}

    def proof(self, parcel: KeyParcel) -> Proof:
        return proof_of(self._store, self._site_id, parcel)

    def add(self, parcels: Sequence[KeyParcel]) -> None:
        insert_rows(self._store, central_data_keys, _add, [self._row(each) for each in parcels])
        self._count(parcels, 1)

    def learn(self, entries: Iterable[Entry]) -> None:
        """Nobody is searched at the centre, and it has no site's search key."""

    def destroy(self, key_ids: Iterable[str], now_ms: int) -> None:
        self.lock()
        asked = [each for each in key_ids if is_key_id(each)]
        rows = self._store.all(_by_ids, site_id=self._site_id, key_ids=asked)
        self._store.run(_drop, site_id=self._site_id, key_ids=asked)
        self._count([_empty(row) for row in rows], -1)
        noted = {row[0] for row in self._store.all(_forgotten, site_id=self._site_id, key_ids=asked)}
        for key_id in sorted(frozenset(asked) - noted):
            self._store.run(_remember_forgotten, site_id=self._site_id, key_id=key_id, forgotten_ms=now_ms)

    def _row(self, parcel: KeyParcel) -> dict[str, Any]:
        wrapped = self._wrapping.wrap(self._site_id, parcel)
        return {
            "site_id": self._site_id,
            "key_id": parcel.key_id,
            "agency": parcel.agency,
            "subject_type": parcel.subject_type,
            "subject_id": parcel.subject_id,
            "wrapped_by": wrapped.by,
            "wrapped": wrapped.content,
        }

    def _unwrapped(self, row: Row) -> KeyParcel:
        empty = _empty(row)
        return replace(empty, key=self._wrapping.unwrap(self._site_id, empty, Wrapped(row[4], bytes(row[5]))))

    def _count(self, parcels: Iterable[KeyParcel], one: int) -> None:
        """Keep the sums of the days of keys that come (1) or go (-1)."""
        of_days: dict[KeyDay, list[str]] = defaultdict(list)
        for parcel in parcels:
            of_days[KeyDay(parcel.agency, day_of_key(parcel.key_id))].append(parcel.key_id)
        for of, key_ids in of_days.items():
            self._count_day(of, one * len(key_ids), one * sum(map(weight, key_ids)))

    def _count_day(self, of: KeyDay, more: int, weights: int) -> None:
        day = {"of_site": self._site_id, "of_day": of.day, "of_agency": of.agency}
        row = self._store.one(_day, **day)
        count, before = (int(row[0]), int.from_bytes(row[1])) if row else (0, 0)
        total = ((before + weights) % SUM_MODULUS).to_bytes(SUM_BYTES)
        if row is None:
            self._store.run(_add_day, site_id=self._site_id, day=of.day, agency=of.agency, count=more, sum=total)
        elif count + more == 0:
            self._store.run(_drop_day, **day)
        else:
            self._store.run(_change_day, **day, new_count=count + more, new_sum=total)


def _empty(row: Row) -> KeyParcel:
    """The parcel of a row, still without its key."""
    return KeyParcel(row[0], row[1], row[2], row[3], b"")


def shelf_of(site_id: str, wrapping: Wrapping) -> Callable[[Store], CentralKeys]:
    """How a site's replica finds its data keys in a transaction."""
    return lambda store: CentralKeys(store, site_id, wrapping)
