"""Which wrapping keys the database needs, and putting a new one in the place of an old one."""

from sqlalchemy import bindparam, delete, insert, select, update

from mppdesk.db.central.database import PostgresDatabase
from mppdesk.db.central.tables import central_data_keys, central_wrapping_keys
from mppdesk.db.central.wrapping import Wrapped, Wrapping
from mppdesk.db.replication import arrivals
from mppdesk.db.replication.key_parcels import KeyParcel
from mppdesk.db.sql import Row, Statement, Store
from mppdesk.domain.errors import StorageTrouble
from mppdesk.texts import msg

_AT_ONCE = 500

_keys = central_data_keys.c
_marks = central_wrapping_keys.c
_all_marks = Statement(select(_marks.mark))
_add_mark = Statement(insert(central_wrapping_keys))
_drop_others = Statement(delete(central_wrapping_keys).where(_marks.mark != bindparam("kept")))
_after = Statement(
    select(_keys.key_id, _keys.agency, _keys.subject_type, _keys.subject_id, _keys.wrapped_by, _keys.wrapped)
    .where(_keys.site_id == bindparam("site_id"), _keys.key_id > bindparam("after"))
    .order_by(_keys.key_id)
    .limit(_AT_ONCE)
)
_change = Statement(
    update(central_data_keys)
    .where(_keys.site_id == bindparam("of_site"), _keys.key_id == bindparam("of_key"))
    .values(wrapped_by=bindparam("new_mark"), wrapped=bindparam("new_content"))
)
_sites = Statement(select(_keys.site_id).distinct().order_by(_keys.site_id))


def require_known(store: Store, wrapping: Wrapping, now_ms: int) -> None:
    """Note the key that wraps; raises StorageTrouble when the database needs one that is not given."""
    needed = {str(row[0]) for row in store.all(_all_marks)}
    if needed - wrapping.marks:
        raise StorageTrouble(
            msg("Kunci pembungkus ini bukan yang dipakai basis data pusat. Tidak ada yang diubah."),
            msg("Kembalikan kunci pembungkus dari salinannya; kunci baru ditambahkan di depan yang lama."),
        )
    if wrapping.mark not in needed:
        store.run(_add_mark, mark=wrapping.mark, since_ms=now_ms)


def rewrap(database: PostgresDatabase, wrapping: Wrapping) -> int:
    """Wrap every key anew under the first wrapping key, after which no other is needed; answers how many there were.

    May be stopped at any moment and begun again. Every process that serves must have the new key in front by then.
    """
    total = 0
    while changed := _rewrap_all(database, wrapping):
        total += changed
    with database.writing() as store:
        store.run(_drop_others, kept=wrapping.mark)
    return total


def _rewrap_all(database: PostgresDatabase, wrapping: Wrapping) -> int:
    with database.reading() as store:
        sites = [str(row[0]) for row in store.all(_sites)]
    return sum(_rewrap_site(database, site_id, wrapping) for site_id in sites)


def _rewrap_site(database: PostgresDatabase, site_id: str, wrapping: Wrapping) -> int:
    changed, after = 0, ""
    while True:
        with database.writing() as store:
            arrivals.lock_site(store, site_id)
            rows = store.all(_after, site_id=site_id, after=after)
            changed += sum(_rewrap_one(store, site_id, row, wrapping) for row in rows)
        if not rows:
            return changed
        after = rows[-1][0]


def _rewrap_one(store: Store, site_id: str, row: Row, wrapping: Wrapping) -> int:
    if row[4] == wrapping.mark:
        return 0
    empty = KeyParcel(row[0], row[1], row[2], row[3], b"")
    key = wrapping.unwrap(site_id, empty, Wrapped(row[4], bytes(row[5])))
    fresh = wrapping.wrap(site_id, KeyParcel(row[0], row[1], row[2], row[3], key))
    return store.run(_change, of_site=site_id, of_key=row[0], new_mark=fresh.by, new_content=fresh.content)
