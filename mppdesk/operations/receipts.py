"""What a tanda terima says by the checklist alone, before the hub registers the file and after: documents, people."""

from mppdesk.domain.catalog import Agency
from mppdesk.domain.papers import ReceiptPaper, ReceivedDocument
from mppdesk.domain.submission import CheckState
from mppdesk.operations.desk import Desk
from mppdesk.operations.readings import Checklist, CheckRow, CounterScreen, CurrentTicket


def receipt_draft(screen: CounterScreen, ticket: CurrentTicket, desk: Desk) -> ReceiptPaper:
    """List what was received by the checklist; register number, moment, due date and token are the hub's to add."""
    return receipt_of(
        ticket.checklist,
        heading=screen.mpp_name,
        agency=screen.agency,
        counter=screen.label,
        ticket_number=ticket.row.number,
        clerk=desk.clerk_name,
    )


def receipt_of(
    checklist: Checklist, *, heading: str, agency: Agency, counter: str, ticket_number: str, clerk: str
) -> ReceiptPaper:
    """What a tanda terima says of a checklist, besides what the hub decides."""
    service, applicant = checklist.service, checklist.applicant
    return ReceiptPaper(
        heading=heading,
        agency=agency.short_name,
        agency_name=agency.name,
        counter=counter,
        ticket_number=ticket_number,
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
        clerk=clerk,
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
