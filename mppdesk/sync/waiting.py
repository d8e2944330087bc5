"""How much of a store the other side of a link may not have yet: everything since the last whole exchange."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from sqlalchemy import bindparam, select

from mppdesk.db.journal.codec import decode_entry
from mppdesk.db.journal.logs import Journal
from mppdesk.db.replication import arrivals
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import journal_entries, view_logs

_entries = journal_entries.c
_own_logs = Statement(
    select(view_logs.c.log_id)
    .where(
        view_logs.c.site_id == bindparam("site_id"),
        view_logs.c.device_id == bindparam("device_id"),
        view_logs.c.log_id >= bindparam("since_log"),
    )
    .order_by(view_logs.c.log_id)
)
_at = Statement(
    select(_entries.bytes).where(
        _entries.site_id == bindparam("site_id"),
        _entries.log_id == bindparam("log_id"),
        _entries.seq == bindparam("seq"),
    )
)


class Mark(msgspec.Struct, frozen=True):
    """A place in a store: what had arrived, and how far the device's newest log had come."""

    site_seq: int = 0
    own_log: str = ""
    own_seq: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """Entries after a mark, and when the oldest of them was recorded (UTC milliseconds)."""

    entries: int
    oldest_ms: int | None


def mark(store: Store, site_id: str, own_log: str) -> Mark:
    """The place of now."""
    head = Journal(store, site_id).head(own_log)
    return Mark(arrivals.last(store, site_id), own_log, head.seq if head else 0)


def waiting_since(store: Store, site_id: str, device_id: str, since: Mark, *, relays: bool) -> Waiting:
    """What came after a mark; with `relays` also what others brought here, which a hub passes on and a station not."""
    tails = list(_own_tails(store, site_id, device_id, since))
    if relays:
        tails += arrivals.logs_since(store, site_id, since.site_seq)
    first = (_recorded_ms(store, site_id, log_id, seq) for log_id, seq, _ in tails)
    return Waiting(sum(count for _, _, count in tails), min(first, default=None))


def _own_tails(store: Store, site_id: str, device_id: str, since: Mark) -> Iterable[tuple[str, int, int]]:
    """The log, first number and count of what the device's own logs have after a mark."""
    journal = Journal(store, site_id)
    for (log_id,) in store.all(_own_logs, site_id=site_id, device_id=device_id, since_log=since.own_log):
        head = journal.head(log_id)
        after = since.own_seq if log_id == since.own_log else 0
        if head is not None and head.seq > after:
            yield log_id, after + 1, head.seq - after


def _recorded_ms(store: Store, site_id: str, log_id: str, seq: int) -> int:
    row = store.one(_at, site_id=site_id, log_id=log_id, seq=seq)
    assert row is not None, "an entry that is counted is there"
    return decode_entry(bytes(row[0])).wall_ms
