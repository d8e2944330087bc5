"""Which rule decides which command."""

from collections.abc import Callable
from typing import Any

from mppdesk.domain import commands
from mppdesk.domain.hub import (
    arrival,
    claiming,
    counters,
    days,
    issuing,
    refusals,
    submissions,
    taking_up,
    tickets,
    transferring,
    undo,
)
from mppdesk.domain.hub.terms import require_seat
from mppdesk.domain.hub.view import Case, Decided

_RULES: dict[type[commands.Command], Callable[[Case, Any], Decided]] = {
    commands.IssueTicket: issuing.issue,
    commands.CallNext: tickets.call_next,
    commands.CallTicket: tickets.call_ticket,
    commands.ConfirmCall: arrival.confirm,
    commands.ExpireCall: arrival.expire,
    commands.RecallTicket: tickets.act_on_ticket,
    commands.StartService: tickets.act_on_ticket,
    commands.ClaimTicket: claiming.claim,
    commands.ClaimPaper: claiming.claim_paper,
    commands.HoldTicket: tickets.act_on_ticket,
    commands.ResumeTicket: tickets.resume,
    commands.MarkNoShow: tickets.act_on_ticket,
    commands.FinishTicket: tickets.act_on_ticket,
    commands.RegisterSubmission: submissions.register,
    commands.MapRegister: submissions.map_register,
    commands.ReturnSubmission: submissions.hand_back,
    commands.ResumeSubmission: taking_up.take_up,
    commands.TransferTicket: transferring.transfer,
    commands.RequeueTicket: tickets.requeue,
    commands.CancelTicket: tickets.cancel,
    commands.UndoAct: undo.undo,
    commands.OpenCounter: counters.open_counter,
    commands.TakeBreak: counters.take_break,
    commands.EndBreak: counters.end_break,
    commands.StopNewNumbers: counters.stop_new_numbers,
    commands.ResumeNewNumbers: counters.resume_new_numbers,
    commands.LeaveShiftNote: counters.leave_shift_note,
    commands.CloseCounter: counters.close_counter,
    commands.OpenDay: days.open_day,
    commands.CloseDay: days.close_day,
    commands.ReopenDay: days.reopen_day,
    commands.CorrectDate: days.correct_date,
}


def _require_workplace(case: Case, command: commands.Command) -> None:
    """A member of staff acts only at counters where she may sign in, through whatever door (DESIGN 10)."""
    counter = getattr(command, "counter", None)
    place = case.view.counter(counter) if counter else None
    user = case.view.user(case.actor.user)
    if place is not None and user is not None and not user.may_work_at(place):
        raise refusals.not_her_counter(user, place.label)


def decide(command: commands.Command, case: Case) -> Decided:
    """Decide a command; raises Refused, which changes nothing, with what happened and what to do."""
    require_seat(case, command)
    _require_workplace(case, command)
    return _RULES[type(command)](case, command)
