"""Questions to the store -> frozen values for the windows: operations.readings.Readers over the view tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import bindparam, select

from mppdesk.db import tables
from mppdesk.db.engine import Database
from mppdesk.db.journal.history import history_lines
from mppdesk.db.reading.counter_reader import counter_screen
from mppdesk.db.reading.finding import sought, visit_id_of
from mppdesk.db.reading.hall_reader import board_screen, kiosk_screen
from mppdesk.db.reading.last_shift import last_shift
from mppdesk.db.reading.moment import Moment
from mppdesk.db.reading.reference import ReferenceCache
from mppdesk.db.reading.service_search import search_services
from mppdesk.db.sql import Statement
from mppdesk.domain.entries import Subject, SubjectType
from mppdesk.domain.paper_logo import PaperLogo
from mppdesk.operations.ports import Clock
from mppdesk.operations.readings import (
    BoardScreen,
    CounterChoice,
    CounterScreen,
    HistoryLine,
    KioskScreen,
    LastShift,
    QueueRow,
    ServiceHit,
    Sought,
)

_visits = tables.view_visits.c
_of_day = Statement(
    select(
        _visits.visit_id,
        _visits.label,
        _visits.service,
        _visits.issued_ms,
        _visits.since_ms,
        _visits.is_priority,
        _visits.status,
        _visits.counter_label,
    )
    .where(_visits.site_id == bindparam("site_id"), _visits.day == bindparam("day"))
    .order_by(_visits.prefix, _visits.number, _visits.visit_id)
)
_submissions_of = Statement(
    select(tables.view_submission_visits.c.submission_id).where(
        tables.view_submission_visits.c.site_id == bindparam("site_id"),
        tables.view_submission_visits.c.visit_id == bindparam("visit_id"),
    )
)
_anomalies_of = Statement(
    select(tables.view_anomalies.c.entry_id).where(
        tables.view_anomalies.c.site_id == bindparam("site_id"),
        tables.view_anomalies.c.subject_id == bindparam("subject_id"),
    )
)
_counter_days_of = Statement(
    select(tables.view_counter_days.c.counter_day_id).where(
        tables.view_counter_days.c.site_id == bindparam("site_id"),
        tables.view_counter_days.c.counter == bindparam("counter"),
        tables.view_counter_days.c.day == bindparam("day"),
    )
)


class StoredReaders:
    """Each question is answered from one moment of the database, on a reader of its own."""

    def __init__(self, database: Database, site_id: str, reference: ReferenceCache, clock: Clock) -> None:
        self._database = database
        self._site_id = site_id
        self._reference = reference
        self._clock = clock

    @contextmanager
    def moment(self) -> Iterator[Moment]:
        """Hold one moment of the building while a question is answered."""
        with self._database.reading() as store:
            yield Moment(store, self._site_id, self._reference.current(store), self._clock.now())

    def counter_screen(self, counter: str) -> CounterScreen:
        with self.moment() as moment:
            return counter_screen(moment, counter)

    def kiosk_screen(self) -> KioskScreen:
        with self.moment() as moment:
            return kiosk_screen(moment)

    def board_screen(self, calls: int = 5) -> BoardScreen:
        with self.moment() as moment:
            return board_screen(moment, calls)

    def find_services(self, typed: str, limit: int = 8) -> tuple[ServiceHit, ...]:
        with self.moment() as moment:
            found = search_services(moment.reference.catalog, typed)[:limit]
            return tuple(
                ServiceHit(
                    service=version.service,
                    agency=agency,
                    waiting=moment.view.queue_length(agency.code, moment.day),
                    is_open=moment.view.open_counters(agency.code, moment.day) > 0,
                )
                for agency, version in found
            )

    def find_ticket(self, typed: str, day: str | None = None) -> QueueRow | None:
        with self.moment() as moment:
            visit_id = visit_id_of(moment, typed.strip(), day or moment.day)
            visit = moment.view.visit(visit_id) if visit_id else None
            return moment.row_of(visit) if visit else None

    def seek(self, typed: str, day: str | None = None) -> Sought:
        with self.moment() as moment:
            return sought(moment, typed.strip(), day or moment.day)

    def tickets(self, day: str | None = None) -> tuple[QueueRow, ...]:
        """List the tickets of a day in the order of their numbers; today's without one."""
        with self.moment() as moment:
            rows = moment.store.all(_of_day, site_id=self._site_id, day=day or moment.day)
            return tuple(moment.queue_row(row) for row in rows)

    def subjects_of(self, visit: str) -> tuple[Subject, ...]:
        """A visit with its submissions and its anomalies: everything that may hold personal data of one person."""
        with self.moment() as moment:
            rows = moment.store.all(_submissions_of, site_id=self._site_id, visit_id=visit)
            ids = (visit, *(row[0] for row in rows))
            found = [moment.store.all(_anomalies_of, site_id=self._site_id, subject_id=each) for each in ids]
        submissions = (Subject(SubjectType.SUBMISSION, each) for each in ids[1:])
        anomalies = (Subject(SubjectType.ANOMALY, row[0]) for rows in found for row in rows)
        return (Subject(SubjectType.VISIT, visit), *submissions, *anomalies)

    def counter_days_of(self, counter: str, day: str | None = None) -> tuple[Subject, ...]:
        """The openings of a counter on a day, today's without one: notes left there may hold personal data."""
        with self.moment() as moment:
            rows = moment.store.all(_counter_days_of, site_id=self._site_id, counter=counter, day=day or moment.day)
        return tuple(Subject(SubjectType.COUNTER_DAY, row[0]) for row in rows)

    def counter_choices(self) -> tuple[CounterChoice, ...]:
        with self.moment() as moment:
            return tuple(
                CounterChoice(counter_id, place.label, place.agency, self._taken_by(moment, counter_id))
                for counter_id, place in moment.reference.counters.items()
            )

    def logo(self) -> PaperLogo | None:
        """What printers get with each paper that hold no logo themselves."""
        with self.moment() as moment:
            return moment.reference.logo

    def last_shift(self, user_name: str) -> LastShift | None:
        with self.moment() as moment:
            return last_shift(moment, user_name)

    def history(self, visit: str) -> tuple[HistoryLine, ...]:
        with self.moment() as moment:
            return history_lines(moment, visit)

    def full_nik(self, submission: str) -> str | None:
        with self.moment() as moment:
            found = moment.view.submission(submission)
            field = found.applicant.get("nik") if found else None
            return moment.opened(field.sealed, field.entry_id, "nik") if field else None

    def _taken_by(self, moment: Moment, counter_id: str) -> str | None:
        opening = moment.view.counter_day(counter_id, moment.day)
        if opening is None:
            return None
        user = moment.reference.users.get(opening.user)
        return user.display_name if user else opening.user[:8]
