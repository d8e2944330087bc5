"""Decisions on tickets: issue, call, and everything that happens to a person at a counter."""

from dataclasses import replace
from typing import Any

from mppdesk.domain import commands, facts
from mppdesk.domain.calling import Why, choose_next
from mppdesk.domain.entries import Draft, SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.facts import Stop
from mppdesk.domain.hub import refusals
from mppdesk.domain.hub.days import current_day
from mppdesk.domain.hub.view import Case, Decided, OpenDay
from mppdesk.domain.site import CounterPlace
from mppdesk.domain.submission import SubmissionStatus
from mppdesk.domain.visit import LAST_POSITION, TicketStatus, Visit, allowed_statuses
from mppdesk.domain.ways import Way
from mppdesk.texts import msg

POSITION_STEP = 1024
CALL_REASONS = ("recalled", "companion", "emergency", "supervisor")


def stop_for(case: Case, code: str) -> Stop:
    """Make the stop of a service in the version that is in force."""
    found = case.view.service(code)
    if found is None:
        raise refusals.unknown_service(code)
    agency, version = found
    return Stop(version.service.code, agency.code, version.version)


def call_next(case: Case, command: commands.CallNext) -> Decided:
    """Call whom the rule chooses; nobody waiting is an answer, not a refusal."""
    day = current_day(case)
    place = ready_counter(case, command.counter, day)
    services = case.view.serves(command.counter, day.day.day)
    policy = case.view.site().policy
    recent = case.view.recent_calls(services, day.day.day, policy.priority_ratio)
    choice = choose_next(case.view.waiting(services, day.day.day), recent, policy, case.now_ms)
    if choice is None:
        return Decided(why="nobody_waiting")
    visit = known_visit(case, choice.ticket.visit)
    return _call(case, command, day, place, visit, choice.why, reason=None)


def call_ticket(case: Case, command: commands.CallTicket) -> Decided:
    """Call this one out of turn; back from no-show or hold it is the same act."""
    if command.reason not in CALL_REASONS:
        raise Refused(msg("Alasan memanggil belum dipilih."), msg("Pilih salah satu alasan di daftar."))
    day = current_day(case)
    place = ready_counter(case, command.counter, day)
    visit = known_visit(case, command.visit)
    require_status(visit, "TicketCalled")
    require_today(visit, day)
    require_served_here(case, visit, command.counter)
    return _call(case, command, day, place, visit, Why.OUT_OF_TURN, reason=command.reason)


def act_on_ticket(case: Case, command: commands.TicketCommand) -> Decided:
    """Recall, start, hold, no-show or finish: an act of the counter that has the ticket."""
    day = current_day(case)
    place = known_counter(case, command.counter)
    fact_type, secrets = _acts(command)
    visit = ticket_at_counter(case, command, day, fact_type.__name__)
    more: dict[str, Any] = {}
    if fact_type is facts.TicketRecalled:
        more["ordinal"] = case.view.highest_call(day.day.day) + 1
    if fact_type is facts.TicketFinished:
        more["outcome"] = "served"
    with_it = _file_goes_on(case, command, visit) if fact_type is facts.ServiceStarted else ()
    return Decided((*day.opening, act_draft(case, command, day, place, visit, fact_type, more, secrets), *with_it))


def _file_goes_on(case: Case, command: commands.TicketCommand, visit: Visit) -> tuple[Draft, ...]:
    """A returned submission is open again once its number, queued anew, is served; a first call has none."""
    submission = case.view.submission_for(visit.visit_id, visit.stop.service) if len(visit.calls) > 1 else None
    if submission is None or submission.status is not SubmissionStatus.RETURNED:
        return ()
    resumed = facts.SubmissionResumed(visit=visit.visit_id, counter=command.counter)
    return (case.draft(SubjectType.SUBMISSION, submission.submission_id, resumed),)


def resume(case: Case, command: commands.ResumeTicket) -> Decided:
    """Go on with somebody who was put aside; the counter must have nobody before it."""
    day = current_day(case)
    place = ready_counter(case, command.counter, day)
    visit = known_visit(case, command.visit)
    require_status(visit, "TicketResumed")
    require_today(visit, day)
    return Decided((act_draft(case, command, day, place, visit, facts.TicketResumed, {}, {}),))


def requeue(case: Case, command: commands.RequeueTicket) -> Decided:
    """Put a missed person, or one whose papers were returned, back behind the next few people."""
    day = current_day(case)
    visit = known_visit(case, command.visit)
    require_status(visit, "TicketRequeued")
    if visit.status is TicketStatus.FINISHED and not visit.may_come_back:
        raise refusals.does_not_fit(visit)
    require_today(visit, day)
    before, behind = case.view.nth_waiting_position(visit.stop.agency, day.day.day, command.behind)
    position = before + POSITION_STEP // 2 if behind is None else (before + behind) // 2
    more = {"position": min(max(position, 1), LAST_POSITION), "behind": command.behind}
    return Decided((*day.opening, act_draft(case, command, day, None, visit, facts.TicketRequeued, more, {})))


