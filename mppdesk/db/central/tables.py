"""The tables that only the centre fills: the sites it keeps journals for, and which database this is."""

from typing import Any

from sqlalchemy import BigInteger, Column, LargeBinary, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from mppdesk.db.tables import metadata

_CLUSTERED: dict[str, Any] = {"sqlite_with_rowid": False}

central_sites = Table(
    "central_sites",
    metadata,
    Column("site_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("token_hash", Text, nullable=False),
    Column("hub_device_id", Text, nullable=False),
    Column("hub_public_key", LargeBinary, nullable=False),
    Column("added_ms", BigInteger, nullable=False),
    PrimaryKeyConstraint("site_id", name="pk_central_sites"),
    UniqueConstraint("token_hash", name="uq_central_sites_token_hash"),
    **_CLUSTERED,
)
"""The registered sites: who holds which token, and the device whose logs are believed before any station is known."""

central_identity = Table(
    "central_identity",
    metadata,
    Column("identity_id", BigInteger, nullable=False, autoincrement=False),
    Column("epoch", Text, nullable=False),
    Column("incarnation", Text, nullable=False),
    PrimaryKeyConstraint("identity_id", name="pk_central_identity"),
    **_CLUSTERED,
)
"""One row: the epoch of this database, and the marks of the server that it was last seen on."""
