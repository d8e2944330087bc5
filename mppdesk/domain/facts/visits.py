"""Facts about a visit: one person with one number."""

from dataclasses import dataclass

from mppdesk.domain.entries import Sealed
from mppdesk.domain.facts.decision import Decision


@dataclass(frozen=True, slots=True)
class Stop:
    """One errand of a visit."""

    service: str
    agency: str
    service_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketIssued(Decision):
    """`position` orders the queue of the day (1024 apart, so that re-entries fit between).

    `kiosk_no` is the issuer number of the kiosk that asked the hub for it, 0 when somebody else did.
    """

    prefix: str
    number: int
    digits: int
    issuer_no: int
    position: int
    token: str
    stops: tuple[Stop, ...]
    priority: str | None = None
    kiosk_no: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketDecision(Decision):
    """A decision on an issued ticket: its number as printed, its service and the counter that acts."""

    number: str
    service: str
    counter: str | None = None
    counter_label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCalled(TicketDecision):
    """`ordinal` counts the calls of the day; `why` tells the rule, `reason` why somebody was called out of turn."""

    ordinal: int
    why: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallShown:
    """The station that called shows the number; without it the call expires."""

    call: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallExpired(Decision):
    call: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRecalled(TicketDecision):
    ordinal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceStarted(TicketDecision):
    pass


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A ticket of which only the slip was seen: its number, the errand that the clerk read, a place in the queue.

    `is_sent_on`: a counter that is cut off had sent the person here with this slip (karcis alih).
    """

    prefix: str
    number: int
    digits: int
    position: int
    stop: Stop
    is_sent_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketClaimedOffline(TicketDecision):
    """Cut off from the hub, a counter took the person who showed this ticket: the paper was the lock.

    `paper` is there when whoever decided had not heard that the ticket was issued, or was sent here: after the cut.
    """

    paper: ShownPaper | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketHeld(TicketDecision):
    note: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketResumed(TicketDecision):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketNoShow(TicketDecision):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRequeued(TicketDecision):
    """Back from no-show, or with returned papers; `position` places the ticket behind `behind` waiting people."""

    position: int
    behind: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTransferred(TicketDecision):
    """`service` is the one left; the ticket keeps number, position and waiting time."""

    to: Stop
    back: Stop | None = None
    note: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFinished(TicketDecision):
    """`outcome`: served, registered, returned, outside (decided when the day was closed)."""

    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCancelled(TicketDecision):
    """`cause`: request, day_closed; what a person typed is sealed in `reason`."""

    cause: str
    reason: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTakenUp(TicketDecision):
    """Somebody is back with a submission that was returned; `to` is the errand it belongs to.

    A visit that had ended goes on under its old number; one that stands at the counter serves the submission.
    """

    submission: str
    to: Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class ActUndone(TicketDecision):
    """Takes back the visit's last act; `undoes` is that entry's id and `act` its kind."""

    undoes: str
    act: str
