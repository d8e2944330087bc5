"""A submission (berkas): what an applicant hands in for one service, checked against its published standard."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from mppdesk.domain import facts
from mppdesk.domain.catalog import Requirement
from mppdesk.domain.entries import Entry, Sealed
from mppdesk.domain.fold import Folded, fold


class CheckState(StrEnum):
    UNDECIDED = "undecided"
    FULFILLED = "fulfilled"
    LACKING = "lacking"
    NOT_APPLICABLE = "not_applicable"


class LackReason(StrEnum):
    """Why a document lacks; the digits 1-5 of the checklist follow this order."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    EXPIRED = "expired"
    MISMATCH = "mismatch"
    TOO_FEW = "too_few"


class SubmissionStatus(StrEnum):
    OPEN = "open"
    RETURNED = "returned"
    REGISTERED = "registered"


@dataclass(frozen=True, slots=True)
class Row:
    """How one requirement stands; counts are papers, `date` is the paper's own date as 2026-08-12."""

    state: CheckState = CheckState.UNDECIDED
    reason: LackReason | None = None
    originals: int | None = None
    copies: int | None = None
    date: str | None = None
    note: Sealed | None = None
    entry_id: str | None = None


@dataclass(frozen=True, slots=True)
class SealedField:
    """A personal field with the entry it was sealed in."""

    sealed: Sealed
    entry_id: str


@dataclass(frozen=True, slots=True)
class Return:
    """One time that it was handed back: to which visit, at which counter, and the time before."""

    visit: str
    counter: str
    returned_ms: int
    earlier: "Return | None" = None


@dataclass(frozen=True, slots=True)
class BeforeTakingUp:
    """How it lay before a decision took it up, and before the one before that."""

    decision: str
    status: SubmissionStatus
    visit: str
    counter: str
    decided_ms: int | None
    earlier: "BeforeTakingUp | None" = None


@dataclass(frozen=True, slots=True)
class Submission:
    """What is true of a submission. Times are UTC milliseconds; `visits` are all that it lay at, `visit` the last.

    As long as `register_n` is None a registered one has only `provisional_number`, which is its `register_number` then.
    """

    submission_id: str
    visit: str
    service: str
    agency: str
    service_version: str
    counter: str
    token: str
    opened_ms: int
    status: SubmissionStatus = SubmissionStatus.OPEN
    rows: Mapping[str, Row] = field(default_factory=dict)
    applicant: Mapping[str, SealedField] = field(default_factory=dict)
    register_number: str | None = None
    register_year: int | None = None
    register_n: int | None = None
    provisional_number: str | None = None
    due: str | None = None
    decided_ms: int | None = None
    visits: tuple[str, ...] = ()
    last_return: Return | None = None
    before: BeforeTakingUp | None = None
    last_withdrawal: str = field(default="", compare=False)
    void_numbers: tuple[str, ...] = ()
    forgotten_keys: tuple[str, ...] = ()

    def row(self, code: str) -> Row:
        return self.rows.get(code, _UNDECIDED)


def undecided(requirements: Iterable[Requirement], submission: Submission) -> tuple[Requirement, ...]:
    """List the requirements nobody has decided yet, in the order of the checklist."""
    return tuple(each for each in requirements if submission.row(each.code).state is CheckState.UNDECIDED)


def lacking(requirements: Iterable[Requirement], submission: Submission) -> tuple[Requirement, ...]:
    """List the requirements that lack, in the order of the checklist."""
    return tuple(each for each in requirements if submission.row(each.code).state is CheckState.LACKING)


def fold_submission(entries: Iterable[Entry]) -> Folded[Submission]:
    """Fold the set of a submission's entries, in any order of arrival; total: it never raises."""
    return fold(entries, _step)


def _step(submission: Submission | None, entry: Entry) -> Submission | str:
    if entry.kind == "SubmissionOpened":
        return _opened(entry) if submission is None else "opened_twice"
    if submission is None:
        return "not_opened"
    change = _CHANGES.get(entry.kind)
    return change(submission, entry) if change else "unknown_kind"


def _opened(entry: Entry) -> Submission:
    fact: facts.SubmissionOpened = entry.fact
    return Submission(
        submission_id=entry.subject.id,
        visit=fact.visit,
        service=fact.service,
        agency=fact.agency,
        service_version=fact.service_version,
        counter=fact.counter,
        token=fact.token,
        opened_ms=entry.wall_ms,
        visits=(fact.visit,),
    )


def _resumed(submission: Submission, entry: Entry) -> Submission | str:
    if submission.status is SubmissionStatus.REGISTERED:
        return "already_registered"
    fact: facts.SubmissionResumed = entry.fact
    visits = submission.visits if fact.visit in submission.visits else (*submission.visits, fact.visit)
    return replace(
        submission,
        status=SubmissionStatus.OPEN,
        visit=fact.visit,
        counter=fact.counter,
        visits=visits,
        before=_before(submission, fact.decision),
    )


def _before(submission: Submission, decision: str) -> BeforeTakingUp | None:
    """How it lay; a decision that hub and station both made, and what no decision is, change nothing of that."""
    before = submission.before
    if not decision or (before is not None and before.decision == decision):
        return before
    return BeforeTakingUp(
        decision, submission.status, submission.visit, submission.counter, submission.decided_ms, before
    )


