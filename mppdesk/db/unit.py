"""One transaction: entries, the views folded from them, sealed fields and print jobs, then one word of what changed."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, insert, select

from mppdesk import __version__
from mppdesk.db import numbers_issued
from mppdesk.db.engine import Database
from mppdesk.db.journal.codec import FACT_VERSION, encode_entry, encode_slip
from mppdesk.db.journal.logs import Head, Journal, chain_start, hlcs_after
from mppdesk.db.own_rank import OwnRank
from mppdesk.db.paper.tables import local_print_jobs
from mppdesk.db.privacy.sealing import NONCE_BYTES, DataKeys, seal, seal_paper, sealed_in
from mppdesk.db.privacy.search import SearchTable
from mppdesk.db.projections import views
from mppdesk.db.projections.projection import Rows, rows_of, visit_rows
from mppdesk.db.remembered import Remembered
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import view_submissions
from mppdesk.domain.entries import LAST_STEP, SYSTEM_USER, Actor, Draft, Entry, Subject, SubjectType
from mppdesk.domain.facts import LogClosed, LogOpened, TicketClaimedOffline, TicketIssued
from mppdesk.domain.fold import Folding
from mppdesk.domain.hub import SlipOrder
from mppdesk.domain.print_job import JobState
from mppdesk.domain.submission import Submission, fold_submission
from mppdesk.domain.visit import Visit, folding_visit
from mppdesk.operations.ports import Clock, Ids

_add_job = Statement(insert(local_print_jobs))
_submissions_of = Statement(
    select(view_submissions.c.submission_id)
    .where(
        view_submissions.c.site_id == bindparam("site_id"),
        view_submissions.c.visit_id == bindparam("visit_id"),
        view_submissions.c.service == bindparam("service"),
    )
    .order_by(view_submissions.c.submission_id.desc())
)

Listener = Callable[[frozenset[str]], None]


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes this log: minted at each start of the program, never used again by another (DESIGN 4)."""

    log_id: str
    device_id: str
    public_key: bytes


