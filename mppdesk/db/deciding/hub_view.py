"""The building as a deciding transaction sees it: domain.hub.HubView over the view tables."""

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, or_, select

from mppdesk.db import numbers_issued, tables
from mppdesk.db.deciding.hub_seats import kiosk_issuers, next_issuer
from mppdesk.db.deciding.restores import last_restored_log, last_restored_ms, restore_told_in, restores_since
from mppdesk.db.journal.logs import Journal
from mppdesk.db.projections.day_rows import chosen_services, counter_day_of, service_day_of
from mppdesk.db.reading.reference import Reference
from mppdesk.db.remembered import Remembered
from mppdesk.db.sql import Statement, Store, one_of
from mppdesk.domain.calling import RecentCall, Waiting
from mppdesk.domain.catalog import Agency, ServiceVersion
from mppdesk.domain.entries import Entry, Subject, SubjectType
from mppdesk.domain.facts import DatabaseRestored, HubTakenOver
from mppdesk.domain.office_day import MISDATED, NO_TERM, CounterDay, CounterShift, CounterState, ServiceDay
from mppdesk.domain.site import CounterPlace, Site, UserProfile
from mppdesk.domain.station import FIRST_TERM, HubSeat
from mppdesk.domain.submission import Submission, fold_submission
from mppdesk.domain.visit import TicketStatus, Visit, fold_visit

_visits = tables.view_visits.c
_calls = tables.view_calls.c
_counter_days = tables.view_counter_days.c
_days = tables.view_service_days.c
_register = tables.view_register.c
_submissions = tables.view_submissions.c

EntriesOf = Callable[[Subject], list[Entry]]
VisitOf = Callable[[Subject], Visit | None]

_HEADS_A_CLASS = 2
_OPEN_STATUSES = ("waiting", "called", "serving", "on_hold", "no_show")

