"""When a station recorded something last, as far as this store knows."""

from sqlalchemy import bindparam, select

from mppdesk.db.journal.codec import decode_entry
from mppdesk.db.journal.logs import Journal
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import journal_entries, view_logs, view_stations

_entries = journal_entries.c
_entry_at = Statement(
    select(_entries.bytes).where(
        _entries.site_id == bindparam("site_id"),
        _entries.log_id == bindparam("log_id"),
        _entries.seq == bindparam("seq"),
    )
)
_label_of_log = Statement(
    select(view_stations.c.label)
    .join_from(
        view_logs,
        view_stations,
        (view_stations.c.site_id == view_logs.c.site_id) & (view_stations.c.device_id == view_logs.c.device_id),
    )
    .where(view_logs.c.site_id == bindparam("site_id"), view_logs.c.log_id == bindparam("log_id"))
)


def last_recorded_ms(store: Store, site_id: str, device_id: str) -> int | None:
    """When the last entry of a device that is here was recorded (its clock, UTC milliseconds); None without any."""
    head = Journal(store, site_id).latest_head_of(device_id)
    row = store.one(_entry_at, site_id=site_id, log_id=head.log_id, seq=head.seq) if head else None
    return decode_entry(bytes(row[0])).wall_ms if row else None


def label_of_log(store: Store, site_id: str, log_id: str) -> str | None:
    """The station that wrote a log, by its label; None for a log of nobody known."""
    row = store.one(_label_of_log, site_id=site_id, log_id=log_id)
    return str(row[0]) if row else None
