"""The destroyed keys: gone from every byte here, and noted where every restore looks (DESIGN 10)."""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Table, delete, insert, select, text

from mppdesk.db.engine import Database
from mppdesk.db.paper.rows import forget_jobs
from mppdesk.db.privacy.private_tables import local_data_keys, local_forgotten_keys, local_search
from mppdesk.db.privacy.sealing import DataKeys
from mppdesk.db.privacy.search import SearchTable
from mppdesk.db.sql import Statement, Store
from mppdesk.domain.errors import StorageTrouble

_FILE = "forgotten.json"

_forgotten = Statement(select(local_forgotten_keys.c.key_id).order_by(local_forgotten_keys.c.key_id))


def _rewriting(table: Table) -> tuple[Statement, ...]:
    """Put the rows aside, empty the table, and lay them down again."""
    columns = [column.name for column in table.columns]
    aside = text("SELECT * FROM rows_aside").columns(*table.columns)
    return (
        Statement(text(f"CREATE TEMPORARY TABLE rows_aside AS SELECT * FROM {table.name}")),
        Statement(delete(table)),
        Statement(insert(table).from_select(columns, aside)),
        Statement(text("DROP TABLE rows_aside")),
    )


# `secure_delete` overwrites a row where it lies, but not the copies that SQLite leaves behind when it moves rows
# between pages (measured: one of 3,000 rows of a kilobyte); only pages given back as a whole are surely overwritten.
_rewrite = tuple(step for table in (local_data_keys, local_search) for step in _rewriting(table))


def destroy_keys(store: Store, key_ids: Iterable[str], now_ms: int) -> None:
    """Delete keys with the search rows and papers they guard, and every trace of them in the tables' pages."""
    for key_id in key_ids:
        DataKeys(store).destroy(key_id, now_ms)
        SearchTable(store, b"").forget(key_id)
        forget_jobs(store, key_id)
    for step in _rewrite:
        store.run(step)


def settle(home: Path, database: Database) -> bool:
    """Empty the WAL, whose old pages still hold the keys, then note the key ids; False when a reader is in the way.

    Does nothing when all is noted, so that every start can finish what a power cut left undone.
    """
    with database.reading() as store:
        key_ids = {str(row[0]) for row in store.all(_forgotten)}
    if key_ids <= noted(home):
        return True
    if not database.checkpoint(truncate=True):
        return False
    _note(home, key_ids | noted(home))
    return True


def noted(home: Path) -> frozenset[str]:
    """The forgotten key ids noted beside the database, so that an older backup cannot bring one back."""
    with suppress(OSError, ValueError, TypeError, RecursionError):
        return frozenset(str(each) for each in json.loads((home / _FILE).read_text(encoding="utf-8")))
    return frozenset()


def key_ids_in(path: Path, key: bytes) -> frozenset[str]:
    """The forgotten key ids of another database file; none when it cannot be read any more."""
    with suppress(StorageTrouble):
        database = Database(path, key, read_only=True)
        try:
            with database.reading() as store:
                return frozenset(str(row[0]) for row in store.all(_forgotten))
        finally:
            database.close()
    return frozenset()


def _note(home: Path, key_ids: Iterable[str]) -> None:
    temporary = home / f"{_FILE}.new"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(sorted(key_ids), file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(home / _FILE)
