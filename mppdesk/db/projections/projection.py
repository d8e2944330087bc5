"""Entries of one subject -> the rows that this subject owns in the `view_*` tables.

Each row depends on the entries of its subject alone, so the order in which subjects or entries arrive cannot matter.
"""

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import is_
from typing import Any

from sqlalchemy import Table

from mppdesk.db import tables
from mppdesk.db.journal.codec import encode_value
from mppdesk.domain.entries import Entry, Subject, SubjectType, UnknownFact
from mppdesk.domain.facts import DayMisdated
from mppdesk.domain.fold import Anomaly, Folded
from mppdesk.domain.log import fold_log
from mppdesk.domain.office_day import fold_counter_day, fold_service_day
from mppdesk.domain.station import fold_station
from mppdesk.domain.submission import fold_submission
from mppdesk.domain.visit import Visit, fold_visit

# Stands for the running number of a file that has none in the book yet.
_PROVISIONAL = 0

Row = dict[str, Any]
Rows = dict[Table, list[Row]]


class _Same(tuple[Entry, ...]):
    """Entries compared as objects, since the same bytes are decoded only once: to hash what they say takes longer."""

    __slots__ = ()

    def __hash__(self) -> int:
        return hash(tuple(map(id, self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and len(self) == len(other) and all(map(is_, self, other))


def rows_of(subject: Subject, entries: Sequence[Entry]) -> Rows:
    """Project a subject; total for any set of entries. The rows are remembered: nobody may change them.

    What a subject's rows are after one entry, they are before the next.
    """
    return _projected(subject, _Same(entries))


@lru_cache(maxsize=1024)
def _projected(subject: Subject, entries: _Same) -> Rows:
    if subject.type == SubjectType.VISIT:
        return visit_rows(subject, fold_visit(entries))
    rows: Rows = {}
    project = _PROJECTIONS.get(subject.type)
    if project is not None:
        anomalies = project(rows, subject, entries)
        rows[tables.view_anomalies] = _anomaly_rows(subject, anomalies)
    return rows


def visit_rows(subject: Subject, folded: Folded[Visit]) -> Rows:
    """Project a visit that is folded already."""
    rows: Rows = {tables.view_anomalies: _anomaly_rows(subject, folded.anomalies)}
    if folded.state is not None:
        rows[tables.view_visits] = [_visit_row(folded.state)]
        rows[tables.view_calls] = _call_rows(folded.state)
    return rows


def rows_of_entries(entries: Sequence[Entry]) -> Rows:
    """The rows that each entry has by itself, whatever else happened to its subject."""
    return {
        tables.view_quarantine: [_quarantined(entry) for entry in entries if _is_unreadable(entry)],
        tables.view_commands: [
            {
                "command_id": command_id,
                "entry_id": entry.entry_id,
                "subject_type": entry.subject.type,
                "subject_id": entry.subject.id,
            }
            for entry in entries
            if (command_id := getattr(entry.fact, "command_id", ""))
        ],
    }


def _is_unreadable(entry: Entry) -> bool:
    return isinstance(entry.fact, UnknownFact)


def _quarantined(entry: Entry) -> Row:
    return {
        "entry_id": entry.entry_id,
        "subject_type": entry.subject.type,
        "subject_id": entry.subject.id,
        "kind": entry.kind,
        "reason": entry.fact.reason,
    }


def _anomaly_rows(subject: Subject, anomalies: Sequence[Anomaly]) -> list[Row]:
    return [
        {
            "entry_id": each.entry_id,
            "subject_type": subject.type,
            "subject_id": subject.id,
            "kind": each.kind,
            "reason": each.reason,
        }
        for each in anomalies
    ]


def _visit_row(visit: Visit) -> Row:
    return {
        "visit_id": visit.visit_id,
        "day": visit.day,
        "label": visit.label,
        "prefix": visit.prefix,
        "number": visit.number,
        "issuer_no": visit.issuer_no,
        "token": visit.token,
        "status": str(visit.status),
        "agency": visit.stop.agency,
        "service": visit.stop.service,
        "service_version": visit.stop.service_version,
        "priority": visit.priority,
        "is_priority": int(visit.priority is not None),
        "position": visit.position,
        "issued_ms": visit.issued_ms,
        "since_ms": visit.since_ms,
        "started_ms": visit.started_ms,
        "counter": visit.counter,
        "counter_label": visit.counter_label,
        "call_count": sum(call.times for call in visit.calls),
        "was_transferred": int(visit.was_transferred),
        "outcome": visit.outcome,
        "last_act": visit.last_act,
        "last_kind": visit.last_kind,
        "last_actor": visit.last_actor,
        "last_ms": visit.last_ms,
    }


def _call_rows(visit: Visit) -> list[Row]:
    return [
        {
            "entry_id": call.entry_id,
            "visit_id": visit.visit_id,
            "day": visit.day,
            "ordinal": call.ordinal,
            "label": visit.label,
            "service": call.service,
            "agency": call.agency,
            "is_priority": int(visit.priority is not None),
            "counter": call.counter,
            "counter_label": call.counter_label,
            "called_ms": call.called_ms,
            "times": call.times,
        }
        for call in (*visit.calls, *visit.undone_calls)
    ]


def _submission(rows: Rows, subject: Subject, entries: Sequence[Entry]) -> tuple[Anomaly, ...]:
    folded = fold_submission(entries)
    submission = folded.state
    if submission is not None:
        rows[tables.view_submissions] = [
            {
                "submission_id": submission.submission_id,
                "visit_id": submission.visit,
                "service": submission.service,
                "agency": submission.agency,
                "service_version": submission.service_version,
                "counter": submission.counter,
                "token": submission.token,
                "status": str(submission.status),
                "register_number": submission.register_number,
                "due": submission.due,
                "opened_ms": submission.opened_ms,
                "decided_ms": submission.decided_ms,
            }
        ]
        rows[tables.view_submission_visits] = [
            {"visit_id": visit, "submission_id": submission.submission_id} for visit in submission.visits
        ]
    standing = {submission.register_number, submission.provisional_number} if submission else set()
    # A register number stays used when the registration was undone, or did not even fit.
    rows[tables.view_register] = [
        {
            "entry_id": entry.entry_id,
            "submission_id": subject.id,
            "agency": entry.fact.agency,
            "year": entry.fact.year,
            "n": getattr(entry.fact, "n", _PROVISIONAL),
            "register_number": number,
            "registered_ms": entry.wall_ms,
            "is_void": int(number not in standing),
        }
        for entry in entries
        if (number := _register_number(entry)) is not None
    ]
    return folded.anomalies


def _register_number(entry: Entry) -> str | None:
    """The number that an entry gave a file, in the book or provisionally."""
    if _is_unreadable(entry):
        return None
    number = getattr(entry.fact, "provisional_number", None)
    return entry.fact.register_number if entry.kind == "SubmissionRegistered" else number


def _counter_day(rows: Rows, subject: Subject, entries: Sequence[Entry]) -> tuple[Anomaly, ...]:
    folded = fold_counter_day(entries)
    state = folded.state
    if state is not None:
        rows[tables.view_counter_days] = [
            {
                "counter_day_id": state.counter_day_id,
                "day": state.day,
                "counter": state.counter,
                "label": state.label,
                "services": json.dumps(state.services),
                "state": str(state.state),
                "user_id": state.user,
                "opened_ms": state.opened_ms,
                "break_until": state.break_until,
            }
        ]
    return folded.anomalies


def _service_day(rows: Rows, subject: Subject, entries: Sequence[Entry]) -> tuple[Anomaly, ...]:
    folded = fold_service_day(entries)
    state = folded.state
    if state is not None:
        rows[tables.view_service_days] = [
            {
                "day_id": state.day_id,
                "day": state.day,
                "is_open": int(state.is_open),
                "term": state.term,
                "blocks": json.dumps([[block.issuer_no, block.first, block.last] for block in state.blocks]),
                "leftovers": state.leftovers,
                "opened_hlc": _opened_hlc(entries),
            }
        ]
    doubtful = {anomaly.entry_id for anomaly in folded.anomalies}
    misdated = (entry for entry in entries if isinstance(entry.fact, DayMisdated) and entry.entry_id not in doubtful)
    return (*folded.anomalies, *(Anomaly(entry.entry_id, entry.kind, "wrong_clock") for entry in misdated))


def _opened_hlc(entries: Sequence[Entry]) -> int:
    """The clock of the opening; what anybody else says of the day does not move it."""
    by_hub = [entry.hlc for entry in entries if entry.kind == "DayOpened"]
    return min(by_hub or [entry.hlc for entry in entries if entry.kind == "DayOpenedAlone"])


def _latest(entries: Sequence[Entry], kind: str) -> Entry | None:
    """The last entry of a kind in causal order: the last write wins, the others stay in the history."""
    readable = [entry for entry in entries if entry.kind == kind and not _is_unreadable(entry)]
    return max(readable, key=lambda entry: entry.order, default=None)


def _service_version(rows: Rows, subject: Subject, entries: Sequence[Entry]) -> tuple[Anomaly, ...]:
    published = [entry for entry in entries if not _is_unreadable(entry)]
    published.sort(key=lambda entry: entry.order)
    if published:
        first = published[0]
        rows[tables.view_service_versions] = [
            {
                "version_id": subject.id,
                "code": first.fact.service.code,
                "agency": first.fact.service.agency,
                "version": first.fact.version_hash,
                "ordinal": first.fact.ordinal,
                "published_ms": first.wall_ms,
                "body": encode_value(first.fact.service),
            }
        ]
    return tuple(Anomaly(entry.entry_id, entry.kind, "published_twice") for entry in published[1:])


def _setting(rows: Rows, subject: Subject, entries: Sequence[Entry]) -> tuple[Anomaly, ...]:
    """A setting keeps the name under which it was first recorded, so that no change can take it away."""
    changes = [entry for entry in entries if entry.kind == "SettingChanged" and not _is_unreadable(entry)]
    first = min(changes, key=lambda entry: entry.order, default=None)
    named = [entry for entry in changes if first is not None and entry.fact.name == first.fact.name]
    latest = _latest(named, "SettingChanged")
    if latest is not None:
        rows[tables.view_settings] = [
            {
                "setting_id": subject.id,
                "name": latest.fact.name,
                "value": encode_value(latest.fact.value),
                "changed_hlc": latest.hlc,
            }
        ]
    return tuple(Anomaly(entry.entry_id, entry.kind, "another_name") for entry in changes if entry not in named)


def _user(rows: Rows, subject: Subject, entries: Sequence[Entry]) -> tuple[Anomaly, ...]:
    latest = _latest(entries, "UserDefined")
    if latest is not None:
        rows[tables.view_users] = [
            {
                "user_id": subject.id,
                "user_name": latest.fact.user_name,
                "display_name": latest.fact.display_name,
                "roles": json.dumps(latest.fact.roles),
                "is_active": int(latest.fact.is_active),
                "changed_hlc": latest.hlc,
            }
        ]
    return ()


def _station(rows: Rows, subject: Subject, entries: Sequence[Entry]) -> tuple[Anomaly, ...]:
    folded = fold_station(entries)
    station = folded.state
    if station is not None:
        rows[tables.view_stations] = [
            {
                "device_id": station.device_id,
                "public_key": station.public_key,
                "label": station.label,
                "role": station.role,
                "agencies": json.dumps(station.agencies),
                "issuer_no": station.issuer_no,
                "token_hash": station.token_hash,
                "enrolled_ms": station.enrolled_ms,
                "is_revoked": int(station.is_revoked),
                "are_facts_admitted": int(station.are_facts_admitted),
                "hub_term": station.hub_term,
            }
        ]
    return folded.anomalies


def _log(rows: Rows, subject: Subject, entries: Sequence[Entry]) -> tuple[Anomaly, ...]:
    folded = fold_log(entries)
    log = folded.state
    if log is not None:
        rows[tables.view_logs] = [
            {
                "log_id": log.log_id,
                "device_id": log.device_id,
                "app_version": log.app_version,
                "opened_ms": log.opened_ms,
                "is_closed": int(log.is_closed),
                "restored_ms": log.restored_ms,
            }
        ]
    return folded.anomalies


_PROJECTIONS: dict[str, Callable[[Rows, Subject, Sequence[Entry]], tuple[Anomaly, ...]]] = {
    SubjectType.SUBMISSION: _submission,
    SubjectType.COUNTER_DAY: _counter_day,
    SubjectType.SERVICE_DAY: _service_day,
    SubjectType.SERVICE_VERSION: _service_version,
    SubjectType.SITE_SETTING: _setting,
    SubjectType.USER: _user,
    SubjectType.STATION: _station,
    SubjectType.LOG: _log,
}
