"""What the station knows of a tanda terima before the hub registers the file: documents, people, promise."""

from mppdesk.domain.papers import ReceiptPaper, ReceivedDocument
from mppdesk.domain.submission import CheckState
from mppdesk.operations.desk import Desk
from mppdesk.operations.readings import CheckRow, CounterScreen, CurrentTicket


def receipt_draft(screen: CounterScreen, ticket: CurrentTicket, desk: Desk) -> ReceiptPaper:
    """List what was received by the checklist; register number, moment, due date and token are the hub's to add."""
    checklist = ticket.checklist
    service, applicant = checklist.service, checklist.applicant
    return ReceiptPaper(
        heading=screen.mpp_name,
        agency=screen.agency.short_name,
        agency_name=screen.agency.name,
        counter=screen.label,
        ticket_number=ticket.row.number,
        service=service.name_in_lists,
        service_name=service.name,
        version_ordinal=checklist.version_ordinal,
        applicant=applicant.name or "",
        masked_nik=applicant.masked_nik or "",
        represented_by=applicant.represented_by,
        documents=tuple(_received(row) for row in checklist.rows if row.state is CheckState.FULFILLED),
        not_applicable=_codes(checklist.rows, CheckState.NOT_APPLICABLE),
        duration=str(checklist.duration),
        fee=str(checklist.fee),
        clerk=desk.clerk_name,
        qr_token="",
    )


def _received(row: CheckRow) -> ReceivedDocument:
    """Take the counts the clerk gave, or those of the standard where she had no reason to give others."""
    asked = row.requirement
    return ReceivedDocument(
        code=asked.short_code,
        name=asked.name,
        original=asked.original if row.originals is None else row.originals,
        copies=asked.copies if row.copies is None else row.copies,
        handling=asked.handling,
    )


def _codes(rows: tuple[CheckRow, ...], state: CheckState) -> tuple[str, ...]:
    return tuple(row.requirement.short_code for row in rows if row.state is state)
