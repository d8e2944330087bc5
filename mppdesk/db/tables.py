"""The tables, told apart by prefix (DESIGN 4).

`journal_*` is append-only and synced; `view_*` is dropped and rebuilt from the journal, and each row of it is owned by
one subject; `local_*` belongs to this PC and is in neither the journal nor the digest. Every `journal_*` and `view_*`
key starts with `site_id`.
"""

from typing import Any

from sqlalchemy import BigInteger, Column, Index, PrimaryKeyConstraint, Table, text
from sqlalchemy.schema import SchemaItem, UniqueConstraint

from mppdesk.db.columns import APPENDED, CLUSTERED, bytes_column, metadata, number_column, text_column


def _of_site(name: str, key: tuple[str, ...], *items: SchemaItem, **layout: Any) -> Table:
    primary = PrimaryKeyConstraint("site_id", *key, name=f"pk_{name}")
    return Table(name, metadata, text_column("site_id"), *items, primary, **(layout or CLUSTERED))


journal_entries = _of_site(
    "journal_entries",
    ("log_id", "seq"),
    text_column("log_id"),
    number_column("seq"),
    text_column("entry_id"),
    text_column("kind"),
    text_column("subject_type"),
    text_column("subject_id"),
    number_column("step"),
    number_column("hlc"),
    bytes_column("hash"),
    bytes_column("bytes"),
    UniqueConstraint("site_id", "entry_id", name="uq_journal_entries_entry_id"),
    Index("ix_journal_entries_subject", "site_id", "subject_id", "step"),
    **APPENDED,
)

journal_heads = _of_site(
    "journal_heads",
    ("log_id",),
    text_column("log_id"),
    number_column("seq"),
    bytes_column("hash"),
)

view_visits = _of_site(
    "view_visits",
    ("visit_id",),
    text_column("visit_id"),
    text_column("day"),
    text_column("label"),
    text_column("prefix"),
    number_column("number"),
    number_column("issuer_no"),
    text_column("token"),
    text_column("status"),
    text_column("agency"),
    text_column("service"),
    text_column("service_version"),
    text_column("priority", optional=True),
    number_column("is_priority"),
    number_column("position"),
    number_column("issued_ms"),
    number_column("since_ms"),
    number_column("started_ms", optional=True),
    text_column("counter", optional=True),
    text_column("counter_label", optional=True),
    number_column("call_count"),
    number_column("was_transferred"),
    text_column("outcome", optional=True),
    text_column("last_act", optional=True),
    text_column("last_kind", optional=True),
    text_column("last_actor", optional=True),
    number_column("last_ms"),
    # The whole of a question about the day stands in it, also who is at a counter; one more index costs every ticket
    # and every call a page more to encrypt and sync than a look through a day's thousand rows does.
    Index(
        "ix_view_visits_queue",
        "site_id",
        "day",
        "status",
        "agency",
        "is_priority",
        "position",
        "counter",
    ),
)

view_calls = _of_site(
    "view_calls",
    ("day", "ordinal", "entry_id"),
    text_column("entry_id"),
    text_column("visit_id"),
    text_column("day"),
    number_column("ordinal"),
    text_column("label"),
    text_column("service"),
    text_column("agency"),
    number_column("is_priority"),
    text_column("counter"),
    text_column("counter_label"),
    number_column("called_ms"),
    number_column("times"),
)

view_commands = _of_site(
    "view_commands",
    ("command_id", "entry_id"),
    text_column("command_id"),
    text_column("entry_id"),
    text_column("subject_type"),
    text_column("subject_id"),
)

view_submissions = _of_site(
    "view_submissions",
    ("submission_id",),
    text_column("submission_id"),
    text_column("visit_id"),
    text_column("service"),
    text_column("agency"),
    text_column("service_version"),
    text_column("counter"),
    text_column("token"),
    text_column("status"),
    text_column("register_number", optional=True),
    text_column("due", optional=True),
    number_column("opened_ms"),
    number_column("decided_ms", optional=True),
    Index("ix_view_submissions_visit", "site_id", "visit_id"),
    Index("ix_view_submissions_token", "site_id", "token"),
    Index("ix_view_submissions_number", "site_id", "register_number"),
)

view_submission_visits = _of_site(
    "view_submission_visits",
    ("visit_id", "submission_id"),
    text_column("visit_id"),
    text_column("submission_id"),
)

