"""What is promised about persons: no text in the clear anywhere, and keys only where people are read (DESIGN 10)."""

import zlib
from collections.abc import Iterable
from dataclasses import fields
from functools import cache

from sqlalchemy import Table, select

from mppdesk.db.columns import metadata
from mppdesk.db.privacy.private_tables import local_data_keys
from mppdesk.db.replication.sync_tables import local_asked
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import journal_entries
from mppdesk.domain.entries import Entry, Sealed
from tests.simulation.typed import MARKERS

# The witness reads each entry when it is made; a question on its way to the hub is not recorded yet.
_READ_ELSEWHERE = frozenset({journal_entries, local_asked})
# What a clerk decides goes to her hub, and its papers come back; both are encrypted on their way.
_EXCHANGES, _QUESTION = "/v1/sync/", "/ask"

_keys = Statement(select(local_data_keys.c.key_id, local_data_keys.c.agency))


def is_in_the_clear(raw: bytes) -> bool:
    """Whether bytes hold what somebody typed about a person."""
    return any(map(raw.__contains__, MARKERS))


def overheard(path: str, body: bytes) -> bool:
    """Whether a packet of an exchange shows a person to whoever takes part in it."""
    is_exchange = path.startswith(_EXCHANGES) and not path.endswith(_QUESTION)
    return is_exchange and bool(body) and is_in_the_clear(zlib.decompress(body))


def tables_in_the_clear(store: Store) -> list[str]:
    """The tables that show a person."""
    asked = [table for table in metadata.sorted_tables if table not in _READ_ELSEWHERE]
    return [table.name for table in asked if store.connection.execute(_looking_in(table), MARKERS).fetchone()]


def keys_in(store: Store) -> dict[str, str]:
    """The ids of the data keys on a disk, with their agencies."""
    return {str(key_id): str(agency) for key_id, agency in store.all(_keys)}


def keys_needed(entries: Iterable[Entry]) -> set[str]:
    """The ids of the keys under which something in a journal is sealed."""
    values = (getattr(entry.fact, each.name) for entry in entries for each in fields(entry.fact))
    return {value.key_id for value in values if isinstance(value, Sealed)}


@cache
def _looking_in(table: Table) -> str:
    """Ask for one row that has any of the markers in any column."""
    places = [(column.name, number) for column in table.columns for number in range(1, len(MARKERS) + 1)]
    found = (f"instr(CAST({name} AS BLOB), ?{number})" for name, number in places)
    return f"SELECT 1 FROM {table.name} WHERE {' OR '.join(found)} LIMIT 1"
