"""The kinds of fact a journal can hold, version 1; each class name is the kind's name in the bytes.

Fields may be added with a default; none is ever removed or given another meaning. A decision of the hub carries
`command_id`, `term`, `day` and enough to give the same answer again (DESIGN 6).
"""

from mppdesk.domain.entries import SubjectType
from mppdesk.domain.facts.days import (
    BreakEnded,
    BreakStarted,
    CounterClosed,
    CounterOpened,
    DayClosed,
    DayMisdated,
    DayOpened,
    DayOpenedAlone,
    DayReopened,
    NewNumbersResumed,
    NewNumbersStopped,
    NumberBlock,
    ShiftNoteLeft,
)
from mppdesk.domain.facts.decision import (
    Decision,
)
from mppdesk.domain.facts.papers import SlipReprinted
from mppdesk.domain.facts.site import (
    AnomalySeen,
    DatabaseRestored,
    HubTakenOver,
    LogClosed,
    LogOpened,
    ReservedRegister,
    ServiceVersionPublished,
    SettingChanged,
    StationAdmitted,
    StationEnrolled,
    StationInvited,
    StationRevoked,
    UserDefined,
)
from mppdesk.domain.facts.submissions import (
    ApplicantRecorded,
    PersonalDataOpened,
    PersonForgotten,
    RegisteredProvisionally,
    RegistrationVoided,
    RequirementChecked,
    ResumeWithdrawn,
    ReturnWithdrawn,
    SubmissionOpened,
    SubmissionRegistered,
    SubmissionResumed,
    SubmissionReturned,
)
from mppdesk.domain.facts.visits import (
    ActUndone,
    CallExpired,
    CallShown,
    ReturnTakenUp,
    ServiceStarted,
    ShownPaper,
    Stop,
    TicketCalled,
    TicketCancelled,
    TicketClaimedOffline,
    TicketDecision,
    TicketFinished,
    TicketHeld,
    TicketIssued,
    TicketNoShow,
    TicketRecalled,
    TicketRequeued,
    TicketResumed,
    TicketTransferred,
)

__all__ = [
    "FACTS",
    "ActUndone",
    "AnomalySeen",
    "ApplicantRecorded",
    "BreakEnded",
    "BreakStarted",
    "CallExpired",
    "CallShown",
    "CounterClosed",
    "CounterOpened",
    "DatabaseRestored",
    "DayClosed",
    "DayMisdated",
    "DayOpened",
    "DayOpenedAlone",
    "DayReopened",
    "Decision",
    "HubTakenOver",
    "LogClosed",
    "LogOpened",
    "NewNumbersResumed",
    "NewNumbersStopped",
    "NumberBlock",
    "PersonForgotten",
    "PersonalDataOpened",
    "RegisteredProvisionally",
    "RegistrationVoided",
    "RequirementChecked",
    "ReservedRegister",
    "ResumeWithdrawn",
    "ReturnTakenUp",
    "ReturnWithdrawn",
    "ServiceStarted",
    "ServiceVersionPublished",
    "SettingChanged",
    "ShiftNoteLeft",
    "ShownPaper",
    "SlipReprinted",
    "StationAdmitted",
    "StationEnrolled",
    "StationInvited",
    "StationRevoked",
    "Stop",
    "SubmissionOpened",
    "SubmissionRegistered",
    "SubmissionResumed",
    "SubmissionReturned",
    "TicketCalled",
    "TicketCancelled",
    "TicketClaimedOffline",
    "TicketDecision",
    "TicketFinished",
    "TicketHeld",
    "TicketIssued",
    "TicketNoShow",
    "TicketRecalled",
    "TicketRequeued",
    "TicketResumed",
    "TicketTransferred",
    "UserDefined",
    "belongs_to",
]

_KINDS_OF: dict[SubjectType, tuple[type, ...]] = {
    SubjectType.VISIT: (
        TicketIssued, TicketCalled, CallShown, CallExpired, TicketRecalled, ServiceStarted,
        TicketClaimedOffline, TicketHeld,
        TicketResumed, TicketNoShow, TicketRequeued, TicketTransferred, TicketFinished, TicketCancelled,
        ReturnTakenUp, ActUndone, SlipReprinted, PersonForgotten,
    ),
    SubjectType.SUBMISSION: (
        SubmissionOpened, SubmissionResumed, RequirementChecked, ApplicantRecorded, RegisteredProvisionally,
        SubmissionRegistered,
        SubmissionReturned, RegistrationVoided, ReturnWithdrawn, ResumeWithdrawn, PersonalDataOpened,
        SlipReprinted, PersonForgotten,
    ),
    SubjectType.COUNTER_DAY: (
        CounterOpened, BreakStarted, BreakEnded, NewNumbersStopped, NewNumbersResumed, ShiftNoteLeft, PersonForgotten,
        CounterClosed,
    ),
    SubjectType.SERVICE_DAY: (DayOpened, DayOpenedAlone, DayClosed, DayReopened, DayMisdated),
    SubjectType.SERVICE_VERSION: (ServiceVersionPublished,),
    SubjectType.SITE_SETTING: (SettingChanged,),
    SubjectType.USER: (UserDefined,),
    SubjectType.STATION: (StationInvited, StationEnrolled, StationRevoked, StationAdmitted, HubTakenOver),
    SubjectType.ANOMALY: (AnomalySeen, PersonForgotten),
    SubjectType.LOG: (LogOpened, LogClosed, DatabaseRestored),
}  # fmt: skip

FACTS: dict[str, type] = {fact.__name__: fact for kinds in _KINDS_OF.values() for fact in kinds}
"""Kind -> class of the body."""


_BELONGING = frozenset((fact.__name__, str(subject)) for subject, kinds in _KINDS_OF.items() for fact in kinds)


def belongs_to(kind: str, subject_type: str) -> bool:
    """Whether a kind of fact may be about a type of subject."""
    return (kind, subject_type) in _BELONGING
