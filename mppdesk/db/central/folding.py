"""The centre's views follow its journals: arrived entries are folded in batches, by one process at a time a site.

Taking goes on meanwhile. So what is folded already is told by the numbers of the arrivals, never by what is stored.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import bindparam, func, select, text

from mppdesk.db.central.stream import MOST_AT_ONCE, entries_after
from mppdesk.db.journal.codec import decode_entry
from mppdesk.db.projections import views
from mppdesk.db.projections.projection import rows_of
from mppdesk.db.projections.refolding import take_readable
from mppdesk.db.replication import arrivals
from mppdesk.db.replication.replica import FOLDED_AT_ONCE
from mppdesk.db.replication.replica_store import Databases
from mppdesk.db.replication.sync_tables import local_arrival_heads, local_arrivals
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import journal_entries
from mppdesk.domain.entries import Entry, Subject

_heads = local_arrival_heads.c
_arrivals = local_arrivals.c
_entries = journal_entries.c

_waiting = Statement(
    select(_heads.site_id).where(_heads.applied_seq < _heads.site_seq).order_by(_heads.site_seq - _heads.applied_seq)
)
# A lock of its own, not the site's row, which every taking transaction needs.
_try_lock = Statement(text("SELECT pg_try_advisory_xact_lock(hashtextextended(:site_id, 0))"))
_of_subjects = Statement(
    select(_entries.bytes)
    .where(_entries.site_id == bindparam("site_id"), _entries.subject_id == func.any(bindparam("subject_ids")))
    .order_by(_entries.subject_id, _entries.step)
)
_first_waiting = Statement(
    select(
        _arrivals.log_id,
        func.min(_arrivals.last_seq - func.least(_arrivals.count, _arrivals.last_site_seq - bindparam("after")) + 1),
    )
    .where(_arrivals.site_id == bindparam("site_id"), _arrivals.last_site_seq > bindparam("after"))
    .group_by(_arrivals.log_id)
)


def sites_waiting(store: Store) -> list[str]:
    """The sites with entries that no view shows yet; those that wait for little come first."""
    return [str(row[0]) for row in store.all(_waiting)]


def fold_next(database: Databases, site_id: str, most: int = MOST_AT_ONCE) -> int:
    """Fold a site's next entries in one transaction; answers how many, 0 also when another process is at it.

    With them comes what an older process could not read, and this one can.
    """
    with database.writing() as store:
        row = store.one(_try_lock, site_id=site_id)
        if row is None or not row[0]:
            return 0
        after = arrivals.applied(store, site_id)
        unread = take_readable(store, site_id)
        numbered = entries_after(store, site_id, after, most)
        if not unread and not numbered:
            return 0
        arrived = [decode_entry(each.raw) for each in numbered]
        new = [entry for entry in arrived if not _is_at_once(entry)]
        _fold(store, site_id, after, [*unread, *new])
        if numbered:
            arrivals.set_applied(store, site_id, numbered[-1].site_seq)
        return len(unread) + len(numbered)


def _fold(store: Store, site_id: str, after: int, batch: Iterable[Entry]) -> None:
    added: dict[Subject, list[Entry]] = defaultdict(list)
    for entry in batch:
        added[entry.subject].append(entry)
    # In this order: whatever is committed between the two reads is in the second, so it counts as waiting.
    stored = _stored(store, site_id, added.keys())
    waiting = {log_id: int(first) for log_id, first in store.all(_first_waiting, site_id=site_id, after=after)}
    changes = views.Changes(site_id)
    for subject, new in added.items():
        ids = {entry.entry_id for entry in new}
        known = [entry for entry in stored[subject] if entry.entry_id not in ids]
        before = [
            entry for entry in known if _is_at_once(entry) or entry.seq < waiting.get(entry.log_id, entry.seq + 1)
        ]
        changes.add(rows_of(subject, before), rows_of(subject, [*before, *new]), new)
    changes.write(store)


def _is_at_once(entry: Entry) -> bool:
    return entry.subject.type in FOLDED_AT_ONCE


def _stored(store: Store, site_id: str, subjects: Collection[Subject]) -> dict[Subject, list[Entry]]:
    found: dict[Subject, list[Entry]] = {subject: [] for subject in subjects}
    subject_ids = sorted({subject.id for subject in subjects})
    for row in store.all(_of_subjects, site_id=site_id, subject_ids=subject_ids):
        entry = decode_entry(bytes(row[0]))
        if entry.subject in found:
            found[entry.subject].append(entry)
    return found
