"""The decisions when a checklist is done: accept a complete file under a register number, or hand it back."""

from dataclasses import replace
from typing import Any

from mppdesk.domain import commands, facts
from mppdesk.domain.catalog import ServiceVersion
from mppdesk.domain.conditions import lacking_items
from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.hub import refusals
from mppdesk.domain.hub.days import current_day
from mppdesk.domain.hub.terms import highest_reserved
from mppdesk.domain.hub.tickets import act_draft, known_counter, ticket_at_counter
from mppdesk.domain.hub.view import Case, Decided, OpenDay, SlipOrder
from mppdesk.domain.papers import LackingPaper, ReceiptPaper
from mppdesk.domain.register import provisional_number, register_after_restore, register_number
from mppdesk.domain.site import CounterPlace
from mppdesk.domain.slip_layout import lacking_slip, receipt_slip
from mppdesk.domain.submission import Submission, SubmissionStatus, lacking, undecided
from mppdesk.domain.visit import Visit
from mppdesk.domain.ways import Way
from mppdesk.domain.working_time import due_date
from mppdesk.texts import Text, msg


def register(case: Case, command: commands.RegisterSubmission) -> Decided:
    """Give the register number, promise the date, finish the ticket, print the sheets."""
    day, place, visit, submission, version = _before_us(case, command)
    rows = version.service.requirements
    left, short = undecided(rows, submission), lacking(rows, submission)
    if left:
        raise Refused(
            msg("{count} baris daftar periksa belum diputuskan. Berkas belum didaftarkan.", count=len(left)),
            msg("Periksa baris yang masih Belum, lalu ulangi ({register}).", register=Way.REGISTER),
        )
    if short:
        raise Refused(
            msg("{count} dokumen masih kurang. Berkas belum didaftarkan.", count=len(short)),
            msg(
                "Kembalikan berkas dengan daftar kekurangan, atau tunda ({hold}) bila pemohon melengkapinya sekarang.",
                hold=Way.HOLD,
            ),
        )
    due = due_date(case.now.date(), version.service.duration, case.holidays)
    written = {
        **day.stamp(command), "agency": submission.agency, "year": case.now.year,
        "due": due.isoformat() if due else None, "counter": command.counter, "counter_label": place.label,
    }  # fmt: skip
    number, registered = _entered(case, submission.agency, place, written)
    finished = _finish(case, command, day, place, visit, "registered")
    draft = case.draft(SubjectType.SUBMISSION, submission.submission_id, registered)
    paper = replace(
        command.paper,
        register_number=str(number),
        moment=case.now,
        due=due,
        qr_token=submission.token,
        sheets=command.sheets,
    )
    return Decided((*day.opening, draft, finished), _receipt_slips(case, command, paper, draft.subject))


def map_register(case: Case, command: commands.MapRegister) -> Decided:
    """Give a file its number in the book, once the hub hears of what a cut-off station registered."""
    day, submission = current_day(case), case.view.submission(command.submission)
    if submission is None or submission.status is not SubmissionStatus.REGISTERED or submission.register_n is not None:
        return Decided(why="mapped")
    place = case.view.counter(submission.counter)
    written = {
        **day.stamp(command), "agency": submission.agency, "year": case.now.year, "due": submission.due,
        "counter": submission.counter, "counter_label": place.label if place else "",
    }  # fmt: skip
    fact = _in_the_book(case, submission.agency, written)
    return Decided((*day.opening, case.draft(SubjectType.SUBMISSION, submission.submission_id, fact)))


def hand_back(case: Case, command: commands.ReturnSubmission) -> Decided:
    """Return the file with the list of what lacks; it gets no register number."""
    day, place, visit, submission, version = _before_us(case, command)
    rows = version.service.requirements
    short = lacking(rows, submission)
    if not short:
        raise Refused(
            msg("Tidak ada baris yang Kurang. Berkas belum dikembalikan."),
            msg("Tandai dokumen yang kurang (K), atau terima berkasnya."),
        )
    returned = facts.SubmissionReturned(
        **day.stamp(command),
        lacking=tuple((each.code, str(submission.row(each.code).reason or "")) for each in short),
        counter=command.counter,
        counter_label=place.label,
    )
    draft = case.draft(SubjectType.SUBMISSION, submission.submission_id, returned)
    finished = _finish(case, command, day, place, visit, "returned")
    slips: tuple[SlipOrder, ...] = ()
    if command.printer is not None:
        slip = lacking_slip(
            _lacking_paper(case, command, place, visit, submission, version),
            case.view.site().paper_columns(command.printer),
        )
        slips = (SlipOrder(command.printer, slip, submission.submission_id, visit.label, draft.subject),)
    return Decided((*day.opening, draft, finished), slips)


