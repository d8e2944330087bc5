"""What the windows show: answers of the readers as frozen values. Times are UTC milliseconds unless said otherwise."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from mppdesk.domain.catalog import Agency, Requirement, Service
from mppdesk.domain.office_day import CounterState
from mppdesk.domain.print_job import PrinterState, PrintJob
from mppdesk.domain.site import Role
from mppdesk.domain.submission import CheckState, LackReason, SubmissionStatus
from mppdesk.domain.validity import Finding
from mppdesk.domain.visit import TicketStatus
from mppdesk.texts import Text


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One ticket in a list; `service` is the clerks' short name, `note` what was written when it was put aside."""

    visit: str
    number: str
    service: str
    service_code: str
    issued_ms: int
    since_ms: int
    is_priority: bool
    status: TicketStatus
    counter_label: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class NextUp:
    """Who would be called now, and why, in one sentence."""

    row: QueueRow
    service_name: str
    requirement_count: int
    why: Text


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One row of the checklist as it stands, with what a checkable rule says of it."""

    number: int
    requirement: Requirement
    state: CheckState
    reason: LackReason | None = None
    originals: int | None = None
    copies: int | None = None
    paper_date: date | None = None
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Applicant:
    """Personal data for the desk: the NIK masked. `is_forgotten` when its key was destroyed."""

    name: str | None = None
    masked_nik: str | None = None
    phone: str | None = None
    represented_by: str | None = None
    is_forgotten: bool = False


@dataclass(frozen=True, slots=True)
class Checklist:
    """The standard in the version the file keeps, row by row; `submission` is None before the first tick.

    `due` is the promised date if everything were complete today; None for services done at once.
    """

    submission: str | None
    service: Service
    version_ordinal: int
    rows: tuple[CheckRow, ...]
    applicant: Applicant
    status: SubmissionStatus
    due: date | None
    fee: Text
    duration: Text
    register_number: str | None = None

    @property
    def undecided(self) -> tuple[CheckRow, ...]:
        return tuple(row for row in self.rows if row.state is CheckState.UNDECIDED)

    @property
    def lacking(self) -> tuple[CheckRow, ...]:
        return tuple(row for row in self.rows if row.state is CheckState.LACKING)


@dataclass(frozen=True, slots=True)
class CurrentTicket:
    """The person before the counter. `target_minutes` is the catalogue's estimate for the counter."""

    row: QueueRow
    service_name: str
    service_version: str
    agency: str
    called_ms: int
    call_times: int
    started_ms: int | None
    target_minutes: int
    last_act: str | None
    checklist: Checklist


@dataclass(frozen=True, slots=True)
class CounterToday:
    """What this counter did today."""

    finished: int
    registered: int
    returned: int
    no_show: int
    average_minutes: int | None


@dataclass(frozen=True, slots=True)
class LeftNote:
    """What was left for whoever works at a counter; `by` is a name."""

    text: str
    by: str
    left_ms: int


@dataclass(frozen=True, slots=True)
class CounterScreen:
    """Everything a counter window shows, of one moment. `serves` says in words which services.

    `only_here` are those of `waiting` whom no other counter would call that is open today; `note` is read while nobody
    is at the desk.
    """

    counter: str
    label: str
    agency: Agency
    mpp_name: str
    day: date | None
    state: CounterState
    break_until: str | None
    serves: Text
    current: CurrentTicket | None
    waiting: tuple[QueueRow, ...]
    on_hold: tuple[QueueRow, ...]
    no_show: tuple[QueueRow, ...]
    next_up: NextUp | None
    today: CounterToday
    last_call_ms: int | None
    only_here: tuple[QueueRow, ...] = ()
    note: LeftNote | None = None


@dataclass(frozen=True, slots=True)
class KioskService:
    """`closed` says in words why no numbers are given for it now; None when they are."""

    service: Service
    waiting: int
    closed: Text | None = None


@dataclass(frozen=True, slots=True)
class KioskAgency:
    """A tile of the kiosk; `closed` says in words why it is shut and when it opens again, None when open."""

    agency: Agency
    services: tuple[KioskService, ...]
    waiting: int
    closed: Text | None


@dataclass(frozen=True, slots=True)
class KioskScreen:
    """Agencies in the order of the day."""

    mpp_name: str
    heading: tuple[str, ...]
    agencies: tuple[KioskAgency, ...]


@dataclass(frozen=True, slots=True)
class BoardCall:
    """One call as the hall sees it; `ordinal` tells a repeated call from the one before."""

    ordinal: int
    number: str
    counter_label: str
    agency: str
    spoken_agency: str
    called_ms: int
    times: int


