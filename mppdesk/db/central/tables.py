"""The tables that only the centre fills: its sites, their data keys under wrapping keys, and which database this is."""

from typing import Any

from sqlalchemy import BigInteger, Column, LargeBinary, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from mppdesk.db.tables import metadata

_CLUSTERED: dict[str, Any] = {"sqlite_with_rowid": False}


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _bytes(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


central_sites = Table(
    "central_sites",
    metadata,
    _text("site_id"),
    _text("name"),
    _text("token_hash"),
    _text("hub_device_id"),
    _bytes("hub_public_key"),
    _number("added_ms"),
    PrimaryKeyConstraint("site_id", name="pk_central_sites"),
    UniqueConstraint("token_hash", name="uq_central_sites_token_hash"),
    **_CLUSTERED,
)
"""The registered sites: who holds which token, and the device whose logs are believed before any station is known."""

central_identity = Table(
    "central_identity",
    metadata,
    Column("identity_id", BigInteger, nullable=False, autoincrement=False),
    _text("epoch"),
    _text("incarnation"),
    PrimaryKeyConstraint("identity_id", name="pk_central_identity"),
    **_CLUSTERED,
)
"""One row: the epoch of this database, and the marks of the server that it was last seen on."""

central_data_keys = Table(
    "central_data_keys",
    metadata,
    _text("site_id"),
    _text("key_id"),
    _text("agency"),
    _text("subject_type"),
    _text("subject_id"),
    _text("wrapped_by"),
    _bytes("wrapped"),
    PrimaryKeyConstraint("site_id", "key_id", name="pk_central_data_keys"),
    **_CLUSTERED,
)
"""The data keys of all sites, each encrypted under the wrapping key whose mark is in `wrapped_by`."""

central_key_days = Table(
    "central_key_days",
    metadata,
    _text("site_id"),
    _number("day"),
    _text("agency"),
    _number("count"),
    _bytes("sum"),
    PrimaryKeyConstraint("site_id", "day", "agency", name="pk_central_key_days"),
    **_CLUSTERED,
)
"""What an exchange of keys compares, kept with each change: reading all keys of a site's years would take seconds."""

central_forgotten_keys = Table(
    "central_forgotten_keys",
    metadata,
    _text("site_id"),
    _text("key_id"),
    _number("forgotten_ms"),
    PrimaryKeyConstraint("site_id", "key_id", name="pk_central_forgotten_keys"),
    **_CLUSTERED,
)
"""The destroyed keys of a site, which never come back."""

central_wrapping_keys = Table(
    "central_wrapping_keys",
    metadata,
    _text("mark"),
    _number("since_ms"),
    PrimaryKeyConstraint("mark", name="pk_central_wrapping_keys"),
    **_CLUSTERED,
)
"""The marks of the wrapping keys that this database needs; the keys themselves are never in it."""