class ChangeRelay:
    """Tells listeners once after each commit which topics changed."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._lock = Lock()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        with self._lock:
            self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, topics: frozenset[str]) -> None:
        for listener in tuple(self._listeners):
            listener(topics)


class WriteUnit:
    """The open transaction. Clock, step, head and numbers are read from the store in it.

    `has_written`: from here on only rolling back undoes what it did.
    """

    def __init__(
        self, writer: "Writer", store: Store, actor: Actor, remembered: Remembered, *, is_shared: bool = False
    ) -> None:
        """With `is_shared` there are others in this transaction: the head of the log is moved once for all of them."""
        self._writer = writer
        self._is_shared = is_shared
        self.remembered = remembered
        self._store = store
        self._actor = actor
        self._journal = Journal(store, writer.site_id)
        self._subjects: dict[Subject, list[Entry]] = {}
        self._made_ids: set[str] = set()
        self.topics: set[str] = set()
        self.has_written = False

    @property
    def store(self) -> Store:
        return self._store

    @property
    def journal(self) -> Journal:
        return self._journal

    def new_id(self) -> str:
        made = self._writer.ids.new()
        self._made_ids.add(made)
        return made

    def forget(self) -> None:
        """The journal was changed in this transaction by other means than `record`: read again what is needed."""
        self.remembered = Remembered()
        self._subjects.clear()

    def entries_of(self, subject: Subject) -> list[Entry]:
        """The entries of a subject, those recorded in this transaction included."""
        is_visit = subject.type == SubjectType.VISIT
        entries = (self.remembered.entries if is_visit else self._subjects).get(subject)
        if entries is None:
            # About an id that this transaction made, nobody can have recorded anything before.
            entries = [] if subject.id in self._made_ids else self._journal.entries_of(subject)
            if is_visit:
                self.remembered.keep_visit(subject, entries)
            else:
                self._subjects[subject] = entries
        return entries

    def folding_of(self, visit: Subject) -> Folding[Visit]:
        """The fold of a visit, those entries included that are recorded in this transaction."""
        folding = self.remembered.visits.get(visit)
        if folding is None:
            folding = self.remembered.visits[visit] = folding_visit(self.entries_of(visit))
        return folding

    def visit_of(self, subject: Subject) -> Visit | None:
        return self.folding_of(subject).state

    def record(self, *drafts: Draft) -> tuple[Entry, ...]:
        """Append facts to this start's log and fold them into the views.

        Raises NotAllowed for facts that only another computer of the building may record.
        """
        self._writer.own_rank.require(self._journal, drafts)
        self.has_written = True
        asked, now_ms = len(drafts), self._writer.now_ms()
        head, known_hlc = self.remembered.end_of_log or self._journal.end_of(self._writer.author.log_id, now_ms)
        drafts = drafts if head else (self._opening(), *drafts)
        stood = {subject: self._rows_of(subject) for subject in dict.fromkeys(draft.subject for draft in drafts)}
        written: list[tuple[Entry, bytes]] = []
        for draft, hlc in zip(drafts, hlcs_after(known_hlc, now_ms, len(drafts)), strict=True):
            entry = self._entry(draft, head, now_ms, hlc)
            raw = encode_entry(entry)
            written.append((entry, raw))
            self.entries_of(draft.subject).append(entry)
            head = Head(entry.log_id, entry.seq, self._journal.hash_of(raw))
        self._journal.insert(written, moves_heads=not self._is_shared)
        recorded = [entry for entry, _ in written]
        if recorded:
            self.remembered.end_of_log = (head, recorded[-1].hlc)
        SearchTable(self._store, self._writer.search_key).learn_from(self._writer.site_id, recorded)
        for subject, before in stood.items():
            self._refresh(subject, before, [entry for entry in recorded if entry.subject == subject])
        return tuple(recorded[-asked:])

    def print(self, order: SlipOrder, job_id: str | None = None, state: JobState = JobState.QUEUED) -> str:
        """Queue a slip; it comes out after the commit, or the next start finds it."""
        self.has_written = True
        job_id, now_ms = job_id or self.new_id(), self._writer.now_ms()
        key = DataKeys(self._store).of_subject(order.personal) if order.personal else None
        slip = encode_slip(order.slip)
        self._store.run(
            _add_job,
            job_id=job_id,
            printer=order.printer,
            slip=seal_paper(key.key, job_id, slip, secrets.token_bytes(NONCE_BYTES)) if key else slip,
            kind=str(order.slip.kind),
            subject_id=order.subject_id,
            label=order.label,
            key_id=key.key_id if key else None,
            copy_number=order.copy_number,
            state=str(state),
            cause=None,
            attempts=0,
            bytes_given=0,
            created_ms=now_ms,
            changed_ms=now_ms,
        )
        self.topics.add("print_jobs")
        return job_id

    def submission_of(self, visit: str, service: str) -> Submission | None:
        """The submission that a visit has for a service."""
        for row in self._store.all(_submissions_of, site_id=self._writer.site_id, visit_id=visit, service=service):
            folded = fold_submission(self.entries_of(Subject(SubjectType.SUBMISSION, row[0])))
            if folded.state is not None:
                return folded.state
        return None

    def close_log(self) -> None:
        """Say that this log ends in order; a log that was never opened stays unwritten."""
        log_id = self._writer.author.log_id
        if self._journal.head(log_id):
            self.record(Draft(self.new_id(), Subject(SubjectType.LOG, log_id), LogClosed(), by_system=True))

    def _opening(self) -> Draft:
        author, previous = self._writer.author, self._writer.previous_head(self._journal)
        fact = LogOpened(
            device_id=author.device_id,
            public_key=author.public_key,
            app_version=__version__,
            previous_log=previous.log_id if previous else None,
            previous_head=previous.hash if previous else None,
        )
        return Draft(self.new_id(), Subject(SubjectType.LOG, author.log_id), fact, by_system=True)

    def _rows_of(self, subject: Subject) -> Rows:
        if subject.type == SubjectType.VISIT:
            return visit_rows(subject, self.folding_of(subject).folded)
        return rows_of(subject, self.entries_of(subject))

    def _refresh(self, subject: Subject, before: Rows, added: list[Entry]) -> None:
        """Move a subject's rows on from what they were before the added entries."""
        if subject in self.remembered.visits:
            self.remembered.visits[subject].go_on(added)
        after = self._rows_of(subject)
        views.move_on(self._store, self._writer.site_id, before, after, added)
        self.remembered.note(subject, before, after)
        self.topics.add(subject.type)

    def _entry(self, draft: Draft, head: Head | None, now_ms: int, hlc: int) -> Entry:
        seq, prev_hash = chain_start(head)
        before = self.entries_of(draft.subject)
        if isinstance(draft.fact, TicketIssued):
            numbers_issued.take(self._store, self._writer.site_id, draft.subject.id, draft.fact)
            self.remembered.note_number(draft.fact.day, draft.fact.prefix, draft.fact.number)
        return Entry(
            log_id=self._writer.author.log_id,
            seq=seq,
            prev_hash=prev_hash,
            entry_id=draft.entry_id,
            kind=type(draft.fact).__name__,
            version=FACT_VERSION,
            subject=draft.subject,
            # Never beyond what others take, even after somebody wrote the last step there is.
            step=min(LAST_STEP, 1 + max((entry.step for entry in before), default=0)),
            hlc=hlc,
            wall_ms=now_ms,
            utc_offset_min=self._writer.utc_offset_min(),
            actor=Actor(SYSTEM_USER, self._actor.via) if draft.by_system else self._actor,
            site_id=self._writer.site_id,
            fact=self._sealed(draft),
        )

    def _sealed(self, draft: Draft) -> Any:
        """The fact with its secrets sealed."""
        if not draft.secrets:
            return draft.fact
        agency = self._writer.agency_of(self.entries_of(draft.subject), draft.fact)
        used = self._used_keys(draft.subject)
        key = DataKeys(self._store).for_sealing(draft.subject, agency, used, self.new_id, secrets.token_bytes)
        sealed = {
            field: seal(key, draft.entry_id, field, text, secrets.token_bytes(NONCE_BYTES))
            for field, text in draft.secrets.items()
        }
        return replace(draft.fact, **sealed)

    def _used_keys(self, subject: Subject) -> Iterator[str]:
        """The keys under which this start of the program has sealed texts about a subject, by its own log."""
        own = (entry for entry in self.entries_of(subject) if entry.log_id == self._writer.author.log_id)
        return (sealed.key_id for entry in own for _, sealed in sealed_in(entry))


