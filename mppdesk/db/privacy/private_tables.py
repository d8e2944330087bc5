"""The tables of keys, search terms and PINs: of this PC alone, never in the journal (DESIGN 10)."""

from sqlalchemy import Index, PrimaryKeyConstraint, Table

from mppdesk.db.columns import CLUSTERED, bytes_column, metadata, number_column, text_column

local_data_keys = Table(
    "local_data_keys",
    metadata,
    text_column("key_id"),
    text_column("agency"),
    text_column("subject_type"),
    text_column("subject_id"),
    bytes_column("key"),
    PrimaryKeyConstraint("key_id", name="pk_local_data_keys"),
    Index("ix_local_data_keys_subject", "subject_id"),
    **CLUSTERED,
)

local_key_days = Table(
    "local_key_days",
    metadata,
    number_column("day"),
    text_column("agency"),
    number_column("count"),
    bytes_column("sum"),
    PrimaryKeyConstraint("day", "agency", name="pk_local_key_days"),
    **CLUSTERED,
)
"""What an exchange of data keys compares: how many there are of a day and an agency, and the sum of their weights."""

local_forgotten_keys = Table(
    "local_forgotten_keys",
    metadata,
    text_column("key_id"),
    number_column("forgotten_ms"),
    PrimaryKeyConstraint("key_id", name="pk_local_forgotten_keys"),
    **CLUSTERED,
)

local_search = Table(
    "local_search",
    metadata,
    text_column("subject_id"),
    text_column("field"),
    text_column("term"),
    text_column("key_id"),
    PrimaryKeyConstraint("subject_id", "field", name="pk_local_search"),
    Index("ix_local_search_term", "field", "term"),
    Index("ix_local_search_key", "key_id"),
    **CLUSTERED,
)

local_verifiers = Table(
    "local_verifiers",
    metadata,
    text_column("user_id"),
    text_column("verifier"),
    number_column("failures"),
    number_column("failed_ms"),
    PrimaryKeyConstraint("user_id", name="pk_local_verifiers"),
    **CLUSTERED,
)
