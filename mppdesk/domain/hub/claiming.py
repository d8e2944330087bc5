"""Taking the person who shows a ticket: the paper is the lock, also where nobody has heard of it."""

from mppdesk.domain import commands, facts
from mppdesk.domain.entries import SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.facts import ShownPaper
from mppdesk.domain.hub import refusals
from mppdesk.domain.hub.days import current_day
from mppdesk.domain.hub.issuing import DIGITS, block_of_issuer
from mppdesk.domain.hub.tickets import (
    POSITION_STEP,
    act_draft,
    known_visit,
    ready_counter,
    require_served_here,
    require_status,
    require_today,
    stop_for,
)
from mppdesk.domain.hub.view import Case, Decided, OpenDay
from mppdesk.domain.office_day import HUB_ISSUER
from mppdesk.domain.site import CounterPlace
from mppdesk.domain.ticket_number import read_number, ticket_number, visit_name
from mppdesk.domain.visit import LAST_POSITION, TicketStatus, Visit
from mppdesk.texts import msg


def claim(case: Case, command: commands.ClaimTicket) -> Decided:
    """Serve the person who shows the ticket, whom this store knows."""
    day = current_day(case)
    place = ready_counter(case, command.counter, day)
    return _claimed(case, command, day, place, known_visit(case, command.visit))


def claim_paper(case: Case, command: commands.ClaimPaper) -> Decided:
    """Serve the person whose ticket was issued where this store cannot hear of it yet.

    Its visit has the name that the number gives it, so that the claim meets the issue as soon as the journals do.
    """
    day = current_day(case)
    place = ready_counter(case, command.counter, day)
    prefix, number = _number_of(case, command.number)
    name = visit_name(day.day.day, prefix, number)
    known = case.view.visit(name)
    if known is not None and not command.is_sent_on:
        return _claimed(case, command, day, place, known)
    if known is None:
        _require_unheard(case, day, prefix, number)
    else:
        require_status(known, facts.TicketClaimedOffline.__name__)
    if command.service not in case.view.serves(command.counter, day.day.day):
        raise refusals.unknown_service_here(command.service, place.label)
    paper = ShownPaper(
        prefix=prefix,
        number=number,
        digits=DIGITS,
        position=min(LAST_POSITION, case.view.highest_position(day.day.day) + POSITION_STEP),
        stop=stop_for(case, command.service),
        is_sent_on=command.is_sent_on,
    )
    fact = facts.TicketClaimedOffline(
        **day.stamp(command),
        number=ticket_number(prefix, number, DIGITS),
        service=command.service,
        counter=command.counter,
        counter_label=place.label,
        paper=paper,
    )
    return Decided((*day.opening, case.draft(SubjectType.VISIT, name, fact)))


def _claimed(case: Case, command: commands.CounterCommand, day: OpenDay, place: CounterPlace, visit: Visit) -> Decided:
    require_status(visit, facts.TicketClaimedOffline.__name__)
    if visit.status is TicketStatus.SERVING:
        raise refusals.does_not_fit(visit)
    require_today(visit, day)
    require_served_here(case, visit, command.counter)
    draft = act_draft(case, command, day, place, visit, facts.TicketClaimedOffline, {}, {})
    return Decided((*day.opening, draft))


def _number_of(case: Case, typed: str) -> tuple[str, int]:
    read = read_number(typed)
    if read is None or read[0] not in case.view.queue_prefixes():
        raise Refused(
            msg('"{typed}" bukan nomor antrean gedung ini. Tidak ada yang berubah.', typed=typed),
            msg("Ketik nomor seperti yang tercetak di karcis, mis. B-042."),
        )
    return read


def _require_unheard(case: Case, day: OpenDay, prefix: str, number: int) -> None:
    """What the hub itself would have issued, it knows; a station that is cut off knows no such thing."""
    own = None if case.is_cut_off else block_of_issuer(case, day, HUB_ISSUER)
    if number < 1 or (own is not None and own.first <= number <= own.last):
        raise Refused(
            msg("{number} belum dibuat hari ini. Tidak ada yang berubah.", number=ticket_number(prefix, number)),
            msg("Periksa nomor dan tanggal pada karcis."),
        )
