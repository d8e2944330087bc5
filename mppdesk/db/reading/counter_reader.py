"""What a counter window shows: the person at the desk, the lists, who would be next and why."""

from sqlalchemy import bindparam, func, select

from mppdesk.db import tables
from mppdesk.db.reading.checklists import checklist_of
from mppdesk.db.reading.moment import Moment
from mppdesk.db.sql import Statement
from mppdesk.domain.calling import RecentCall, Waiting, choose_next, explain
from mppdesk.domain.catalog import Agency
from mppdesk.domain.entries import Subject, SubjectType
from mppdesk.domain.hub import refusals
from mppdesk.domain.office_day import CounterDay, CounterState, standing_note
from mppdesk.domain.site import CounterPlace
from mppdesk.domain.visit import TicketStatus
from mppdesk.operations.readings import CounterScreen, CounterToday, CurrentTicket, LeftNote, NextUp, QueueRow
from mppdesk.texts import Text, msg

_visits = tables.view_visits.c
_calls = tables.view_calls.c
_MOST_NAMED_SERVICES = 3

_in_queue = Statement(
    select(
        _visits.visit_id, _visits.label, _visits.service, _visits.issued_ms, _visits.since_ms, _visits.is_priority,
        _visits.status, _visits.counter_label,
    )
    .where(
        _visits.site_id == bindparam("site_id"),
        _visits.day == bindparam("day"),
        _visits.status == bindparam("status"),
        _visits.agency == bindparam("agency"),
    )
    .order_by(_visits.position, _visits.visit_id)
)  # fmt: skip
_today = Statement(
    select(
        _visits.status,
        _visits.outcome,
        func.count(),
        func.sum(_visits.since_ms - func.coalesce(_visits.started_ms, _visits.since_ms)),
    )
    .where(
        _visits.site_id == bindparam("site_id"),
        _visits.day == bindparam("day"),
        _visits.counter == bindparam("counter"),
    )
    .group_by(_visits.status, _visits.outcome)
)
_last_call = Statement(
    select(func.max(_calls.called_ms)).where(
        _calls.site_id == bindparam("site_id"),
        _calls.day == bindparam("day"),
        _calls.counter == bindparam("counter"),
        _calls.times > 0,
    )
)


def counter_screen(moment: Moment, counter: str) -> CounterScreen:
    """Read everything one counter shows; raises Refused for an unknown counter."""
    place = moment.reference.counters.get(counter)
    agency = moment.reference.catalog.agencies.get(place.agency) if place else None
    if place is None or agency is None:
        raise refusals.unknown_counter()
    opening = moment.view.counter_day(counter, moment.day)
    services = moment.view.serves(counter, moment.day)
    waiting = _rows(moment, "waiting", services)
    current = _current(moment, counter)
    last_call = moment.store.one(_last_call, site_id=moment.site_id, day=moment.day, counter=counter)
    return CounterScreen(
        counter=counter,
        label=place.label,
        agency=agency,
        mpp_name=moment.reference.site.name,
        day=moment.date,
        state=opening.state if opening else CounterState.CLOSED,
        break_until=opening.break_until if opening else None,
        serves=serves_words(moment, place, agency, services),
        current=current,
        waiting=waiting,
        on_hold=_rows(moment, "on_hold", services),
        no_show=_rows(moment, "no_show", services),
        next_up=_next_up(moment, services, waiting),
        today=_counter_today(moment, counter),
        last_call_ms=last_call[0] if last_call else None,
        only_here=_only_here(moment, counter, waiting),
        note=_left_note(moment, opening) if opening and current is None else None,
    )


def _rows(moment: Moment, status: str, services: frozenset[str]) -> tuple[QueueRow, ...]:
    """The tickets of a list in the hub's order; notes are opened where somebody was put aside."""
    found = []
    for agency in sorted(moment.reference.agencies_of(services)):
        for row in moment.store.all(_in_queue, site_id=moment.site_id, day=moment.day, status=status, agency=agency):
            if row[2] not in services:
                continue
            visit = moment.view.visit(row[0]) if status == TicketStatus.ON_HOLD else None
            found.append(moment.row_of(visit) if visit else moment.queue_row(row))
    return tuple(found)