def cancel(case: Case, command: commands.CancelTicket) -> Decided:
    """Cancel a ticket for good; what was typed is sealed."""
    day = current_day(case)
    visit = known_visit(case, command.visit)
    if command.kiosk_no and not visit.is_from_kiosk(command.kiosk_no):
        raise refusals.not_of_this_kiosk(visit)
    require_status(visit, "TicketCancelled")
    require_not_elsewhere(visit, command.counter)
    place = known_counter(case, command.counter) if command.counter else None
    draft = act_draft(
        case,
        command,
        day,
        place,
        visit,
        facts.TicketCancelled,
        {"cause": "request"},
        {"reason": command.reason},
        command.counter,
    )
    return Decided((*day.opening, draft))


def known_counter(case: Case, counter_id: str) -> CounterPlace:
    place = case.view.counter(counter_id)
    if place is None:
        raise refusals.unknown_counter()
    return place


def ready_counter(case: Case, counter_id: str, day: OpenDay) -> CounterPlace:
    """A counter that may call: open, not on break, nobody before it."""
    place = known_counter(case, counter_id)
    opening = None if day.opening else case.view.counter_day(counter_id, day.day.day)
    if opening is None:
        raise refusals.counter_is_closed(place.label)
    if opening.state.is_on_break:
        raise refusals.counter_on_break(place.label)
    busy = case.view.at_counter(counter_id, day.day.day)
    if busy is not None:
        raise refusals.counter_is_busy(busy)
    return place


def act_draft(
    case: Case,
    command: commands.Command,
    day: OpenDay,
    place: CounterPlace | None,
    visit: Visit,
    fact_type: type[facts.TicketDecision],
    more: dict[str, Any],
    secrets: dict[str, str | None],
    counter_id: str | None = None,
) -> Draft:
    """Draft a decision on a ticket with the fields they all carry."""
    fact = fact_type(
        **day.stamp(command),
        number=visit.label,
        service=visit.stop.service,
        counter=counter_id or getattr(command, "counter", None),
        counter_label=place.label if place else None,
        **more,
    )
    return case.draft(SubjectType.VISIT, visit.visit_id, fact, secrets)


def ticket_at_counter(case: Case, command: commands.TicketCommand, day: OpenDay, kind: str) -> Visit:
    """The ticket before this counter, in a state that fits the act."""
    if command.visit is None:
        here = case.view.at_counter(command.counter, day.day.day)
        if here is None:
            raise refusals.nobody_here(known_counter(case, command.counter).label)
        command = replace(command, visit=here.visit_id)
    visit = known_visit(case, command.visit or "")
    require_status(visit, kind)
    if visit.counter != command.counter or not visit.is_at_counter:
        raise refusals.not_at_this_counter(visit)
    return visit


def _call(
    case: Case,
    command: commands.CounterCommand,
    day: OpenDay,
    place: CounterPlace,
    visit: Visit,
    why: Why,
    reason: str | None,
) -> Decided:
    more = {"ordinal": case.view.highest_call(day.day.day) + 1, "why": str(why), "reason": reason}
    called = act_draft(case, command, day, place, visit, facts.TicketCalled, more, {})
    if case.is_from_afar:
        return Decided((*day.opening, called))  # that station confirms for itself, once the answer arrived
    # In this process the window shows the number in the same breath.
    shown = case.draft(SubjectType.VISIT, visit.visit_id, facts.CallShown(call=called.entry_id))
    return Decided((*day.opening, called, shown))


def _acts(command: commands.TicketCommand) -> tuple[type[facts.TicketDecision], dict[str, str | None]]:
    match command:
        case commands.RecallTicket():
            return facts.TicketRecalled, {}
        case commands.StartService():
            return facts.ServiceStarted, {}
        case commands.HoldTicket():
            return facts.TicketHeld, {"note": command.note}
        case commands.MarkNoShow():
            return facts.TicketNoShow, {}
        case commands.FinishTicket():
            return facts.TicketFinished, {}
    raise TypeError(f"not an act on a ticket: {type(command).__name__}")


def known_visit(case: Case, visit_id: str) -> Visit:
    """The visit, as the deciding store knows it."""
    visit = case.view.visit(visit_id)
    if visit is None:
        raise refusals.unknown_ticket()
    return visit


def require_status(visit: Visit, kind: str) -> None:
    """Refuse an act that does not fit what the ticket is now."""
    if visit.status not in allowed_statuses(kind):
        raise refusals.does_not_fit(visit)


def require_not_elsewhere(visit: Visit, counter: str | None) -> None:
    """Refuse a counter that reaches for the person before another one; who acts without a counter may."""
    if visit.is_at_counter and counter is not None and visit.counter != counter:
        raise refusals.not_at_this_counter(visit)


def require_served_here(case: Case, visit: Visit, counter: str) -> None:
    """Refuse somebody who waits for a service that this counter does not take."""
    if visit.status is TicketStatus.WAITING and visit.stop.service not in case.view.serves(counter, visit.day):
        raise Refused(
            msg("Bukan nomor untuk loket ini. {number} menunggu layanan lain.", number=visit.label),
            msg("Alihkan ke layanan loket ini bila ingin mengambilnya ({transfer}).", transfer=Way.TRANSFER),
        )


def require_today(visit: Visit, day: OpenDay) -> None:
    """Refuse a ticket of another day."""
    if visit.day != day.day.day:
        raise Refused(
            msg("{number} adalah nomor hari lain.", number=visit.label), msg("Minta pemohon mengambil nomor hari ini.")
        )
