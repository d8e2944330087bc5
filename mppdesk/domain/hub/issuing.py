"""The decision to issue a ticket: its number, its place in the queue, and the slip that goes with it."""

import math
from dataclasses import replace

from mppdesk.domain import commands, facts
from mppdesk.domain.catalog import Agency, Requirement, ServiceVersion
from mppdesk.domain.conditions import papers_to_bring
from mppdesk.domain.entries import SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.facts import NumberBlock, Stop
from mppdesk.domain.hub import refusals
from mppdesk.domain.hub.days import current_day
from mppdesk.domain.hub.terms import OWN_BLOCK, block_of, takeover_on
from mppdesk.domain.hub.tickets import POSITION_STEP
from mppdesk.domain.hub.view import Case, Decided, OpenDay, SlipOrder, is_system
from mppdesk.domain.office_day import HUB_BLOCK, HUB_ISSUER, NO_NEW_NUMBERS, takes_numbers
from mppdesk.domain.papers import TicketPaper
from mppdesk.domain.restoring import SPARE_BLOCK, block_from, number_by_the_clock
from mppdesk.domain.slip_layout import ticket_slip
from mppdesk.domain.ticket_code import ticket_code
from mppdesk.domain.ticket_number import ticket_number, visit_name
from mppdesk.domain.visit import LAST_POSITION
from mppdesk.texts import msg

PRIORITIES = ("elderly", "disability", "pregnant", "toddler", "emergency")
DIGITS = 3
_ESTIMATE_STEP_MINUTES = 5


def issue(case: Case, command: commands.IssueTicket) -> Decided:
    """Issue the next number of the agency's prefix in this issuer's block."""
    found = case.view.service(command.service)
    if found is None:
        raise refusals.unknown_service(command.service)
    if command.priority is not None and command.priority not in PRIORITIES:
        raise Refused(
            msg("Kelompok prioritas {priority} tidak dikenal. Tidak ada nomor yang dibuat.", priority=command.priority),
            msg("Pilih salah satu: {known}.", known=", ".join(PRIORITIES)),
        )
    agency, version = found
    day = current_day(case)
    _require_somebody_calls(case, day, command.service)
    number = _next_number(case, day, agency.queue_prefix, command.issuer_no)
    ahead = 0 if day.opening else case.view.queue_length(agency.code, day.day.day)
    fact = facts.TicketIssued(
        **day.stamp(command),
        prefix=agency.queue_prefix,
        number=number,
        digits=DIGITS,
        issuer_no=command.issuer_no,
        position=min(LAST_POSITION, case.view.highest_position(day.day.day) + POSITION_STEP),
        token=case.new_token(),
        stops=(Stop(version.service.code, agency.code, version.version),),
        priority=command.priority,
        kiosk_no=command.kiosk_no,
    )
    draft = case.draft(SubjectType.VISIT, visit_name(fact.day, fact.prefix, number), fact)
    slips: tuple[SlipOrder, ...] = ()
    if command.printer is not None:
        slip = ticket_slip(
            _paper(case, fact, agency, version, ahead, day), case.view.site().paper_columns(command.printer)
        )
        label = ticket_number(fact.prefix, fact.number, fact.digits)
        slips = (SlipOrder(command.printer, slip, draft.subject.id, label),)
    return Decided((*day.opening, draft), slips)


def _require_somebody_calls(case: Case, day: OpenDay, service: str) -> None:
    """A machine promises no call that nobody will make; a member of staff knows what she does."""
    if day.opening or not is_system(case.actor) or takes_numbers(service, case.view.shifts(day.day.day)):
        return
    raise Refused(NO_NEW_NUMBERS, msg("Tanyakan kepada petugas informasi."))


def _next_number(case: Case, day: OpenDay, prefix: str, issuer_no: int) -> int:
    """The next number of this issuer today that nobody claimed, in a block of its own."""
    block = block_of_issuer(case, day, issuer_no)
    if block is None:
        raise Refused(
            msg("Komputer ini belum mendapat jatah nomor untuk hari ini. Tidak ada nomor yang dibuat."),
            msg("Ambil nomor di kiosk lain atau petugas informasi."),
        )
    number = _next_in(case, day, prefix, _spare_block(case, day, prefix) if block is SPARE_BLOCK else block)
    if number is None and issuer_no == HUB_ISSUER and not _is_used_up(case, day, prefix, block):
        number = _next_in(case, day, prefix, _spare_block(case, day, prefix))
    if number is None:
        raise refusals.numbers_used_up(prefix)
    return number