def _checked(submission: Submission, entry: Entry) -> Submission | str:
    if submission.status is SubmissionStatus.REGISTERED:
        return "already_registered"
    fact: facts.RequirementChecked = entry.fact
    try:
        state = CheckState(fact.state)
        reason = LackReason(fact.reason) if fact.reason else None
    except ValueError:
        return "unknown_state"
    row = Row(state, reason, fact.originals, fact.copies, fact.date, fact.note, entry.entry_id)
    return replace(submission, rows={**submission.rows, fact.code: row})


def _applicant(submission: Submission, entry: Entry) -> Submission:
    written = {
        name: SealedField(sealed, entry.entry_id)
        for name in ("name", "nik", "phone", "represented_by")
        if (sealed := getattr(entry.fact, name)) is not None
    }
    return replace(submission, applicant={**submission.applicant, **written})


def _registered_provisionally(submission: Submission, entry: Entry) -> Submission | str:
    fact: facts.RegisteredProvisionally = entry.fact
    if submission.register_n is not None and submission.provisional_number is None:
        return replace(submission, provisional_number=fact.provisional_number)  # the hub had decided it too
    if submission.status is not SubmissionStatus.OPEN:
        return f"while_{submission.status}"
    return replace(
        submission,
        status=SubmissionStatus.REGISTERED,
        register_number=fact.provisional_number,
        provisional_number=fact.provisional_number,
        due=fact.due,
        decided_ms=entry.wall_ms,
    )


def _registered(submission: Submission, entry: Entry) -> Submission | str:
    is_provisional = submission.status is SubmissionStatus.REGISTERED and submission.register_n is None
    if submission.status is not SubmissionStatus.OPEN and not is_provisional:
        return f"while_{submission.status}"
    fact: facts.SubmissionRegistered = entry.fact
    return replace(
        submission,
        status=SubmissionStatus.REGISTERED,
        register_number=fact.register_number,
        register_year=fact.year,
        register_n=fact.n,
        due=fact.due,
        decided_ms=entry.wall_ms,
    )


def _returned(submission: Submission, entry: Entry) -> Submission | str:
    if submission.status is not SubmissionStatus.OPEN:
        return f"while_{submission.status}"
    return replace(
        submission,
        status=SubmissionStatus.RETURNED,
        decided_ms=entry.wall_ms,
        last_return=Return(submission.visit, submission.counter, entry.wall_ms, submission.last_return),
    )


def _voided(submission: Submission, entry: Entry) -> Submission | str:
    if submission.register_number != entry.fact.register_number:
        return "another_number"
    return replace(
        submission,
        status=SubmissionStatus.OPEN,
        register_number=None,
        register_year=None,
        register_n=None,
        provisional_number=None,
        due=None,
        decided_ms=None,
        void_numbers=(*submission.void_numbers, entry.fact.register_number),
    )


def _return_withdrawn(submission: Submission, entry: Entry) -> Submission | str:
    if submission.status is not SubmissionStatus.RETURNED:
        return f"while_{submission.status}"
    earlier = submission.last_return.earlier if submission.last_return else None
    return replace(submission, status=SubmissionStatus.OPEN, decided_ms=None, last_return=earlier)


def _resume_withdrawn(submission: Submission, entry: Entry) -> Submission | str:
    withdrawal = entry.fact.command_id
    if withdrawal and withdrawal == submission.last_withdrawal:
        return submission  # the hub had decided it too
    before = submission.before or _as_returned(submission)
    if submission.status is not SubmissionStatus.OPEN or before is None:
        return f"while_{submission.status}"
    return replace(
        submission,
        status=before.status,
        visit=before.visit,
        visits=tuple(each for each in submission.visits if each == before.visit or each != submission.visit),
        counter=before.counter,
        decided_ms=before.decided_ms,
        before=before.earlier,
        last_withdrawal=withdrawal,
    )


def _as_returned(submission: Submission) -> BeforeTakingUp | None:
    """How a file lay that was taken up by a program that did not say by which decision."""
    last = submission.last_return
    return BeforeTakingUp("", SubmissionStatus.RETURNED, last.visit, last.counter, last.returned_ms) if last else None


def _forgotten(submission: Submission, entry: Entry) -> Submission:
    return replace(submission, forgotten_keys=(*submission.forgotten_keys, entry.fact.key_id))


def _unchanged(submission: Submission, entry: Entry) -> Submission:
    return submission


_UNDECIDED = Row()
_CHANGES: dict[str, Callable[[Submission, Entry], Submission | str]] = {
    "SubmissionResumed": _resumed,
    "RequirementChecked": _checked,
    "ApplicantRecorded": _applicant,
    "RegisteredProvisionally": _registered_provisionally,
    "SubmissionRegistered": _registered,
    "SubmissionReturned": _returned,
    "RegistrationVoided": _voided,
    "ReturnWithdrawn": _return_withdrawn,
    "ResumeWithdrawn": _resume_withdrawn,
    "PersonalDataOpened": _unchanged,
    "SlipReprinted": _unchanged,
    "PersonForgotten": _forgotten,
}
