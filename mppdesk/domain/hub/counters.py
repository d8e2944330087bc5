"""Decisions on counters: open, break, stop new numbers, leave a note, close."""

from mppdesk.domain import commands, facts
from mppdesk.domain.entries import SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.hub import refusals
from mppdesk.domain.hub.days import current_day
from mppdesk.domain.hub.tickets import known_counter
from mppdesk.domain.hub.view import Case, Decided, OpenDay
from mppdesk.domain.office_day import CounterDay
from mppdesk.domain.site import CounterPlace
from mppdesk.texts import msg


def open_counter(case: Case, command: commands.OpenCounter) -> Decided:
    """Open a counter for the day; a counter that another clerk holds open is refused by name."""
    day = current_day(case)
    place = known_counter(case, command.counter)
    for code in command.services:
        if case.view.service(code) is None:
            raise refusals.unknown_service(code)
    opening = None if day.opening else case.view.counter_day(command.counter, day.day.day)
    if opening is not None:
        raise Refused(
            msg("{counter} sudah dibuka.", counter=place.label),
            msg("Pilih loket lain, atau tutup dahulu loket itu."),
        )
    fact = facts.CounterOpened(
        **day.stamp(command), counter=command.counter, label=place.label, services=command.services
    )
    return Decided((*day.opening, case.draft(SubjectType.COUNTER_DAY, case.new_id(), fact)))


def take_break(case: Case, command: commands.TakeBreak) -> Decided:
    """Start a break; the person at the desk is served to the end first."""
    day, place, opening = _opening(case, command)
    _require_free(case, command, day)
    if opening.state.is_on_break:
        raise refusals.counter_on_break(place.label)
    fact = facts.BreakStarted(**day.stamp(command), until=command.until)
    return Decided((case.draft(SubjectType.COUNTER_DAY, opening.counter_day_id, fact),))


def end_break(case: Case, command: commands.EndBreak) -> Decided:
    day, place, opening = _opening(case, command)
    if not opening.state.is_on_break:
        raise Refused(msg("{counter} tidak sedang istirahat.", counter=place.label), refusals.call_next_person())
    fact = facts.BreakEnded(**day.stamp(command))
    return Decided((case.draft(SubjectType.COUNTER_DAY, opening.counter_day_id, fact),))


def stop_new_numbers(case: Case, command: commands.StopNewNumbers) -> Decided:
    """Serve who waits and send new people elsewhere; the person at the desk is not disturbed."""
    day, place, opening = _opening(case, command)
    if not opening.state.takes_numbers:
        raise Refused(
            msg("{counter} sudah tutup untuk nomor baru.", counter=place.label),
            msg("Layani yang menunggu, lalu tutup loket."),
        )
    fact = facts.NewNumbersStopped(**day.stamp(command))
    return Decided((case.draft(SubjectType.COUNTER_DAY, opening.counter_day_id, fact),))


def resume_new_numbers(case: Case, command: commands.ResumeNewNumbers) -> Decided:
    """Take new numbers again."""
    day, place, opening = _opening(case, command)
    if opening.state.takes_numbers:
        raise Refused(
            msg("{counter} sudah menerima nomor baru.", counter=place.label), msg("Tidak ada yang perlu dilakukan.")
        )
    fact = facts.NewNumbersResumed(**day.stamp(command))
    return Decided((case.draft(SubjectType.COUNTER_DAY, opening.counter_day_id, fact),))


def leave_shift_note(case: Case, command: commands.LeaveShiftNote) -> Decided:
    """Leave a note at an open counter; who leaves it may be the clerk who has just handed it over."""
    if not command.note.strip():
        raise Refused(msg("Catatan itu kosong. Tidak ada yang berubah."), msg("Tulis catatannya, lalu ulangi."))
    day, place, opening = _opening(case, command)
    fact = facts.ShiftNoteLeft(**day.stamp(command), agency=place.agency)
    secrets = {"note": command.note}
    return Decided((case.draft(SubjectType.COUNTER_DAY, opening.counter_day_id, fact, secrets),))


def close_counter(case: Case, command: commands.CloseCounter) -> Decided:
    """Close the counter; nobody may still stand before it."""
    day, _, opening = _opening(case, command)
    _require_free(case, command, day)
    fact = facts.CounterClosed(**day.stamp(command))
    return Decided((case.draft(SubjectType.COUNTER_DAY, opening.counter_day_id, fact),))


def _opening(case: Case, command: commands.CounterCommand) -> tuple[OpenDay, CounterPlace, CounterDay]:
    day = current_day(case)
    place = known_counter(case, command.counter)
    opening = None if day.opening else case.view.counter_day(command.counter, day.day.day)
    if opening is None:
        raise refusals.counter_is_closed(place.label)
    return day, place, opening


def _require_free(case: Case, command: commands.CounterCommand, day: OpenDay) -> None:
    busy = case.view.at_counter(command.counter, day.day.day)
    if busy is not None:
        raise refusals.counter_is_busy(busy)
