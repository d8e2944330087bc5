"""The papers of a file as A5 PDF, saved beside the slips, for an office printer or an archive."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from mppdesk.cli.output import Output
from mppdesk.cli.session import Session
from mppdesk.config import resource
from mppdesk.domain.commands import Answer
from mppdesk.domain.conditions import lacking_items
from mppdesk.domain.papers import LackingPaper, ReceiptPaper
from mppdesk.domain.submission import Submission
from mppdesk.operations.desk import Desk
from mppdesk.operations.readings import CounterScreen, CurrentTicket
from mppdesk.texts import msg


def save_receipt(session: Session, ticket: CurrentTicket, draft: ReceiptPaper, answer: Answer, file: Path) -> None:
    """Save the tanda terima of a file that was just registered, a sheet for the applicant and one for the archive."""
    from mppdesk.printing.pdf import receipt_pdf

    submission, moment = _decided(session, ticket)
    paper = replace(
        draft,
        register_number=answer.register_number or "",
        is_provisional=submission.provisional_number == answer.register_number,
        moment=moment,
        due=ticket.checklist.due,
        qr_token=submission.token,
    )
    _save(file, receipt_pdf(paper, resource("fonts")), session.output)


def save_lacking(session: Session, screen: CounterScreen, ticket: CurrentTicket, desk: Desk, file: Path) -> None:
    """Save the daftar kekurangan of a file that was just returned."""
    from mppdesk.printing.pdf import lacking_pdf

    submission, moment = _decided(session, ticket)
    paper = LackingPaper(
        heading=screen.mpp_name,
        agency=screen.agency.short_name,
        counter=screen.label,
        ticket_number=ticket.row.number,
        moment=moment,
        service=ticket.checklist.service.name_in_lists,
        items=lacking_items([row.requirement for row in ticket.checklist.rows], submission, moment.date()),
        clerk=desk.clerk_name,
        qr_token=submission.token,
    )
    _save(file, lacking_pdf(paper, resource("fonts")), session.output)


def _decided(session: Session, ticket: CurrentTicket) -> tuple[Submission, datetime]:
    """The file and when it was decided, in the zone of the site; now where the hub's entry is still on its way."""
    with session.readers.moment() as moment:
        submission = moment.view.submission(ticket.checklist.submission or "")
    assert submission is not None, "a file without a checklist is not decided"
    decided_ms = submission.decided_ms or moment.now_ms
    return submission, datetime.fromtimestamp(decided_ms / 1000, moment.now.tzinfo)


def _save(file: Path, pdf: bytes, output: Output) -> None:
    """What was decided holds, whether or not its paper can be written."""
    try:
        file.write_bytes(pdf)
    except OSError:
        output.warn(msg("{file} tidak dapat ditulis. Keputusan atas berkas tetap tersimpan.", file=str(file)))
        output.warn(msg("Cetak ulang dari mppdesk print-jobs retry ID."))
    else:
        output.say(msg("{file} tersimpan.", file=str(file)))
