"""The tables, told apart by prefix (DESIGN 4).

`journal_*` is append-only and synced; `view_*` is dropped and rebuilt from the journal, and each row of it is owned by
one subject; `local_*` belongs to this PC and is in neither the journal nor the digest. Every `journal_*` and `view_*`
key starts with `site_id`. Only types that SQLite and PostgreSQL share: text, 64-bit integers, bytes.
"""

from typing import Any

from sqlalchemy import BigInteger, Column, Index, LargeBinary, MetaData, PrimaryKeyConstraint, Table, Text, text
from sqlalchemy.schema import SchemaItem, UniqueConstraint

metadata = MetaData()

# The primary key is the table: one B-tree less to encrypt and sync for each row of each command.
_CLUSTERED: dict[str, Any] = {"sqlite_with_rowid": False}
# Except for rows of half a kilobyte, which would fill the inner nodes of such a tree as well as its leaves.
_APPENDED: dict[str, Any] = {"sqlite_with_rowid": True}


def _text(name: str, *, optional: bool = False) -> Column[str]:
    return Column(name, Text, nullable=optional)


def _number(name: str, *, optional: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=optional)


def _bytes(name: str, *, optional: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=optional)


def _of_site(name: str, key: tuple[str, ...], *items: SchemaItem, **layout: Any) -> Table:
    primary = PrimaryKeyConstraint("site_id", *key, name=f"pk_{name}")
    return Table(name, metadata, _text("site_id"), *items, primary, **(layout or _CLUSTERED))


journal_entries = _of_site(
    "journal_entries",
    ("log_id", "seq"),
    _text("log_id"),
    _number("seq"),
    _text("entry_id"),
    _text("kind"),
    _text("subject_type"),
    _text("subject_id"),
    _number("step"),
    _number("hlc"),
    _bytes("hash"),
    _bytes("bytes"),
    UniqueConstraint("site_id", "entry_id", name="uq_journal_entries_entry_id"),
    Index("ix_journal_entries_subject", "site_id", "subject_id", "step"),
    **_APPENDED,
)

journal_heads = _of_site(
    "journal_heads",
    ("log_id",),
    _text("log_id"),
    _number("seq"),
    _bytes("hash"),
)

view_visits = _of_site(
    "view_visits",
    ("visit_id",),
    _text("visit_id"),
    _text("day"),
    _text("label"),
    _text("prefix"),
    _number("number"),
    _number("issuer_no"),
    _text("token"),
    _text("status"),
    _text("agency"),
    _text("service"),
    _text("service_version"),
    _text("priority", optional=True),
    _number("is_priority"),
    _number("position"),
    _number("issued_ms"),
    _number("since_ms"),
    _number("started_ms", optional=True),
    _text("counter", optional=True),
    _text("counter_label", optional=True),
    _number("call_count"),
    _number("was_transferred"),
    _text("outcome", optional=True),
    _text("last_act", optional=True),
    _text("last_kind", optional=True),
    _text("last_actor", optional=True),
    _number("last_ms"),
    Index("ix_view_visits_queue", "site_id", "day", "status", "agency", "is_priority", "position"),
    Index("ix_view_visits_number", "site_id", "day", "prefix", "number"),
    Index("ix_view_visits_position", "site_id", "day", "position"),
    Index(
        "ix_view_visits_counter",
        "site_id",
        "day",
        "counter",
        "status",
        sqlite_where=text("counter IS NOT NULL"),
        postgresql_where=text("counter IS NOT NULL"),
    ),
)

view_calls = _of_site(
    "view_calls",
    ("day", "ordinal", "entry_id"),
    _text("entry_id"),
    _text("visit_id"),
    _text("day"),
    _number("ordinal"),
    _text("label"),
    _text("service"),
    _text("agency"),
    _number("is_priority"),
    _text("counter"),
    _text("counter_label"),
    _number("called_ms"),
    _number("times"),
)

