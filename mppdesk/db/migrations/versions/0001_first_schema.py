"""The first schema."""

from alembic import op
from sqlalchemy import BigInteger, Column, LargeBinary, PrimaryKeyConstraint, Text, UniqueConstraint, text

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "journal_entries",
        Column("site_id", Text, nullable=False),
        Column("log_id", Text, nullable=False),
        Column("seq", BigInteger, nullable=False),
        Column("entry_id", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("subject_type", Text, nullable=False),
        Column("subject_id", Text, nullable=False),
        Column("step", BigInteger, nullable=False),
        Column("hlc", BigInteger, nullable=False),
        Column("hash", LargeBinary, nullable=False),
        Column("bytes", LargeBinary, nullable=False),
        PrimaryKeyConstraint("site_id", "log_id", "seq", name="pk_journal_entries"),
        UniqueConstraint("site_id", "entry_id", name="uq_journal_entries_entry_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_journal_entries_subject", "journal_entries", ["site_id", "subject_id", "step"])
    op.create_table(
        "journal_heads",
        Column("site_id", Text, nullable=False),
        Column("log_id", Text, nullable=False),
        Column("seq", BigInteger, nullable=False),
        Column("hash", LargeBinary, nullable=False),
        PrimaryKeyConstraint("site_id", "log_id", name="pk_journal_heads"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "local_clock",
        Column("clock_id", BigInteger, nullable=False, autoincrement=False),
        Column("hlc", BigInteger, nullable=False),
        PrimaryKeyConstraint("clock_id", name="pk_local_clock"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "local_data_keys",
        Column("key_id", Text, nullable=False),
        Column("agency", Text, nullable=False),
        Column("subject_type", Text, nullable=False),
        Column("subject_id", Text, nullable=False),
        Column("key", LargeBinary, nullable=False),
        PrimaryKeyConstraint("key_id", name="pk_local_data_keys"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_local_data_keys_subject", "local_data_keys", ["subject_id"])
    op.create_table(
        "local_forgotten_keys",
        Column("key_id", Text, nullable=False),
        Column("forgotten_ms", BigInteger, nullable=False),
        PrimaryKeyConstraint("key_id", name="pk_local_forgotten_keys"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "local_numbers_issued",
        Column("site_id", Text, nullable=False),
        Column("day", Text, nullable=False),
        Column("prefix", Text, nullable=False),
        Column("number", BigInteger, nullable=False),
        Column("visit_id", Text, nullable=False),
        PrimaryKeyConstraint("site_id", "day", "prefix", "number", name="pk_local_numbers_issued"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "local_print_jobs",
        Column("job_id", Text, nullable=False),
        Column("printer", Text, nullable=False),
        Column("slip", LargeBinary, nullable=False),
        Column("kind", Text, nullable=False),
        Column("subject_id", Text, nullable=False),
        Column("label", Text, nullable=False),
        Column("key_id", Text, nullable=True),
        Column("copy_number", BigInteger, nullable=False),
        Column("state", Text, nullable=False),
        Column("cause", Text, nullable=True),
        Column("attempts", BigInteger, nullable=False),
        Column("bytes_given", BigInteger, nullable=False),
        Column("created_ms", BigInteger, nullable=False),
        Column("changed_ms", BigInteger, nullable=False),
        PrimaryKeyConstraint("job_id", name="pk_local_print_jobs"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_local_print_jobs_open", "local_print_jobs", ["printer", "state", "created_ms"])
    op.create_index("ix_local_print_jobs_subject", "local_print_jobs", ["subject_id"])
    op.create_table(
        "local_search",
        Column("subject_id", Text, nullable=False),
        Column("field", Text, nullable=False),
        Column("term", Text, nullable=False),
        Column("key_id", Text, nullable=False),
        PrimaryKeyConstraint("subject_id", "field", name="pk_local_search"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_local_search_key", "local_search", ["key_id"])
    op.create_index("ix_local_search_term", "local_search", ["field", "term"])
    op.create_table(
        "local_settings",
        Column("name", Text, nullable=False),
        Column("value", Text, nullable=False),
        PrimaryKeyConstraint("name", name="pk_local_settings"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "local_verifiers",
        Column("user_id", Text, nullable=False),
        Column("verifier", Text, nullable=False),
        Column("failures", BigInteger, nullable=False),
        Column("failed_ms", BigInteger, nullable=False),
        PrimaryKeyConstraint("user_id", name="pk_local_verifiers"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "view_anomalies",
        Column("site_id", Text, nullable=False),
        Column("entry_id", Text, nullable=False),
        Column("subject_type", Text, nullable=False),
        Column("subject_id", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("reason", Text, nullable=False),
        PrimaryKeyConstraint("site_id", "entry_id", name="pk_view_anomalies"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_view_anomalies_subject", "view_anomalies", ["site_id", "subject_id"])
    op.create_table(
        "view_calls",
        Column("site_id", Text, nullable=False),
        Column("entry_id", Text, nullable=False),
        Column("visit_id", Text, nullable=False),
        Column("day", Text, nullable=False),
        Column("ordinal", BigInteger, nullable=False),
        Column("label", Text, nullable=False),
        Column("service", Text, nullable=False),
        Column("agency", Text, nullable=False),
        Column("is_priority", BigInteger, nullable=False),
        Column("counter", Text, nullable=False),
        Column("counter_label", Text, nullable=False),
        Column("called_ms", BigInteger, nullable=False),
        Column("times", BigInteger, nullable=False),
        PrimaryKeyConstraint("site_id", "entry_id", name="pk_view_calls"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_view_calls_day", "view_calls", ["site_id", "day", "ordinal"])
    op.create_index("ix_view_calls_visit", "view_calls", ["site_id", "visit_id"])
    op.create_table(
        "view_commands",
        Column("site_id", Text, nullable=False),
        Column("command_id", Text, nullable=False),
        Column("entry_id", Text, nullable=False),
        Column("subject_type", Text, nullable=False),
        Column("subject_id", Text, nullable=False),
        PrimaryKeyConstraint("site_id", "command_id", "entry_id", name="pk_view_commands"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "view_counter_days",
        Column("site_id", Text, nullable=False),
        Column("counter_day_id", Text, nullable=False),
        Column("day", Text, nullable=False),
        Column("counter", Text, nullable=False),
        Column("label", Text, nullable=False),
        Column("services", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("user_id", Text, nullable=False),
        Column("opened_ms", BigInteger, nullable=False),
        Column("break_until", Text, nullable=True),
        PrimaryKeyConstraint("site_id", "counter_day_id", name="pk_view_counter_days"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_view_counter_days_day", "view_counter_days", ["site_id", "day", "counter"])
    op.create_table(
        "view_logs",
        Column("site_id", Text, nullable=False),
        Column("log_id", Text, nullable=False),
        Column("device_id", Text, nullable=False),
        Column("app_version", Text, nullable=False),
        Column("opened_ms", BigInteger, nullable=False),
        Column("is_closed", BigInteger, nullable=False),
        Column("restored_ms", BigInteger, nullable=True),
        PrimaryKeyConstraint("site_id", "log_id", name="pk_view_logs"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "view_quarantine",
        Column("site_id", Text, nullable=False),
        Column("entry_id", Text, nullable=False),
        Column("subject_type", Text, nullable=False),
        Column("subject_id", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("reason", Text, nullable=False),
        PrimaryKeyConstraint("site_id", "entry_id", name="pk_view_quarantine"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "view_register",
        Column("site_id", Text, nullable=False),
        Column("entry_id", Text, nullable=False),
        Column("submission_id", Text, nullable=False),
        Column("agency", Text, nullable=False),
        Column("year", BigInteger, nullable=False),
        Column("n", BigInteger, nullable=False),
        Column("register_number", Text, nullable=False),
        Column("registered_ms", BigInteger, nullable=False),
        Column("is_void", BigInteger, nullable=False),
        PrimaryKeyConstraint("site_id", "entry_id", name="pk_view_register"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_view_register_n", "view_register", ["site_id", "agency", "year", "n"])
    op.create_index("ix_view_register_submission", "view_register", ["site_id", "submission_id"])
    op.create_table(
        "view_service_days",
        Column("site_id", Text, nullable=False),
        Column("day_id", Text, nullable=False),
        Column("day", Text, nullable=False),
        Column("is_open", BigInteger, nullable=False),
        Column("term", BigInteger, nullable=False),
        Column("blocks", Text, nullable=False),
        Column("leftovers", BigInteger, nullable=False),
        Column("opened_hlc", BigInteger, nullable=False),
        PrimaryKeyConstraint("site_id", "day_id", name="pk_view_service_days"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_view_service_days_day", "view_service_days", ["site_id", "day"])
    op.create_table(
        "view_service_versions",
        Column("site_id", Text, nullable=False),
        Column("version_id", Text, nullable=False),
        Column("code", Text, nullable=False),
        Column("agency", Text, nullable=False),
        Column("version", Text, nullable=False),
        Column("ordinal", BigInteger, nullable=False),
        Column("published_ms", BigInteger, nullable=False),
        Column("body", LargeBinary, nullable=False),
        PrimaryKeyConstraint("site_id", "version_id", name="pk_view_service_versions"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_view_service_versions_code", "view_service_versions", ["site_id", "code", "ordinal"])
    op.create_index("ix_view_service_versions_version", "view_service_versions", ["site_id", "version"])
    op.create_table(
        "view_settings",
        Column("site_id", Text, nullable=False),
        Column("setting_id", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("value", LargeBinary, nullable=False),
        Column("changed_hlc", BigInteger, nullable=False),
        PrimaryKeyConstraint("site_id", "setting_id", name="pk_view_settings"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_view_settings_name", "view_settings", ["site_id", "name"])
    op.create_table(
        "view_submissions",
        Column("site_id", Text, nullable=False),
        Column("submission_id", Text, nullable=False),
        Column("visit_id", Text, nullable=False),
        Column("service", Text, nullable=False),
        Column("agency", Text, nullable=False),
        Column("service_version", Text, nullable=False),
        Column("counter", Text, nullable=False),
        Column("token", Text, nullable=False),
        Column("status", Text, nullable=False),
        Column("register_number", Text, nullable=True),
        Column("due", Text, nullable=True),
        Column("opened_ms", BigInteger, nullable=False),
        Column("decided_ms", BigInteger, nullable=True),
        PrimaryKeyConstraint("site_id", "submission_id", name="pk_view_submissions"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_view_submissions_number", "view_submissions", ["site_id", "register_number"])
    op.create_index("ix_view_submissions_token", "view_submissions", ["site_id", "token"])
    op.create_index("ix_view_submissions_visit", "view_submissions", ["site_id", "visit_id"])
    op.create_table(
        "view_users",
        Column("site_id", Text, nullable=False),
        Column("user_id", Text, nullable=False),
        Column("user_name", Text, nullable=False),
        Column("display_name", Text, nullable=False),
        Column("roles", Text, nullable=False),
        Column("is_active", BigInteger, nullable=False),
        Column("changed_hlc", BigInteger, nullable=False),
        PrimaryKeyConstraint("site_id", "user_id", name="pk_view_users"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_view_users_name", "view_users", ["site_id", "user_name"])
    op.create_table(
        "view_visits",
        Column("site_id", Text, nullable=False),
        Column("visit_id", Text, nullable=False),
        Column("day", Text, nullable=False),
        Column("label", Text, nullable=False),
        Column("prefix", Text, nullable=False),
        Column("number", BigInteger, nullable=False),
        Column("issuer_no", BigInteger, nullable=False),
        Column("token", Text, nullable=False),
        Column("status", Text, nullable=False),
        Column("agency", Text, nullable=False),
        Column("service", Text, nullable=False),
        Column("service_version", Text, nullable=False),
        Column("priority", Text, nullable=True),
        Column("is_priority", BigInteger, nullable=False),
        Column("position", BigInteger, nullable=False),
        Column("issued_ms", BigInteger, nullable=False),
        Column("since_ms", BigInteger, nullable=False),
        Column("started_ms", BigInteger, nullable=True),
        Column("counter", Text, nullable=True),
        Column("counter_label", Text, nullable=True),
        Column("call_count", BigInteger, nullable=False),
        Column("was_transferred", BigInteger, nullable=False),
        Column("outcome", Text, nullable=True),
        Column("last_act", Text, nullable=True),
        Column("last_kind", Text, nullable=True),
        Column("last_actor", Text, nullable=True),
        Column("last_ms", BigInteger, nullable=False),
        PrimaryKeyConstraint("site_id", "visit_id", name="pk_view_visits"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_view_visits_counter",
        "view_visits",
        ["site_id", "day", "counter", "status"],
        sqlite_where=text("counter IS NOT NULL"),
        postgresql_where=text("counter IS NOT NULL"),
    )
    op.create_index("ix_view_visits_number", "view_visits", ["site_id", "day", "prefix", "number"])
    op.create_index("ix_view_visits_position", "view_visits", ["site_id", "day", "position"])
    op.create_index(
        "ix_view_visits_queue", "view_visits", ["site_id", "day", "status", "agency", "is_priority", "position"]
    )
