"""The paper of a file as it was decided: what its tanda terima or daftar kekurangan says, read from the journal.

So it is found wherever it was printed, and also where a counter has no printer.
"""

from dataclasses import replace
from datetime import date, datetime

from mppdesk.db.reading.checklists import checklist_under
from mppdesk.db.reading.moment import Moment
from mppdesk.domain.catalog import Agency, ServiceVersion
from mppdesk.domain.conditions import lacking_items
from mppdesk.domain.entries import Entry, Subject, SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.papers import LackingPaper, ReceiptPaper
from mppdesk.domain.submission import Submission, SubmissionStatus, lacking, undecided
from mppdesk.domain.visit import Visit
from mppdesk.operations.readings import Applicant
from mppdesk.operations.receipts import receipt_of
from mppdesk.texts import msg

_BOOKED, _CUT_OFF, _RETURNED = "SubmissionRegistered", "RegisteredProvisionally", "SubmissionReturned"


def decided_paper(moment: Moment, submission_id: str) -> ReceiptPaper | LackingPaper:
    """The paper of a file that was registered or returned, the receipt for as many sheets as a counter prints.

    Raises Refused for a file that nobody decided, or whose applicant cannot be read here.
    """
    submission = moment.view.submission(submission_id)
    decision = _decision_of(moment, submission) if submission else None
    if submission is None or decision is None:
        raise Refused(
            msg("Berkas ini belum diterima atau dikembalikan, jadi belum ada kertasnya."),
            msg("Selesaikan dahulu (F9), lalu simpan."),
        )
    version = moment.view.service_version(submission.service_version)
    agency = moment.reference.catalog.agencies.get(submission.agency)
    visit = moment.view.visit(submission.visit)
    if version is None or agency is None or visit is None or not _is_whole(submission, decision, version):
        raise Refused(
            msg("Catatan berkas ini belum lengkap di komputer ini. Tidak ada yang disimpan."),
            msg("Tunggu sampai tersambung dengan hub, lalu ulangi."),
        )
    if submission.status is SubmissionStatus.RETURNED:
        return _lacking(moment, submission, decision, version, agency, visit)
    return _receipt(moment, submission, decision, version, agency, visit)


def _is_whole(submission: Submission, decision: Entry, version: ServiceVersion) -> bool:
    """Whether all that was checked has arrived here: the decision may come by another way, and sooner."""
    rows = version.service.requirements
    if submission.status is SubmissionStatus.REGISTERED:
        return not undecided(rows, submission)
    return {code for code, _ in decision.fact.lacking} == {row.code for row in lacking(rows, submission)}


def _decision_of(moment: Moment, submission: Submission) -> Entry | None:
    """Who decided what the paper says; of a file from a cut-off counter that is the counter, not the hub's book."""
    if submission.status is SubmissionStatus.OPEN:
        return None
    is_return = submission.status is SubmissionStatus.RETURNED
    kind = _RETURNED if is_return else (_CUT_OFF if submission.provisional_number else _BOOKED)
    entries = moment.journal.entries_of(Subject(SubjectType.SUBMISSION, submission.submission_id))
    return max((entry for entry in entries if entry.kind == kind), key=lambda entry: entry.order, default=None)


def _receipt(
    moment: Moment, submission: Submission, decision: Entry, version: ServiceVersion, agency: Agency, visit: Visit
) -> ReceiptPaper:
    checklist = checklist_under(moment, version, submission)
    _require_readable(checklist.applicant, submission, agency)
    paper = receipt_of(
        checklist,
        heading=moment.reference.site.name,
        agency=agency,
        counter=decision.fact.counter_label,
        ticket_number=visit.label,
        clerk=_clerk(moment, decision),
    )
    return replace(
        paper,
        register_number=submission.provisional_number or submission.register_number or "",
        is_provisional=submission.provisional_number is not None,
        moment=_when(moment, decision),
        due=date.fromisoformat(decision.fact.due) if decision.fact.due else None,
        qr_token=submission.token,
    )


def _lacking(
    moment: Moment, submission: Submission, decision: Entry, version: ServiceVersion, agency: Agency, visit: Visit
) -> LackingPaper:
    when = _when(moment, decision)
    return LackingPaper(
        heading=moment.reference.site.name,
        agency=agency.short_name,
        counter=decision.fact.counter_label,
        ticket_number=visit.label,
        moment=when,
        service=version.service.name_in_lists,
        items=lacking_items(version.service.requirements, submission, when.date()),
        clerk=_clerk(moment, decision),
        qr_token=submission.token,
    )


def _require_readable(applicant: Applicant, submission: Submission, agency: Agency) -> None:
    """A receipt without the name that it said is no copy of it."""
    if applicant.is_forgotten:
        raise Refused(
            msg("Data pribadi berkas ini sudah dihapus, jadi tanda terimanya tidak dapat dibuat lagi."),
            msg("Lembar yang dipegang pemohon tetap berlaku."),
        )
    if applicant.name is None and "name" in submission.applicant:
        raise Refused(
            msg("Data pemohon berkas ini tidak ada di komputer ini. Tidak ada yang disimpan."),
            msg("Minta loket {agency} menyimpannya.", agency=agency.short_name),
        )


def _clerk(moment: Moment, decision: Entry) -> str:
    user = moment.reference.users.get(decision.actor.user)
    return user.display_name if user else decision.actor.user


def _when(moment: Moment, decision: Entry) -> datetime:
    return datetime.fromtimestamp(decision.wall_ms / 1000, moment.now.tzinfo)
