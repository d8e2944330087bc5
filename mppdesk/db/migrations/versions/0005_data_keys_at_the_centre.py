"""The centre keeps its sites' data keys, wrapped, and knows stations by their tokens; every store sums up its keys."""

import hashlib
from collections import defaultdict
from typing import Any

from alembic import op
from sqlalchemy import BigInteger, Column, LargeBinary, PrimaryKeyConstraint, Text, column, table, text

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index("ix_view_stations_token", "view_stations", ["token_hash"])
    _table(
        "central_data_keys", ("site_id", "key_id"),
        _text("site_id"), _text("key_id"), _text("agency"), _text("subject_type"), _text("subject_id"),
        _text("wrapped_by"), _bytes("wrapped"),
    )  # fmt: skip
    _table(
        "central_key_days", ("site_id", "day", "agency"),
        _text("site_id"), _number("day"), _text("agency"), _number("count"), _bytes("sum"),
    )  # fmt: skip
    _table(
        "central_forgotten_keys", ("site_id", "key_id"),
        _text("site_id"), _text("key_id"), _number("forgotten_ms"),
    )  # fmt: skip
    _table(
        "local_key_days", ("day", "agency"), _number("day"), _text("agency"), _number("count"), _bytes("sum")
    )  # fmt: skip
    _count_keys()
    _table("central_wrapping_keys", ("mark",), _text("mark"), _number("since_ms"))
    # A centre noted forgotten keys without their sites; an id is random, so to refuse it for all of them harms none.
    op.execute(
        "INSERT INTO central_forgotten_keys (site_id, key_id, forgotten_ms)"
        " SELECT central_sites.site_id, local_forgotten_keys.key_id, local_forgotten_keys.forgotten_ms"
        " FROM central_sites CROSS JOIN local_forgotten_keys"
    )


def _count_keys() -> None:
    weights: dict[tuple[int, str], list[int]] = defaultdict(list)
    for key_id, agency in op.get_bind().execute(text("SELECT key_id, agency FROM local_data_keys")):
        day = int(key_id[:12], 16) // 86_400_000
        weights[day, agency].append(int.from_bytes(hashlib.sha256(key_id.encode()).digest()))
    rows = [
        {"day": day, "agency": agency, "count": len(found), "sum": (sum(found) % 2**128).to_bytes(16)}
        for (day, agency), found in weights.items()
    ]
    op.bulk_insert(table("local_key_days", *map(column, ("day", "agency", "count", "sum"))), rows)


def _table(name: str, key: tuple[str, ...], *columns: Column[Any]) -> None:
    op.create_table(name, *columns, PrimaryKeyConstraint(*key, name=f"pk_{name}"), sqlite_with_rowid=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _bytes(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)
