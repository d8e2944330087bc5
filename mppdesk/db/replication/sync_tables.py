"""The tables of sync: signed heads that travel with the journal, and what only this store knows of arrivals."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table, Text

from mppdesk.db.columns import CLUSTERED, bytes_column, metadata, number_column, text_column

journal_signatures = Table(
    "journal_signatures",
    metadata,
    text_column("site_id"),
    text_column("log_id"),
    number_column("seq"),
    bytes_column("signature"),
    PrimaryKeyConstraint("site_id", "log_id", "seq", name="pk_journal_signatures"),
    **CLUSTERED,
)
"""The author's Ed25519 signature of a head; a relay cuts segments only at these."""

local_arrival_heads = Table(
    "local_arrival_heads",
    metadata,
    text_column("site_id"),
    number_column("site_seq"),
    number_column("applied_seq"),
    PrimaryKeyConstraint("site_id", name="pk_local_arrival_heads"),
    **CLUSTERED,
)
"""One row a site, locked by every taking transaction: the last `site_seq`, and the last one folded into the views."""

local_arrivals = Table(
    "local_arrivals",
    metadata,
    text_column("site_id"),
    number_column("last_site_seq"),
    text_column("log_id"),
    number_column("last_seq"),
    number_column("count"),
    PrimaryKeyConstraint("site_id", "last_site_seq", name="pk_local_arrivals"),
    **CLUSTERED,
)
"""One row a taken segment: its `count` entries have the site numbers up to `last_site_seq`."""

local_held_segments = Table(
    "local_held_segments",
    metadata,
    text_column("site_id"),
    text_column("log_id"),
    number_column("first_seq"),
    text_column("device_id"),
    bytes_column("segment"),
    number_column("received_ms"),
    PrimaryKeyConstraint("site_id", "log_id", "first_seq", name="pk_local_held_segments"),
    Index("ix_local_held_segments_device", "site_id", "device_id"),
    **CLUSTERED,
)
"""Segments of devices that nobody admitted yet, until a supervisor does."""

local_sync_troubles = Table(
    "local_sync_troubles",
    metadata,
    text_column("site_id"),
    text_column("log_id"),
    text_column("reason"),
    number_column("seq"),
    number_column("seen_ms"),
    PrimaryKeyConstraint("site_id", "log_id", "reason", name="pk_local_sync_troubles"),
    **CLUSTERED,
)
"""Logs that stopped here and why: fork, refused bytes; shown until a person has looked."""

local_enrolment_codes = Table(
    "local_enrolment_codes",
    metadata,
    text_column("code_hash"),
    text_column("role"),
    text_column("label"),
    text_column("agencies"),
    number_column("expires_ms"),
    Column("device_id", Text, nullable=True),
    PrimaryKeyConstraint("code_hash", name="pk_local_enrolment_codes"),
    **CLUSTERED,
)
"""One-time codes of the hub; `device_id` is the station that used one, so that its lost answer can be given again."""

local_asked = Table(
    "local_asked",
    metadata,
    text_column("command_id"),
    bytes_column("message"),
    text_column("user_id"),
    text_column("via"),
    number_column("asked_ms"),
    PrimaryKeyConstraint("command_id", name="pk_local_asked"),
    **CLUSTERED,
)
"""Commands that this station sent, or is about to send, to the hub and has no answer for."""

local_withdrawn = Table(
    "local_withdrawn",
    metadata,
    text_column("command_id"),
    number_column("withdrawn_ms"),
    PrimaryKeyConstraint("command_id", name="pk_local_withdrawn"),
    **CLUSTERED,
)
"""Commands that their station gave up before this hub accepted them; one that still arrives is refused."""
