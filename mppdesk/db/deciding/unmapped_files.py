"""Files that a cut-off station registered and that have no number in the book yet: the hub's to give."""

from sqlalchemy import and_, bindparam, select

from mppdesk.db import tables
from mppdesk.db.sql import Statement, Store

_register = tables.view_register.c
_submissions = tables.view_submissions.c
_unmapped = Statement(
    select(_submissions.submission_id)
    .select_from(
        tables.view_register.join(
            tables.view_submissions,
            and_(
                _submissions.site_id == _register.site_id,
                _submissions.submission_id == _register.submission_id,
                _submissions.register_number == _register.register_number,
            ),
        )
    )
    .where(_register.site_id == bindparam("site_id"), _register.n == 0, _register.is_void == 0)
    .order_by(_register.registered_ms, _register.entry_id)
)


def unmapped_files(store: Store, site_id: str) -> tuple[str, ...]:
    """The submissions that stand under a provisional number, in the order they were registered."""
    return tuple(row[0] for row in store.all(_unmapped, site_id=site_id))
