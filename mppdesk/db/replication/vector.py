"""The version vector of a site, kept in memory, and its summary in digests by day (docs/sync.md)."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection

import msgspec

from mppdesk.db.journal.logs import Head, Journal
from mppdesk.db.replication import arrivals
from mppdesk.db.sql import Store

_DAY_MS = 86_400_000
_ID_DIGITS_OF_TIME = 12
_ABOVE_ALL = "g"
_MODULUS = 2**128
_DIGEST_BYTES = 16
_is_id = re.compile(r"[0-9a-f]{32}").fullmatch


class Summary(msgspec.Struct, frozen=True):
    """A version vector in digests of 16 bytes: one for each day from `from_day` on, one for all days before."""

    from_day: int
    older: bytes
    days: dict[int, bytes]

    def differing(self, other: "Summary") -> list[int]:
        """The days whose digests differ; both summaries have the same `from_day`."""
        days = self.days.keys() | other.days.keys()
        return sorted(day for day in days if self.days.get(day) != other.days.get(day))


def is_log_id(text: str) -> bool:
    """Whether a text of another store may name a log at all."""
    return _is_id(text) is not None


def day_of_log(log_id: str) -> int:
    """The day since 1970 (UTC) in which a log was made, by the time in its id (RFC 9562, version 7)."""
    return int(log_id[:_ID_DIGITS_OF_TIME], 16) // _DAY_MS


class Vector:
    """A digest of the heads of each day; `own_log` is the one this process appends to itself, without an arrival.

    The heads themselves stay in the store: a centre that kept those of all its sites would need gigabytes. Remembered
    is only the day that was summed last, since that one changes again.
    """

    def __init__(self, site_id: str, own_log: str | None = None) -> None:
        self._site_id = site_id
        self._own_log = own_log
        self._place: arrivals.Place | None = None
        self._totals: dict[int, int] = defaultdict(int)
        self._weights: dict[Head, int] = {}
        self._summary: Summary | None = None

    def refresh(self, store: Store) -> None:
        """Sum anew the days whose logs changed since the last time: by arrivals, or the own one.

        One statement where nothing did, and no transaction: a head that moves between two statements is in the sum,
        and its arrival makes the next refresh sum that day again.
        """
        place = arrivals.place(store, self._site_id, self._own_log)
        if place == self._place:
            return
        before, self._place, self._summary = self._place, place, None
        journal = Journal(store, self._site_id)
        if before is None:
            for head in journal.heads():
                self._totals[day_of_log(head.log_id)] += _weight(head)
            return
        for day in self._changed(store, before, place):
            self._totals[day] = self._summed(journal.heads_between(_first_log(day), _first_log(day + 1)))

    def summary(self, from_day: int) -> Summary:
        """Summarise the heads read last."""
        if self._summary is None or self._summary.from_day != from_day:
            older = sum(total for day, total in self._totals.items() if day < from_day) % _MODULUS
            days = {day: _bytes(total % _MODULUS) for day, total in self._totals.items() if day >= from_day}
            self._summary = Summary(from_day, _bytes(older), days)
        return self._summary

    def heads_of(self, store: Store, days: Collection[int]) -> list[Head]:
        """The heads of the logs that were made in some days, oldest log first."""
        journal = Journal(store, self._site_id)
        known = sorted(self._totals.keys() & frozenset(days))
        return [head for day in known for head in journal.heads_between(_first_log(day), _first_log(day + 1))]

    def _changed(self, store: Store, before: arrivals.Place, place: arrivals.Place) -> set[int]:
        days: set[int] = set()
        if place.site_seq != before.site_seq:
            days.update(day_of_log(each.log_id) for each in arrivals.since(store, self._site_id, before.site_seq))
        if self._own_log is not None and place.own_seq != before.own_seq:
            days.add(day_of_log(self._own_log))
        return days

    def _summed(self, heads: Collection[Head]) -> int:
        known = self._weights
        self._weights = {head: known[head] if head in known else _weight(head) for head in heads}
        return sum(self._weights.values())


def _first_log(day: int) -> str:
    """What every id of a day's logs is not below; after the last day that an id can name, what is above all ids."""
    found = f"{day * _DAY_MS:0{_ID_DIGITS_OF_TIME}x}"
    return found if len(found) == _ID_DIGITS_OF_TIME else _ABOVE_ALL


def _weight(head: Head) -> int:
    """One head's part of a digest: an additive multiset hash (Bellare and Micciancio 1997)."""
    found = hashlib.sha256(f"{head.log_id}/{head.seq}/{head.hash.hex()}".encode()).digest()
    return int.from_bytes(found) % _MODULUS


def _bytes(total: int) -> bytes:
    return total.to_bytes(_DIGEST_BYTES)
