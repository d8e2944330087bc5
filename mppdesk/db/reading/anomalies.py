"""Steps that did not fit and entries that nobody could read: what a supervisor has to know of."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, bindparam, case, exists, func, literal, select, union_all

from mppdesk.db import tables
from mppdesk.db.journal.history import what_happened
from mppdesk.db.reading.moment import Moment
from mppdesk.db.reading.stations import label_of_log
from mppdesk.db.sql import Row, Statement
from mppdesk.domain.entries import Entry, Subject, SubjectType
from mppdesk.domain.facts import AnomalySeen
from mppdesk.texts import Text, msg

UNREADABLE = "unreadable"

_anomalies, _quarantine = tables.view_anomalies.c, tables.view_quarantine.c
_visits, _entries = tables.view_visits.c, tables.journal_entries.c


def _seen_as(entry_id: ColumnElement[str]) -> ColumnElement[int]:
    """1 for what somebody looked at: only the journal says so, as no view has to be kept for a rare question."""
    looks = exists().where(
        _entries.site_id == bindparam("site_id"),
        _entries.subject_id == entry_id,
        _entries.subject_type == SubjectType.ANOMALY.value,
        _entries.kind == AnomalySeen.__name__,
    )
    return case((looks, 1), else_=0).label("is_seen")


_found = union_all(
    select(_anomalies.entry_id, _anomalies.kind, _anomalies.reason, _seen_as(_anomalies.entry_id)).where(
        _anomalies.site_id == bindparam("site_id")
    ),
    select(_quarantine.entry_id, _quarantine.kind, literal(UNREADABLE), _seen_as(_quarantine.entry_id)).where(
        _quarantine.site_id == bindparam("site_id")
    ),
).subquery()
_open_first = Statement(select(_found).order_by(_found.c.is_seen, _found.c.entry_id.desc()).limit(bindparam("most")))
_count = Statement(select(func.count()).select_from(_found))
_count_open = Statement(select(func.count()).select_from(_found).where(_found.c.is_seen == 0))
_label_of = Statement(
    select(_visits.label).where(_visits.site_id == bindparam("site_id"), _visits.visit_id == bindparam("visit_id"))
)
_visit_of = Statement(
    select(tables.view_submissions.c.visit_id).where(
        tables.view_submissions.c.site_id == bindparam("site_id"),
        tables.view_submissions.c.submission_id == bindparam("submission_id"),
    )
)
_SUBJECTS: dict[str, Text] = {
    SubjectType.COUNTER_DAY: msg("Loket"),
    SubjectType.SERVICE_DAY: msg("Hari pelayanan"),
    SubjectType.STATION: msg("Stasiun"),
    SubjectType.LOG: msg("Jurnal"),
    SubjectType.USER: msg("Pengguna"),
    SubjectType.SITE_SETTING: msg("Pengaturan"),
    SubjectType.SERVICE_VERSION: msg("Standar pelayanan"),
    SubjectType.SUBMISSION: msg("Berkas"),
    SubjectType.ANOMALY: msg("Kejanggalan"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """Who looked at an anomaly last, when, and what she found; a note that cannot be opened here is None."""

    who: str
    wall_ms: int
    note: str | None


@dataclass(frozen=True, slots=True)
class FoundAnomaly:
    """One anomaly: `about` is a ticket number or names another subject, `where` the station that recorded it.

    `who` is empty where nobody pressed a key; `seen` is None as long as nobody who leads looked at it.
    """

    entry_id: str
    about: Text
    wall_ms: int
    who: str
    where: str
    what: Text
    kind: str
    reason: str
    seen: Look | None = None


def anomalies(moment: Moment, most: int) -> tuple[tuple[FoundAnomaly, ...], int]:
    """The anomalies that nobody looked at, then the others, each newest first, and how many further ones there are."""
    rows = moment.store.all(_open_first, site_id=moment.site_id, most=most)
    counted = moment.store.one(_count, site_id=moment.site_id)
    return tuple(_of_entries(moment, rows)), (counted[0] if counted else 0) - len(rows)


def open_anomalies(moment: Moment) -> int:
    """How many nobody looked at yet."""
    counted = moment.store.one(_count_open, site_id=moment.site_id)
    return int(counted[0]) if counted else 0


def _of_entries(moment: Moment, rows: list[Row]) -> Iterator[FoundAnomaly]:
    for entry_id, kind, reason, is_seen in rows:
        entry = moment.journal.entry(entry_id)
        if entry is not None:
            yield FoundAnomaly(
                entry_id=entry_id,
                about=_about(moment, entry),
                wall_ms=entry.wall_ms,
                who=_who(moment, entry),
                where=label_of_log(moment.store, moment.site_id, entry.log_id) or "",
                what=what_happened(moment, entry),
                kind=kind,
                reason=reason,
                seen=_look(moment, entry_id) if is_seen else None,
            )


def _look(moment: Moment, anomaly: str) -> Look | None:
    """The last look; whoever looks again says more."""
    entries = moment.journal.entries_of(Subject(SubjectType.ANOMALY, anomaly))
    last = max(
        (entry for entry in entries if isinstance(entry.fact, AnomalySeen)), key=lambda each: each.order, default=None
    )
    if last is None:
        return None
    return Look(_who(moment, last), last.wall_ms, moment.opened(last.fact.note, last.entry_id, "note"))


def _who(moment: Moment, entry: Entry) -> str:
    """The name of who acted; empty where nobody pressed a key."""
    user = moment.reference.users.get(entry.actor.user)
    return user.display_name if user else ""


def _about(moment: Moment, entry: Entry) -> Text:
    """The number that people know; what else it is about by its kind."""
    visit_id = entry.subject.id
    if entry.subject.type == SubjectType.SUBMISSION:
        row = moment.store.one(_visit_of, site_id=moment.site_id, submission_id=entry.subject.id)
        visit_id = row[0] if row else ""
    row = moment.store.one(_label_of, site_id=moment.site_id, visit_id=visit_id)
    if row is not None:
        return msg("{number}", number=row[0])
    return _SUBJECTS.get(entry.subject.type, msg("Antrean"))
