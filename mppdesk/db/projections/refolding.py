"""What an older program kept unread, found by one that can read it: after an update it is folded before anything else.

Otherwise the rows of its subject would be moved on from what they never were.
"""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import bindparam, delete, select

from mppdesk.db.journal.codec import UNKNOWN_KIND, can_read
from mppdesk.db.journal.logs import Journal
from mppdesk.db.projections import views
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import view_quarantine
from mppdesk.domain.entries import Entry, Subject

_unread = view_quarantine.c
_is_unread = _unread.reason == UNKNOWN_KIND

_kinds = Statement(select(_unread.kind).where(_unread.site_id == bindparam("site_id"), _is_unread).distinct())
_kinds_anywhere = Statement(select(_unread.site_id, _unread.kind).where(_is_unread).distinct())
_of_kind = Statement(
    select(_unread.entry_id).where(
        _unread.site_id == bindparam("site_id"), _unread.kind == bindparam("kind"), _is_unread
    )
)
_drop = Statement(
    delete(view_quarantine).where(
        _unread.site_id == bindparam("of_site"), _unread.kind == bindparam("of_kind"), _is_unread
    )
)


def refold(store: Store, site_id: str) -> int:
    """Fold what was unread until now into the views of a site whose entries are all folded; answers how many."""
    journal, readable = Journal(store, site_id), take_readable(store, site_id)
    of_subject: dict[Subject, list[Entry]] = defaultdict(list)
    for entry in readable:
        of_subject[entry.subject].append(entry)
    for subject, added in of_subject.items():
        views.refresh(store, site_id, subject, journal.entries_of(subject), added)
    return len(readable)


def take_readable(store: Store, site_id: str) -> list[Entry]:
    """Take out of quarantine what can be read by now; the caller folds it in the same transaction."""
    journal, found = Journal(store, site_id), []
    for kind in _readable(row[0] for row in store.all(_kinds, site_id=site_id)):
        entries = [journal.entry(row[0]) for row in store.all(_of_kind, site_id=site_id, kind=kind)]
        found += [entry for entry in entries if entry is not None]
        store.run(_drop, of_site=site_id, of_kind=kind)
    return found


def sites_to_refold(store: Store) -> list[str]:
    """The sites with entries that were unread and can be read by now."""
    return sorted({str(site_id) for site_id, kind in store.all(_kinds_anywhere) if can_read(kind)})


def _readable(kinds: Iterable[str]) -> list[str]:
    return [kind for kind in kinds if can_read(kind)]
