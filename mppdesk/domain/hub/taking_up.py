"""Taking up a returned submission: its visit of today comes back, or the ticket at the counter goes on with it."""

from datetime import date

from mppdesk.domain import commands, facts
from mppdesk.domain.entries import SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.facts import Stop
from mppdesk.domain.formats import long_date
from mppdesk.domain.hub import refusals
from mppdesk.domain.hub.days import current_day
from mppdesk.domain.hub.tickets import act_draft, known_counter, ready_counter
from mppdesk.domain.hub.view import Case, Decided, OpenDay
from mppdesk.domain.site import CounterPlace
from mppdesk.domain.submission import Submission, SubmissionStatus
from mppdesk.domain.visit import TicketStatus, Visit
from mppdesk.domain.ways import Way
from mppdesk.texts import msg


def take_up(case: Case, command: commands.ResumeSubmission) -> Decided:
    """Serve a returned submission at this counter; ticks, applicant and standard stay as they were."""
    day = current_day(case)
    place = known_counter(case, command.counter)
    submission = _returned(case, command, place, day)
    here = _at_counter(case, command, day) if command.visit else None
    visit = _serves(case, here, submission) if here else _comes_back(case, command, day, submission)
    to = Stop(submission.service, submission.agency, submission.service_version)
    more = {"submission": submission.submission_id, "to": to}
    taken = act_draft(case, command, day, place, visit, facts.ReturnTakenUp, more, {})
    resumed = facts.SubmissionResumed(visit=visit.visit_id, counter=command.counter, decision=command.command_id)
    return Decided((*day.opening, taken, case.draft(SubjectType.SUBMISSION, submission.submission_id, resumed)))


def _returned(case: Case, command: commands.ResumeSubmission, place: CounterPlace, day: OpenDay) -> Submission:
    """The submission, when it was handed back, belongs to this counter's agency and lies at no other ticket."""
    submission = case.view.submission(command.submission)
    if submission is None:
        raise refusals.submission_unheard() if case.is_cut_off else refusals.unknown_submission()
    if submission.status is SubmissionStatus.REGISTERED:
        raise refusals.already_registered(submission)
    if submission.last_return is None:
        raise refusals.never_returned()
    if submission.agency != place.agency:
        found = case.view.service(submission.service)
        raise refusals.submission_of_another_agency(found[0].short_name if found else submission.agency)
    holder = case.view.visit(submission.visit)
    if holder is not None and holder.visit_id != command.visit and _holds(holder, submission, day):
        raise refusals.submission_is_held(holder)
    return submission


def _holds(visit: Visit, submission: Submission, day: OpenDay) -> bool:
    """Whether a ticket of today still stands for this submission: it was queued again, or is served."""
    is_live = visit.day == day.day.day and not visit.status.is_final
    return is_live and (submission.status is SubmissionStatus.OPEN or visit.stop.service == submission.service)


def _at_counter(case: Case, command: commands.ResumeSubmission, day: OpenDay) -> Visit:
    here = case.view.at_counter(command.counter, day.day.day)
    if here is None:
        raise refusals.nobody_here(known_counter(case, command.counter).label)
    if here.visit_id != command.visit:
        raise refusals.counter_is_busy(here)
    return here


def _serves(case: Case, here: Visit, submission: Submission) -> Visit:
    """The ticket at the counter, when it waited for the same service and has no checklist of its own."""
    if here.stop.service != submission.service:
        found = case.view.service(submission.service)
        name = found[1].service.name_in_lists if found else submission.service
        raise Refused(
            msg("Berkas ini untuk {service}; {number} untuk layanan lain.", service=name, number=here.label),
            msg(
                "Tidak ada yang berubah. Alihkan {number} ke layanan itu dahulu ({transfer}).",
                number=here.label,
                transfer=Way.TRANSFER,
            ),
        )
    own = case.view.submission_for(here.visit_id, here.stop.service)
    if own == submission and own.status is SubmissionStatus.OPEN:
        raise Refused(
            msg("Berkas ini sudah dilanjutkan dengan {number}.", number=here.label),
            msg("Teruskan daftar periksa yang ada di layar."),
        )
    if own is not None and own.submission_id != submission.submission_id:
        raise Refused(
            msg("Daftar periksa {number} sudah mulai diisi. Berkas lama tetap tersimpan.", number=here.label),
            msg("Teruskan daftar periksa yang ada di layar."),
        )
    return here


def _comes_back(case: Case, command: commands.ResumeSubmission, day: OpenDay, submission: Submission) -> Visit:
    """The visit of the return, when it ended today; this counter must be ready for it."""
    ready_counter(case, command.counter, day)
    visit = case.view.visit(submission.visit)
    if visit is None:
        raise refusals.unknown_ticket()
    if visit.day != day.day.day:
        returned_on = long_date(date.fromisoformat(visit.day))
        raise Refused(
            msg(
                "Berkas {number} dikembalikan {day}; nomor itu tidak berlaku lagi.", number=visit.label, day=returned_on
            ),
            msg("Panggil nomor hari ini milik pemohon, lalu pindai lagi daftar kekurangannya."),
        )
    if visit.status is not TicketStatus.FINISHED:
        raise refusals.submission_is_held(visit)
    return visit
