"""Taking back the last act on a ticket: a new entry, for a short time, by the person who did it."""

from mppdesk.domain import commands, facts
from mppdesk.domain.entries import Draft, SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.hub import refusals
from mppdesk.domain.hub.days import current_day
from mppdesk.domain.hub.tickets import act_draft, known_counter
from mppdesk.domain.hub.view import Case, Decided, OpenDay
from mppdesk.domain.submission import SubmissionStatus
from mppdesk.domain.visit import Visit
from mppdesk.texts import msg

# The strip shows 30 s; the rest is for a slow hub and for the terminal.
UNDO_LIMIT_MS = 120_000


def undo(case: Case, command: commands.UndoAct) -> Decided:
    """Restore the ticket as it was before its last act, with the register number voided where one was given."""
    day = current_day(case)
    visit = case.view.visit(command.visit)
    if visit is None:
        raise refusals.unknown_ticket()
    _require_undoable(case, command, visit, day)
    place = known_counter(case, command.counter) if command.counter else None
    more = {"undoes": command.act, "act": visit.last_kind}
    undone = act_draft(case, command, day, place, visit, facts.ActUndone, more, {}, command.counter)
    return Decided((*day.opening, undone, *_submission_before(case, command, visit, day)))


def _require_undoable(case: Case, command: commands.UndoAct, visit: Visit, day: OpenDay) -> None:
    if visit.last_act != command.act:
        raise Refused(
            msg("Sudah ada tindakan lain sesudahnya untuk {number}.", number=visit.label),
            msg("Tidak ada yang berubah. Lihat riwayat nomor (Ctrl+H)."),
        )
    if visit.last_actor != case.actor.user:
        raise Refused(
            msg("Tindakan terakhir pada {number} dilakukan petugas lain.", number=visit.label),
            msg("Minta petugas itu membatalkannya, atau perbaiki dengan tindakan baru."),
        )
    if case.now_ms - visit.last_ms > UNDO_LIMIT_MS:
        raise Refused(
            msg("Waktu membatalkan untuk {number} sudah lewat.", number=visit.label),
            msg("Perbaiki dengan tindakan baru."),
        )
    busy = case.view.at_counter(visit.undo_counter, day.day.day) if visit.undo_counter else None
    if busy is not None and busy.visit_id != visit.visit_id:
        raise refusals.counter_is_busy(busy)


def _submission_before(case: Case, command: commands.UndoAct, visit: Visit, day: OpenDay) -> tuple[Draft, ...]:
    """Bring the submission of the visit back to where it was before the act."""
    if visit.last_kind == "ReturnTakenUp":
        taken_up = case.view.submission_for(visit.visit_id, visit.stop.service)
        withdrawn = facts.ResumeWithdrawn(**day.stamp(command))
        return (case.draft(SubjectType.SUBMISSION, taken_up.submission_id, withdrawn),) if taken_up else ()
    if visit.last_kind != "TicketFinished" or visit.outcome not in ("registered", "returned"):
        return ()
    submission = case.view.submission_of(visit.visit_id)
    if submission is None:
        raise Refused(
            msg("Berkas {number} sudah dilanjutkan dengan nomor lain.", number=visit.label),
            msg("Tidak ada yang berubah. Lanjutkan di nomor itu."),
        )
    if submission.status is SubmissionStatus.REGISTERED and submission.register_number:
        fact: facts.Decision = facts.RegistrationVoided(
            **day.stamp(command), register_number=submission.register_number
        )
    elif submission.status is SubmissionStatus.RETURNED:
        fact = facts.ReturnWithdrawn(**day.stamp(command))
    else:
        return ()
    return (case.draft(SubjectType.SUBMISSION, submission.submission_id, fact),)
