"""What changed since a moment, by subject: read from the journal's own order, so that nothing is missed."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from mppdesk.db.journal.logs import Journal
from mppdesk.db.replication import arrivals
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import journal_entries
from mppdesk.domain.entries import Subject

_entries = journal_entries.c
_between = Statement(
    select(_entries.subject_type, _entries.subject_id)
    .where(
        _entries.site_id == bindparam("site_id"),
        _entries.log_id == bindparam("log_id"),
        _entries.seq.between(bindparam("first"), bindparam("last")),
    )
    .order_by(_entries.seq)
)


class Feed:
    """A reader's place in the journal; `own_log` is the log that this process appends to itself."""

    def __init__(self, site_id: str, own_log: str) -> None:
        self._site_id = site_id
        self._own_log = own_log
        self._own_seq = 0
        self._site_seq = 0

    def start(self, store: Store) -> None:
        """Begin at what is there now."""
        self._own_seq = self._head(store)
        self._site_seq = arrivals.last(store, self._site_id)

    def read(self, store: Store) -> tuple[Subject, ...]:
        """The subjects of all entries since the last reading, each once, in the order they first changed."""
        changed: dict[Subject, None] = {}
        head = self._head(store)
        changed.update(dict.fromkeys(self._subjects(store, self._own_log, self._own_seq + 1, head)))
        self._own_seq = head
        for arrival in list(arrivals.since(store, self._site_id, self._site_seq)):
            found = self._subjects(store, arrival.log_id, arrival.first_seq, arrival.last_seq)
            changed.update(dict.fromkeys(found))
            self._site_seq = arrival.last_site_seq
        return tuple(changed)

    def _head(self, store: Store) -> int:
        head = Journal(store, self._site_id).head(self._own_log)
        return head.seq if head else 0

    def _subjects(self, store: Store, log_id: str, first: int, last: int) -> Iterable[Subject]:
        for kind, subject_id in store.all(_between, site_id=self._site_id, log_id=log_id, first=first, last=last):
            yield Subject(kind, subject_id)
