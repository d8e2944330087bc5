"""The tables that only the centre fills: its sites, their data keys under wrapping keys, and which database this is."""

from sqlalchemy import BigInteger, Column, PrimaryKeyConstraint, Table, UniqueConstraint

from mppdesk.db.columns import CLUSTERED, bytes_column, metadata, number_column, text_column

central_sites = Table(
    "central_sites",
    metadata,
    text_column("site_id"),
    text_column("name"),
    text_column("token_hash"),
    text_column("hub_device_id"),
    bytes_column("hub_public_key"),
    number_column("added_ms"),
    PrimaryKeyConstraint("site_id", name="pk_central_sites"),
    UniqueConstraint("token_hash", name="uq_central_sites_token_hash"),
    **CLUSTERED,
)
"""The registered sites: who holds which token, and the device whose logs are believed before any station is known."""

central_identity = Table(
    "central_identity",
    metadata,
    Column("identity_id", BigInteger, nullable=False, autoincrement=False),
    text_column("epoch"),
    text_column("incarnation"),
    PrimaryKeyConstraint("identity_id", name="pk_central_identity"),
    **CLUSTERED,
)
"""One row: the epoch of this database, and the marks of the server that it was last seen on."""

central_data_keys = Table(
    "central_data_keys",
    metadata,
    text_column("site_id"),
    text_column("key_id"),
    text_column("agency"),
    text_column("subject_type"),
    text_column("subject_id"),
    text_column("wrapped_by"),
    bytes_column("wrapped"),
    PrimaryKeyConstraint("site_id", "key_id", name="pk_central_data_keys"),
    **CLUSTERED,
)
"""The data keys of all sites, each encrypted under the wrapping key whose mark is in `wrapped_by`."""

central_key_days = Table(
    "central_key_days",
    metadata,
    text_column("site_id"),
    number_column("day"),
    text_column("agency"),
    number_column("count"),
    bytes_column("sum"),
    PrimaryKeyConstraint("site_id", "day", "agency", name="pk_central_key_days"),
    **CLUSTERED,
)
"""What an exchange of keys compares, kept with each change: reading all keys of a site's years would take seconds."""

central_forgotten_keys = Table(
    "central_forgotten_keys",
    metadata,
    text_column("site_id"),
    text_column("key_id"),
    number_column("forgotten_ms"),
    PrimaryKeyConstraint("site_id", "key_id", name="pk_central_forgotten_keys"),
    **CLUSTERED,
)
"""The destroyed keys of a site, which never come back."""

central_wrapping_keys = Table(
    "central_wrapping_keys",
    metadata,
    text_column("mark"),
    number_column("since_ms"),
    PrimaryKeyConstraint("mark", name="pk_central_wrapping_keys"),
    **CLUSTERED,
)
"""The marks of the wrapping keys that this database needs; the keys themselves are never in it."""