class Writer:
    """Begins the transactions of this process on one database."""

    def __init__(
        self,
        database: Database,
        *,
        site_id: str,
        author: Author,
        clock: Clock,
        ids: Ids,
        zone: ZoneInfo,
        search_key: bytes,
    ) -> None:
        self.database = database
        self.site_id = site_id
        self.author = author
        self.clock = clock
        self.ids = ids
        self.zone = zone
        self.search_key = search_key
        self.changes = ChangeRelay()
        self.own_rank = OwnRank(author.device_id, author.public_key, author.log_id)
        self._remembered = 0, Remembered()

    @contextmanager
    def begin(self, actor: Actor) -> Iterator[WriteUnit]:
        """Begin a transaction; committed and synced when the block ends, then the listeners are told."""
        with self.database.writing() as store:
            turn, remembered = self._recalled()
            unit = WriteUnit(self, store, actor, remembered)
            yield unit
        self._settle(turn, unit.remembered)
        if unit.topics:
            self.changes.tell(frozenset(unit.topics))

    @contextmanager
    def sharing(self) -> Iterator[Callable[[Actor], WriteUnit]]:
        """Begin one transaction for several actors: each gets a unit of its own; one commit for all."""
        units: list[WriteUnit] = []
        with self.database.writing() as store:
            turn, remembered = self._recalled()

            def part(actor: Actor) -> WriteUnit:
                units.append(WriteUnit(self, store, actor, remembered, is_shared=True))
                return units[-1]

            yield part
            # Once for all of them: each would write the same row.
            if remembered.end_of_log is not None and remembered.end_of_log[0] is not None:
                Journal(store, self.site_id).move_head(remembered.end_of_log[0])
        self._settle(turn, remembered)
        topics = frozenset(topic for unit in units for topic in unit.topics)
        if topics:
            self.changes.tell(topics)

    def _recalled(self) -> tuple[int, Remembered]:
        """The number of the transaction that has begun, and what it need not read again.

        That is what the one before it left, unless somebody else had a turn meanwhile or it was rolled back.
        """
        turn = self.database.journal_turns
        last_turn, remembered = self._remembered
        return turn, remembered if last_turn == turn - 1 else Remembered()

    def _settle(self, turn: int, remembered: Remembered) -> None:
        """A transaction is committed."""
        remembered.settle()
        self._remembered = turn, remembered

    def now(self) -> datetime:
        return self.clock.now().astimezone(self.zone)

    def now_ms(self) -> int:
        return int(self.clock.now().timestamp() * 1000)

    def utc_offset_min(self) -> int:
        offset = self.now().utcoffset()
        return int(offset.total_seconds() // 60) if offset else 0

    def previous_head(self, journal: Journal) -> Head | None:
        """The log that this device wrote last."""
        return journal.last_start_of(self.author.device_id)

    def agency_of(self, entries: list[Entry], fact: Any) -> str:
        """The agency whose stations may read what is sealed here."""
        for entry in reversed(entries):
            agency = getattr(entry.fact, "agency", None)
            if isinstance(agency, str):
                return agency
            if isinstance(entry.fact, TicketIssued):
                return entry.fact.stops[0].agency
            if isinstance(entry.fact, TicketClaimedOffline) and entry.fact.paper is not None:
                return entry.fact.paper.stop.agency
        return str(getattr(fact, "agency", ""))
