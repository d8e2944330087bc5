"""Sending a person to another service: number, position and waiting time go along; without the hub, on paper."""

from mppdesk.domain import commands, facts
from mppdesk.domain.conditions import papers_to_bring
from mppdesk.domain.errors import Refused
from mppdesk.domain.hub import refusals
from mppdesk.domain.hub.days import current_day
from mppdesk.domain.hub.issuing import always_needed
from mppdesk.domain.hub.tickets import (
    act_draft,
    known_counter,
    known_visit,
    require_not_elsewhere,
    require_status,
    require_today,
    stop_for,
)
from mppdesk.domain.hub.view import Case, Decided, SlipOrder
from mppdesk.domain.papers import TicketPaper
from mppdesk.domain.site import CounterPlace
from mppdesk.domain.slip_layout import ticket_slip
from mppdesk.domain.ticket_code import ticket_code
from mppdesk.domain.visit import Visit
from mppdesk.texts import msg


def transfer(case: Case, command: commands.TransferTicket) -> Decided:
    """Send the person to another service; a counter that is cut off gives her a slip that says so (karcis alih)."""
    day = current_day(case)
    visit = known_visit(case, command.visit)
    require_status(visit, "TicketTransferred")
    require_today(visit, day)
    require_not_elsewhere(visit, command.counter)
    to = stop_for(case, command.service)
    if to.service == visit.stop.service:
        raise Refused(
            msg("{number} sudah untuk layanan itu.", number=visit.label), msg("Pilih layanan lain sebagai tujuan.")
        )
    place = known_counter(case, command.counter) if command.counter else None
    more = {"to": to, "back": visit.stop if command.then_back else None}
    draft = act_draft(
        case, command, day, place, visit, facts.TicketTransferred, more, {"note": command.note}, command.counter
    )
    slips = (_sent_on(case, place, place.printer, visit, to.service),) if place and place.printer else ()
    return Decided((*day.opening, draft), slips if case.is_cut_off else ())


def _sent_on(case: Case, place: CounterPlace, printer: str, visit: Visit, service: str) -> SlipOrder:
    """The slip that is believed where nobody can have heard of the transfer."""
    found = case.view.service(service)
    if found is None:
        raise refusals.unknown_service(service)
    agency, version = found
    paper = TicketPaper(
        heading=case.view.site().heading,
        agency=agency.short_name,
        service=version.service.name_in_lists,
        number=visit.label,
        moment=case.now,
        people_ahead=None,
        minutes=None,
        prepare=papers_to_bring(always_needed(version)),
        qr_token=ticket_code(visit.token, visit.day, visit.label),
        is_priority=visit.priority is not None,
        transferred_from=place.label,
    )
    return SlipOrder(printer, ticket_slip(paper, case.view.site().paper_columns(printer)), visit.visit_id, visit.label)
