"""The building's queue for whoever asks the hub: tickets and counters of the day, without anything personal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, select

from mppdesk.db import tables
from mppdesk.db.reading.moment import Moment
from mppdesk.db.sql import Row, Statement, one_of

_visits = tables.view_visits.c
_counter_days = tables.view_counter_days.c
_TICKET = {
    "id": _visits.visit_id,
    "number": _visits.label,
    "service": _visits.service,
    "agency": _visits.agency,
    "state": _visits.status,
    "priority": _visits.is_priority,
    "position": _visits.position,
    "issued_ms": _visits.issued_ms,
    "since_ms": _visits.since_ms,
    "counter": _visits.counter_label,
}
_COUNTER = {
    "id": _counter_days.counter,
    "label": _counter_days.label,
    "state": _counter_days.state,
    "break_until": _counter_days.break_until,
}
_open_tickets = Statement(
    select(*_TICKET.values())
    .where(
        _visits.site_id == bindparam("site_id"),
        _visits.day == bindparam("day"),
        one_of(_visits.status, ("waiting", "called", "serving", "on_hold", "no_show")),
    )
    .order_by(_visits.position)
)
_counters = Statement(
    select(*_COUNTER.values())
    .where(_counter_days.site_id == bindparam("site_id"), _counter_days.day == bindparam("day"))
    .order_by(_counter_days.counter_day_id)
)


@dataclass(frozen=True, slots=True)
class QueueTicket:
    """A ticket as every screen of the building may know it; times are UTC milliseconds."""

    id: str
    number: str
    service: str
    agency: str
    state: str
    priority: bool
    position: int
    issued_ms: int
    since_ms: int
    counter: str | None


@dataclass(frozen=True, slots=True)
class QueueCounter:
    """A counter's opening of the day."""

    id: str
    label: str
    state: str
    break_until: str | None


def open_tickets(moment: Moment) -> tuple[QueueTicket, ...]:
    """The tickets of the day that are neither finished nor cancelled, in the order of the queue."""
    return tuple(map(_ticket, moment.store.all(_open_tickets, site_id=moment.site_id, day=moment.day)))


def counters(moment: Moment) -> tuple[QueueCounter, ...]:
    """The counters that were opened today; one opened again stands with its last opening."""
    found = {row[0]: QueueCounter(*row) for row in moment.store.all(_counters, site_id=moment.site_id, day=moment.day)}
    return tuple(found.values())


def ticket_json() -> ColumnElement[str]:
    """A ticket as JSON that SQLite writes, for a statement over `view_visits`."""
    is_priority = func.json(case((_visits.is_priority == 1, "true"), else_="false"))
    return _object({**_TICKET, "priority": is_priority})


def counter_json() -> ColumnElement[str]:
    """The same of a counter's opening, over `view_counter_days`."""
    return _object(_COUNTER)


def _object(values: Mapping[str, ColumnElement[Any]]) -> ColumnElement[str]:
    return func.json_object(*(part for pair in values.items() for part in pair))


def _ticket(row: Row) -> QueueTicket:
    return QueueTicket(
        row[0], row[1], row[2], row[3], row[4], bool(row[5]), row[6], row[7], row[8], row[9]
    )  # fmt: skip
