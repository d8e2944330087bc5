"""The append-only journal: logs, heads, the chain, and the entries of a subject."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from sqlalchemy import and_, bindparam, func, insert, select, update

from mppdesk.db.central.copy import insert_rows
from mppdesk.db.journal.codec import FIRST_PREV_HASH, decode_entry, digest
from mppdesk.db.sql import Statement, Store, one_of
from mppdesk.db.tables import journal_entries, journal_heads, local_clock, view_logs
from mppdesk.domain.bounds import BOUNDED_KINDS
from mppdesk.domain.entries import Entry, Subject

_LOGICAL_BITS = 16
# A remote clock more than this ahead is kept as data, but does not move ours (DESIGN 4).
MAX_CLOCK_LEAD_MS = 5 * 60_000
# A clock may show a year that 63 bits cannot hold (from 6429 on); its last readings then only count, for 2^36 entries.
_LAST_MS = 2**47 - 2**20

_head = Statement(
    select(journal_heads.c.seq, journal_heads.c.hash).where(
        journal_heads.c.site_id == bindparam("site_id"), journal_heads.c.log_id == bindparam("log_id")
    )
)
_add_head = Statement(insert(journal_heads))
_move_head = Statement(
    update(journal_heads)
    .where(journal_heads.c.site_id == bindparam("of_site"), journal_heads.c.log_id == bindparam("of_log"))
    .values(seq=bindparam("seq"), hash=bindparam("hash"))
)
_heads = Statement(
    select(journal_heads.c.log_id, journal_heads.c.seq, journal_heads.c.hash)
    .where(journal_heads.c.site_id == bindparam("site_id"))
    .order_by(journal_heads.c.log_id)
)
_heads_between = Statement(
    select(journal_heads.c.log_id, journal_heads.c.seq, journal_heads.c.hash)
    .where(
        journal_heads.c.site_id == bindparam("site_id"),
        journal_heads.c.log_id >= bindparam("first"),
        journal_heads.c.log_id < bindparam("end"),
    )
    .order_by(journal_heads.c.log_id)
)
_IS_HEAD = and_(
    journal_entries.c.site_id == journal_heads.c.site_id,
    journal_entries.c.log_id == journal_heads.c.log_id,
    journal_entries.c.seq == journal_heads.c.seq,
)
_add_entry = Statement(insert(journal_entries))
_of_subject = Statement(
    select(journal_entries.c.bytes)
    .where(
        journal_entries.c.site_id == bindparam("site_id"),
        journal_entries.c.subject_id == bindparam("subject_id"),
        journal_entries.c.subject_type == bindparam("subject_type"),
    )
    .order_by(journal_entries.c.step)
)
_bounded = Statement(
    select(journal_entries.c.bytes).where(
        journal_entries.c.site_id == bindparam("site_id"),
        journal_entries.c.log_id == bindparam("log_id"),
        one_of(journal_entries.c.kind, BOUNDED_KINDS),
    )
)
_by_id = Statement(
    select(journal_entries.c.bytes).where(
        journal_entries.c.site_id == bindparam("site_id"), journal_entries.c.entry_id == bindparam("entry_id")
    )
)
_of_kind = Statement(
    select(journal_entries.c.bytes).where(
        journal_entries.c.site_id == bindparam("site_id"), journal_entries.c.kind == bindparam("kind")
    )
)
_by_subject = Statement(
    select(journal_entries.c.subject_type, journal_entries.c.subject_id, journal_entries.c.bytes)
    .where(journal_entries.c.site_id == bindparam("site_id"))
    .order_by(journal_entries.c.subject_id, journal_entries.c.subject_type, journal_entries.c.step)
)
_latest_log = Statement(
    select(func.max(view_logs.c.log_id)).where(
        view_logs.c.site_id == bindparam("site_id"), view_logs.c.device_id == bindparam("device_id")
    )
)
_openings = Statement(
    select(view_logs.c.log_id, journal_entries.c.bytes)
    .select_from(
        view_logs.join(
            journal_entries,
            and_(
                journal_entries.c.site_id == view_logs.c.site_id,
                journal_entries.c.log_id == view_logs.c.log_id,
                journal_entries.c.seq == 1,
            ),
        )
    )
    .where(view_logs.c.site_id == bindparam("site_id"), view_logs.c.device_id == bindparam("device_id"))
)
_count = Statement(
    select(func.count()).select_from(journal_entries).where(journal_entries.c.site_id == bindparam("site_id"))
)
_clock = Statement(select(local_clock.c.hlc).where(local_clock.c.clock_id == 1))
_end_of = Statement(
    select(
        journal_heads.c.seq,
        journal_heads.c.hash,
        journal_entries.c.hlc,
        select(local_clock.c.hlc).where(local_clock.c.clock_id == 1).scalar_subquery(),
    )
    .select_from(journal_heads.join(journal_entries, _IS_HEAD))
    .where(journal_heads.c.site_id == bindparam("site_id"), journal_heads.c.log_id == bindparam("log_id"))
)
_latest_hlc = Statement(
    select(func.max(journal_entries.c.hlc))
    .select_from(journal_heads.join(journal_entries, _IS_HEAD))
    .where(journal_heads.c.site_id == bindparam("site_id"), journal_entries.c.hlc <= bindparam("most"))
)
_set_clock = Statement(
    update(local_clock)
    .where(local_clock.c.clock_id == 1, local_clock.c.hlc < bindparam("most"))
    .values(hlc=bindparam("new_hlc"))
)
_start_clock = Statement(insert(local_clock))


class Head(msgspec.Struct, frozen=True, gc=False):
    """The last entry of a log: its number and hash."""

    log_id: str
    seq: int
    hash: bytes


class Journal:
    """The journal of one site on one store; every method runs in the caller's transaction."""

    def __init__(self, store: Store, site_id: str) -> None:
        self.store = store
        self.site_id = site_id

    def head(self, log_id: str) -> Head | None:
        row = self.store.one(_head, site_id=self.site_id, log_id=log_id)
        return Head(log_id, row[0], bytes(row[1])) if row else None

    def heads(self) -> tuple[Head, ...]:
        """List the heads of all logs, the version vector of this store."""
        return tuple(Head(log, seq, bytes(hash_)) for log, seq, hash_ in self.store.all(_heads, site_id=self.site_id))

    def heads_between(self, first: str, end: str) -> tuple[Head, ...]:
        """List the heads of the logs whose ids are not below `first` and below `end`."""
        rows = self.store.all(_heads_between, site_id=self.site_id, first=first, end=end)
        return tuple(Head(log, seq, bytes(hash_)) for log, seq, hash_ in rows)

    @staticmethod
    def hash_of(raw: bytes) -> bytes:
        return digest(raw)

    def latest_head_of(self, device_id: str) -> Head | None:
        """The head of the log that a device opened last; log ids are time-ordered."""
        row = self.store.one(_latest_log, site_id=self.site_id, device_id=device_id)
        return self.head(row[0]) if row and row[0] else None

    def last_start_of(self, device_id: str) -> Head | None:
        """The head of the log that no other log of a device names as the one before it.

        Ids cannot say which is the last: the clock may have been set back between two starts.
        """
        rows = self.store.all(_openings, site_id=self.site_id, device_id=device_id)
        named = {getattr(decode_entry(bytes(row[1])).fact, "previous_log", None) for row in rows}
        last = max((str(row[0]) for row in rows if row[0] not in named), default=None)
        return self.head(last) if last else None

    def count(self) -> int:
        row = self.store.one(_count, site_id=self.site_id)
        return int(row[0]) if row else 0

    def entries_of(self, subject: Subject) -> list[Entry]:
        return [
            decode_entry(row[0])
            for row in self.store.all(
                _of_subject, site_id=self.site_id, subject_id=subject.id, subject_type=subject.type
            )
        ]

    def bounded_facts(self, log_id: str) -> list[Any]:
        """What a log says of the kinds of which there may be too much (domain.bounds)."""
        return [decode_entry(row[0]).fact for row in self.store.all(_bounded, site_id=self.site_id, log_id=log_id)]

    def entry(self, entry_id: str) -> Entry | None:
        row = self.store.one(_by_id, site_id=self.site_id, entry_id=entry_id)
        return decode_entry(row[0]) if row else None

    def subjects(self) -> Iterator[tuple[Subject, list[Entry]]]:
        """Go through all subjects with their entries, without holding them all in memory."""
        subject: Subject | None = None
        entries: list[Entry] = []
        for kind, subject_id, raw in self.store.stream(_by_subject, site_id=self.site_id):
            if subject is None or subject != Subject(kind, subject_id):
                if subject is not None:
                    yield subject, entries
                subject, entries = Subject(kind, subject_id), []
            entries.append(decode_entry(raw))
        if subject is not None:
            yield subject, entries

    def forgotten_keys(self) -> frozenset[str]:
        """The key ids that the journal says are destroyed."""
        rows = self.store.all(_of_kind, site_id=self.site_id, kind="PersonForgotten")
        return frozenset(getattr(decode_entry(row[0]).fact, "key_id", "") for row in rows)

    def insert(self, written: Iterable[tuple[Entry, bytes]], *, moves_heads: bool = True) -> None:
        """Store entries whose chain the caller has checked, and move the heads of their logs.

        Without `moves_heads` the caller does that before the transaction ends.
        """
        rows, last = [], {}
        for entry, raw in written:
            hash_ = digest(raw)
            rows.append(
                {
                    "site_id": self.site_id,
                    "log_id": entry.log_id,
                    "seq": entry.seq,
                    "entry_id": entry.entry_id,
                    "kind": entry.kind,
                    "subject_type": entry.subject.type,
                    "subject_id": entry.subject.id,
                    "step": entry.step,
                    "hlc": entry.hlc,
                    "hash": hash_,
                    "bytes": raw,
                }
            )
            last[entry.log_id] = Head(entry.log_id, entry.seq, hash_)
        insert_rows(self.store, journal_entries, _add_entry, rows)
        if moves_heads:
            for head in last.values():
                self.move_head(head)

    def end_of(self, log_id: str, now_ms: int) -> tuple[Head | None, int]:
        """The head of an own log, and the reading of the hybrid logical clock that its next entry must exceed.

        The clock (Kulkarni et al. 2014) stands in what is stored: the last own entry and the latest foreign one that
        was followed; to keep it once more beside them would cost each command a page to encrypt and sync.
        """
        row = self.store.one(_end_of, site_id=self.site_id, log_id=log_id)
        if row is not None:
            return Head(log_id, row[0], bytes(row[1])), max(row[2], row[3] or 0)
        last = self.store.one(_latest_hlc, site_id=self.site_id, most=furthest_hlc(now_ms))
        followed = self.store.one(_clock)
        return None, max((row[0] for row in (last, followed) if row is not None and row[0] is not None), default=0)

    def merge_clock(self, remote_hlc: int, now_ms: int) -> bool:
        """Follow a clock seen in a received entry; False when it is too far ahead to be followed."""
        if remote_hlc >> _LOGICAL_BITS > furthest_hlc(now_ms) >> _LOGICAL_BITS:
            return False
        moved = self.store.run(_set_clock, new_hlc=remote_hlc, most=remote_hlc)
        if not moved and self.store.one(_clock) is None:
            self.store.run(_start_clock, clock_id=1, hlc=remote_hlc)
        return True

    def move_head(self, head: Head) -> None:
        """Note the last entry of a log."""
        moved = self.store.run(_move_head, of_site=self.site_id, of_log=head.log_id, seq=head.seq, hash=head.hash)
        if not moved:
            self.store.run(_add_head, site_id=self.site_id, log_id=head.log_id, seq=head.seq, hash=head.hash)


def furthest_hlc(now_ms: int) -> int:
    """The last reading of another clock that is followed now."""
    return (min(now_ms, _LAST_MS) + MAX_CLOCK_LEAD_MS) << _LOGICAL_BITS


def hlcs_after(known: int, now_ms: int, count: int) -> range:
    """The next readings of the hybrid logical clock after a known one."""
    first = max(min(now_ms, _LAST_MS) << _LOGICAL_BITS, known + 1)
    return range(first, first + count)


def chain_start(head: Head | None) -> tuple[int, bytes]:
    """The number and prev_hash that the next entry after a head must carry."""
    return (1, FIRST_PREV_HASH) if head is None else (head.seq + 1, head.hash)
