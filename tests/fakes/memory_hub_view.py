"""HubView in memory, so that the hub's rules are tried without a disk; states are folded from what was recorded."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from mppdesk.domain import facts
from mppdesk.domain.calling import RecentCall, Waiting
from mppdesk.domain.catalog import Agency, Service, ServiceVersion, service_hash
from mppdesk.domain.entries import Draft, Entry, Subject, SubjectType
from mppdesk.domain.fold import Folded
from mppdesk.domain.office_day import (
    MISDATED,
    NO_TERM,
    CounterDay,
    CounterShift,
    CounterState,
    ServiceDay,
    fold_counter_day,
    fold_service_day,
)
from mppdesk.domain.site import CounterPlace, Site, UserProfile
from mppdesk.domain.station import FIRST_STATION_ISSUER, FIRST_TERM, HubSeat, Station, fold_station, seat_among
from mppdesk.domain.submission import Submission, fold_submission
from mppdesk.domain.visit import Call, TicketStatus, Visit, fold_visit
from tests.fakes.history import History

_FOLDS: dict[str, Callable[[Iterable[Entry]], Folded[Any]]] = {
    SubjectType.VISIT: fold_visit,
    SubjectType.SUBMISSION: fold_submission,
    SubjectType.COUNTER_DAY: fold_counter_day,
    SubjectType.SERVICE_DAY: fold_service_day,
    SubjectType.STATION: fold_station,
}


class MemoryHubView:
    """The building of a test; the id of a counter is its label in small letters, unless `ids` (to labels) say."""

    def __init__(
        self,
        site: Site,
        agencies: Iterable[Agency],
        services: Iterable[Service],
        counters: Iterable[CounterPlace],
        ids: Mapping[str, str] | None = None,
    ) -> None:
        self._site = site
        self._agencies = {each.code: each for each in agencies}
        self._versions = {each.code: ServiceVersion(each, service_hash(each), 1) for each in services}
        places = {each.label: each for each in counters}
        self._counters = {id_: places[label] for id_, label in (ids or {each.lower(): each for each in places}).items()}
        self._histories: dict[Subject, History] = {}
        self._states: dict[Subject, Any] = {}
        self.anomalies: list[str] = []
        self.users: dict[str, UserProfile] = {}
        self.restored_ms: int | None = None
        self.restored_by = ""
        """The device that came from a backup; any of them while empty."""
        self.restored = facts.DatabaseRestored(backup_made_ms=0, heads=0)
        self.restored_before: list[tuple[int, facts.DatabaseRestored]] = []
        """Earlier restores, by their moment in UTC milliseconds."""

    def record(self, drafts: Iterable[Draft], now_ms: int, user: str) -> None:
        """Keep drafts as the store would; what does not fit a state is listed in `anomalies`."""
        for draft in drafts:
            history = self._histories.setdefault(draft.subject, History(draft.subject.type, draft.subject.id))
            history.now_ms = now_ms
            history.add(draft.fact, by="system" if draft.by_system else user, after_s=0, entry_id=draft.entry_id)
            folded = _FOLDS[draft.subject.type](history.entries)
            self._states[draft.subject] = folded.state
            self.anomalies += [each.reason for each in folded.anomalies]

    def site(self) -> Site:
        return self._site

    def term(self) -> int:
        last, seat = self.last_day(), self.seat()
        return max(last.term if last else FIRST_TERM, seat.term if seat else FIRST_TERM)

    def seat(self) -> HubSeat | None:
        return seat_among(each.seat for each in self.stations())

    def kiosk_issuers(self) -> tuple[int, ...]:
        return tuple(each.issuer_no for each in self.stations() if each.role == "kiosk" and not each.is_revoked)

    def next_issuer(self) -> int:
        return max((FIRST_STATION_ISSUER, *(each.issuer_no + 1 for each in self.stations())))

    def takeover(self) -> facts.HubTakenOver | None:
        seat = self.seat()
        taken = [fact for fact in self.facts_of(seat.device_id if seat else "") if isinstance(fact, facts.HubTakenOver)]
        return max(taken, key=lambda fact: fact.term, default=None)

    def stations(self) -> tuple[Station, ...]:
        return tuple(self._all(Station))

    def last_day(self) -> ServiceDay | None:
        days = [each for each in self._all(ServiceDay) if each.term > NO_TERM]
        return max(days, key=lambda each: each.day, default=None)

    def days_since(self, day: str) -> tuple[ServiceDay, ...]:
        days = [each for each in self._all(ServiceDay) if each.term > NO_TERM and each.day >= day]
        return tuple(sorted(days, key=lambda each: each.day))

    def day_alone(self, until: str) -> ServiceDay | None:
        days = [each for each in self._all(ServiceDay) if each.term == NO_TERM and each.day <= until]
        return max(days, key=lambda each: each.day, default=None)

    def is_restored_since(self, day: str, device_id: str = "") -> bool:
        if self.restored_ms is None or (device_id and self.restored_by not in ("", device_id)):
            return False
        restored_at = datetime.fromtimestamp(self.restored_ms / 1000, ZoneInfo(self._site.zone))
        return restored_at.date().isoformat() >= day

    def last_restore(self) -> facts.DatabaseRestored | None:
        return self.restored if self.restored_ms is not None else None

    def queue_prefixes(self) -> frozenset[str]:
        return frozenset(each.queue_prefix for each in self._agencies.values())

    def service(self, code: str) -> tuple[Agency, ServiceVersion] | None:
        version = self._versions.get(code)
        return (self._agencies[version.service.agency], version) if version else None

    def service_version(self, version: str) -> ServiceVersion | None:
        return next((each for each in self._versions.values() if each.version == version), None)

    def counter(self, counter_id: str) -> CounterPlace | None:
        return self._counters.get(counter_id)

    def user(self, user_id: str) -> UserProfile | None:
        return self.users.get(user_id)

    def counter_day(self, counter_id: str, day: str) -> CounterDay | None:
        openings = [each for each in self._all(CounterDay) if (each.counter, each.day) == (counter_id, day)]
        return next((each for each in reversed(openings) if each.state is not CounterState.CLOSED), None)

    def shifts(self, day: str) -> tuple[CounterShift, ...]:
        last = {each.counter: each for each in self._all(CounterDay) if each.day == day}
        return tuple(
            CounterShift(each.counter, each.label, each.state, self._taken_by(each.counter, each))
            for each in last.values()
        )

    def serves(self, counter_id: str, day: str) -> frozenset[str]:
        return self._taken_by(counter_id, self.counter_day(counter_id, day))

    def _taken_by(self, counter_id: str, opening: CounterDay | None) -> frozenset[str]:
        place = self._counters[counter_id]
        chosen = (opening.services if opening else ()) or place.services
        return frozenset(chosen or (code for code in self._versions if self._agency_of(code) == place.agency))

    def visit(self, visit_id: str) -> Visit | None:
        state: Visit | None = self._states.get(Subject(SubjectType.VISIT, visit_id))
        return state

    def at_counter(self, counter_id: str, day: str) -> Visit | None:
        return next((each for each in self.visits(day) if each.counter == counter_id and each.is_at_counter), None)

    def waiting(self, services: frozenset[str], day: str) -> tuple[Waiting, ...]:
        rows = [
            Waiting(
                each.visit_id, each.label, each.stop.service, each.position, each.issued_ms, each.priority is not None
            )
            for each in self._queue(day)
            if each.stop.service in services
        ]
        return tuple(row for kind in (False, True) for row in [row for row in rows if row.is_priority is kind][:2])

    def recent_calls(self, services: frozenset[str], day: str, count: int) -> tuple[RecentCall, ...]:
        calls = [(call, visit) for visit, call in self._calls(day) if call.service in services]
        newest = sorted(calls, key=lambda pair: -pair[0].ordinal)[:count]
        return tuple(RecentCall(visit.visit_id, visit.priority is not None) for _, visit in newest)

    def queue_length(self, agency: str, day: str) -> int:
        return sum(each.stop.agency == agency for each in self._queue(day))

    def open_counters(self, agency: str, day: str) -> int:
        openings = [each for each in self._all(CounterDay) if each.day == day and each.state is CounterState.OPEN]
        return sum(self._counters[each.counter].agency == agency for each in openings)

    def nth_waiting_position(self, agency: str, day: str, n: int) -> tuple[int, int | None]:
        positions = [each.position for each in self._queue(day) if each.stop.agency == agency]
        before = positions[:n][-1] if positions[:n] else 0
        return before, positions[n] if len(positions) > n else None

    def highest_number(self, day: str, prefix: str, first: int, last: int) -> int:
        issued = (each.number for each in self.visits(day) if each.prefix == prefix and not each.is_unheard)
        return max((number for number in issued if first <= number <= last), default=0)

    def highest_position(self, day: str) -> int:
        return max((each.position for each in self.visits(day)), default=0)

    def highest_call(self, day: str) -> int:
        undone = [call for visit in self.visits(day) for call in visit.undone_calls]
        return max((call.ordinal for call in (*undone, *(call for _, call in self._calls(day)))), default=0)

    def submission(self, submission_id: str) -> Submission | None:
        state: Submission | None = self._states.get(Subject(SubjectType.SUBMISSION, submission_id))
        return state

    def submission_of(self, visit_id: str) -> Submission | None:
        of_visit = [each for each in self._all(Submission) if each.visit == visit_id]
        return max(of_visit, key=lambda each: each.decided_ms or 0, default=None)

    def submission_for(self, visit_id: str, service: str) -> Submission | None:
        return next((each for each in self._all(Submission) if (each.visit, each.service) == (visit_id, service)), None)

    def provisional_numbers(self, agency: str, year: int) -> frozenset[str]:
        return frozenset(
            each.provisional_number
            for each in self._all(Submission)
            if each.agency == agency and each.provisional_number is not None
        )

    def highest_register(self, agency: str, year: int) -> int:
        return max((fact.n for fact, _ in self._registered(agency) if fact.year == year), default=0)

    def hundreds_left_free(self, agency: str) -> int:
        last_ms = max((made_ms for _, made_ms in self._registered(agency)), default=0)
        restores = [*self.restored_before, *([(self.restored_ms, self.restored)] if self.restored_ms else [])]
        return sum(each.register_hundreds for made_ms, each in restores if made_ms > last_ms)

    def undecided_visits(self, day: str) -> tuple[Visit, ...]:
        misdated = {each.day for each in self._all(ServiceDay) if each.term == MISDATED}
        left = (each for each in self._all(Visit) if each.day <= day or each.day in misdated)
        return tuple(each for each in left if not each.status.is_final)

    def counts(self, day: str) -> Mapping[str, int]:
        counted = Counter(str(each.status) for each in self.visits(day))
        return {str(status): counted[str(status)] for status in TicketStatus}

    def visits(self, day: str) -> list[Visit]:
        """The tickets of a day."""
        return [each for each in self._all(Visit) if each.day == day]

    def facts_of(self, subject_id: str) -> list[Any]:
        """What was recorded about a subject, in order."""
        return [
            entry.fact
            for subject, history in self._histories.items()
            for entry in history.entries
            if subject.id == subject_id
        ]

    def _all(self, kind: type[Any]) -> list[Any]:
        return [state for state in self._states.values() if isinstance(state, kind)]

    def _queue(self, day: str) -> list[Visit]:
        waiting = [each for each in self.visits(day) if each.status is TicketStatus.WAITING]
        return sorted(waiting, key=lambda each: each.position)

    def _calls(self, day: str) -> list[tuple[Visit, Call]]:
        return [(visit, call) for visit in self.visits(day) for call in visit.calls]

    def _agency_of(self, service: str) -> str:
        return self._versions[service].service.agency

    def _registered(self, agency: str) -> list[tuple[facts.SubmissionRegistered, int]]:
        return [
            (entry.fact, entry.wall_ms)
            for history in self._histories.values()
            for entry in history.entries
            if isinstance(entry.fact, facts.SubmissionRegistered) and entry.fact.agency == agency
        ]