_a_day = select(_days.day_id, _days.day, _days.is_open, _days.term, _days.blocks, _days.leftovers)
_last_day = Statement(
    _a_day.where(_days.site_id == bindparam("site_id"), _days.term > NO_TERM)
    .order_by(_days.day.desc(), _days.opened_hlc.desc())
    .limit(1)
)
_days_since = Statement(
    _a_day.where(_days.site_id == bindparam("site_id"), _days.term > NO_TERM, _days.day >= bindparam("day")).order_by(
        _days.day, _days.opened_hlc
    )
)
_day_alone = Statement(
    _a_day.where(_days.site_id == bindparam("site_id"), _days.day <= bindparam("until"), _days.term == NO_TERM)
    .order_by(_days.day.desc(), _days.opened_hlc.desc())
    .limit(1)
)
_counter_day = Statement(
    select(
        _counter_days.counter_day_id,
        _counter_days.day,
        _counter_days.counter,
        _counter_days.label,
        _counter_days.services,
        _counter_days.state,
        _counter_days.user_id,
        _counter_days.opened_ms,
        _counter_days.break_until,
    )
    .where(
        _counter_days.site_id == bindparam("site_id"),
        _counter_days.day == bindparam("day"),
        _counter_days.counter == bindparam("counter"),
        _counter_days.state != "closed",
    )
    .order_by(_counter_days.counter_day_id.desc())
    .limit(1)
)
_shifts = Statement(
    select(_counter_days.counter, _counter_days.label, _counter_days.state, _counter_days.services)
    .where(_counter_days.site_id == bindparam("site_id"), _counter_days.day == bindparam("day"))
    .order_by(_counter_days.counter_day_id)
)
_open_counters = Statement(
    select(_counter_days.counter).where(
        _counter_days.site_id == bindparam("site_id"),
        _counter_days.day == bindparam("day"),
        _counter_days.state == "open",
    )
)
_at_counter = Statement(
    select(_visits.visit_id)
    .where(
        _visits.site_id == bindparam("site_id"),
        _visits.day == bindparam("day"),
        _visits.counter == bindparam("counter"),
        one_of(_visits.status, ("called", "serving")),
    )
    .limit(1)
)
_waiting = Statement(
    select(_visits.visit_id, _visits.label, _visits.service, _visits.position, _visits.issued_ms, _visits.is_priority)
    .where(
        _visits.site_id == bindparam("site_id"),
        _visits.day == bindparam("day"),
        _visits.status == "waiting",
        _visits.agency == bindparam("agency"),
        _visits.is_priority == bindparam("is_priority"),
    )
    .order_by(_visits.position)
)
_recent_calls = Statement(
    select(_calls.visit_id, _calls.is_priority, _calls.service)
    .where(_calls.site_id == bindparam("site_id"), _calls.day == bindparam("day"), _calls.times > 0)
    .order_by(_calls.ordinal.desc())
)
_queue_length = Statement(
    select(func.count()).where(
        _visits.site_id == bindparam("site_id"),
        _visits.day == bindparam("day"),
        _visits.status == "waiting",
        _visits.agency == bindparam("agency"),
    )
)
_positions = Statement(
    select(_visits.position)
    .where(
        _visits.site_id == bindparam("site_id"),
        _visits.day == bindparam("day"),
        _visits.status == "waiting",
        _visits.agency == bindparam("agency"),
    )
    .order_by(_visits.position)
)
_highest_position = Statement(
    select(func.max(_visits.position)).where(_visits.site_id == bindparam("site_id"), _visits.day == bindparam("day"))
)
_highest_call = Statement(
    select(func.max(_calls.ordinal)).where(_calls.site_id == bindparam("site_id"), _calls.day == bindparam("day"))
)
_submission_of = Statement(
    select(_submissions.submission_id)
    .where(_submissions.site_id == bindparam("site_id"), _submissions.visit_id == bindparam("visit_id"))
    .order_by(func.coalesce(_submissions.decided_ms, 0).desc(), _submissions.submission_id.desc())
    .limit(1)
)
_submission_for = Statement(
    select(_submissions.submission_id)
    .where(
        _submissions.site_id == bindparam("site_id"),
        _submissions.visit_id == bindparam("visit_id"),
        _submissions.service == bindparam("service"),
    )
    .order_by(_submissions.submission_id.desc())
    .limit(1)
)
_highest_register = Statement(
    select(func.max(_register.n)).where(
        _register.site_id == bindparam("site_id"),
        _register.agency == bindparam("agency"),
        _register.year == bindparam("year"),
    )
)
_last_registered = Statement(
    select(func.max(_register.registered_ms)).where(
        _register.site_id == bindparam("site_id"), _register.agency == bindparam("agency"), _register.n > 0
    )
)
_provisional = Statement(
    select(_register.register_number).where(
        _register.site_id == bindparam("site_id"),
        _register.agency == bindparam("agency"),
        _register.year == bindparam("year"),
        _register.n == 0,
    )
)
# By the days that were opened, so that a million old tickets are not looked at one by one. A misdated day is over, and
# its date is still to come.
_undecided = Statement(
    select(_visits.visit_id)
    .where(
        _visits.site_id == bindparam("site_id"),
        _visits.day.in_(
            select(_days.day).where(
                _days.site_id == bindparam("site_id"), or_(_days.day <= bindparam("day"), _days.term == MISDATED)
            )
        ),
        one_of(_visits.status, _OPEN_STATUSES),
    )
    .order_by(_visits.day, _visits.position)
)
_counts = Statement(
    select(_visits.status, func.count())
    .where(_visits.site_id == bindparam("site_id"), _visits.day == bindparam("day"))
    .group_by(_visits.status)
)


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
        self._openings: dict[tuple[str, str], CounterDay | None] = {}
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
        return self._remembered.last_day(self._read_last_day)

    def days_since(self, day: str) -> tuple[ServiceDay, ...]:
        return tuple(service_day_of(tuple(row)) for row in self._store.all(_days_since, site_id=self._site_id, day=day))

    def day_alone(self, until: str) -> ServiceDay | None:
        row = self._store.one(_day_alone, site_id=self._site_id, until=until)
        return service_day_of(tuple(row)) if row else None

    def is_restored_since(self, day: str, device_id: str = "") -> bool:
        restored_ms = last_restored_ms(self._store, self._site_id, device_id)
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
        asked = (counter_id, day)
        if asked not in self._openings:
            row = self._store.one(_counter_day, site_id=self._site_id, day=day, counter=counter_id)
            self._openings[asked] = counter_day_of(row) if row else None
        return self._openings[asked]

    def serves(self, counter_id: str, day: str) -> frozenset[str]:
        opening = self.counter_day(counter_id, day)
        if opening is not None and opening.services:
            return frozenset(opening.services)
        return self._reference.services_of(counter_id)

    def shifts(self, day: str) -> tuple[CounterShift, ...]:
        last = {row[0]: row for row in self._store.all(_shifts, site_id=self._site_id, day=day)}
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
        row = self._store.one(_at_counter, site_id=self._site_id, day=day, counter=counter_id)
        return self.visit(row[0]) if row else None

    def waiting(self, services: frozenset[str], day: str) -> tuple[Waiting, ...]:
        return tuple(
            each
            for agency in sorted(self._reference.agencies_of(services))
            for is_priority in (0, 1)
            for each in self._heads(services, day, agency, is_priority)
        )

    def recent_calls(self, services: frozenset[str], day: str, count: int) -> tuple[RecentCall, ...]:
        found: list[RecentCall] = []
        for visit_id, is_priority, service in self._store.stream(_recent_calls, site_id=self._site_id, day=day):
            if service in services:
                found.append(RecentCall(visit_id, bool(is_priority)))
            if len(found) == count:
                break
        return tuple(found)

    def queue_length(self, agency: str, day: str) -> int:
        return self._value(_queue_length, day=day, agency=agency)

    def open_counters(self, agency: str, day: str) -> int:
        rows = self._store.all(_open_counters, site_id=self._site_id, day=day)
        places = (self._reference.counters.get(row[0]) for row in rows)
        return sum(1 for place in places if place is not None and place.agency == agency)

    def nth_waiting_position(self, agency: str, day: str, n: int) -> tuple[int, int | None]:
        rows = self._store.all(_positions, site_id=self._site_id, day=day, agency=agency)
        before = rows[min(n, len(rows)) - 1][0] if n > 0 and rows else 0
        return before, rows[n][0] if len(rows) > n else None

    def highest_number(self, day: str, prefix: str, first: int, last: int) -> int:
        return numbers_issued.highest(self._store, self._site_id, day, prefix, first, last)

    def highest_position(self, day: str) -> int:
        return self._remembered.highest_position(day, lambda: self._value(_highest_position, day=day))

    def highest_call(self, day: str) -> int:
        return self._value(_highest_call, day=day)

    def submission(self, submission_id: str) -> Submission | None:
        return fold_submission(self._entries_of(Subject(SubjectType.SUBMISSION, submission_id))).state

    def submission_of(self, visit_id: str) -> Submission | None:
        row = self._store.one(_submission_of, site_id=self._site_id, visit_id=visit_id)
        return self.submission(row[0]) if row else None

    def submission_for(self, visit_id: str, service: str) -> Submission | None:
        row = self._store.one(_submission_for, site_id=self._site_id, visit_id=visit_id, service=service)
        return self.submission(row[0]) if row else None

    def highest_register(self, agency: str, year: int) -> int:
        return self._value(_highest_register, agency=agency, year=year)

    def provisional_numbers(self, agency: str, year: int) -> frozenset[str]:
        rows = self._store.all(_provisional, site_id=self._site_id, agency=agency, year=year)
        return frozenset(row[0] for row in rows)

    def hundreds_left_free(self, agency: str) -> int:
        registered_ms = self._value(_last_registered, agency=agency)
        restores = restores_since(self._store, self._site_id, registered_ms, self._entries_of)
        return sum(max(1, each.register_hundreds) for each in restores)

    def undecided_visits(self, day: str) -> tuple[Visit, ...]:
        rows = self._store.all(_undecided, site_id=self._site_id, day=day)
        return tuple(visit for row in rows if (visit := self.visit(row[0])) is not None)

    def counts(self, day: str) -> Mapping[str, int]:
        counted: dict[str, int] = dict(self._store.all(_counts, site_id=self._site_id, day=day))
        return {str(status): counted.get(str(status), 0) for status in TicketStatus}

    def _folded_visit(self, subject: Subject) -> Visit | None:
        return fold_visit(self._entries_of(subject)).state

    def _read_last_day(self) -> ServiceDay | None:
        row = self._store.one(_last_day, site_id=self._site_id)
        return service_day_of(tuple(row)) if row else None

    def _heads(self, services: frozenset[str], day: str, agency: str, is_priority: int) -> list[Waiting]:
        heads: list[Waiting] = []
        rows = self._store.stream(_waiting, site_id=self._site_id, day=day, agency=agency, is_priority=is_priority)
        for row in rows:
            if row[2] in services:
                heads.append(Waiting(row[0], row[1], row[2], row[3], row[4], bool(row[5])))
            if len(heads) == _HEADS_A_CLASS:
                break
        return heads

    def _value(self, statement: Statement, **parameters: object) -> int:
        row = self._store.one(statement, site_id=self._site_id, **parameters)
        return int(row[0]) if row and row[0] is not None else 0