def _left_note(moment: Moment, opening: CounterDay) -> LeftNote | None:
    """The note that stands, where this PC has its key."""
    note = standing_note(moment.journal.entries_of(Subject(SubjectType.COUNTER_DAY, opening.counter_day_id)))
    text = moment.opened(note.sealed, note.entry_id, "note") if note else None
    if note is None or text is None:
        return None
    author = moment.reference.users.get(note.user)
    return LeftNote(text, author.display_name if author else note.user[:8], note.left_ms)


def _only_here(moment: Moment, counter: str, waiting: tuple[QueueRow, ...]) -> tuple[QueueRow, ...]:
    """Those who wait for this counter alone, as counters are open now."""
    others = [
        shift.services
        for shift in (moment.view.shifts(moment.day) if waiting else ())
        if shift.counter != counter and shift.state is not CounterState.CLOSED
    ]
    elsewhere = frozenset[str]().union(*others)
    return tuple(row for row in waiting if row.service_code not in elsewhere)


def _current(moment: Moment, counter: str) -> CurrentTicket | None:
    visit = moment.view.at_counter(counter, moment.day)
    checklist = checklist_of(moment, visit) if visit else None
    if visit is None or checklist is None:
        return None
    last = visit.calls[-1] if visit.calls else None
    return CurrentTicket(
        row=moment.row_of(visit),
        service_name=checklist.service.name,
        service_version=visit.stop.service_version,
        agency=visit.stop.agency,
        called_ms=last.called_ms if last else visit.since_ms,
        call_times=last.times if last else 0,
        started_ms=visit.started_ms if visit.status is TicketStatus.SERVING else None,
        target_minutes=checklist.service.counter_minutes,
        last_act=visit.last_act,
        checklist=checklist,
    )


def _next_up(moment: Moment, services: frozenset[str], rows: tuple[QueueRow, ...]) -> NextUp | None:
    policy = moment.reference.site.policy
    waiting = moment.view.waiting(services, moment.day)
    recent = moment.view.recent_calls(services, moment.day, policy.priority_ratio)
    choice = choose_next(waiting, recent, policy, moment.now_ms)
    row = next((row for row in rows if choice and row.visit == choice.ticket.visit), None)
    if choice is None or row is None:
        return None
    after: tuple[Waiting, ...] = tuple(each for each in waiting if each.visit != row.visit)
    called = (RecentCall(row.visit, row.is_priority), *recent)
    then = choose_next(after, called, policy, moment.now_ms)
    version = moment.reference.catalog.services.get(row.service_code)
    return NextUp(
        row=row,
        service_name=version.service.name if version else row.service_code,
        requirement_count=len(version.service.requirements) if version else 0,
        why=explain(choice, then),
    )


def _counter_today(moment: Moment, counter: str) -> CounterToday:
    finished = registered = returned = no_show = served_ms = 0
    for status, outcome, count, total_ms in moment.store.all(
        _today, site_id=moment.site_id, day=moment.day, counter=counter
    ):
        if status == TicketStatus.FINISHED:
            finished += count
            served_ms += int(total_ms or 0)
            registered += count if outcome == "registered" else 0
            returned += count if outcome == "returned" else 0
        no_show += count if status == TicketStatus.NO_SHOW else 0
    average = round(served_ms / finished / 60_000) if finished else None
    return CounterToday(finished, registered, returned, no_show, average)


def serves_words(moment: Moment, place: CounterPlace, agency: Agency, services: frozenset[str]) -> Text:
    """Which services a counter takes, in a few words."""
    everything = {each.service.code for each in moment.reference.catalog.of_agency(place.agency)}
    if services >= everything:
        return msg("Melayani semua layanan {agency}", agency=agency.short_name)
    names = [moment.list_name(code) for code in sorted(services)]
    if len(names) <= _MOST_NAMED_SERVICES:
        return msg("Melayani {services}", services=", ".join(names))
    return msg("Melayani {count} layanan {agency}", count=len(names), agency=agency.short_name)
