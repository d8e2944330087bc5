"""The building's queue for whoever asks the hub: tickets and counters of the day, without anything personal."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from mppdesk.db import tables
from mppdesk.db.reading.moment import Moment
from mppdesk.db.sql import Row, Statement, one_of

_visits = tables.view_visits.c
_counter_days = tables.view_counter_days.c
_TICKET = (
    _visits.visit_id, _visits.label, _visits.service, _visits.agency, _visits.status, _visits.is_priority,
    _visits.position, _visits.issued_ms, _visits.since_ms, _visits.counter_label,
)  # fmt: skip
_open_tickets = Statement(
    select(*_TICKET)
    .where(
        _visits.site_id == bindparam("site_id"),
        _visits.day == bindparam("day"),
        one_of(_visits.status, ("waiting", "called", "serving", "on_hold", "no_show")),
    )
    .order_by(_visits.position)
)
_one_ticket = Statement(
    select(*_TICKET).where(_visits.site_id == bindparam("site_id"), _visits.visit_id == bindparam("visit_id"))
)
_COUNTER = (_counter_days.counter, _counter_days.label, _counter_days.state, _counter_days.break_until)
_counters = Statement(
    select(*_COUNTER)
    .where(_counter_days.site_id == bindparam("site_id"), _counter_days.day == bindparam("day"))
    .order_by(_counter_days.counter_day_id)
)
_one_counter = Statement(
    select(*_COUNTER).where(
        _counter_days.site_id == bindparam("site_id"), _counter_days.counter_day_id == bindparam("counter_day_id")
    )
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


def ticket(moment: Moment, visit_id: str) -> QueueTicket | None:
    row = moment.store.one(_one_ticket, site_id=moment.site_id, visit_id=visit_id)
    return _ticket(row) if row else None


def counters(moment: Moment) -> tuple[QueueCounter, ...]:
    """The counters that were opened today; one opened again stands with its last opening."""
    found = {row[0]: QueueCounter(*row) for row in moment.store.all(_counters, site_id=moment.site_id, day=moment.day)}
    return tuple(found.values())


def counter(moment: Moment, counter_day_id: str) -> QueueCounter | None:
    row = moment.store.one(_one_counter, site_id=moment.site_id, counter_day_id=counter_day_id)
    return QueueCounter(*row) if row else None


def _ticket(row: Row) -> QueueTicket:
    return QueueTicket(
        row[0], row[1], row[2], row[3], row[4], bool(row[5]), row[6], row[7], row[8], row[9]
    )  # fmt: skip
