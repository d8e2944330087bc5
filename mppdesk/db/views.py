"""Keeping the `view_*` tables in step with the journal: refresh one subject, rebuild all, digest."""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update

from mppdesk.db import tables
from mppdesk.db.codec import encode_value
from mppdesk.db.journal import Journal
from mppdesk.db.projection import Row, Rows, rows_of, rows_of_entries
from mppdesk.db.sql import Statement, Store
from mppdesk.domain.entries import Entry, Subject, SubjectType

_OWNED_BY: dict[str, tuple[tuple[Table, str], ...]] = {
    SubjectType.VISIT: ((tables.view_visits, "visit_id"), (tables.view_calls, "visit_id")),
    SubjectType.SUBMISSION: ((tables.view_submissions, "submission_id"), (tables.view_register, "submission_id")),
    SubjectType.COUNTER_DAY: ((tables.view_counter_days, "counter_day_id"),),
    SubjectType.SERVICE_DAY: ((tables.view_service_days, "day_id"),),
    SubjectType.SERVICE_VERSION: ((tables.view_service_versions, "version_id"),),
    SubjectType.SITE_SETTING: ((tables.view_settings, "setting_id"),),
    SubjectType.USER: ((tables.view_users, "user_id"),),
    SubjectType.LOG: ((tables.view_logs, "log_id"),),
}

_insert = {table: Statement(insert(table)) for table in tables.VIEWS}
_delete_owned = {
    (table, column): Statement(
        delete(table).where(table.c.site_id == bindparam("site_id"), table.c[column] == bindparam("subject_id"))
    )
    for owned in _OWNED_BY.values()
    for table, column in owned
}
_delete_anomalies = Statement(
    delete(tables.view_anomalies).where(
        tables.view_anomalies.c.site_id == bindparam("site_id"),
        tables.view_anomalies.c.subject_id == bindparam("subject_id"),
        tables.view_anomalies.c.subject_type == bindparam("subject_type"),
    )
)
_clear = {table: Statement(delete(table).where(table.c.site_id == bindparam("site_id"))) for table in tables.VIEWS}
_columns = {table: tuple(column.name for column in table.columns if column.name != "site_id") for table in tables.VIEWS}
_KEYS = {table: column for owned in _OWNED_BY.values() for table, column in owned[:1]} | {
    tables.view_calls: "entry_id",
    tables.view_register: "entry_id",
    tables.view_anomalies: "entry_id",
}
_delete_row = {
    table: Statement(delete(table).where(table.c.site_id == bindparam("of_site"), table.c[key] == bindparam("of_row")))
    for table, key in _KEYS.items()
}
_rows = {
    table: Statement(
        select(*(table.c[name] for name in _columns[table])).where(table.c.site_id == bindparam("site_id"))
    )
    for table in tables.VIEWS
}
_DIGEST_MODULUS = 2**256


@lru_cache(maxsize=256)
def _update(table: Table, names: tuple[str, ...]) -> Statement:
    """The change of some columns of one row."""
    return Statement(
        update(table)
        .where(table.c.site_id == bindparam("of_site"), table.c[_KEYS[table]] == bindparam("of_row"))
        .values({name: bindparam(name) for name in names})
    )


def refresh(store: Store, site_id: str, subject: Subject, entries: list[Entry], added: list[Entry]) -> None:
    """Bring the rows of a subject up to date with its entries, of which `added` are new."""
    if len(added) < len(entries):
        for owned in _OWNED_BY.get(subject.type, ()):
            store.run(_delete_owned[owned], site_id=site_id, subject_id=subject.id)
        store.run(_delete_anomalies, site_id=site_id, subject_id=subject.id, subject_type=subject.type)
    _write(store, site_id, rows_of_entries(added))
    _write(store, site_id, rows_of(subject, entries))


def move_on(store: Store, site_id: str, before: Rows, after: Rows, added: list[Entry]) -> None:
    """Write what the `added` entries changed in a subject's rows, and only the columns that changed.

    An index that holds none of them is not touched: each page of it would be encrypted and synced for nothing.
    """
    _write(store, site_id, rows_of_entries(added))
    for table in before | after:
        _move_table_on(store, site_id, table, before.get(table, []), after.get(table, []))


def _move_table_on(store: Store, site_id: str, table: Table, before: list[Row], after: list[Row]) -> None:
    key = _KEYS[table]
    stood = {row[key]: row for row in before}
    for gone in stood.keys() - {row[key] for row in after}:
        store.run(_delete_row[table], of_site=site_id, of_row=_clean(gone))
    _write(store, site_id, {table: [row for row in after if row[key] not in stood]})
    for row in after:
        changed = _changed(stood.get(row[key], row), row)
        if changed:
            store.run(_update(table, tuple(changed)), of_site=site_id, of_row=_clean(row[key]), **changed)


def _changed(before: Row, after: Row) -> Row:
    return {name: _clean(value) for name, value in after.items() if before[name] != value}


def rebuild(store: Store, site_id: str) -> None:
    """Drop every view row of the site and make all of them again from the journal."""
    for table in tables.VIEWS:
        store.run(_clear[table], site_id=site_id)
    journal = Journal(store, site_id)
    for subject, entries in journal.subjects():
        refresh(store, site_id, subject, entries, added=entries)


def live_digest(store: Store, site_id: str) -> str:
    """Digest the view rows as they stand."""
    return _digest((table, row) for table in tables.VIEWS for row in store.stream(_rows[table], site_id=site_id))


def rebuilt_digest(store: Store, site_id: str) -> str:
    """Digest the view rows as the journal says they should be; nothing is written."""

    def rebuilt() -> Iterable[tuple[Table, tuple[Any, ...]]]:
        for subject, entries in Journal(store, site_id).subjects():
            for made in (rows_of_entries(entries), rows_of(subject, entries)):
                for table, rows in made.items():
                    for row in rows:
                        yield table, tuple(_clean(row[name]) for name in _columns[table])

    return _digest(rebuilt())


def _digest(rows: Iterable[tuple[Table, tuple[Any, ...]]]) -> str:
    """Sum the hashes of the rows modulo 2^256: the same for every order, so nothing has to be sorted or held.

    An additive multiset hash (Bellare and Micciancio 1997); it guards against faults, the chain against forgery.
    """
    total = 0
    for table, row in rows:
        row_bytes = encode_value((str(table.name), *(bytes(v) if isinstance(v, memoryview) else v for v in row)))
        total = (total + int.from_bytes(hashlib.sha256(row_bytes).digest())) % _DIGEST_MODULUS
    return f"{total:064x}"


def _write(store: Store, site_id: str, rows: Rows) -> None:
    for table, records in rows.items():
        if records:
            clean = [{"site_id": site_id, **{name: _clean(value) for name, value in row.items()}} for row in records]
            store.many(_insert[table], clean)


def _clean(value: Any) -> Any:
    # PostgreSQL cannot hold NUL in a text, nor either database a lone surrogate; a hostile entry may carry both.
    if isinstance(value, str) and "\0" in value:
        return value.replace("\0", "�")
    return value