def _is_used_up(case: Case, day: OpenDay, prefix: str, block: NumberBlock) -> bool:
    """Whether a hub gave all numbers of an ordinary day itself, and claims by paper took none of them away."""
    return block.first == HUB_BLOCK.first and case.view.highest_number(day.day.day, prefix, 1, block.last) == block.last


def _spare_block(case: Case, day: OpenDay, prefix: str) -> NumberBlock:
    """What follows the hundred numbers that last from a takeover or a restore until tomorrow: nobody is sent home."""
    known = case.view.highest_number(day.day.day, prefix, SPARE_BLOCK.first, SPARE_BLOCK.last)
    return replace(SPARE_BLOCK, first=known or max(number_by_the_clock(case.now), SPARE_BLOCK.first))


def _next_in(case: Case, day: OpenDay, prefix: str, block: NumberBlock) -> int | None:
    """The next number in a block; the date may be one on which a wrong clock gave numbers before."""
    highest = case.view.highest_number(day.day.day, prefix, block.first, block.last)
    first = max(highest + 1, block.first)
    free = (number for number in range(first, block.last + 1) if not _is_claimed(case, day, prefix, number))
    return next(free, None)


def _is_claimed(case: Case, day: OpenDay, prefix: str, number: int) -> bool:
    """Whether somebody was served under this number before it was given: her slip was misread."""
    visit = case.view.visit(visit_name(day.day.day, prefix, number))
    return visit is not None and visit.is_unheard


def block_of_issuer(case: Case, day: OpenDay, issuer_no: int) -> NumberBlock | None:
    """The block of an issuer; after a takeover or a restore in the middle of a day one that nobody else has used.

    A station that lost its own work knows no longer what it gave out of its few numbers: it has none until tomorrow.
    """
    if issuer_no != HUB_ISSUER:
        return None if case.view.is_restored_since(day.day.day, case.device_id) else day.day.block(issuer_no)
    taken = takeover_on(case.view, day.day.day, day.day.term)
    restored = case.view.last_restore() if case.view.is_restored_since(day.day.day) else None
    if taken is not None and taken.numbers_from != OWN_BLOCK:
        has_lost = case.view.is_restored_since(day.day.day, case.device_id)
        return _beyond_what_was_lost(block_of(taken), restored) if restored and has_lost else block_of(taken)
    if restored is not None:
        return block_from(restored.numbers_from)
    # Another opening of this date may have come to light, with the numbers of another hub.
    return HUB_BLOCK if taken is not None else day.day.block(issuer_no)


def _beyond_what_was_lost(block: NumberBlock, restored: facts.DatabaseRestored) -> NumberBlock:
    """Where a hub goes on that took over and came from a backup on one date: by the clock, at the later of both.

    What it lost may have used a block of a hundred numbers.
    """
    by_the_clock = [each for each in (block, block_from(restored.numbers_from)) if each.last == SPARE_BLOCK.last]
    return max(by_the_clock, key=lambda each: each.first, default=SPARE_BLOCK)


def _paper(
    case: Case, fact: facts.TicketIssued, agency: Agency, version: ServiceVersion, ahead: int, day: OpenDay
) -> TicketPaper:
    return TicketPaper(
        heading=case.view.site().heading,
        agency=agency.short_name,
        service=version.service.name_in_lists,
        number=ticket_number(fact.prefix, fact.number, fact.digits),
        moment=case.now,
        people_ahead=None if case.is_cut_off else ahead,
        minutes=None if case.is_cut_off else _estimate(case, agency, version, ahead, day),
        prepare=papers_to_bring(always_needed(version)),
        qr_token=ticket_code(fact.token, fact.day, ticket_number(fact.prefix, fact.number, fact.digits)),
        is_priority=fact.priority is not None,
    )


def always_needed(version: ServiceVersion) -> tuple[Requirement, ...]:
    """The papers that everybody brings for a service."""
    return tuple(each for each in version.service.requirements if each.mandatory)


def _estimate(case: Case, agency: Agency, version: ServiceVersion, ahead: int, day: OpenDay) -> int | None:
    """Minutes until the call, in steps of five; None when nobody is ahead or no counter of the agency is open."""
    counters = 0 if day.opening else case.view.open_counters(agency.code, day.day.day)
    if ahead == 0 or counters == 0:
        return None
    minutes = ahead * version.service.counter_minutes / counters
    return math.ceil(minutes / _ESTIMATE_STEP_MINUTES) * _ESTIMATE_STEP_MINUTES
