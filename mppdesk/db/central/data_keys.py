"""The data keys of one site at the centre: wrapped, compared by sums that are kept, destroyed with who is forgotten."""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import bindparam, delete, insert, select, update

from mppdesk.db.central.tables import central_data_keys, central_forgotten_keys, central_key_days
from mppdesk.db.central.wrapping import Wrapped, Wrapping
from mppdesk.db.replication import arrivals
from mppdesk.db.replication.key_parcels import KeyDay, KeyParcel, day_of_key, first_id, is_key_id, weight
from mppdesk.db.sql import Statement, Store

_MODULUS = 2**128
_SUM_BYTES = 16
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
_by_id = Statement(
    select(_keys.agency, _keys.subject_type, _keys.subject_id, _keys.wrapped_by, _keys.wrapped).where(
        _of_site, _keys.key_id == bindparam("of_key")
    )
)
_add = Statement(insert(central_data_keys))
_drop = Statement(delete(central_data_keys).where(_of_site, _keys.key_id == bindparam("of_key")))
_is_day = (
    _days.site_id == bindparam("of_site"), _days.day == bindparam("of_day"), _days.agency == bindparam("of_agency")
)  # fmt: skip
_day = Statement(select(_days.count, _days.sum).where(*_is_day))
_add_day = Statement(insert(central_key_days))
_change_day = Statement(
    update(central_key_days).where(*_is_day).values(count=bindparam("new_count"), sum=bindparam("new_sum"))
)
_drop_day = Statement(delete(central_key_days).where(*_is_day))
_is_forgotten = Statement(
    select(_gone.key_id).where(_gone.site_id == bindparam("site_id"), _gone.key_id == bindparam("of_key"))
)
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

    def find(self, key_id: str) -> KeyParcel | None:
        row = self._store.one(_by_id, site_id=self._site_id, of_key=key_id)
        if row is None:
            return None
        empty = KeyParcel(key_id, row[0], row[1], row[2], b"")
        key = self._wrapping.unwrap(self._site_id, empty, Wrapped(row[3], bytes(row[4])))
        return KeyParcel(key_id, row[0], row[1], row[2], key)

    def is_forgotten(self, key_id: str) -> bool:
        return self._store.one(_is_forgotten, site_id=self._site_id, of_key=key_id) is not None

    def add(self, parcel: KeyParcel) -> None:
        wrapped = self._wrapping.wrap(self._site_id, parcel)
        self._store.run(
            _add,
            site_id=self._site_id,
            key_id=parcel.key_id,
            agency=parcel.agency,
            subject_type=parcel.subject_type,
            subject_id=parcel.subject_id,
            wrapped_by=wrapped.by,
            wrapped=wrapped.content,
        )
        self._count(parcel.key_id, parcel.agency, 1)

    def destroy(self, key_ids: Iterable[str], now_ms: int) -> None:
        self.lock()
        for key_id in filter(is_key_id, key_ids):
            row = self._store.one(_by_id, site_id=self._site_id, of_key=key_id)
            if row is not None:
                self._store.run(_drop, site_id=self._site_id, of_key=key_id)
                self._count(key_id, row[0], -1)
            if not self.is_forgotten(key_id):
                self._store.run(_remember_forgotten, site_id=self._site_id, key_id=key_id, forgotten_ms=now_ms)

    def _count(self, key_id: str, agency: str, one: int) -> None:
        """Keep the sum of a day with a key that comes (1) or goes (-1)."""
        day = {"of_site": self._site_id, "of_day": day_of_key(key_id), "of_agency": agency}
        row = self._store.one(_day, **day)
        count, before = (int(row[0]), int.from_bytes(row[1])) if row else (0, 0)
        total = ((before + one * weight(key_id)) % _MODULUS).to_bytes(_SUM_BYTES)
        if row is None:
            self._store.run(
                _add_day, site_id=self._site_id, day=day["of_day"], agency=agency, count=one, sum=total
            )  # fmt: skip
        elif count + one == 0:
            self._store.run(_drop_day, **day)
        else:
            self._store.run(_change_day, **day, new_count=count + one, new_sum=total)


def shelf_of(site_id: str, wrapping: Wrapping) -> Callable[[Store], CentralKeys]:
    """How a site's replica finds its data keys in a transaction."""
    return lambda store: CentralKeys(store, site_id, wrapping)
