"""Which life of the centre's database this is: after a restore site numbers mean other entries, so readers must know.

A dump restored elsewhere, over the old tables or beside them, and a standby that took over, all leave marks that
PostgreSQL itself keeps; only a copied disk image does not (docs/decisions/0014).
"""

from collections.abc import Callable

from sqlalchemy import bindparam, insert, select, text, update

from mppdesk.db.central.tables import central_identity
from mppdesk.db.sql import Statement, Store

_ONLY = 1
_identity = central_identity.c
_stored = Statement(
    select(_identity.epoch, _identity.incarnation).where(_identity.identity_id == bindparam("identity_id"))
)
_start = Statement(insert(central_identity))
_change = Statement(
    update(central_identity)
    .where(_identity.identity_id == bindparam("of_identity"))
    .values(epoch=bindparam("epoch"), incarnation=bindparam("incarnation"))
)
_touch = Statement(update(central_identity).values(epoch=_identity.epoch))
# A new cluster has another system identifier, a promoted standby another timeline, a database made anew another oid,
# and a table that a restore dropped and made again another one.
_marks = Statement(
    text("""
    SELECT concat_ws('/',
        (SELECT system_identifier FROM pg_control_system()),
        left(pg_walfile_name(pg_current_wal_lsn()), 8),
        (SELECT oid FROM pg_database WHERE datname = current_database()),
        'central_identity'::regclass::oid)
    """)
)
_lock = Statement(text("LOCK TABLE central_identity IN SHARE ROW EXCLUSIVE MODE"))


def confirm(store: Store, new_id: Callable[[], str]) -> str:
    """The epoch of this database; a new one when its marks say that it is another life of it."""
    found = _confirmed(store)
    if found is not None:
        return found
    with store.writing():
        store.run(_lock)  # several processes may come at once; the first one renews
        return _confirmed(store) or renew(store, new_id)


def renew(store: Store, new_id: Callable[[], str]) -> str:
    """Begin a new epoch in the caller's transaction; also for a copied disk image, which leaves no marks."""
    epoch, marks = new_id(), _current_marks(store)
    if not store.run(_change, of_identity=_ONLY, epoch=epoch, incarnation=marks):
        store.run(_start, identity_id=_ONLY, epoch=epoch, incarnation=marks)
    return epoch


def epoch_of(store: Store) -> str:
    """The epoch as it stands."""
    row = store.one(_stored, identity_id=_ONLY)
    return str(row[0]) if row else ""


def touch(store: Store) -> None:
    """Write the row anew, to prove that this database can be written."""
    store.run(_touch)


def _confirmed(store: Store) -> str | None:
    row = store.one(_stored, identity_id=_ONLY)
    return str(row[0]) if row is not None and row[1] == _current_marks(store) else None


def _current_marks(store: Store) -> str:
    row = store.one(_marks)
    assert row is not None, "a query without FROM has one row"
    return str(row[0])
