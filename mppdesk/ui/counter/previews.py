"""The slips of the outcome panel, laid out from what the window shows exactly as the hub will lay them out."""

from dataclasses import replace
from datetime import datetime

from mppdesk.domain.conditions import lacking_items
from mppdesk.domain.papers import LackingPaper
from mppdesk.domain.slip import Slip
from mppdesk.domain.slip_layout import lacking_slip, receipt_slip
from mppdesk.domain.slip_layout_text import WIDE_COLUMNS
from mppdesk.domain.submission import Row, Submission
from mppdesk.operations.desk import Desk
from mppdesk.operations.readings import CounterScreen, CurrentTicket
from mppdesk.operations.receipts import receipt_draft
from mppdesk.texts import msg

_TOKEN_TO_COME = "0" * 16  # as long as a real one, so that the code takes the room it will take


def receipt_preview(
    screen: CounterScreen,
    ticket: CurrentTicket,
    desk: Desk,
    now: datetime,
    token: str = _TOKEN_TO_COME,
    *,
    columns: int = WIDE_COLUMNS,
) -> Slip:
    """The applicant's sheet of the tanda terima; the register number is the hub's and stands as a promise here."""
    draft = receipt_draft(screen, ticket, desk)
    number = str(msg("(nomor register saat dicetak)"))
    return receipt_slip(
        replace(draft, register_number=number, moment=now, due=ticket.checklist.due, qr_token=token, sheets=2), columns
    )


def lacking_preview(
    screen: CounterScreen,
    ticket: CurrentTicket,
    desk: Desk,
    now: datetime,
    token: str = _TOKEN_TO_COME,
    *,
    columns: int = WIDE_COLUMNS,
) -> Slip:
    """The daftar kekurangan as it would be printed at the moment `now`, an aware time in the office's zone."""
    checklist = ticket.checklist
    requirements = tuple(row.requirement for row in checklist.rows)
    paper = LackingPaper(
        heading=screen.mpp_name,
        agency=screen.agency.short_name,
        counter=screen.label,
        ticket_number=ticket.row.number,
        moment=now,
        service=checklist.service.name_in_lists,
        items=lacking_items(requirements, _as_submission(ticket, desk), now.date()),
        clerk=desk.clerk_name,
        qr_token=token,
    )
    return lacking_slip(paper, columns)


def _as_submission(ticket: CurrentTicket, desk: Desk) -> Submission:
    """The rows of the window in the form the rules of the paper read."""
    rows = {
        row.requirement.code: Row(
            state=row.state,
            reason=row.reason,
            originals=row.originals,
            copies=row.copies,
            date=row.paper_date.isoformat() if row.paper_date else None,
        )
        for row in ticket.checklist.rows
    }
    return Submission(
        submission_id=ticket.checklist.submission or "",
        visit=ticket.row.visit,
        service=ticket.row.service_code,
        agency=ticket.agency,
        service_version=ticket.service_version,
        counter=desk.counter,
        token="",
        opened_ms=ticket.called_ms,
        rows=rows,
    )
