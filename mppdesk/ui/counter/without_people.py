"""What a locked window shows: numbers and papers, and nothing that tells who the person is."""

from dataclasses import replace

from mppdesk.operations.readings import Applicant, CounterScreen, CurrentTicket, QueueRow


def screen_without_people(screen: CounterScreen) -> CounterScreen:
    """The same counter without names, NIK, phones and notes; a note may tell as much as a name."""
    return replace(
        screen,
        current=ticket_without_person(screen.current) if screen.current else None,
        waiting=_without_notes(screen.waiting),
        on_hold=_without_notes(screen.on_hold),
        no_show=_without_notes(screen.no_show),
        only_here=_without_notes(screen.only_here),
    )


def ticket_without_person(ticket: CurrentTicket) -> CurrentTicket:
    """The person at the desk as a number with papers."""
    checklist = replace(ticket.checklist, applicant=Applicant())
    return replace(ticket, row=replace(ticket.row, note=None), checklist=checklist)


def _without_notes(rows: tuple[QueueRow, ...]) -> tuple[QueueRow, ...]:
    return tuple(replace(row, note=None) for row in rows)