view_commands = _of_site(
    "view_commands",
    ("command_id", "entry_id"),
    _text("command_id"),
    _text("entry_id"),
    _text("subject_type"),
    _text("subject_id"),
)

view_submissions = _of_site(
    "view_submissions",
    ("submission_id",),
    _text("submission_id"),
    _text("visit_id"),
    _text("service"),
    _text("agency"),
    _text("service_version"),
    _text("counter"),
    _text("token"),
    _text("status"),
    _text("register_number", optional=True),
    _text("due", optional=True),
    _number("opened_ms"),
    _number("decided_ms", optional=True),
    Index("ix_view_submissions_visit", "site_id", "visit_id"),
    Index("ix_view_submissions_token", "site_id", "token"),
    Index("ix_view_submissions_number", "site_id", "register_number"),
)

view_submission_visits = _of_site(
    "view_submission_visits",
    ("visit_id", "submission_id"),
    _text("visit_id"),
    _text("submission_id"),
)

view_register = _of_site(
    "view_register",
    ("entry_id",),
    _text("entry_id"),
    _text("submission_id"),
    _text("agency"),
    _number("year"),
    _number("n"),
    _text("register_number"),
    _number("registered_ms"),
    _number("is_void"),
    Index("ix_view_register_n", "site_id", "agency", "year", "n"),
    Index("ix_view_register_submission", "site_id", "submission_id"),
)

view_counter_days = _of_site(
    "view_counter_days",
    ("counter_day_id",),
    _text("counter_day_id"),
    _text("day"),
    _text("counter"),
    _text("label"),
    _text("services"),
    _text("state"),
    _text("user_id"),
    _number("opened_ms"),
    _text("break_until", optional=True),
    Index("ix_view_counter_days_day", "site_id", "day", "counter"),
)

view_service_days = _of_site(
    "view_service_days",
    ("day_id",),
    _text("day_id"),
    _text("day"),
    _number("is_open"),
    _number("term"),
    _text("blocks"),
    _number("leftovers"),
    _number("opened_hlc"),
    Index("ix_view_service_days_day", "site_id", "day", "opened_hlc"),
)

view_service_versions = _of_site(
    "view_service_versions",
    ("version_id",),
    _text("version_id"),
    _text("code"),
    _text("agency"),
    _text("version"),
    _number("ordinal"),
    _number("published_ms"),
    _bytes("body"),
    Index("ix_view_service_versions_code", "site_id", "code", "ordinal"),
    Index("ix_view_service_versions_version", "site_id", "version"),
)

view_settings = _of_site(
    "view_settings",
    ("setting_id",),
    _text("setting_id"),
    _text("name"),
    _bytes("value"),
    _number("changed_hlc"),
    Index("ix_view_settings_name", "site_id", "name"),
)

view_users = _of_site(
    "view_users",
    ("user_id",),
    _text("user_id"),
    _text("user_name"),
    _text("display_name"),
    _text("roles"),
    _number("is_active"),
    _number("changed_hlc"),
    Index("ix_view_users_name", "site_id", "user_name"),
)

view_logs = _of_site(
    "view_logs",
    ("log_id",),
    _text("log_id"),
    _text("device_id"),
    _text("app_version"),
    _number("opened_ms"),
    _number("is_closed"),
    _number("restored_ms", optional=True),
    Index(
        "ix_view_logs_restored",
        "site_id",
        "restored_ms",
        sqlite_where=text("restored_ms IS NOT NULL"),
        postgresql_where=text("restored_ms IS NOT NULL"),
    ),
)

view_stations = _of_site(
    "view_stations",
    ("device_id",),
    _text("device_id"),
    _bytes("public_key"),
    _text("label"),
    _text("role"),
    _text("agencies"),
    _number("issuer_no"),
    _text("token_hash"),
    _number("enrolled_ms"),
    _number("is_revoked"),
    _number("are_facts_admitted"),
    _number("hub_term"),
    Index("ix_view_stations_token", "token_hash"),
)

