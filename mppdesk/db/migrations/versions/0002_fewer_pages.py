"""Fewer pages to encrypt and sync for each command: entries are appended, calls stand in the order of their day."""

from alembic import op
from sqlalchemy import BigInteger, Column, LargeBinary, PrimaryKeyConstraint, Text, UniqueConstraint, text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _append_entries()
    _order_calls()
    op.drop_index("ix_view_service_days_day", "view_service_days")
    op.create_index("ix_view_service_days_day", "view_service_days", ["site_id", "day", "opened_hlc"])
    restored = text("restored_ms IS NOT NULL")
    op.create_index(
        "ix_view_logs_restored",
        "view_logs",
        ["site_id", "restored_ms"],
        sqlite_where=restored,
        postgresql_where=restored,
    )


def _append_entries() -> None:
    """Give the entries rowids, so that an inner node of the tree holds keys instead of whole entries."""
    op.rename_table("journal_entries", "old_entries")
    _free_names("old_entries", "pk_journal_entries", "uq_journal_entries_entry_id")
    op.drop_index("ix_journal_entries_subject", "old_entries")
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
    )
    op.execute("INSERT INTO journal_entries SELECT * FROM old_entries ORDER BY site_id, log_id, seq")
    op.drop_table("old_entries")
    op.create_index("ix_journal_entries_subject", "journal_entries", ["site_id", "subject_id", "step"])


def _order_calls() -> None:
    """Key the calls by day and ordinal, as every reader asks for them."""
    op.rename_table("view_calls", "old_calls")
    _free_names("old_calls", "pk_view_calls")
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
        PrimaryKeyConstraint("site_id", "day", "ordinal", "entry_id", name="pk_view_calls"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO view_calls SELECT * FROM old_calls")
    op.drop_table("old_calls")


def _free_names(table: str, *constraints: str) -> None:
    """Rename the keys of a table that goes: on PostgreSQL a key is an index, whose name is taken until then."""
    if op.get_context().dialect.name == "postgresql":
        for name in constraints:
            op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {name} TO old_{name}")
