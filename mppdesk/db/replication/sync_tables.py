"""The tables of sync: signed heads that travel with the journal, and what only this store knows of arrivals."""

from typing import Any

from sqlalchemy import BigInteger, Column, Index, LargeBinary, PrimaryKeyConstraint, Table, Text

from mppdesk.db.tables import metadata

_CLUSTERED: dict[str, Any] = {"sqlite_with_rowid": False}


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _bytes(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


journal_signatures = Table(
    "journal_signatures",
    metadata,
    _text("site_id"),
    _text("log_id"),
    _number("seq"),
    _bytes("signature"),
    PrimaryKeyConstraint("site_id", "log_id", "seq", name="pk_journal_signatures"),
    **_CLUSTERED,
)
"""The author's Ed25519 signature of a head; a relay cuts segments only at these."""

local_arrival_heads = Table(
    "local_arrival_heads",
    metadata,
    _text("site_id"),
    _number("site_seq"),
    _number("applied_seq"),
    PrimaryKeyConstraint("site_id", name="pk_local_arrival_heads"),
    **_CLUSTERED,
)
"""One row a site, locked by every taking transaction: the last `site_seq`, and the last one folded into the views."""

local_arrivals = Table(
    "local_arrivals",
    metadata,
    _text("site_id"),
    _number("last_site_seq"),
    _text("log_id"),
    _number("last_seq"),
    _number("count"),
    PrimaryKeyConstraint("site_id", "last_site_seq", name="pk_local_arrivals"),
    **_CLUSTERED,
)
"""One row a taken segment: its `count` entries have the site numbers up to `last_site_seq`."""

local_held_segments = Table(
    "local_held_segments",
    metadata,
    _text("site_id"),
    _text("log_id"),
    _number("first_seq"),
    _text("device_id"),
    _bytes("segment"),
    _number("received_ms"),
    PrimaryKeyConstraint("site_id", "log_id", "first_seq", name="pk_local_held_segments"),
    Index("ix_local_held_segments_device", "site_id", "device_id"),
    **_CLUSTERED,
)
"""Segments of devices that nobody admitted yet, until a supervisor does."""

local_sync_troubles = Table(
    "local_sync_troubles",
    metadata,
    _text("site_id"),
    _text("log_id"),
    _text("reason"),
    _number("seq"),
    _number("seen_ms"),
    PrimaryKeyConstraint("site_id", "log_id", "reason", name="pk_local_sync_troubles"),
    **_CLUSTERED,
)
"""Logs that stopped here and why: fork, refused bytes; shown until a person has looked."""

local_enrolment_codes = Table(
    "local_enrolment_codes",
    metadata,
    _text("code_hash"),
    _text("role"),
    _text("label"),
    _text("agencies"),
    _number("expires_ms"),
    Column("device_id", Text, nullable=True),
    PrimaryKeyConstraint("code_hash", name="pk_local_enrolment_codes"),
    **_CLUSTERED,
)
"""One-time codes of the hub; `device_id` is the station that used one, so that its lost answer can be given again."""

local_asked = Table(
    "local_asked",
    metadata,
    _text("command_id"),
    _bytes("message"),
    _text("user_id"),
    _text("via"),
    _number("asked_ms"),
    PrimaryKeyConstraint("command_id", name="pk_local_asked"),
    **_CLUSTERED,
)
"""Commands that this station sent, or is about to send, to the hub and has no answer for."""

local_withdrawn = Table(
    "local_withdrawn",
    metadata,
    _text("command_id"),
    _number("withdrawn_ms"),
    PrimaryKeyConstraint("command_id", name="pk_local_withdrawn"),
    **_CLUSTERED,
)
"""Commands that their station gave up before this hub accepted them; one that still arrives is refused."""
