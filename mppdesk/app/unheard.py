"""Which numbers may be on somebody's slip although this computer has not heard of them."""

from datetime import date

from mppdesk.app.station import Station
from mppdesk.domain.office_day import STANDBY_BLOCK
from mppdesk.domain.ticket_code import ScannedCode
from mppdesk.domain.ticket_number import read_number, ticket_number
from mppdesk.operations.readings import Sought, StaleTicket, UnheardTicket


def unheard_ticket(station: Station, counter: str, typed: str) -> UnheardTicket | None:
    """The number as one that was issued or sent on elsewhere; None for no number, or one that would be known here.

    A computer that is cut off cannot know any number; one that is not cannot know those of a kiosk that is.
    """
    read = read_number(typed)
    if read is None:
        return None
    is_cut_off = station.link is not None and station.link.standing().is_cut_off
    prefix, number = read
    with station.readers.moment() as moment:
        day = moment.view.last_day()
        if prefix not in moment.view.queue_prefixes() or number < 1:
            return None
        blocks = day.blocks if day is not None and day.day == moment.day else ()
        is_of_kiosk = any(block.first > STANDBY_BLOCK[1] and block.first <= number <= block.last for block in blocks)
        if not (is_cut_off or is_of_kiosk):
            return None
        services = ((code, moment.list_name(code)) for code in moment.view.serves(counter, moment.day))
        return UnheardTicket(ticket_number(prefix, number), tuple(sorted(services, key=_by_name)))


def sought_by_code(station: Station, counter: str, code: ScannedCode) -> Sought:
    """What is known of a slip whose token nobody here has heard of, by what its code says besides."""
    if code.day is None or code.number is None:
        return Sought()
    with station.readers.moment() as moment:
        today = moment.day
    if code.day != today:
        return Sought(stale=StaleTicket(code.number, date.fromisoformat(code.day)))
    if station.readers.seek(code.number).ticket is not None:
        return Sought()  # that number is of a ticket with another token: this is not its slip
    return Sought(unheard=unheard_ticket(station, counter, code.number))


def _by_name(service: tuple[str, str]) -> tuple[str, str]:
    code, name = service
    return name.casefold(), code
