"""What stopped on its way and why: a fork, refused bytes, what its author may not write, a wrong key. Never hidden."""

from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select

from mppdesk.db.replication.sync_tables import local_sync_troubles
from mppdesk.db.sql import Statement, Store

WRONG_KEY = "wrong_key"
"""Why a device is named instead of a log: it brought a data key that is not what its id says."""

_troubles = local_sync_troubles.c
_drop = Statement(
    delete(local_sync_troubles).where(
        _troubles.site_id == bindparam("of_site"),
        _troubles.log_id == bindparam("of_log"),
        _troubles.reason == bindparam("of_reason"),
    )
)
_add = Statement(insert(local_sync_troubles))
_all = Statement(
    select(_troubles.log_id, _troubles.reason, _troubles.seq, _troubles.seen_ms)
    .where(_troubles.site_id == bindparam("site_id"))
    .order_by(_troubles.seen_ms, _troubles.log_id)
)


@dataclass(frozen=True, slots=True)
class SyncTrouble:
    """A log that stopped: the first number that is missing on one side, and when that was seen last.

    With the reason `WRONG_KEY` the id is that of a device, empty for the hub or centre, and the number is 0.
    """

    log_id: str
    reason: str
    seq: int
    seen_ms: int


def note(store: Store, site_id: str, trouble: SyncTrouble) -> None:
    """Note a trouble; the same one seen again replaces the former."""
    store.run(_drop, of_site=site_id, of_log=trouble.log_id, of_reason=trouble.reason)
    store.run(
        _add,
        site_id=site_id,
        log_id=trouble.log_id,
        reason=trouble.reason,
        seq=trouble.seq,
        seen_ms=trouble.seen_ms,
    )


def settle(store: Store, site_id: str, log_id: str, reason: str) -> None:
    """Drop a trouble that is over: the log went on."""
    store.run(_drop, of_site=site_id, of_log=log_id, of_reason=reason)


def all_of(store: Store, site_id: str) -> tuple[SyncTrouble, ...]:
    """List what stopped, the oldest first."""
    return tuple(SyncTrouble(*row) for row in store.all(_all, site_id=site_id))
