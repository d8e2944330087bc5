"""Facts about a submission: the papers of one errand, and the person whose they are."""

from dataclasses import dataclass

from mppdesk.domain.entries import Sealed
from mppdesk.domain.facts.decision import Decision


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
    """Taken up again after a return, at any counter.

    `decision` is the id of the command that took it up, the same where hub and station both decided it; else empty.
    """

    visit: str
    counter: str
    decision: str = ""


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
class RegisteredProvisionally(Decision):
    """Accepted while cut off from the hub, under a number of the station's own; the hub's follows (DESIGN 9)."""

    provisional_number: str
    agency: str
    year: int
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
