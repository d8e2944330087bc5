"""Keeping the `view_*` tables in step with the journal: refresh one subject, rebuild all, digest."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, bindparam, delete, insert, select, update

from mppdesk.db import tables
from mppdesk.db.central.copy import insert_rows
from mppdesk.db.journal.codec import encode_value
from mppdesk.db.journal.logs import Journal
from mppdesk.db.projections.projection import Row, Rows, rows_of, rows_of_entries
from mppdesk.db.sql import Statement, Store
from mppdesk.domain.entries import Entry, Subject

_insert = {table: Statement(insert(table)) for table in tables.VIEWS}
_clear = {table: Statement(delete(table).where(table.c.site_id == bindparam("site_id"))) for table in tables.VIEWS}
_columns = {table: tuple(column.name for column in table.columns if column.name != "site_id") for table in tables.VIEWS}
_keys = {table: tuple(key.name for key in table.primary_key if key.name != "site_id") for table in tables.VIEWS}


def _is_row(table: Table) -> ColumnElement[bool]:
    keys = (table.c[name] == bindparam(f"of_{name}") for name in _keys[table])
    return and_(table.c.site_id == bindparam("of_site"), *keys)


_delete_row = {table: Statement(delete(table).where(_is_row(table))) for table in tables.VIEWS}
_rows = {
    table: Statement(
        select(*(table.c[name] for name in _columns[table])).where(table.c.site_id == bindparam("site_id"))
    )
    for table in tables.VIEWS
}
_DIGEST_MODULUS = 2**256
_LONGEST_TEXT, _MARK = 150, 16
# Several codes in one text, which no index holds.
_LISTS = frozenset({"agencies", "services", "roles", "blocks"})


@lru_cache(maxsize=256)
def _update(table: Table, names: tuple[str, ...]) -> Statement:
    """The change of some columns of one row."""
    return Statement(update(table).where(_is_row(table)).values({name: bindparam(name) for name in names}))


def refresh(store: Store, site_id: str, subject: Subject, entries: list[Entry], added: list[Entry]) -> None:
    """Bring the rows of a subject up to date with its entries, of which `added` are new."""
    new = {entry.entry_id for entry in added}
    before = rows_of(subject, [entry for entry in entries if entry.entry_id not in new])
    move_on(store, site_id, before, rows_of(subject, entries), added)


def move_on(store: Store, site_id: str, before: Rows, after: Rows, added: list[Entry]) -> None:
    """Write what the `added` entries changed in a subject's rows."""
    changes = Changes(site_id)
    changes.add(before, after, added)
    changes.write(store)


class Changes:
    """What entries changed in the rows of some subjects, gathered to be written together; a row has one subject.

    Only the columns that changed: an index that holds none of them is not touched, of which each page would be
    encrypted and synced for nothing.
    """

    def __init__(self, site_id: str) -> None:
        self._site_id = site_id
        self._deleted: dict[Table, list[Row]] = defaultdict(list)
        self._inserted: dict[Table, list[Row]] = defaultdict(list)
        self._updated: dict[tuple[Table, tuple[str, ...]], list[Row]] = defaultdict(list)

    def add(self, before: Rows, after: Rows, added: list[Entry]) -> None:
        """Note how a subject's rows went from `before` to `after` by the `added` entries."""
        for table, rows in rows_of_entries(added).items():
            self._inserted[table] += rows
        for table in before | after:
            self._add_table(table, before.get(table, []), after.get(table, []))

    def write(self, store: Store) -> None:
        for table, keys in self._deleted.items():
            store.many(_delete_row[table], keys)
        _write(store, self._site_id, self._inserted)
        for (table, names), rows in self._updated.items():
            store.many(_update(table, names), rows)

    def _add_table(self, table: Table, before: list[Row], after: list[Row]) -> None:
        if before == after:
            return
        if len(before) == len(after) == 1 and _key(table, before[0]) == _key(table, after[0]):
            self._add_row(table, before[0], after[0])  # most facts change the one row of their subject
            return
        stood, stands = ({_key(table, row): row for row in rows} for rows in (before, after))
        self._deleted[table] += [_named(table, self._site_id, key) for key in stood.keys() - stands.keys()]
        self._inserted[table] += [row for key, row in stands.items() if key not in stood]
        for key in stood.keys() & stands.keys():
            self._add_row(table, stood[key], stands[key])

    def _add_row(self, table: Table, before: Row, after: Row) -> None:
        changed = _changed(before, after)
        if changed:
            key = _named(table, self._site_id, _key(table, after))
            self._updated[table, tuple(changed)].append({**key, **changed})


def _key(table: Table, row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in _keys[table])


def _named(table: Table, site_id: str, key: tuple[Any, ...]) -> Row:
    """Name the key of a row for `_is_row`."""
    return {
        "of_site": site_id,
        **{f"of_{name}": _clean(name, value) for name, value in zip(_keys[table], key, strict=True)},
    }


def _changed(before: Row, after: Row) -> Row:
    return _cleaned({name: value for name, value in after.items() if before[name] != value})


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
                        yield table, tuple(_clean(name, row[name]) for name in _columns[table])

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
            insert_rows(store, table, _insert[table], [{"site_id": site_id, **_cleaned(row)} for row in records])


def _cleaned(row: Row) -> Row:
    return {name: _clean(name, value) if type(value) is str else value for name, value in row.items()}


def _clean(name: str, value: Any) -> Any:
    """What both databases can hold of a value; a hostile entry may carry what neither can.

    PostgreSQL holds no NUL in a text, and indexes none beyond 2.7 KB (manual, "B-Tree Indexes"); neither database
    holds a lone surrogate. What is cut keeps its mark, so that two texts never become one.
    """
    if not isinstance(value, str):
        return value
    if len(value) > _LONGEST_TEXT and name not in _LISTS:
        value = f"{value[:_LONGEST_TEXT]}…{hashlib.sha256(value.encode()).hexdigest()[:_MARK]}"
    return value.replace("\0", "�") if "\0" in value else value
