"""In which order a site's entries arrived here: gapless numbers, given under the lock of the site's row.

A reader that goes on after the last `site_seq` it saw misses nothing, because no smaller number can appear later; a
serial column promises no such thing (numbers are taken at the insert and seen at the commit).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, func, insert, select, update

from mppdesk.db.replication.sync_tables import local_arrival_heads, local_arrivals
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import journal_heads

_heads = local_arrival_heads.c
_arrivals = local_arrivals.c
_logs = journal_heads.c

_lock = Statement(select(_heads.site_seq).where(_heads.site_id == bindparam("site_id")).with_for_update())
_last = Statement(select(_heads.site_seq).where(_heads.site_id == bindparam("site_id")))
_place = Statement(
    select(
        select(_heads.site_seq).where(_heads.site_id == bindparam("site_id")).scalar_subquery(),
        select(_logs.seq)
        .where(_logs.site_id == bindparam("of_site"), _logs.log_id == bindparam("own_log"))
        .scalar_subquery(),
    )
)
_start = Statement(insert(local_arrival_heads))
_move = Statement(
    update(local_arrival_heads).where(_heads.site_id == bindparam("of_site")).values(site_seq=bindparam("upto"))
)
_move_folded = Statement(
    update(local_arrival_heads)
    .where(_heads.site_id == bindparam("of_site"))
    .values(site_seq=bindparam("upto"), applied_seq=bindparam("upto_applied"))
)
_add = Statement(insert(local_arrivals))
_since = Statement(
    select(_arrivals.last_site_seq, _arrivals.log_id, _arrivals.last_seq, _arrivals.count)
    .where(_arrivals.site_id == bindparam("site_id"), _arrivals.last_site_seq > bindparam("after"))
    .order_by(_arrivals.last_site_seq)
)
_logs_since = Statement(
    select(_arrivals.log_id, func.min(_arrivals.last_seq - _arrivals.count + 1), func.sum(_arrivals.count))
    .where(_arrivals.site_id == bindparam("site_id"), _arrivals.last_site_seq > bindparam("after"))
    .group_by(_arrivals.log_id)
)
_applied = Statement(select(_heads.applied_seq).where(_heads.site_id == bindparam("site_id")))
_set_applied = Statement(
    update(local_arrival_heads).where(_heads.site_id == bindparam("of_site")).values(applied_seq=bindparam("upto"))
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """`count` entries of a log, ending with `last_seq`, whose last one has the site number `last_site_seq`."""

    last_site_seq: int
    log_id: str
    last_seq: int
    count: int

    @property
    def first_seq(self) -> int:
        return self.last_seq - self.count + 1


@dataclass(frozen=True, slots=True)
class Place:
    """The last site number given, and the last entry of the log that a process appends to itself; 0 before any."""

    site_seq: int
    own_seq: int


def lock_site(store: Store, site_id: str) -> int:
    """Lock the site's row until the transaction ends; answers its last `site_seq`."""
    row = store.one(_lock, site_id=site_id)
    if row is not None:
        return int(row[0])
    store.run(_start, site_id=site_id, site_seq=0, applied_seq=0)
    return 0


def note(store: Store, site_id: str, arrived: Arrival, is_folded: bool) -> None:
    """Number entries that were just stored, under the lock; `is_folded` when the views follow in this transaction."""
    upto = arrived.last_site_seq
    if is_folded:
        store.run(_move_folded, of_site=site_id, upto=upto, upto_applied=upto)
    else:
        store.run(_move, of_site=site_id, upto=upto)
    store.run(
        _add,
        site_id=site_id,
        last_site_seq=upto,
        log_id=arrived.log_id,
        last_seq=arrived.last_seq,
        count=arrived.count,
    )


def last(store: Store, site_id: str) -> int:
    """The last site number given; 0 before the first arrival."""
    row = store.one(_last, site_id=site_id)
    return int(row[0]) if row else 0


def place(store: Store, site_id: str, own_log: str | None) -> Place:
    """How far a site's journal has come here, in one question: it is asked before each exchange."""
    row = store.one(_place, site_id=site_id, of_site=site_id, own_log=own_log or "")
    return Place(row[0] or 0, row[1] or 0) if row else Place(0, 0)


def since(store: Store, site_id: str, after: int) -> Iterable[Arrival]:
    """Go through the arrivals after a site number, in their order."""
    for row in store.stream(_since, site_id=site_id, after=after):
        yield Arrival(*row)


def logs_since(store: Store, site_id: str, after: int) -> Iterable[tuple[str, int, int]]:
    """The logs of which something arrived after a site number: the first number that did, and how many entries.

    A week without the centre is tens of thousands of arrivals, of a few logs.
    """
    for log_id, first_seq, count in store.all(_logs_since, site_id=site_id, after=after):
        yield log_id, int(first_seq), int(count)


def applied(store: Store, site_id: str) -> int:
    """The last site number that is folded into the views."""
    row = store.one(_applied, site_id=site_id)
    return int(row[0]) if row else 0


def set_applied(store: Store, site_id: str, site_seq: int) -> None:
    store.run(_set_applied, of_site=site_id, upto=site_seq)
