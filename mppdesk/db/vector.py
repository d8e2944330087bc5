"""The version vector of a site, kept in memory, and its summary in digests by day (docs/sync.md)."""

import hashlib
from collections import defaultdict
from collections.abc import Collection

import msgspec

from mppdesk.db import arrivals
from mppdesk.db.journal import Head, Journal
from mppdesk.db.sql import Store

_DAY_MS = 86_400_000
_ID_DIGITS_OF_TIME = 12
_MODULUS = 2**128
_DIGEST_BYTES = 16


class Summary(msgspec.Struct, frozen=True):
    """A version vector in digests of 16 bytes: one for each day from `from_day` on, one for all days before."""

    from_day: int
    older: bytes
    days: dict[int, bytes]

    def differing(self, other: "Summary") -> list[int]:
        """The days whose digests differ; both summaries have the same `from_day`."""
        days = self.days.keys() | other.days.keys()
        return sorted(day for day in days if self.days.get(day) != other.days.get(day))


def day_of_log(log_id: str) -> int:
    """The day since 1970 (UTC) in which a log was made, by the time in its id (RFC 9562, version 7)."""
    return int(log_id[:_ID_DIGITS_OF_TIME], 16) // _DAY_MS


class Vector:
    """The heads of all logs; `own_log` is the one this process appends to itself, without an arrival."""

    def __init__(self, site_id: str, own_log: str | None = None) -> None:
        self._site_id = site_id
        self._own_log = own_log
        self._seen = -1
        self._heads: dict[str, Head] = {}
        self._totals: dict[int, int] = defaultdict(int)

    def refresh(self, store: Store) -> None:
        """Read what changed since the last time: the logs that arrived, and the own one."""
        journal = Journal(store, self._site_id)
        if self._seen < 0:
            changed = list(journal.heads())
            self._seen = arrivals.last(store, self._site_id)
        else:
            logs = self._arrived(store)
            changed = [head for log in logs if (head := journal.head(log)) is not None]
        for head in changed:
            self._put(head)

    def summary(self, from_day: int) -> Summary:
        """Summarise the heads read last."""
        older = sum(total for day, total in self._totals.items() if day < from_day) % _MODULUS
        days = {day: _bytes(total) for day, total in self._totals.items() if day >= from_day}
        return Summary(from_day, _bytes(older), days)

    def heads_of(self, days: Collection[int]) -> list[Head]:
        """The heads of the logs that were made in some days, oldest log first."""
        found = frozenset(days)
        return [head for log, head in sorted(self._heads.items()) if day_of_log(log) in found]

    def _arrived(self, store: Store) -> set[str]:
        logs = {self._own_log} if self._own_log else set()
        for arrival in arrivals.since(store, self._site_id, self._seen):
            logs.add(arrival.log_id)
            self._seen = arrival.last_site_seq
        return logs

    def _put(self, head: Head) -> None:
        before, day = self._heads.get(head.log_id), day_of_log(head.log_id)
        gone = _weight(before) if before else 0
        self._totals[day] = (self._totals[day] - gone + _weight(head)) % _MODULUS
        self._heads[head.log_id] = head


def _weight(head: Head) -> int:
    """One head's part of a digest: an additive multiset hash (Bellare and Micciancio 1997)."""
    found = hashlib.sha256(f"{head.log_id}/{head.seq}/{head.hash.hex()}".encode()).digest()
    return int.from_bytes(found) % _MODULUS


def _bytes(total: int) -> bytes:
    return total.to_bytes(_DIGEST_BYTES)
