"""Whether a call arrived at the counter that asked for it; without word the person goes back to the front."""

from mppdesk.domain import commands, facts
from mppdesk.domain.entries import SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.hub import refusals
from mppdesk.domain.hub.days import current_day
from mppdesk.domain.hub.view import Case, Decided
from mppdesk.domain.visit import TicketStatus, Visit
from mppdesk.texts import msg

# A station asks again at once and after a second; ten are an answer that will not come any more (DESIGN 6).
ARRIVAL_MS = 10_000


def confirm(case: Case, command: commands.ConfirmCall) -> Decided:
    """Record that the window shows the number; a second confirmation changes nothing."""
    visit = _visit(case, command.visit)
    if not _is_last_call(visit, command.call) or visit.status is TicketStatus.WAITING:
        raise Refused(
            msg("Panggilan {number} ini sudah lewat waktu; nomornya kembali ke antrean.", number=visit.label),
            refusals.call_next_person(),
        )
    if visit.is_shown or visit.status is not TicketStatus.CALLED:
        return Decided(why="shown")
    draft = case.draft(SubjectType.VISIT, visit.visit_id, facts.CallShown(call=command.call))
    return Decided((draft,))


def expire(case: Case, command: commands.ExpireCall) -> Decided:
    """Give the person back to the queue, when the call is still unconfirmed after its time."""
    visit = _visit(case, command.visit)
    if visit.status is not TicketStatus.CALLED or visit.is_shown or not _is_last_call(visit, command.call):
        return Decided(why="arrived")
    if case.now_ms - visit.since_ms < ARRIVAL_MS:
        return Decided(why="not_yet")
    day = current_day(case)
    fact = facts.CallExpired(**day.stamp(command), call=command.call)
    return Decided((*day.opening, case.draft(SubjectType.VISIT, visit.visit_id, fact)))


def _visit(case: Case, visit_id: str) -> Visit:
    visit = case.view.visit(visit_id)
    if visit is None:
        raise refusals.unknown_ticket()
    return visit


def _is_last_call(visit: Visit, call: str) -> bool:
    return bool(visit.calls) and visit.calls[-1].entry_id == call
