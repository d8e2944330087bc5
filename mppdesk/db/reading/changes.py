"""What changed since the last look, as the JSON of every screen: SQLite writes it, so that no other thread waits.

The interpreter changes hands at every row that a statement gives. A row for each change cost the thread that decides
more than the decision; so all of them come in one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ScalarSelect, bindparam, case, func, select

from mppdesk.db.engine import Database
from mppdesk.db.reading.queue_reader import counter_json, ticket_json
from mppdesk.db.replication import arrivals
from mppdesk.db.replication.arrivals import Place
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import journal_entries, view_counter_days, view_visits
from mppdesk.domain.entries import SubjectType

_entries = journal_entries.c
_subjects = (
    select(_entries.subject_type, _entries.subject_id)
    .where(
        _entries.site_id == bindparam("site_id"),
        _entries.log_id == bindparam("log_id"),
        _entries.seq.between(bindparam("first"), bindparam("last")),
    )
    .group_by(_entries.subject_type, _entries.subject_id)
    .order_by(func.min(_entries.seq))
    .subquery()
)


def _shown(json: Any, table: Any, key: Any) -> ScalarSelect[Any]:
    """How the changed subject stands, where it has a row in a table."""
    return select(json).where(table.c.site_id == bindparam("of_site"), key == _subjects.c.subject_id).scalar_subquery()


_stands = case(
    (
        _subjects.c.subject_type == SubjectType.VISIT.value,
        _shown(ticket_json(), view_visits, view_visits.c.visit_id),
    ),
    (
        _subjects.c.subject_type == SubjectType.COUNTER_DAY.value,
        _shown(counter_json(), view_counter_days, view_counter_days.c.counter_day_id),
    ),
)
_changed = Statement(
    select(
        func.json_group_array(func.json_array(_subjects.c.subject_type, _subjects.c.subject_id, func.json(_stands)))
    ).select_from(_subjects)
)


@dataclass(frozen=True, slots=True)
class Change:
    """A subject that changed; `stands` is its JSON, for a ticket of a visit and a counter's opening."""

    type: str
    id: str
    stands: msgspec.Raw | None


_read = msgspec.json.Decoder(list[tuple[str, str, msgspec.Raw]]).decode


class Changes:
    """A reader's place in the journal; `own_log` is the log that this process appends to itself."""

    def __init__(self, database: Database, site_id: str, own_log: str) -> None:
        """Begin at what is there now."""
        self._database = database
        self._site_id = site_id
        self._own_log = own_log
        with database.outside() as store:
            self._place = self._now(store)

    def read(self) -> tuple[Change, ...]:
        """Give the subjects of all entries since the last reading, each once, as they stand by now."""
        changed: dict[tuple[str, str], Change] = {}
        # Outside a transaction: what changes meanwhile may be told now already, and is told at the next reading too.
        with self._database.outside() as store:
            seen, now = self._place, self._now(store)
            if now.own_seq > seen.own_seq:
                changed |= self._between(store, self._own_log, seen.own_seq + 1, now.own_seq)
            for arrival in self._arrived(store, seen, now):
                changed |= self._between(store, arrival.log_id, arrival.first_seq, arrival.last_seq)
        self._place = now
        return tuple(changed.values())

    def _now(self, store: Store) -> Place:
        return arrivals.place(store, self._site_id, self._own_log)

    def _arrived(self, store: Store, seen: Place, now: Place) -> Iterable[arrivals.Arrival]:
        if now.site_seq == seen.site_seq:
            return ()
        found = arrivals.since(store, self._site_id, seen.site_seq)
        return [each for each in found if each.last_site_seq <= now.site_seq]

    def _between(self, store: Store, log_id: str, first: int, last: int) -> dict[tuple[str, str], Change]:
        asked = {"site_id": self._site_id, "of_site": self._site_id, "log_id": log_id, "first": first, "last": last}
        row = store.one(_changed, **asked)
        found = _read(row[0]) if row else []
        return {
            (kind, key): Change(kind, key, None if bytes(stands) == b"null" else stands) for kind, key, stands in found
        }
