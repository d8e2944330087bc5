"""This store as one of many that hold a site's journal: what it gives and what it takes (docs/sync.md)."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from msgspec.structs import replace
from sqlalchemy import and_, bindparam, insert, select

from mppdesk.db import numbers_issued
from mppdesk.db.journal.codec import MAX_ENTRY_BYTES, BrokenEntry, decode_entry
from mppdesk.db.journal.logs import Head, Journal, chain_start, furthest_hlc
from mppdesk.db.projections import views
from mppdesk.db.replication import arrivals
from mppdesk.db.replication.copied_folders import COPIED_FOLDER, comes_from_a_copy
from mppdesk.db.replication.segments import MAX_SEGMENT_BYTES, MAX_SEGMENT_ENTRIES, Segment, signed_text
from mppdesk.db.replication.signing import Signer, is_signed
from mppdesk.db.replication.sync_tables import journal_signatures
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import journal_entries, journal_heads, view_logs
from mppdesk.domain.bounds import BOUNDED_KINDS, is_too_much
from mppdesk.domain.entitlement import Entitlement, Rank, entitlement_of
from mppdesk.domain.entries import LAST_STEP, Entry, Subject, SubjectType
from mppdesk.domain.facts import LogOpened, PersonForgotten

_entries = journal_entries.c
_heads = journal_heads.c
_signatures = journal_signatures.c

_device_of_log = (
    select(view_logs.c.device_id)
    .where(view_logs.c.site_id == bindparam("of_site"), view_logs.c.log_id == bindparam("of_log"))
    .scalar_subquery()
)
_from = Statement(
    select(_entries.seq, _entries.hash, _entries.bytes, _device_of_log)
    .where(
        _entries.site_id == bindparam("site_id"),
        _entries.log_id == bindparam("log_id"),
        _entries.seq >= bindparam("first"),
    )
    .order_by(_entries.seq)
    .limit(1 + MAX_SEGMENT_ENTRIES)
)
_at = Statement(
    select(_entries.hash, _entries.bytes).where(
        _entries.site_id == bindparam("site_id"),
        _entries.log_id == bindparam("log_id"),
        _entries.seq == bindparam("seq"),
    )
)
_opening_and_head = Statement(
    select(_entries.bytes, _heads.seq, _heads.hash)
    .select_from(
        journal_heads.join(
            journal_entries,
            and_(_entries.site_id == _heads.site_id, _entries.log_id == _heads.log_id, _entries.seq == 1),
        )
    )
    .where(_heads.site_id == bindparam("site_id"), _heads.log_id == bindparam("log_id"))
)
_last_signed = Statement(
    select(_signatures.seq, _signatures.signature)
    .where(
        _signatures.site_id == bindparam("site_id"),
        _signatures.log_id == bindparam("log_id"),
        _signatures.seq.between(bindparam("first"), bindparam("last")),
    )
    .order_by(_signatures.seq.desc())
    .limit(1)
)
_add_signature = Statement(insert(journal_signatures))

_LONGEST_NAME = 128
_MOST_ENTRIES = 2**53
# Who may bring logs, and which ones a device brought already, must be known before the next log comes.
FOLDED_AT_ONCE = (SubjectType.STATION, SubjectType.LOG)
_IS_ID = re.compile(r"[0-9a-f]{32}").fullmatch

Admits = Callable[[str, bytes], Rank | None]
"""The rank that the device with this id and public key has at least: that of its place now, and of a hub for the one
that set the site up; None for a stranger, whose logs are not taken."""

NOT_ENTITLED = "not_entitled"
"""Why a log of an admitted device is held: it has an entry that such a device may not write."""
TOO_MUCH = "too_much"
"""Why as well: it says more of what takes numbers and dates away from others than an honest computer does."""


class Outcome(StrEnum):
    """What became of a segment; `docs/sync.md` says what the sender does then."""

    STORED = "stored"
    NEED = "need"
    FORK = "fork"
    HELD = "held"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Taken:
    """The outcome, the head here after it, and what the takers of news must know.

    `warning` is what a person has to know of a log that goes on.
    """

    log_id: str
    outcome: Outcome
    head: Head | None
    reason: str = ""
    device_id: str = ""
    added: tuple[Entry, ...] = ()
    warning: str = ""

    @property
    def topics(self) -> frozenset[str]:
        """The types of subject that changed."""
        return frozenset(entry.subject.type for entry in self.added)

    @property
    def forgotten(self) -> frozenset[str]:
        """The data keys that the added entries say are destroyed."""
        return frozenset(entry.fact.key_id for entry in self.added if isinstance(entry.fact, PersonForgotten))


class Unacceptable(Exception):
    """A segment that cannot be taken, with the word for its sender."""

    def __init__(self, outcome: Outcome, reason: str, device_id: str = "") -> None:
        super().__init__(reason)
        self.outcome, self.reason, self.device_id = outcome, reason, device_id


class Replica:
    """The journal of one site in the caller's transaction."""

    def __init__(self, store: Store, site_id: str) -> None:
        self._store = store
        self._site_id = site_id
        self._journal = Journal(store, site_id)

    def cut(self, log_id: str, after: int, signer: Signer | None = None) -> Segment | None:
        """Cut the entries that follow a number, up to a head that is signed, or that the signer's own device signs.

        None when there are none, or none that anybody could check, or when what is asked names no log.
        """
        if not _IS_ID(log_id) or not 0 <= after < _MOST_ENTRIES:
            return None
        rows = self._store.all(
            _from, site_id=self._site_id, log_id=log_id, first=after, of_site=self._site_id, of_log=log_id
        )
        prev_hash = bytes(rows.pop(0)[1]) if rows and after else chain_start(None)[1]
        entries = _within_size(bytes(row[2]) for row in rows[:MAX_SEGMENT_ENTRIES])
        if not entries:
            return None
        unsigned = Segment(log_id, after + 1, prev_hash, entries, b"")
        if signer is not None and rows[0][3] == signer.device_id:
            return self._signed(unsigned, signer)
        return self._cut_at_signature(unsigned)

    def take(self, segment: Segment, admits: Admits, now_ms: int, *, is_folded: bool = True) -> Taken:
        """Store what a segment has beyond the head here and fold it into the views; the caller commits.

        With `is_folded` false this store keeps for many sites and writes nothing itself: its clock follows nobody's,
        and the views follow later by the numbers of `arrivals`, except those that say whose logs there are. Raises
        nothing for what a peer sent, except the driver's own error when an entry id is used twice in different logs.
        """
        if not _IS_ID(segment.log_id):
            return Taken("", Outcome.REFUSED, None, "log_id")
        site_seq = arrivals.lock_site(self._store, self._site_id)
        opening, head = self._opening_and_head(segment.log_id)
        try:
            new = self._checked(segment, opening, head, admits)
        except Unacceptable as why:
            return Taken(segment.log_id, why.outcome, head, why.reason, why.device_id)
        if not new:
            return Taken(segment.log_id, Outcome.STORED, head)
        self._insert(segment, new, site_seq, is_folded=is_folded)
        added = tuple(entry for entry, _ in new)
        if is_folded:
            self._follow_clock(added, now_ms)
            self.fold(added)
        else:
            self.fold(tuple(entry for entry in added if entry.subject.type in FOLDED_AT_ONCE))
        return Taken(segment.log_id, Outcome.STORED, segment.head, added=added, warning=self._warning(added[0]))

    def fold(self, added: tuple[Entry, ...]) -> None:
        """Bring the views of the subjects of stored entries up to date."""
        of_subject: dict[Subject, list[Entry]] = defaultdict(list)
        for entry in added:
            of_subject[entry.subject].append(entry)
        for subject, entries in of_subject.items():
            views.refresh(self._store, self._site_id, subject, self._journal.entries_of(subject), entries)
        numbers_issued.learn(self._store, self._site_id, added)

    def _warning(self, first: Entry) -> str:
        is_start = first.seq == 1 and isinstance(first.fact, LogOpened)
        return COPIED_FOLDER if is_start and comes_from_a_copy(self._journal, first.log_id, first.fact) else ""

    def _checked(
        self, segment: Segment, opening: Entry | None, head: Head | None, admits: Admits
    ) -> list[tuple[Entry, bytes]]:
        """The entries beyond the head here, of a segment that holds together and comes from an admitted device."""
        made = segment.heads()
        entries = _decoded(segment, made, self._site_id)
        have = head.seq if head else 0
        if segment.first_seq > have + 1:
            raise Unacceptable(Outcome.NEED, "gap")
        self._check_chain(segment, made, head)
        if segment.last_seq <= have:
            return []
        opening = opening or entries[0]
        rank = _rank_of_author(opening, signed_text(self._site_id, made[-1]), segment, admits)
        beyond = have + 1 - segment.first_seq
        self._check_entitled(opening.fact, Entitlement(rank), entries[beyond:])
        self._check_bounds(opening.fact, Entitlement(rank), segment.log_id, entries[beyond:])
        return list(zip(entries, segment.entries, strict=True))[beyond:]

    def _check_entitled(self, author: LogOpened, given: Entitlement, entries: list[Entry]) -> None:
        """What an admitted device may not write waits until a place in the building entitles it (decision 0016)."""
        doubtful = [entry for entry in entries if not given.allows(entry)]
        if not doubtful:
            return
        earned = self._earned(author)
        if not all(earned.allows(entry) for entry in doubtful):
            raise Unacceptable(Outcome.HELD, NOT_ENTITLED, author.device_id)

    def _check_bounds(self, author: LogOpened, given: Entitlement, log_id: str, entries: list[Entry]) -> None:
        """A station may take numbers and dates for itself, but not those of everybody (decision 0022)."""
        new = [entry.fact for entry in entries if entry.kind in BOUNDED_KINDS]
        if not new or given.rank is Rank.HUB or not is_too_much([*self._journal.bounded_facts(log_id), *new]):
            return
        if self._earned(author).rank is not Rank.HUB:
            raise Unacceptable(Outcome.HELD, TOO_MUCH, author.device_id)

    def _earned(self, author: LogOpened) -> Entitlement:
        enrolments = self._journal.entries_of(Subject(SubjectType.STATION, author.device_id))
        return entitlement_of(enrolments, author.public_key)

    def _check_chain(self, segment: Segment, made: list[Head], head: Head | None) -> None:
        """What both sides have must be the same; the new part must go on from the head here."""
        if head is not None and head.seq >= segment.first_seq:
            both = min(head.seq, segment.last_seq)
            row = self._store.one(_at, site_id=self._site_id, log_id=segment.log_id, seq=both)
            same = row is not None and bytes(row[0]) == made[both - segment.first_seq].hash
        else:
            same = (segment.first_seq, segment.prev_hash) == chain_start(head)
        if not same:
            raise Unacceptable(Outcome.FORK, "fork")

    def _opening_and_head(self, log_id: str) -> tuple[Entry | None, Head | None]:
        """The first entry of a log here and its head; None of both when nothing of it is here."""
        row = self._store.one(_opening_and_head, site_id=self._site_id, log_id=log_id)
        return (decode_entry(row[0]), Head(log_id, row[1], bytes(row[2]))) if row else (None, None)

    def _insert(self, segment: Segment, new: list[tuple[Entry, bytes]], site_seq: int, *, is_folded: bool) -> None:
        self._journal.insert(new)
        arrived = arrivals.Arrival(site_seq + len(new), segment.log_id, segment.last_seq, len(new))
        arrivals.note(self._store, self._site_id, arrived, is_folded)
        self._store.run(
            _add_signature,
            site_id=self._site_id,
            log_id=segment.log_id,
            seq=segment.last_seq,
            signature=segment.signature,
        )

    def _follow_clock(self, added: tuple[Entry, ...], now_ms: int) -> None:
        limit = furthest_hlc(now_ms)
        followed = max((entry.hlc for entry in added if entry.hlc <= limit), default=0)
        if followed:
            self._journal.merge_clock(followed, now_ms)

    def _signed(self, unsigned: Segment, signer: Signer) -> Segment:
        return replace(unsigned, signature=signer.sign(signed_text(self._site_id, unsigned.head)))

    def _cut_at_signature(self, unsigned: Segment) -> Segment | None:
        first, last = unsigned.first_seq, unsigned.last_seq
        row = self._store.one(_last_signed, site_id=self._site_id, log_id=unsigned.log_id, first=first, last=last)
        if row is None:
            return None
        kept = unsigned.entries[: row[0] + 1 - first]
        return replace(unsigned, entries=kept, signature=bytes(row[1]))


