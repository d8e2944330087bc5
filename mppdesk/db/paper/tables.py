"""The tables of this PC's paper: what must come out of which printer, and how much paper each printer has left."""

from sqlalchemy import Index, PrimaryKeyConstraint, Table, and_, or_

from mppdesk.db.columns import APPENDED, CLUSTERED, bytes_column, metadata, number_column, text_column
from mppdesk.db.sql import one_of
from mppdesk.domain.print_job import UNSETTLED, JobState, PrinterState

# A slip's row is as large as an entry's; in the order of their rowids, jobs are as old as they are.
local_print_jobs = Table(
    "local_print_jobs",
    metadata,
    text_column("job_id"),
    text_column("printer"),
    bytes_column("slip"),
    text_column("kind"),
    text_column("subject_id"),
    text_column("label"),
    text_column("key_id", optional=True),
    number_column("copy_number"),
    text_column("state"),
    text_column("cause", optional=True),
    number_column("attempts"),
    number_column("bytes_given"),
    number_column("created_ms"),
    number_column("changed_ms"),
    PrimaryKeyConstraint("job_id", name="pk_local_print_jobs"),
    **APPENDED,
)

_is_answerable = or_(local_print_jobs.c.cause.is_(None), local_print_jobs.c.cause != str(PrinterState.MUTE))
UNSETTLED_JOBS = or_(
    one_of(local_print_jobs.c.state, (str(state) for state in UNSETTLED if state is not JobState.UNCONFIRMED)),
    and_(local_print_jobs.c.state == str(JobState.UNCONFIRMED), _is_answerable),
)
"""SQLite takes the index of these only for a question that repeats this condition word for word.

A printer that never says anything leaves every sheet unconfirmed; nobody is asked about these.
"""
COPIED_JOBS = local_print_jobs.c.copy_number > 0

Index(
    "ix_local_print_jobs_unsettled",
    local_print_jobs.c.printer,
    local_print_jobs.c.state,
    local_print_jobs.c.created_ms,
    sqlite_where=UNSETTLED_JOBS,
    postgresql_where=UNSETTLED_JOBS,
)
Index(
    "ix_local_print_jobs_copies",
    local_print_jobs.c.subject_id,
    sqlite_where=COPIED_JOBS,
    postgresql_where=COPIED_JOBS,
)

local_paper_rolls = Table(
    "local_paper_rolls",
    metadata,
    text_column("printer"),
    number_column("changed_ms", optional=True),
    number_column("length_mm"),
    number_column("printed_mm"),
    number_column("slip_mm"),
    number_column("is_near_end"),
    PrimaryKeyConstraint("printer", name="pk_local_paper_rolls"),
    **CLUSTERED,
)
