"""The building as a deciding transaction sees it: domain.hub.HubView over the view tables."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from mppdesk.db import numbers_issued
from mppdesk.db.deciding import hub_questions as questions
from mppdesk.db.deciding.hub_seats import kiosk_issuers, next_issuer
from mppdesk.db.deciding.restores import last_restored_log, last_restored_ms, restore_told_in, restores_since
from mppdesk.db.journal.logs import Journal
from mppdesk.db.projections.day_rows import chosen_services, counter_day_of, service_day_of
from mppdesk.db.reading.reference import Reference
from mppdesk.db.remembered import Remembered
from mppdesk.db.sql import Statement, Store
from mppdesk.domain.calling import RecentCall, Waiting
from mppdesk.domain.catalog import Agency, ServiceVersion
from mppdesk.domain.entries import Entry, Subject, SubjectType
from mppdesk.domain.facts import DatabaseRestored, HubTakenOver
from mppdesk.domain.office_day import CounterDay, CounterShift, CounterState, ServiceDay
from mppdesk.domain.site import CounterPlace, Site, UserProfile
from mppdesk.domain.station import FIRST_TERM, HubSeat
from mppdesk.domain.submission import Submission, fold_submission
from mppdesk.domain.visit import TicketStatus, Visit, fold_visit

EntriesOf = Callable[[Subject], list[Entry]]
VisitOf = Callable[[Subject], Visit | None]

_HEADS_A_CLASS = 2


class StoredHubView:
    """HubView in one transaction; reference data comes from a cache that the writer keeps in step."""

    def __init__(
        self,
        store: Store,
        site_id: str,
        reference: Reference,
        entries_of: EntriesOf | None = None,
        visit_of: VisitOf | None = None,
        remembered: Remembered | None = None,
    ) -> None:
        """`entries_of`, `visit_of`, `remembered`: where a deciding transaction keeps what it has read."""
        self._store = store
        self._site_id = site_id
        self._entries_of = entries_of or Journal(store, site_id).entries_of
        self._visit_of = visit_of or self._folded_visit
        self._remembered = remembered or Remembered()
        self._reference = reference

    def site(self) -> Site:
        return self._reference.site

    def term(self) -> int:
        last, seat = self.last_day(), self.seat()
        return max(last.term if last else FIRST_TERM, seat.term if seat else FIRST_TERM)

    def seat(self) -> HubSeat | None:
        return self._reference.seat

    def kiosk_issuers(self) -> tuple[int, ...]:
        return kiosk_issuers(self._store, self._site_id)

    def next_issuer(self) -> int:
        return next_issuer(self._store, self._site_id)

    def takeover(self) -> HubTakenOver | None:
        return self._reference.takeover

    def last_day(self) -> ServiceDay | None:
        """The day that the hub opened last, read once: a view lives no longer than one decision or one moment."""
        return self._remembered.recall(("last_day",), self._read_last_day)

    def days_since(self, day: str) -> tuple[ServiceDay, ...]:
        return tuple(
            service_day_of(tuple(row)) for row in self._store.all(questions.DAYS_SINCE, site_id=self._site_id, day=day)
        )

    def day_alone(self, until: str) -> ServiceDay | None:
        row = self._store.one(questions.DAY_ALONE, site_id=self._site_id, until=until)
        return service_day_of(tuple(row)) if row else None

    def is_restored_since(self, day: str, device_id: str = "") -> bool:
        restored_ms = self._remembered.recall(
            ("restored", device_id), lambda: last_restored_ms(self._store, self._site_id, device_id)
        )
        if not restored_ms:
            return False
        restored_at = datetime.fromtimestamp(restored_ms / 1000, ZoneInfo(self.site().zone))
        return restored_at.date().isoformat() >= day

    def last_restore(self) -> DatabaseRestored | None:
        log_id = last_restored_log(self._store, self._site_id)
        return restore_told_in(log_id, self._entries_of) if log_id else None

    def queue_prefixes(self) -> frozenset[str]:
        return frozenset(agency.queue_prefix for agency in self._reference.catalog.agencies.values())

    def service(self, code: str) -> tuple[Agency, ServiceVersion] | None:
        version = self._reference.catalog.services.get(code)
        if version is None:
            return None
        agency = self._reference.catalog.agencies.get(version.service.agency)
        return (agency, version) if agency else None

    def service_version(self, version: str) -> ServiceVersion | None:
        return self._reference.version(self._store, self._site_id, version)

    def counter(self, counter_id: str) -> CounterPlace | None:
        return self._reference.counters.get(counter_id)

    def user(self, user_id: str) -> UserProfile | None:
        return self._reference.users.get(user_id)

    def counter_day(self, counter_id: str, day: str) -> CounterDay | None:
        """The opening of a counter, read once as well."""
        return self._remembered.recall(("opening", counter_id, day), lambda: self._read_opening(counter_id, day))

    def serves(self, counter_id: str, day: str) -> frozenset[str]:
        opening = self.counter_day(counter_id, day)
        if opening is not None and opening.services:
            return frozenset(opening.services)
        return self._reference.services_of(counter_id)

    def shifts(self, day: str) -> tuple[CounterShift, ...]:
        last = {row[0]: row for row in self._store.all(questions.SHIFTS, site_id=self._site_id, day=day)}
        return tuple(
            CounterShift(
                counter,
                label,
                CounterState(state),
                frozenset(chosen_services(chosen)) or self._reference.services_of(counter),
            )
            for counter, label, state, chosen in last.values()
        )

    def visit(self, visit_id: str) -> Visit | None:
        return self._visit_of(Subject(SubjectType.VISIT, visit_id))

    def at_counter(self, counter_id: str, day: str) -> Visit | None:
        there = self._remembered.at_counter(counter_id, day, lambda: self._read_at_counter(counter_id, day))
        visits = (visit for each in there if (visit := self.visit(each)) is not None)
        return min(visits, key=lambda visit: (visit.status, visit.position), default=None)

    def waiting(self, services: frozenset[str], day: str) -> tuple[Waiting, ...]:
        return tuple(
            each
            for agency in sorted(self._reference.agencies_of(services))
            for is_priority in (0, 1)
            for each in self._heads(services, day, agency, is_priority)
        )

    def recent_calls(self, services: frozenset[str], day: str, count: int) -> tuple[RecentCall, ...]:
        found: list[RecentCall] = []
        for visit_id, is_priority, service in self._store.stream(
            questions.RECENT_CALLS, site_id=self._site_id, day=day
        ):
            if service in services:
                found.append(RecentCall(visit_id, bool(is_priority)))
            if len(found) == count:
                break
        return tuple(found)

    def queue_length(self, agency: str, day: str) -> int:
        return self._remembered.queue_length(
            agency, day, lambda: self._value(questions.QUEUE_LENGTH, day=day, agency=agency)
        )

    def open_counters(self, agency: str, day: str) -> int:
        open_ = self._remembered.recall(("open_counters", day), lambda: self._read_open_counters(day))
        places = (self._reference.counters.get(counter) for counter in open_)
        return sum(1 for place in places if place is not None and place.agency == agency)

    def nth_waiting_position(self, agency: str, day: str, n: int) -> tuple[int, int | None]:
        rows = self._store.all(questions.POSITIONS, site_id=self._site_id, day=day, agency=agency)
        before = rows[min(n, len(rows)) - 1][0] if n > 0 and rows else 0
        return before, rows[n][0] if len(rows) > n else None

    def highest_number(self, day: str, prefix: str, first: int, last: int) -> int:
        return self._remembered.highest_number(
            day,
            prefix,
            first,
            last,
            lambda: numbers_issued.highest(self._store, self._site_id, day, prefix, first, last),
        )

    def highest_position(self, day: str) -> int:
        return self._remembered.highest_position(day, lambda: self._value(questions.HIGHEST_POSITION, day=day))

    def highest_call(self, day: str) -> int:
        return self._remembered.highest_call(day, lambda: self._value(questions.HIGHEST_CALL, day=day))

    def submission(self, submission_id: str) -> Submission | None:
        return fold_submission(self._entries_of(Subject(SubjectType.SUBMISSION, submission_id))).state

    def submission_of(self, visit_id: str) -> Submission | None:
        row = self._store.one(questions.SUBMISSION_OF, site_id=self._site_id, visit_id=visit_id)
        return self.submission(row[0]) if row else None

    def submission_for(self, visit_id: str, service: str) -> Submission | None:
        row = self._store.one(questions.SUBMISSION_FOR, site_id=self._site_id, visit_id=visit_id, service=service)
        return self.submission(row[0]) if row else None

    def highest_register(self, agency: str, year: int) -> int:
        return self._value(questions.HIGHEST_REGISTER, agency=agency, year=year)

    def provisional_numbers(self, agency: str, year: int) -> frozenset[str]:
        rows = self._store.all(questions.PROVISIONAL, site_id=self._site_id, agency=agency, year=year)
        return frozenset(row[0] for row in rows)

    def hundreds_left_free(self, agency: str) -> int:
        registered_ms = self._value(questions.LAST_REGISTERED, agency=agency)
        restores = restores_since(self._store, self._site_id, registered_ms, self._entries_of)
        return sum(max(1, each.register_hundreds) for each in restores)

    def undecided_visits(self, day: str) -> tuple[Visit, ...]:
        rows = self._store.all(questions.UNDECIDED, site_id=self._site_id, day=day)
        return tuple(visit for row in rows if (visit := self.visit(row[0])) is not None)

    def counts(self, day: str) -> Mapping[str, int]:
        counted: dict[str, int] = dict(self._store.all(questions.COUNTS, site_id=self._site_id, day=day))
        return {str(status): counted.get(str(status), 0) for status in TicketStatus}

    def _folded_visit(self, subject: Subject) -> Visit | None:
        return fold_visit(self._entries_of(subject)).state

    def _read_last_day(self) -> ServiceDay | None:
        row = self._store.one(questions.LAST_DAY, site_id=self._site_id)
        return service_day_of(tuple(row)) if row else None

    def _read_opening(self, counter_id: str, day: str) -> CounterDay | None:
        row = self._store.one(questions.COUNTER_DAY, site_id=self._site_id, day=day, counter=counter_id)
        return counter_day_of(row) if row else None

    def _read_open_counters(self, day: str) -> tuple[str, ...]:
        return tuple(row[0] for row in self._store.all(questions.OPEN_COUNTERS, site_id=self._site_id, day=day))

    def _read_at_counter(self, counter_id: str, day: str) -> Iterator[str]:
        rows = self._store.all(questions.AT_COUNTER, site_id=self._site_id, day=day, counter=counter_id)
        return (row[0] for row in rows)

    def _heads(self, services: frozenset[str], day: str, agency: str, is_priority: int) -> list[Waiting]:
        heads: list[Waiting] = []
        rows = self._store.stream(
            questions.WAITING, site_id=self._site_id, day=day, agency=agency, is_priority=is_priority
        )
        for row in rows:
            if row[2] in services:
                heads.append(Waiting(row[0], row[1], row[2], row[3], row[4], bool(row[5])))
            if len(heads) == _HEADS_A_CLASS:
                break
        return heads

    def _value(self, statement: Statement, **parameters: object) -> int:
        row = self._store.one(statement, site_id=self._site_id, **parameters)
        return int(row[0]) if row and row[0] is not None else 0