@dataclass(frozen=True, slots=True)
class BoardScreen:
    """The last calls of the day, newest first, and how many wait; `lost_ms`: nothing was heard of the hub since."""

    mpp_name: str
    heading: tuple[str, ...]
    calls: tuple[BoardCall, ...]
    waiting: int
    finished: int
    lost_ms: int | None = None


@dataclass(frozen=True, slots=True)
class ServiceHit:
    """A service found by what somebody typed, with how many wait for its agency."""

    service: Service
    agency: Agency
    waiting: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class SubmissionHit:
    """A submission with the ticket it lies at now, of today or an earlier `day`; `lacking` counts its rows."""

    submission: str
    visit: str
    number: str
    day: date
    service: str
    service_code: str
    agency: Agency
    status: SubmissionStatus
    ticket_status: TicketStatus
    counter_label: str | None
    was_returned: bool
    lacking: int
    register_number: str | None = None


@dataclass(frozen=True, slots=True)
class UnheardTicket:
    """A number that may be on somebody's slip although nobody here has heard of it, or of what for.

    `services` are those of the counter: code and name.
    """

    number: str
    services: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StaleTicket:
    """The slip of another day."""

    number: str
    day: date


@dataclass(frozen=True, slots=True)
class Sought:
    """What answers to a number or a scanned code; a ticket's code finds its submission too, and the other way.

    `stale` is a code that says by itself that its ticket is of another day.
    """

    ticket: QueueRow | None = None
    submission: SubmissionHit | None = None
    unheard: UnheardTicket | None = None
    stale: StaleTicket | None = None


@dataclass(frozen=True, slots=True)
class CounterChoice:
    """A counter at sign-in; `taken_by` is the display name of the clerk who has it open."""

    counter: str
    label: str
    agency: str
    taken_by: str | None


@dataclass(frozen=True, slots=True)
class LastShift:
    """Where somebody worked last; `serves` says in words which services."""

    label: str
    day: date
    serves: Text


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A member of staff at work here."""

    user: str
    user_name: str
    display_name: str
    roles: tuple[str, ...]

    @property
    def is_leading(self) -> bool:
        """Whether she is a supervisor or an administrator."""
        return not {Role.SUPERVISOR, Role.ADMINISTRATOR}.isdisjoint(self.roles)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened to a ticket, in plain words: when (site's zone, as text), who, what."""

    at: str
    who: str
    what: Text


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """How a printer stands, since when, and what waits for it, `first_waiting` before all others.

    `unconfirmed` are the sheets that a person of this PC is asked about, `expired` the tickets that got too old to come
    out by themselves; both also of its other printers. `slips_left`: about how many slips its roll still holds; None
    while nobody can know. `instead` is the printer that could take over now, `elsewhere` another one of this PC that
    has stopped while something waits for it. `is_a5`: the papers of a file come out on sheets of A5.
    """

    name: str
    state: PrinterState
    since_ms: int
    open_jobs: int = 0
    unconfirmed: tuple[PrintJob, ...] = field(default=())
    slips_left: int | None = None
    expired: tuple[PrintJob, ...] = ()
    first_waiting: PrintJob | None = None
    instead: str | None = None
    elsewhere: "PrinterStatus | None" = None
    is_a5: bool = False


class Readers(Protocol):
    """Questions to the store; each is answered from one moment, without waiting for a writer."""

    def counter_screen(self, counter: str) -> CounterScreen: ...

    def kiosk_screen(self) -> KioskScreen: ...

    def board_screen(self, calls: int = 5) -> BoardScreen: ...

    def find_services(self, typed: str, limit: int = 8) -> tuple[ServiceHit, ...]:
        """Services by code, name, everyday name, agency or search word; best first."""

    def find_ticket(self, typed: str, day: str | None = None) -> QueueRow | None:
        """A ticket of today by its number as typed (`a19`, `A-019`) or by the token of its QR code."""

    def seek(self, typed: str, day: str | None = None) -> Sought:
        """What a number of today (or of `day`) leads to, or the code of a ticket or of a submission's paper."""

    def counter_choices(self) -> tuple[CounterChoice, ...]: ...

    def last_shift(self, user_name: str) -> LastShift | None:
        """Where somebody worked last; None for who never did."""

    def history(self, visit: str) -> tuple[HistoryLine, ...]: ...

    def full_nik(self, submission: str) -> str | None:
        """The NIK in full; asking is itself recorded by the operation that shows it."""


Unsubscribe = Callable[[], None]
