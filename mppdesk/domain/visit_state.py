"""What is true of a visit: one person with one number."""

from dataclasses import dataclass, fields
from enum import StrEnum
from operator import attrgetter
from typing import Any

from mppdesk.domain.entries import Sealed
from mppdesk.domain.facts import Stop


class TicketStatus(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    ON_HOLD = "on_hold"
    NO_SHOW = "no_show"
    FINISHED = "finished"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        return self in (TicketStatus.FINISHED, TicketStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a visit; `ordinal` counts the calls of the day, `times` how often it was made (0: taken back)."""

    entry_id: str
    ordinal: int
    counter: str
    counter_label: str
    service: str
    agency: str
    called_ms: int
    times: int = 1


@dataclass(frozen=True, slots=True)
class Visit:
    """What is true of a visit. Times are UTC milliseconds of the entries that said so.

    `undone_calls` are the calls and repeats that were taken back: their ordinals stay used, so that no screen takes a
    later call for one of them. `undo_counter` is the counter that had the person before the last act: there undo would
    bring her back. `is_unheard`: only her slip was seen, nobody has told yet that it was issued. `kiosk_no` is the
    issuer number of the kiosk that asked for the ticket, 0 when somebody else did.
    """

    visit_id: str
    day: str
    prefix: str
    number: int
    label: str
    issuer_no: int
    token: str
    priority: str | None
    position: int
    stops: tuple[Stop, ...]
    stop_index: int
    status: TicketStatus
    issued_ms: int
    issued_by: str
    since_ms: int
    counter: str | None = None
    counter_label: str | None = None
    calls: tuple[Call, ...] = ()
    undone_calls: tuple[Call, ...] = ()
    is_shown: bool = False
    started_ms: int | None = None
    note: Sealed | None = None
    note_entry: str | None = None
    was_transferred: bool = False
    outcome: str | None = None
    last_act: str | None = None
    last_kind: str | None = None
    last_actor: str | None = None
    last_ms: int = 0
    undo_counter: str | None = None
    is_unheard: bool = False
    kiosk_no: int = 0

    @property
    def stop(self) -> Stop:
        return self.stops[self.stop_index]

    @property
    def is_at_counter(self) -> bool:
        return self.status in (TicketStatus.CALLED, TicketStatus.SERVING)

    def is_from_kiosk(self, kiosk_no: int) -> bool:
        """Whether a kiosk asked for this ticket, or issued it alone while it was cut off."""
        return kiosk_no in (self.issuer_no, self.kiosk_no)

    @property
    def may_come_back(self) -> bool:
        """Whether it ended with papers to complete; the applicant needs no new number on the same day."""
        return self.status is TicketStatus.FINISHED and self.outcome == "returned"


_values = attrgetter(*(each.name for each in fields(Visit)))
_PLACES = {each.name: place for place, each in enumerate(fields(Visit))}


def with_changes(visit: Visit, **changes: Any) -> Visit:
    """What `replace` makes, in half of its time: every command folds a visit, and a visit has thirty fields."""
    values = list(_values(visit))
    for name, value in changes.items():
        values[_PLACES[name]] = value
    return Visit(*values)
