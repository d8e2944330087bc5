"""Steps that did not fit and entries that nobody could read: what a supervisor has to know of."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import bindparam, func, literal, select, union_all

from mppdesk.db import tables
from mppdesk.db.journal.history import what_happened
from mppdesk.db.reading.moment import Moment
from mppdesk.db.reading.stations import label_of_log
from mppdesk.db.sql import Row, Statement
from mppdesk.domain.entries import Entry, SubjectType
from mppdesk.texts import Text, msg

UNREADABLE = "unreadable"

_anomalies, _quarantine = tables.view_anomalies.c, tables.view_quarantine.c
_visits = tables.view_visits.c
_found = union_all(
    select(_anomalies.entry_id, _anomalies.kind, _anomalies.reason).where(_anomalies.site_id == bindparam("site_id")),
    select(_quarantine.entry_id, _quarantine.kind, literal(UNREADABLE)).where(
        _quarantine.site_id == bindparam("site_id")
    ),
).subquery()
_newest = Statement(select(_found).order_by(_found.c.entry_id.desc()).limit(bindparam("most")))
_count = Statement(select(func.count()).select_from(_found))
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
}


@dataclass(frozen=True, slots=True)
class FoundAnomaly:
    """One anomaly: `about` is a ticket number or names another subject, `where` the station that recorded it.

    `who` is empty where nobody pressed a key.
    """

    entry_id: str
    about: Text
    wall_ms: int
    who: str
    where: str
    what: Text
    kind: str
    reason: str


def anomalies(moment: Moment, most: int) -> tuple[tuple[FoundAnomaly, ...], int]:
    """The newest anomalies, newest first, and how many older ones are left out."""
    rows = moment.store.all(_newest, site_id=moment.site_id, most=most)
    counted = moment.store.one(_count, site_id=moment.site_id)
    return tuple(_of_entries(moment, rows)), (counted[0] if counted else 0) - len(rows)


def _of_entries(moment: Moment, rows: list[Row]) -> Iterator[FoundAnomaly]:
    for entry_id, kind, reason in rows:
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
            )


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
