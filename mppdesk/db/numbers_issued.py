"""The ticket numbers known to be given, by day and prefix: what keeps a number from being given a second time."""

from collections.abc import Iterable

from sqlalchemy import bindparam, exists, func, insert, literal, select

from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import local_numbers_issued
from mppdesk.domain.entries import Entry
from mppdesk.domain.facts import TicketIssued
from mppdesk.domain.ticket_number import visit_name

_numbers = local_numbers_issued.c
_NAMES = ("site_id", "day", "prefix", "number", "visit_id")
_is_number = (
    _numbers.site_id == bindparam("site_id"),
    _numbers.day == bindparam("day"),
    _numbers.prefix == bindparam("prefix"),
    _numbers.number == bindparam("number"),
)

_take = Statement(insert(local_numbers_issued))
_learn = Statement(
    insert(local_numbers_issued).from_select(
        list(_NAMES),
        select(*(bindparam(name, type_=_numbers[name].type) for name in _NAMES)).where(
            ~exists(select(literal(1)).where(*_is_number))
        ),
    )
)
_highest = Statement(
    select(func.max(_numbers.number)).where(
        _numbers.site_id == bindparam("site_id"),
        _numbers.day == bindparam("day"),
        _numbers.prefix == bindparam("prefix"),
        _numbers.number.between(bindparam("first"), bindparam("last")),
    )
)
_visit = Statement(select(_numbers.visit_id).where(*_is_number))


def take(store: Store, site_id: str, visit_id: str, issued: TicketIssued) -> None:
    """Take the number of a ticket that is issued here; the driver refuses one that was given before."""
    store.run(_take, site_id=site_id, day=issued.day, prefix=issued.prefix, number=issued.number, visit_id=visit_id)


def learn(store: Store, site_id: str, entries: Iterable[Entry]) -> None:
    """Note the numbers that others gave; of one that was given twice the first that was heard of stays."""
    issued = ((entry.subject.id, entry.fact) for entry in entries if isinstance(entry.fact, TicketIssued))
    for visit_id, fact in issued:
        if fact.prefix.isalpha() and visit_id == visit_name(fact.day, fact.prefix, fact.number):
            store.run(_learn, site_id=site_id, day=fact.day, prefix=fact.prefix, number=fact.number, visit_id=visit_id)


def highest(store: Store, site_id: str, day: str, prefix: str, first: int, last: int) -> int:
    """The highest number of a block that was given on a day; 0 for none."""
    row = store.one(_highest, site_id=site_id, day=day, prefix=prefix, first=first, last=last)
    return int(row[0]) if row and row[0] is not None else 0


def visit_of(store: Store, site_id: str, day: str, prefix: str, number: int) -> str | None:
    """The visit that was given this number on a day."""
    row = store.one(_visit, site_id=site_id, day=day, prefix=prefix, number=number)
    return str(row[0]) if row else None
