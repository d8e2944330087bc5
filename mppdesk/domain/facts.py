"""The kinds of fact a journal can hold, version 1; each class name is the kind's name in the bytes.

Fields may be added with a default; none is ever removed or given another meaning. A decision of the hub carries
`command_id`, `term`, `day` and enough to give the same answer again (DESIGN 6).
"""

from dataclasses import dataclass
from typing import Any

from mppdesk.domain.catalog import Service
from mppdesk.domain.entries import Sealed, SubjectType


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What every decision of the hub carries; `day` is the service day as 2026-11-23."""

    command_id: str
    term: int
    day: str


# --- visit ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stop:
    """One errand of a visit."""

    service: str
    agency: str
    service_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketIssued(Decision):
    """`position` orders the queue of the day (1024 apart, so that re-entries fit between)."""

    prefix: str
    number: int
    digits: int
    issuer_no: int
    position: int
    token: str
    stops: tuple[Stop, ...]
    priority: str | None = None


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


# --- submission ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionOpened:
    """`token` is the opaque text in the QR code of its papers."""

    visit: str
    service: str
    agency: str
    service_version: str
    counter: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionResumed:
    """Taken up again after a return, at any counter."""

    visit: str
    counter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementChecked:
    """`state`: undecided, fulfilled, lacking, not_applicable; `reason` only when lacking; `date` as 2026-08-12."""

    code: str
    state: str
    reason: str | None = None
    originals: int | None = None
    copies: int | None = None
    date: str | None = None
    note: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantRecorded:
    """Personal data of the applicant; a field left out stays as it was, an empty text clears it."""

    name: Sealed | None = None
    nik: Sealed | None = None
    phone: Sealed | None = None
    represented_by: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRegistered(Decision):
    """The gapless register number of agency and year; `due` is the promised date as 2026-11-30."""

    register_number: str
    agency: str
    year: int
    n: int
    due: str | None
    counter: str
    counter_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionReturned(Decision):
    """Handed back with the codes that lack and why."""

    lacking: tuple[tuple[str, str], ...]
    counter: str
    counter_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationVoided(Decision):
    """The number stays used and is listed as void."""

    register_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnWithdrawn(Decision):
    """The return was undone; the checklist is open again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeWithdrawn(Decision):
    """Taking it up again was undone; the submission is returned as it was before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDataOpened:
    """Somebody looked at the full text of these fields, for the reason chosen from a list."""

    fields: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonForgotten:
    """The key is destroyed on every station; what it sealed can never be read again."""

    key_id: str


# --- counter, day, settings, people, logs ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterOpened(Decision):
    """`services` are codes; empty means all that the counter is set up for."""

    counter: str
    label: str
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakStarted(Decision):
    """`until` is the local time announced, as 13.00."""

    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEnded(Decision):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNumbersStopped(Decision):
    """The counter serves those who wait; nobody gets a number because of it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNumbersResumed(Decision):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterClosed(Decision):
    pass


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """The numbers first..last of every prefix belong to this issuer for the day."""

    issuer_no: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOpened(Decision):
    """`leftovers` counts yesterday's tickets that nobody decided; `confirmed` when a person vouched for the date."""

    blocks: tuple[NumberBlock, ...]
    leftovers: int = 0
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DayClosed(Decision):
    """`counts` are the tickets of the day by their state at the signature."""

    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReopened(Decision):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceVersionPublished:
    """A whole published standard; `version_hash` names it, `ordinal` counts the versions of its code."""

    version_hash: str
    ordinal: int
    service: Service


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingChanged:
    """The value of a named setting of the site, whole: `agency/DPMPTSP`, `counter/Loket 2`, `hours`, ..."""

    name: str
    value: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class UserDefined:
    """A member of staff; verifiers of PINs never stand in the journal."""

    user_name: str
    display_name: str
    roles: tuple[str, ...]
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LogOpened:
    """The first entry of a log: who writes it and which log this device wrote before."""

    device_id: str
    public_key: bytes
    app_version: str
    previous_log: str | None = None
    previous_head: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogClosed:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseRestored:
    """This database came from a backup; tickets of that day go on at the number `numbers_from`.

    `register_hundreds` are the hundreds that each agency's book keeps free for what was lost.
    """

    backup_made_ms: int
    heads: int
    numbers_from: int = 600
    register_hundreds: int = 1


_KINDS_OF: dict[SubjectType, tuple[type, ...]] = {
    SubjectType.VISIT: (
        TicketIssued, TicketCalled, CallShown, CallExpired, TicketRecalled, ServiceStarted, TicketHeld,
        TicketResumed, TicketNoShow, TicketRequeued, TicketTransferred, TicketFinished, TicketCancelled,
        ReturnTakenUp, ActUndone, PersonForgotten,
    ),
    SubjectType.SUBMISSION: (
        SubmissionOpened, SubmissionResumed, RequirementChecked, ApplicantRecorded, SubmissionRegistered,
        SubmissionReturned, RegistrationVoided, ReturnWithdrawn, ResumeWithdrawn, PersonalDataOpened,
        PersonForgotten,
    ),
    SubjectType.COUNTER_DAY: (
        CounterOpened, BreakStarted, BreakEnded, NewNumbersStopped, NewNumbersResumed, CounterClosed,
    ),
    SubjectType.SERVICE_DAY: (DayOpened, DayClosed, DayReopened),
    SubjectType.SERVICE_VERSION: (ServiceVersionPublished,),
    SubjectType.SITE_SETTING: (SettingChanged,),
    SubjectType.USER: (UserDefined,),
    SubjectType.LOG: (LogOpened, LogClosed, DatabaseRestored),
}  # fmt: skip

FACTS: dict[str, type] = {fact.__name__: fact for kinds in _KINDS_OF.values() for fact in kinds}
"""Kind -> class of the body."""


_BELONGING = frozenset((fact.__name__, str(subject)) for subject, kinds in _KINDS_OF.items() for fact in kinds)


def belongs_to(kind: str, subject_type: str) -> bool:
    """Whether a kind of fact may be about a type of subject."""
    return (kind, subject_type) in _BELONGING
