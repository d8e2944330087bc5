"""Segments that nobody admitted yet, or entitled to what they say: kept whole until then, so that no fact is lost."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from sqlalchemy import bindparam, delete, func, insert, select

from mppdesk.db.replication.segments import Segment
from mppdesk.db.replication.sync_tables import local_held_segments
from mppdesk.db.sql import Statement, Store

# A device that nobody knows must not be able to fill the disk.
MOST_HELD_BYTES = 64 * 1024 * 1024

_held = local_held_segments.c
_of_place = (
    _held.site_id == bindparam("of_site"),
    _held.log_id == bindparam("of_log"),
    _held.first_seq == bindparam("of_seq"),
)
_at = Statement(select(_held.device_id, _held.segment, _held.received_ms).where(*_of_place))
_drop = Statement(delete(local_held_segments).where(*_of_place))
_add = Statement(insert(local_held_segments))
_bytes = Statement(select(func.sum(func.length(_held.segment))).where(_held.site_id == bindparam("site_id")))
_of_device = Statement(
    select(_held.segment)
    .where(_held.site_id == bindparam("site_id"), _held.device_id == bindparam("device_id"))
    .order_by(_held.log_id, _held.first_seq)
)
_devices = Statement(
    select(_held.device_id, func.count(), func.min(_held.received_ms))
    .where(_held.site_id == bindparam("site_id"))
    .group_by(_held.device_id)
    .order_by(_held.device_id)
)

_decoder = msgspec.msgpack.Decoder(Segment)


@dataclass(frozen=True, slots=True)
class HeldDevice:
    """A device that waits for admission: how many segments of it are kept, and since when."""

    device_id: str
    segments: int
    since_ms: int


def keep(store: Store, site_id: str, device_id: str, segment: Segment, now_ms: int) -> bool:
    """Keep a segment, unless as much of its log waits already; false when there is no room for more of strangers.

    A peer that heard of a revocation late has only the beginning of a log, and brings it with every exchange.
    """
    there = store.one(_at, of_site=site_id, of_log=segment.log_id, of_seq=segment.first_seq)
    if there and (there[0] != device_id or _decoder.decode(there[1]).last_seq >= segment.last_seq):
        return bool(there[0] == device_id)
    row = store.one(_bytes, site_id=site_id)
    if row and (row[0] or 0) + segment.size > MOST_HELD_BYTES:
        return False
    store.run(_drop, of_site=site_id, of_log=segment.log_id, of_seq=segment.first_seq)
    store.run(
        _add,
        site_id=site_id,
        log_id=segment.log_id,
        first_seq=segment.first_seq,
        device_id=device_id,
        segment=msgspec.msgpack.encode(segment),
        received_ms=there[2] if there else now_ms,
    )
    return True


def of_device(store: Store, site_id: str, device_id: str) -> Iterable[Segment]:
    """Give a device's segments, each log from its beginning."""
    for row in store.all(_of_device, site_id=site_id, device_id=device_id):
        yield _decoder.decode(row[0])


def drop(store: Store, site_id: str, segment: Segment) -> None:
    store.run(_drop, of_site=site_id, of_log=segment.log_id, of_seq=segment.first_seq)


def devices(store: Store, site_id: str) -> tuple[HeldDevice, ...]:
    """List the devices that wait."""
    return tuple(HeldDevice(*row) for row in store.all(_devices, site_id=site_id))