def _before_us(
    case: Case, command: commands.RegisterSubmission | commands.ReturnSubmission
) -> tuple[OpenDay, CounterPlace, Visit, Submission, ServiceVersion]:
    """The ticket at this counter with its open submission and the standard it keeps."""
    day = current_day(case)
    place = known_counter(case, command.counter)
    visit = ticket_at_counter(case, command, day, "TicketFinished")
    submission = case.view.submission(command.submission)
    if submission is None:
        raise Refused(
            msg("Daftar periksa {number} belum diisi. Tidak ada yang berubah.", number=visit.label),
            refusals.check_each_row(),
        )
    version = case.view.service_version(submission.service_version)
    if version is None or submission.visit != visit.visit_id:
        raise Refused(
            msg("Berkas ini bukan milik {number}. Tidak ada yang berubah.", number=visit.label),
            msg("Periksa nomor di layar, lalu ulangi."),
        )
    if submission.status is not SubmissionStatus.OPEN:
        raise Refused(
            msg("Berkas {number} sudah diputuskan. Tidak ada yang berubah.", number=visit.label),
            msg("Lihat riwayat nomor (Ctrl+H)."),
        )
    return day, place, visit, submission, version


def _finish(
    case: Case, command: commands.TicketCommand, day: OpenDay, place: CounterPlace, visit: Visit, outcome: str
) -> Draft:
    return act_draft(case, command, day, place, visit, facts.TicketFinished, {"outcome": outcome}, {})


def _entered(case: Case, agency: str, place: CounterPlace, written: dict[str, Any]) -> tuple[str | Text, Any]:
    """The number on the paper and the fact: in the book, or provisional where the book is out of reach."""
    if not case.is_cut_off:
        fact = _in_the_book(case, agency, written)
        return fact.register_number, fact
    taken = case.view.provisional_numbers(agency, case.now.year)
    number = provisional_number(place.label, case.now.date(), taken)
    return msg("{number} (nomor sementara)", number=number), facts.RegisteredProvisionally(
        **written, provisional_number=number
    )


def _in_the_book(case: Case, agency: str, written: dict[str, Any]) -> facts.SubmissionRegistered:
    n = _next_register(case, agency)
    number = register_number(case.view.site().register_template(agency), agency, case.now, n)
    return facts.SubmissionRegistered(**written, register_number=number, n=n)


def _next_register(case: Case, agency: str) -> int:
    year = case.now.year
    highest = max(case.view.highest_register(agency, year), highest_reserved(case.view.takeover(), agency, year))
    # Whatever was lost was registered before the restore: the book of a later year has no gap.
    hundreds = case.view.hundreds_left_free(agency) if case.view.is_restored_since(f"{year}-01-01") else 0
    return register_after_restore(highest, hundreds) if hundreds else highest + 1


def _receipt_slips(
    case: Case, command: commands.RegisterSubmission, paper: ReceiptPaper, subject: Subject
) -> tuple[SlipOrder, ...]:
    if command.printer is None:
        return ()
    columns = case.view.site().paper_columns(command.printer)
    slips = (receipt_slip(replace(paper, sheet=sheet), columns) for sheet in range(1, command.sheets + 1))
    return tuple(SlipOrder(command.printer, slip, subject.id, paper.ticket_number, subject) for slip in slips)


def _lacking_paper(
    case: Case,
    command: commands.ReturnSubmission,
    place: CounterPlace,
    visit: Visit,
    submission: Submission,
    version: ServiceVersion,
) -> LackingPaper:
    found = case.view.service(version.service.code)
    return LackingPaper(
        heading=case.view.site().name,
        agency=found[0].short_name if found else submission.agency,
        counter=place.label,
        ticket_number=visit.label,
        moment=case.now,
        service=version.service.name_in_lists,
        items=lacking_items(version.service.requirements, submission, case.now.date()),
        clerk=command.clerk_name,
        qr_token=submission.token,
    )