view_anomalies = _of_site(
    "view_anomalies",
    ("entry_id",),
    _text("entry_id"),
    _text("subject_type"),
    _text("subject_id"),
    _text("kind"),
    _text("reason"),
    Index("ix_view_anomalies_subject", "site_id", "subject_id"),
)

view_quarantine = _of_site(
    "view_quarantine",
    ("entry_id",),
    _text("entry_id"),
    _text("subject_type"),
    _text("subject_id"),
    _text("kind"),
    _text("reason"),
)

local_settings = Table(
    "local_settings",
    metadata,
    _text("name"),
    _text("value"),
    PrimaryKeyConstraint("name", name="pk_local_settings"),
    **_CLUSTERED,
)

local_clock = Table(
    "local_clock",
    metadata,
    Column("clock_id", BigInteger, nullable=False, autoincrement=False),
    _number("hlc"),
    PrimaryKeyConstraint("clock_id", name="pk_local_clock"),
    **_CLUSTERED,
)

local_numbers_issued = Table(
    "local_numbers_issued",
    metadata,
    _text("site_id"),
    _text("day"),
    _text("prefix"),
    _number("number"),
    _text("visit_id"),
    PrimaryKeyConstraint("site_id", "day", "prefix", "number", name="pk_local_numbers_issued"),
    **_CLUSTERED,
)

local_print_jobs = Table(
    "local_print_jobs",
    metadata,
    _text("job_id"),
    _text("printer"),
    _bytes("slip"),
    _text("kind"),
    _text("subject_id"),
    _text("label"),
    _text("key_id", optional=True),
    _number("copy_number"),
    _text("state"),
    _text("cause", optional=True),
    _number("attempts"),
    _number("bytes_given"),
    _number("created_ms"),
    _number("changed_ms"),
    PrimaryKeyConstraint("job_id", name="pk_local_print_jobs"),
    Index("ix_local_print_jobs_open", "printer", "state", "created_ms"),
    Index("ix_local_print_jobs_subject", "subject_id"),
    **_CLUSTERED,
)

local_data_keys = Table(
    "local_data_keys",
    metadata,
    _text("key_id"),
    _text("agency"),
    _text("subject_type"),
    _text("subject_id"),
    _bytes("key"),
    PrimaryKeyConstraint("key_id", name="pk_local_data_keys"),
    Index("ix_local_data_keys_subject", "subject_id"),
    **_CLUSTERED,
)

local_key_days = Table(
    "local_key_days",
    metadata,
    _number("day"),
    _text("agency"),
    _number("count"),
    _bytes("sum"),
    PrimaryKeyConstraint("day", "agency", name="pk_local_key_days"),
    **_CLUSTERED,
)
"""What an exchange of data keys compares: how many there are of a day and an agency, and the sum of their weights."""

local_forgotten_keys = Table(
    "local_forgotten_keys",
    metadata,
    _text("key_id"),
    _number("forgotten_ms"),
    PrimaryKeyConstraint("key_id", name="pk_local_forgotten_keys"),
    **_CLUSTERED,
)

local_search = Table(
    "local_search",
    metadata,
    _text("subject_id"),
    _text("field"),
    _text("term"),
    _text("key_id"),
    PrimaryKeyConstraint("subject_id", "field", name="pk_local_search"),
    Index("ix_local_search_term", "field", "term"),
    Index("ix_local_search_key", "key_id"),
    **_CLUSTERED,
)

local_verifiers = Table(
    "local_verifiers",
    metadata,
    _text("user_id"),
    _text("verifier"),
    _number("failures"),
    _number("failed_ms"),
    PrimaryKeyConstraint("user_id", name="pk_local_verifiers"),
    **_CLUSTERED,
)

VIEWS: tuple[Table, ...] = tuple(table for table in metadata.sorted_tables if table.name.startswith("view_"))
"""The tables that are rebuilt from the journal, in the order of their names."""
