"""In which order a site's entries arrived here: gapless numbers, given under the lock of the site's row.

A reader that goes on after the last `site_seq` it saw misses nothing, because no smaller number can appear later; a
serial column promises no such thing (numbers are taken at the insert and seen at the commit).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select, update

from mppdesk.db.replication.sync_tables import local_arrival_heads, local_arrivals
from mppdesk.db.sql import Statement, Store

_heads = local_arrival_heads.c
_arrivals = local_arrivals.c

_lock = Statement(select(_heads.site_seq).where(_heads.site_id == bindparam("site_id")).with_for_update())
_last = Statement(select(_heads.site_seq).where(_heads.site_id == bindparam("site_id")))
_start = Statement(insert(local_arrival_heads))
_move = Statement(
    update(local_arrival_heads)
    .where(_heads.site_id == bindparam("of_site"))
    .values(site_seq=_heads.site_seq + bindparam("more"))
)
_add = Statement(insert(local_arrivals))
_since = Statement(
    select(_arrivals.last_site_seq, _arrivals.log_id, _arrivals.last_seq, _arrivals.count)
    .where(_arrivals.site_id == bindparam("site_id"), _arrivals.last_site_seq > bindparam("after"))
    .order_by(_arrivals.last_site_seq)
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


def lock_site(store: Store, site_id: str) -> int:
    """Lock the site's row until the transaction ends; answers its last `site_seq`."""
    row = store.one(_lock, site_id=site_id)
    if row is not None:
        return int(row[0])
    store.run(_start, site_id=site_id, site_seq=0, applied_seq=0)
    return 0


def note(store: Store, site_id: str, site_seq: int, log_id: str, last_seq: int, count: int) -> None:
    """Number entries that were just stored, after `site_seq`, the last number under the lock."""
    store.run(_move, of_site=site_id, more=count)
    store.run(
        _add, site_id=site_id, last_site_seq=site_seq + count, log_id=log_id, last_seq=last_seq, count=count
    )  # fmt: skip


def last(store: Store, site_id: str) -> int:
    """The last site number given; 0 before the first arrival."""
    row = store.one(_last, site_id=site_id)
    return int(row[0]) if row else 0


def since(store: Store, site_id: str, after: int) -> Iterable[Arrival]:
    """Go through the arrivals after a site number, in their order."""
    for row in store.stream(_since, site_id=site_id, after=after):
        yield Arrival(*row)


def applied(store: Store, site_id: str) -> int:
    """The last site number that is folded into the views."""
    row = store.one(_applied, site_id=site_id)
    return int(row[0]) if row else 0


def set_applied(store: Store, site_id: str, site_seq: int) -> None:
    store.run(_set_applied, of_site=site_id, upto=site_seq)
