"""Print jobs are appended, what is unsettled has an index that stays small, and each printer's roll is measured."""

from alembic import op
from sqlalchemy import BigInteger, Column, LargeBinary, PrimaryKeyConstraint, Text, text

revision = "0008"
down_revision = "0007"

_UNSETTLED = text(
    "state = 'queued' OR state = 'blocked' OR state = 'sending' OR state = 'expired'"
    " OR state = 'unconfirmed' AND (cause IS NULL OR cause != 'mute')"
)
_COPIES = text("copy_number > 0")
_COLUMNS = (
    "job_id, printer, slip, kind, subject_id, label, key_id, copy_number, state, cause, attempts, bytes_given,"
    " created_ms, changed_ms"
)


def upgrade() -> None:
    _append_jobs()
    op.create_index(
        "ix_local_print_jobs_unsettled",
        "local_print_jobs",
        ["printer", "state", "created_ms"],
        sqlite_where=_UNSETTLED,
        postgresql_where=_UNSETTLED,
    )
    op.create_index(
        "ix_local_print_jobs_copies",
        "local_print_jobs",
        ["subject_id"],
        sqlite_where=_COPIES,
        postgresql_where=_COPIES,
    )
    op.create_table(
        "local_paper_rolls",
        Column("printer", Text, nullable=False),
        Column("changed_ms", BigInteger, nullable=True),
        Column("length_mm", BigInteger, nullable=False),
        Column("printed_mm", BigInteger, nullable=False),
        Column("slip_mm", BigInteger, nullable=False),
        Column("is_near_end", BigInteger, nullable=False),
        PrimaryKeyConstraint("printer", name="pk_local_paper_rolls"),
        sqlite_with_rowid=False,
    )


def _append_jobs() -> None:
    """Give the jobs rowids: their rows of half a kilobyte filled the inner nodes of the tree too."""
    op.execute("CREATE TABLE old_print_jobs AS SELECT * FROM local_print_jobs")
    op.drop_table("local_print_jobs")
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
    )
    op.execute(
        f"INSERT INTO local_print_jobs ({_COLUMNS}) SELECT {_COLUMNS} FROM old_print_jobs ORDER BY created_ms, job_id"
    )
    op.drop_table("old_print_jobs")
