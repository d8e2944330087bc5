"""How many data keys of each agency and day are here, and the sum of their weights: kept with each change of them.

An exchange of keys compares these; to read the keys of a large building's year for each station took four seconds.
"""

import hashlib
from collections.abc import Iterable

from sqlalchemy import and_, bindparam, delete, insert, select, update

from mppdesk.db.privacy.private_tables import local_key_days
from mppdesk.db.sql import Statement, Store

SUM_BYTES = 16
SUM_MODULUS = 2**128
_DAY_MS = 86_400_000
_ID_DIGITS_OF_TIME = 12

_days = local_key_days.c
_is_day = and_(_days.day == bindparam("of_day"), _days.agency == bindparam("of_agency"))
_since = Statement(select(_days.agency, _days.day, _days.sum).where(_days.day >= bindparam("from_day")))
_day = Statement(select(_days.count, _days.sum).where(_is_day))
_add = Statement(insert(local_key_days))
_drop = Statement(delete(local_key_days).where(_is_day))
_change = Statement(
    update(local_key_days).where(_is_day).values(count=bindparam("new_count"), sum=bindparam("new_sum"))
)


class KeyDays:
    """The days of the keys in this PC's `local_data_keys`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def since(self, from_day: int) -> Iterable[tuple[str, int, int]]:
        """Agency, day and sum of the days from one on that have keys."""
        rows = self._store.all(_since, from_day=from_day)
        return [(agency, day, int.from_bytes(total)) for agency, day, total in rows]

    def came(self, agency: str, key_id: str) -> None:
        self._count(agency, key_id, 1)

    def gone(self, agency: str, key_id: str) -> None:
        self._count(agency, key_id, -1)

    def _count(self, agency: str, key_id: str, one: int) -> None:
        day = {"of_day": day_of_key(key_id), "of_agency": agency}
        row = self._store.one(_day, **day)
        count, before = (int(row[0]), int.from_bytes(row[1])) if row else (0, 0)
        total = ((before + one * weight(key_id)) % SUM_MODULUS).to_bytes(SUM_BYTES)
        if row is None:
            self._store.run(_add, day=day["of_day"], agency=agency, count=one, sum=total)
        elif count + one == 0:
            self._store.run(_drop, **day)
        else:
            self._store.run(_change, **day, new_count=count + one, new_sum=total)


def weight(key_id: str) -> int:
    """What a key adds to the sum of its day: 128 bits of the SHA-256 of its id."""
    return int.from_bytes(hashlib.sha256(key_id.encode()).digest()) % SUM_MODULUS


def day_of_key(key_id: str) -> int:
    """The day since 1970 (UTC) in which a key was made, by the time in its id (RFC 9562, version 7)."""
    return int(key_id[:_ID_DIGITS_OF_TIME], 16) // _DAY_MS


def first_id(day: int) -> str:
    """What every id of a day and of those after it is not below."""
    return f"{max(0, day) * _DAY_MS:0{_ID_DIGITS_OF_TIME}x}"