def _within_size(raws: Iterable[bytes]) -> tuple[bytes, ...]:
    """As many entries as one segment may carry; always one."""
    kept: list[bytes] = []
    size = 0
    for raw in raws:
        size += len(raw)
        if kept and size > MAX_SEGMENT_BYTES:
            break
        kept.append(raw)
    return tuple(kept)


def _decoded(segment: Segment, made: list[Head], site_id: str) -> list[Entry]:
    """The entries, when sizes, numbers, site and inner chain are right."""
    if not 0 < len(segment.entries) <= MAX_SEGMENT_ENTRIES or segment.first_seq < 1:
        raise Unacceptable(Outcome.REFUSED, "segment_size")
    if segment.size > MAX_SEGMENT_BYTES + MAX_ENTRY_BYTES or any(len(raw) > MAX_ENTRY_BYTES for raw in segment.entries):
        raise Unacceptable(Outcome.REFUSED, "entry_size")
    try:
        entries = [decode_entry(raw) for raw in segment.entries]
    except BrokenEntry as error:
        raise Unacceptable(Outcome.REFUSED, "broken_entry") from error
    for seq, entry in enumerate(entries, segment.first_seq):
        if (entry.log_id, entry.seq, entry.site_id) != (segment.log_id, seq, site_id):
            raise Unacceptable(Outcome.REFUSED, "wrong_place")
        if not _fits_tables(entry):
            raise Unacceptable(Outcome.REFUSED, "broken_entry")
    links = [segment.prev_hash, *(head.hash for head in made)]
    if any(entry.prev_hash != link for entry, link in zip(entries, links, strict=False)):
        raise Unacceptable(Outcome.REFUSED, "broken_chain")
    return entries


def _fits_tables(entry: Entry) -> bool:
    """Whether the envelope's names can stand in both databases, and its step is one that a program may write."""
    names = (entry.entry_id, entry.kind, entry.subject.type, entry.subject.id, entry.actor.user, entry.actor.via)
    return entry.step <= LAST_STEP and "".join(names).isprintable() and max(map(len, names)) <= _LONGEST_NAME


def _rank_of_author(opening: Entry, signed: bytes, segment: Segment, admits: Admits) -> Rank:
    """The first entry of a log names its device; an admitted device must have signed the segment."""
    fact = opening.fact
    if not isinstance(fact, LogOpened) or opening.subject.id != segment.log_id or not _IS_ID(fact.device_id):
        raise Unacceptable(Outcome.REFUSED, "no_opening")
    if not is_signed(fact.public_key, segment.signature, signed):
        raise Unacceptable(Outcome.REFUSED, "signature")
    rank = admits(fact.device_id, fact.public_key)
    if rank is None:
        raise Unacceptable(Outcome.HELD, "unknown_device", fact.device_id)
    return rank
