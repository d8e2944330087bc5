"""What a person or a station asks the hub to decide; plain values with an id that survives retries."""

from dataclasses import dataclass

from mppdesk.domain.papers import ReceiptPaper


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`command_id` is random and persisted by the asker before it asks; asking again gives the same acceptance."""

    command_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueTicket(Command):
    """`printer` is the name of the printer whose slip goes with the ticket; None prints nothing.

    `kiosk_no` is the issuer number of the kiosk that asks, as the hub knows it; 0 elsewhere.
    """

    service: str
    priority: str | None = None
    printer: str | None = None
    issuer_no: int = 0
    kiosk_no: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterCommand(Command):
    """`counter` is the id of the counter that acts."""

    counter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNext(CounterCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTicket(CounterCommand):
    """Out of turn; `reason` comes from the list of the counter window."""

    visit: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmCall(CounterCommand):
    """The counter's window shows the number that was called; `call` is the act of the call's answer."""

    visit: str
    call: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireCall(Command):
    """The hub's own: nobody confirmed that this call arrived."""

    visit: str
    call: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCommand(CounterCommand):
    """An act on the ticket that the counter has before it; `visit`, when given, must be that one."""

    visit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallTicket(TicketCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class StartService(TicketCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldTicket(TicketCommand):
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTicket(CounterCommand):
    """Take the person who shows this ticket; only a counter that is cut off from the hub asks for it, of itself."""

    visit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPaper(CounterCommand):
    """Take the person who shows a ticket that nobody here has heard of: its number and what it is for, as printed.

    With `is_sent_on` the slip says that a counter sent her here, which nobody here has heard of either.
    """

    number: str
    service: str
    is_sent_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeTicket(CounterCommand):
    """Go on with somebody who was put aside, at this counter or another."""

    visit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkNoShow(TicketCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishTicket(TicketCommand):
    """Finish without papers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSubmission(TicketCommand):
    """Accept a complete file and finish the ticket.

    `paper` is the tanda terima as the station knows it; the hub fills in register number, moment and promised date.
    Its personal texts go to the paper only, never into the journal.
    """

    submission: str
    paper: ReceiptPaper
    sheets: int = 2
    printer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRegister(Command):
    """The hub's own: give a file that was registered provisionally its number in the book."""

    submission: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnSubmission(TicketCommand):
    """Hand an incomplete file back and finish the ticket; the hub prints the list of what lacks."""

    submission: str
    clerk_name: str
    printer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeSubmission(CounterCommand):
    """Take up a returned submission with the `visit` at this counter; None: its own visit of today comes back."""

    submission: str
    visit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferTicket(Command):
    """To another service; `then_back` adds a stop back at the service left."""

    visit: str
    service: str
    counter: str | None = None
    note: str | None = None
    then_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequeueTicket(Command):
    """A missed person, or one with returned papers, is back: behind the next `behind` waiting people."""

    visit: str
    behind: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelTicket(Command):
    """`kiosk_no` as in IssueTicket: a kiosk takes back only what it issued itself."""

    visit: str
    reason: str
    counter: str | None = None
    kiosk_no: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoAct(Command):
    """Take back the visit's last act, named by its entry id."""

    visit: str
    act: str
    counter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCounter(CounterCommand):
    """`services` are codes; empty means all that the counter is set up for."""

    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBreak(CounterCommand):
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndBreak(CounterCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class StopNewNumbers(CounterCommand):
    """Towards closing: those who wait are served, new people are sent elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeNewNumbers(CounterCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveShiftNote(CounterCommand):
    """Tell whoever works at this open counter next; the text is sealed."""

    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCounter(CounterCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDay(Command):
    """Open the service day of this date (2026-11-23) by a person's word, whatever the clock says."""

    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDay(Command):
    """`leftovers`: cancel, outside (served outside the program) or None, which refuses while somebody is left."""

    leftovers: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenDay(Command):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectDate(Command):
    """Say that a wrong clock opened days ahead of today (`day`, as 2026-11-23); `leftovers` as at a closing."""

    day: str
    leftovers: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketView:
    """The ticket in an answer; `state` is that right after the decision."""

    id: str
    number: str
    service: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the hub accepted. `ticket` is None when nobody waits; `why` says which rule chose, as recorded."""

    ticket: TicketView | None = None
    why: str | None = None
    act: str | None = None
    register_number: str | None = None
