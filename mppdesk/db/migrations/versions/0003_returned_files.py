"""Returned files come back: a submission is found by each visit it lay at, a ticket by the code printed on it."""

from alembic import op
from sqlalchemy import Column, PrimaryKeyConstraint, Text

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "view_submission_visits",
        Column("site_id", Text, nullable=False),
        Column("visit_id", Text, nullable=False),
        Column("submission_id", Text, nullable=False),
        PrimaryKeyConstraint("site_id", "visit_id", "submission_id", name="pk_view_submission_visits"),
        sqlite_with_rowid=False,
    )
    # No earlier version could move a submission from one visit to another.
    op.execute(
        "INSERT INTO view_submission_visits (site_id, visit_id, submission_id)"
        " SELECT site_id, visit_id, submission_id FROM view_submissions"
    )
    op.create_index("ix_view_visits_token", "view_visits", ["site_id", "day", "token"])
