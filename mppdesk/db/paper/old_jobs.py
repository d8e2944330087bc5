"""The slips of the past: what nobody answered about is given up after a day, what is settled is dropped after weeks.

A few at a time, in the idle moments of whoever calls it, and never in the transaction of a ticket.
"""

from sqlalchemy import ColumnElement, bindparam, delete, literal_column, not_, select, update

from mppdesk.db.engine import Database
from mppdesk.db.paper.tables import UNSETTLED_JOBS, local_print_jobs
from mppdesk.db.sql import Statement, Store, one_of
from mppdesk.domain.print_job import JobState

KEPT_MS = 30 * 24 * 3_600_000
"""A slip can be printed again for a month."""
ASKED_ABOUT_MS = 24 * 3_600_000
"""The next day nobody knows any more whether a sheet came out, and a ticket is of no use."""
LOOKED_AT_ONCE = 100
"""Some fifteen pages to write where all of them are old: about a millisecond."""

_jobs = local_print_jobs.c
_rowid: ColumnElement[int] = literal_column("rowid")
_next = Statement(
    select(_rowid, not_(UNSETTLED_JOBS) & (_jobs.changed_ms < bindparam("before_ms")))
    .where(_rowid > bindparam("looked_to"))
    .order_by(_rowid)
    .limit(LOOKED_AT_ONCE)
)
_drop = Statement(delete(local_print_jobs).where(_rowid == bindparam("row"), not_(UNSETTLED_JOBS)))
_give_up = Statement(
    update(local_print_jobs)
    .where(
        UNSETTLED_JOBS,
        one_of(_jobs.state, (str(JobState.UNCONFIRMED), str(JobState.EXPIRED))),
        _jobs.changed_ms < bindparam("before_ms"),
    )
    .values(state=str(JobState.CANCELLED), changed_ms=bindparam("now_ms"))
)


class OldPrintJobs:
    """Goes through the jobs in their order and begins anew at the end.

    So a job with the time of a wrong clock hides none behind it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._looked_to = 0

    def tidy(self, now_ms: int) -> int:
        """Give up what nobody answered about, drop what is old among the next jobs; answers how many were dropped."""
        with self._database.reading() as store:
            old = self._look_on(store, now_ms - KEPT_MS)
        with self._database.writing(changes_journal=False) as store:
            store.run(_give_up, before_ms=now_ms - ASKED_ABOUT_MS, now_ms=now_ms)
            store.many(_drop, [{"row": row} for row in old])
        return len(old)

    def _look_on(self, store: Store, before_ms: int) -> list[int]:
        found = store.all(_next, looked_to=self._looked_to, before_ms=before_ms)
        self._looked_to = found[-1][0] if len(found) == LOOKED_AT_ONCE else 0
        return [row for row, is_old in found if is_old]
