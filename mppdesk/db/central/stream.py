"""A site's entries in the order they arrived at the centre: for reports, web hooks, and the centre's own views."""

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, select

from mppdesk.db.central import epoch as central_epoch
from mppdesk.db.replication.sync_tables import local_arrivals
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import journal_entries
from mppdesk.domain.errors import Refused
from mppdesk.texts import msg

MOST_AT_ONCE = 500

_arrivals = local_arrivals.c
_entries = journal_entries.c
_site_seq = _arrivals.last_site_seq - _arrivals.last_seq + _entries.seq
_after = Statement(
    select(_site_seq, _entries.bytes)
    .select_from(
        local_arrivals.join(
            journal_entries,
            and_(
                _entries.site_id == _arrivals.site_id,
                _entries.log_id == _arrivals.log_id,
                _entries.seq > _arrivals.last_seq - _arrivals.count,
                _entries.seq <= _arrivals.last_seq,
            ),
        )
    )
    .where(
        _arrivals.site_id == bindparam("site_id"),
        _arrivals.last_site_seq > bindparam("after"),
        _site_seq > bindparam("after"),
    )
    .order_by(_arrivals.last_site_seq, _entries.seq)
    .limit(bindparam("most"))
)


class PlaceLost(Refused):
    """The centre was restored since the reader's place: the numbers mean other entries now."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """An entry as stored, with its gapless number in the site; the number says nothing about causes."""

    site_seq: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """How far a reader came, in which epoch of the centre; it keeps the place itself, beside what it made of it."""

    epoch: str
    site_seq: int


def entries_after(store: Store, site_id: str, site_seq: int, most: int = MOST_AT_ONCE) -> list[Numbered]:
    """The next entries after a number; none that commits later can have a smaller number."""
    rows = store.all(_after, site_id=site_id, after=site_seq, most=most)
    return [Numbered(number, bytes(raw)) for number, raw in rows]


def read_on(store: Store, site_id: str, place: Place | None) -> tuple[list[Numbered], Place]:
    """Read on from a place, None for the beginning; raises PlaceLost when the reader must begin anew."""
    epoch = central_epoch.epoch_of(store)
    if place is not None and place.epoch != epoch:
        raise PlaceLost(
            msg("Pusat dipulihkan dari cadangan sejak pembacaan terakhir. Tidak ada yang dibaca."),
            msg("Kosongkan hasil bacaan gedung ini, lalu baca dari awal."),
        )
    after = place.site_seq if place else 0
    found = entries_after(store, site_id, after)
    return found, Place(epoch, found[-1].site_seq if found else after)
