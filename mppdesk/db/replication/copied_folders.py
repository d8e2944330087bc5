"""A data folder that works twice: another computer has a copy of it, or it was put back as it was before."""

from sqlalchemy import and_, bindparam, select

from mppdesk.db.journal.codec import decode_entry
from mppdesk.db.journal.logs import Journal
from mppdesk.db.sql import Statement
from mppdesk.db.tables import journal_entries, view_logs
from mppdesk.domain.facts import LogOpened

COPIED_FOLDER = "copied_folder"
"""Why a log is an alarm that was taken all the same: its folder did not go on where this device had come to."""

_entries, _logs = journal_entries.c, view_logs.c
# A device starts a few times a day; who names a log of long ago costs no more than this.
_MOST_STARTS = 200
_starts_after = Statement(
    select(_logs.log_id, _logs.restored_ms, _entries.bytes)
    .select_from(
        view_logs.join(
            journal_entries, and_(_entries.site_id == _logs.site_id, _entries.log_id == _logs.log_id, _entries.seq == 1)
        )
    )
    .where(
        _logs.site_id == bindparam("site_id"),
        _logs.log_id > bindparam("previous"),
        _logs.device_id == bindparam("device_id"),
    )
    .order_by(_logs.log_id.desc())
    .limit(_MOST_STARTS)
)
# Asked by itself: under a clock that was set back, a start comes before the one that it follows.
_is_restored = Statement(
    select(_logs.log_id).where(
        _logs.site_id == bindparam("site_id"),
        _logs.log_id == bindparam("log_id"),
        _logs.restored_ms.is_not(None),
    )
)
_entry_of = Statement(
    select(_entries.seq).where(
        _entries.site_id == bindparam("site_id"),
        _entries.log_id == bindparam("log_id"),
        _entries.hash == bindparam("hash"),
    )
)


def comes_from_a_copy(journal: Journal, log_id: str, opened: LogOpened) -> bool:
    """Whether a log that just came names a log before it that went on, or that another start names as well.

    A restore by `mppdesk restore` is neither: it says so in its own log. Nor is a folder that begins anew after damage,
    and names none.
    """
    if opened.previous_log is None or journal.store.one(_is_restored, site_id=journal.site_id, log_id=log_id):
        return False
    starts = journal.store.all(
        _starts_after, site_id=journal.site_id, previous=opened.previous_log, device_id=opened.device_id
    )
    others = (decode_entry(bytes(row[2])).fact for row in starts if row[0] != log_id and row[1] is None)
    is_named_twice = any(isinstance(each, LogOpened) and each.previous_log == opened.previous_log for each in others)
    return is_named_twice or _went_on(journal, opened)


def _went_on(journal: Journal, opened: LogOpened) -> bool:
    """Whether the log before has entries here that follow the last one which this start knew of."""
    head = journal.head(opened.previous_log or "")
    if head is None or head.hash == opened.previous_head:
        return False
    last_known = opened.previous_head or b""
    return journal.store.one(_entry_of, site_id=journal.site_id, log_id=head.log_id, hash=last_known) is not None
