"""The queue's own index answers who is at a counter and which place is the last: two indexes less to write and sync."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.drop_index("ix_view_visits_counter", "view_visits")
    op.drop_index("ix_view_visits_position", "view_visits")
    op.drop_index("ix_view_visits_queue", "view_visits")
    op.create_index(
        "ix_view_visits_queue",
        "view_visits",
        ["site_id", "day", "status", "agency", "is_priority", "position", "counter"],
    )
