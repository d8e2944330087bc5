"""A building's past, laid down in bulk: finished tickets as real chained entries, six each, with their views."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from mppdesk.db.journal.codec import FACT_VERSION, encode_entry
from mppdesk.db.journal.logs import Head, Journal, chain_start
from mppdesk.db.projections.projection import rows_of
from mppdesk.db.projections.views import Changes
from mppdesk.db.sql import Store
from mppdesk.db.unit import Author, Writer
from mppdesk.domain import facts
from mppdesk.domain.entries import Actor, Entry, Subject, SubjectType
from mppdesk.domain.facts import Stop
from mppdesk.domain.office_day import number_blocks
from mppdesk.domain.ticket_number import ticket_number

TICKETS_A_DAY = 600
ENTRIES_A_TICKET = 6
_HUB = Actor("system", "hub")


class Past:
    """Writes a log of its own, as an earlier start of the program would have, ending the day before today."""

    def __init__(self, writer: Writer, stops: dict[str, Stop], counter: str) -> None:
        """`stops` by prefix; `counter` called them all."""
        self._writer = writer
        self._stops = list(stops.items())
        self._counter = counter
        self._author = Author(writer.ids.new(), writer.author.device_id, writer.author.public_key)
        self._head: Head | None = None
        self._now_ms = 0
        self._written: list[tuple[Entry, bytes]] = []
        self._views = Changes(writer.site_id)

    def lay_down(self, count: int) -> None:
        """Lay down `count` finished tickets, a transaction a day, and fold the write-ahead log away."""
        days = -(-count // TICKETS_A_DAY)
        for back in range(days, 0, -1):
            first = (days - back) * TICKETS_A_DAY
            self._day(back, min(TICKETS_A_DAY, count - first))
            with self._writer.database.writing() as store:
                self._store(store)
        self._writer.database.checkpoint(truncate=True)

    def _day(self, back: int, count: int) -> None:
        morning = self._writer.now() - timedelta(days=back)
        day, self._now_ms = morning.date().isoformat(), int(morning.timestamp() * 1000)
        if self._head is None:
            opened = facts.LogOpened(
                device_id=self._author.device_id,
                public_key=self._author.public_key,
                app_version="0",
                previous_log=None,
                previous_head=None,
            )
            self._record(Subject(SubjectType.LOG, self._author.log_id), [opened])
        opening = facts.DayOpened(command_id="", term=1, day=day, blocks=number_blocks(()))
        self._record(Subject(SubjectType.SERVICE_DAY, self._writer.ids.new()), [opening])
        for index in range(count):
            subject = Subject(SubjectType.VISIT, self._writer.ids.new())
            self._record(subject, list(self._ticket(day, index)))

    def _ticket(self, day: str, index: int) -> Iterator[Any]:
        prefix, stop = self._stops[index % len(self._stops)]
        number = 1 + index // len(self._stops)
        new = self._writer.ids.new
        yield facts.TicketIssued(
            command_id=new(),
            term=1,
            day=day,
            prefix=prefix,
            number=number,
            digits=3,
            issuer_no=0,
            position=1024 * (index + 1),
            token=self._writer.ids.token(),
            stops=(stop,),
        )
        act: dict[str, Any] = {
            "term": 1,
            "day": day,
            "number": ticket_number(prefix, number, 3),
            "service": stop.service,
            "counter": self._counter,
            "counter_label": "Loket 1",
        }
        calls = 3 * index + 1
        yield facts.TicketCalled(command_id=new(), ordinal=calls, why="longest_wait", **act)
        yield facts.TicketRecalled(command_id=new(), ordinal=calls + 1, **act)
        yield facts.TicketRecalled(command_id=new(), ordinal=calls + 2, **act)
        yield facts.ServiceStarted(command_id=new(), **act)
        yield facts.TicketFinished(command_id=new(), outcome="served", **act)

    def _record(self, subject: Subject, facts_: list[Any]) -> None:
        entries = []
        for step, fact in enumerate(facts_, start=1):
            entry = self._entry(subject, step, fact)
            raw = encode_entry(entry)
            self._head = Head(entry.log_id, entry.seq, Journal.hash_of(raw))
            entries.append(entry)
            self._written.append((entry, raw))
        self._views.add({}, rows_of(subject, entries), entries)

    def _store(self, store: Store) -> None:
        """Store what was recorded since the last time; a statement for each ticket takes a third longer."""
        Journal(store, self._writer.site_id).insert(self._written)
        self._views.write(store)
        self._written, self._views = [], Changes(self._writer.site_id)

    def _entry(self, subject: Subject, step: int, fact: Any) -> Entry:
        seq, prev_hash = chain_start(self._head)
        self._now_ms += 1
        return Entry(
            log_id=self._author.log_id,
            seq=seq,
            prev_hash=prev_hash,
            entry_id=self._writer.ids.new(),
            kind=type(fact).__name__,
            version=FACT_VERSION,
            subject=subject,
            step=step,
            hlc=self._now_ms << 16,
            wall_ms=self._now_ms,
            utc_offset_min=self._writer.utc_offset_min(),
            actor=_HUB,
            site_id=self._writer.site_id,
            fact=fact,
        )
