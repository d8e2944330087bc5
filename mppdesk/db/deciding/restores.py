"""The restores that bind the numbers of a building: those of its hubs, past ones too; of a single PC its own."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, bindparam, func, or_, select

from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import view_logs, view_stations
from mppdesk.domain.entries import Entry, Subject, SubjectType
from mppdesk.domain.facts import DatabaseRestored
from mppdesk.domain.log import fold_log
from mppdesk.domain.station import StationRole

_logs = view_logs.c
_stations = view_stations.c
# The last day of which every zone of the earth can tell the date.
_LAST_MS = 253_402_128_000_000


def binds_numbers() -> ColumnElement[bool]:
    """Whether a row of `view_logs` tells of such a restore, at a moment that has a date."""
    hubs = select(_stations.device_id).where(
        _stations.site_id == _logs.site_id, or_(_stations.hub_term > 0, _stations.role == StationRole.HUB.value)
    )
    is_of_hub = or_(_logs.device_id.in_(hubs.correlate(view_logs)), ~hubs.correlate(view_logs).exists())
    return _logs.restored_ms.between(0, _LAST_MS) & is_of_hub


_last_ms = Statement(select(func.max(_logs.restored_ms)).where(_logs.site_id == bindparam("site_id"), binds_numbers()))
_last_log = Statement(
    select(_logs.log_id)
    .where(_logs.site_id == bindparam("site_id"), binds_numbers())
    .order_by(_logs.restored_ms.desc(), _logs.log_id.desc())
    .limit(1)
)
_logs_since = Statement(
    select(_logs.log_id).where(
        _logs.site_id == bindparam("site_id"), _logs.restored_ms > bindparam("moment_ms"), binds_numbers()
    )
)
_last_ms_of = Statement(
    select(func.max(_logs.restored_ms)).where(
        _logs.site_id == bindparam("site_id"),
        _logs.device_id == bindparam("device_id"),
        _logs.restored_ms.between(0, _LAST_MS),
    )
)


def last_restored_ms(store: Store, site_id: str, device_id: str = "") -> int:
    """When the building came from a backup last, or one device did; UTC milliseconds, 0 for never."""
    if device_id:
        row = store.one(_last_ms_of, site_id=site_id, device_id=device_id)
    else:
        row = store.one(_last_ms, site_id=site_id)
    return int(row[0]) if row and row[0] is not None else 0


def last_restored_log(store: Store, site_id: str) -> str | None:
    """The log that tells of the last restore of the building."""
    row = store.one(_last_log, site_id=site_id)
    return str(row[0]) if row else None


def restore_told_in(log_id: str, entries_of: Callable[[Subject], list[Entry]]) -> DatabaseRestored | None:
    """What the restore said of itself that opened a log."""
    log = fold_log(entries_of(Subject(SubjectType.LOG, log_id))).state
    return log.restored if log else None


def restores_since(
    store: Store, site_id: str, moment_ms: int, entries_of: Callable[[Subject], list[Entry]]
) -> list[DatabaseRestored]:
    """What the restores of the building said of themselves after a moment in UTC milliseconds."""
    logs = store.all(_logs_since, site_id=site_id, moment_ms=moment_ms)
    told = (restore_told_in(str(row[0]), entries_of) for row in logs)
    return [restored for restored in told if restored is not None]
