"""Many rows at once into PostgreSQL: COPY in its binary form (PostgreSQL manual, COPY, "Binary Format")."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import BigInteger, LargeBinary, Table

from mppdesk.db.sql import Statement, Store, Values

# Below it the two more messages of a COPY cost more than they spare.
_FEWEST_ROWS = 8


def insert_rows(store: Store, table: Table, one: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows the fastest way that a store knows; `one` inserts one of them."""
    if store.dialect == "postgresql" and len(rows) >= _FEWEST_ROWS:
        copy_rows(store, table, rows)
    else:
        store.many(one, rows)


def copy_rows(store: Store, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows of one shape; raises the driver's own error when a key is used twice."""
    text, types, values = _copying(table)
    with store.connection.cursor() as cursor, cursor.copy(text) as copy:
        copy.set_types(types)
        for row in rows:
            copy.write_row(values(row))


@lru_cache(maxsize=64)
def _copying(table: Table) -> tuple[str, tuple[str, ...], Values]:
    names = [column.name for column in table.columns]
    columns = ", ".join(f'"{name}"' for name in names)
    types = tuple(_type_of(column.type) for column in table.columns)
    return f"COPY {table.name} ({columns}) FROM STDIN (FORMAT BINARY)", types, itemgetter(*names)


def _type_of(column_type: Any) -> str:
    if isinstance(column_type, BigInteger):
        return "int8"
    return "bytea" if isinstance(column_type, LargeBinary) else "text"