view_register = _of_site(
    "view_register",
    ("entry_id",),
    text_column("entry_id"),
    text_column("submission_id"),
    text_column("agency"),
    number_column("year"),
    number_column("n"),
    text_column("register_number"),
    number_column("registered_ms"),
    number_column("is_void"),
    Index("ix_view_register_n", "site_id", "agency", "year", "n"),
    Index("ix_view_register_submission", "site_id", "submission_id"),
)

view_counter_days = _of_site(
    "view_counter_days",
    ("counter_day_id",),
    text_column("counter_day_id"),
    text_column("day"),
    text_column("counter"),
    text_column("label"),
    text_column("services"),
    text_column("state"),
    text_column("user_id"),
    number_column("opened_ms"),
    text_column("break_until", optional=True),
    Index("ix_view_counter_days_day", "site_id", "day", "counter"),
)

view_service_days = _of_site(
    "view_service_days",
    ("day_id",),
    text_column("day_id"),
    text_column("day"),
    number_column("is_open"),
    number_column("term"),
    text_column("blocks"),
    number_column("leftovers"),
    number_column("opened_hlc"),
    Index("ix_view_service_days_day", "site_id", "day", "opened_hlc"),
)

view_service_versions = _of_site(
    "view_service_versions",
    ("version_id",),
    text_column("version_id"),
    text_column("code"),
    text_column("agency"),
    text_column("version"),
    number_column("ordinal"),
    number_column("published_ms"),
    bytes_column("body"),
    Index("ix_view_service_versions_code", "site_id", "code", "ordinal"),
    Index("ix_view_service_versions_version", "site_id", "version"),
)

view_settings = _of_site(
    "view_settings",
    ("setting_id",),
    text_column("setting_id"),
    text_column("name"),
    bytes_column("value"),
    number_column("changed_hlc"),
    Index("ix_view_settings_name", "site_id", "name"),
)

view_users = _of_site(
    "view_users",
    ("user_id",),
    text_column("user_id"),
    text_column("user_name"),
    text_column("display_name"),
    text_column("roles"),
    number_column("is_active"),
    number_column("changed_hlc"),
    Index("ix_view_users_name", "site_id", "user_name"),
)

view_logs = _of_site(
    "view_logs",
    ("log_id",),
    text_column("log_id"),
    text_column("device_id"),
    text_column("app_version"),
    number_column("opened_ms"),
    number_column("is_closed"),
    number_column("restored_ms", optional=True),
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
    text_column("device_id"),
    bytes_column("public_key"),
    text_column("label"),
    text_column("role"),
    text_column("agencies"),
    number_column("issuer_no"),
    text_column("token_hash"),
    number_column("enrolled_ms"),
    number_column("is_revoked"),
    number_column("are_facts_admitted"),
    number_column("hub_term"),
    Index("ix_view_stations_token", "token_hash"),
)

view_anomalies = _of_site(
    "view_anomalies",
    ("entry_id",),
    text_column("entry_id"),
    text_column("subject_type"),
    text_column("subject_id"),
    text_column("kind"),
    text_column("reason"),
    Index("ix_view_anomalies_subject", "site_id", "subject_id"),
)

view_quarantine = _of_site(
    "view_quarantine",
    ("entry_id",),
    text_column("entry_id"),
    text_column("subject_type"),
    text_column("subject_id"),
    text_column("kind"),
    text_column("reason"),
)

local_settings = Table(
    "local_settings",
    metadata,
    text_column("name"),
    text_column("value"),
    PrimaryKeyConstraint("name", name="pk_local_settings"),
    **CLUSTERED,
)

local_clock = Table(
    "local_clock",
    metadata,
    Column("clock_id", BigInteger, nullable=False, autoincrement=False),
    number_column("hlc"),
    PrimaryKeyConstraint("clock_id", name="pk_local_clock"),
    **CLUSTERED,
)

local_numbers_issued = Table(
    "local_numbers_issued",
    metadata,
    text_column("site_id"),
    text_column("day"),
    text_column("prefix"),
    number_column("number"),
    text_column("visit_id"),
    PrimaryKeyConstraint("site_id", "day", "prefix", "number", name="pk_local_numbers_issued"),
    **CLUSTERED,
)

VIEWS: tuple[Table, ...] = tuple(table for table in metadata.sorted_tables if table.name.startswith("view_"))
"""The tables that are rebuilt from the journal, in the order of their names."""
