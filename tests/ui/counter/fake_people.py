"""The invented people of the counter in memory, and what the windows read of them."""

from dataclasses import dataclass, field
from datetime import date

from mppdesk.domain.commands import Answer, TicketView
from mppdesk.domain.conditions import fee_sentence
from mppdesk.domain.formats import masked_nik
from mppdesk.domain.submission import CheckState, SubmissionStatus
from mppdesk.domain.validity import check
from mppdesk.domain.visit import TicketStatus
from mppdesk.domain.working_time import due_date, span_text
from mppdesk.operations.readings import Applicant, Checklist, CheckRow, NextUp, QueueRow, SubmissionHit
from mppdesk.operations.submissions import ApplicantData, Check
from mppdesk.texts import Text, msg
from tests.ui.counter.catalogue import AGENCIES, SERVICES


@dataclass(frozen=True)
class Person:
    """Somebody with a number, as this office keeps them."""

    visit: str
    number: str
    service: str
    issued_ms: int
    status: TicketStatus = TicketStatus.WAITING
    is_priority: bool = False
    since_ms: int = 0
    called_ms: int = 0
    call_times: int = 0
    started_ms: int | None = None
    note: str | None = None
    submission: str | None = None
    checks: dict[str, Check] = field(default_factory=dict)
    applicant: ApplicantData = field(default_factory=ApplicantData)
    last_act: str | None = None
    outcome: str | None = None
    code: str = ""


def queue_row(person: Person) -> QueueRow:
    return QueueRow(
        visit=person.visit,
        number=person.number,
        service=SERVICES[person.service].name_in_lists,
        service_code=person.service,
        issued_ms=person.issued_ms,
        since_ms=person.since_ms or person.issued_ms,
        is_priority=person.is_priority,
        status=person.status,
        note=person.note,
    )


def next_up(waiting: tuple[QueueRow, ...]) -> NextUp | None:
    if not waiting:
        return None
    service = SERVICES[waiting[0].service_code]
    return NextUp(waiting[0], service.name, len(service.requirements), _why(waiting))


def _why(waiting: tuple[QueueRow, ...]) -> Text:
    then = next((row for row in waiting[1:] if row.is_priority), None)
    if then is None:
        return msg("Paling lama menunggu.")
    return msg("Paling lama menunggu. Sesudahnya giliran prioritas: {number}.", number=then.number)


def checklist(person: Person, today: date) -> Checklist:
    service = SERVICES[person.service]
    nik = person.applicant.nik
    return Checklist(
        submission=person.submission,
        service=service,
        version_ordinal=3,
        rows=tuple(_row(number, person, today) for number in range(1, len(service.requirements) + 1)),
        applicant=Applicant(
            name=person.applicant.name,
            masked_nik=masked_nik(nik) if nik else None,
            phone=person.applicant.phone,
            represented_by=person.applicant.represented_by,
        ),
        status=SubmissionStatus.OPEN,
        due=due_date(today, service.duration, frozenset()),
        fee=fee_sentence(service.fee),
        duration=span_text(service.duration),
    )


def _row(number: int, person: Person, today: date) -> CheckRow:
    requirement = SERVICES[person.service].requirements[number - 1]
    made = person.checks.get(requirement.code) or Check(requirement.code, CheckState.UNDECIDED)
    rule = requirement.validity
    return CheckRow(
        number=number,
        requirement=requirement,
        state=made.state,
        reason=made.reason,
        originals=made.originals,
        copies=made.copies,
        paper_date=made.paper_date,
        finding=check(rule, made.paper_date, today) if rule else None,
    )


def answer(person: Person, act: str) -> Answer:
    ticket = TicketView(id=person.visit, number=person.number, service=person.service, state=str(person.status))
    return Answer(ticket=ticket, act=act)


def submission_hit(person: Person, today: date) -> SubmissionHit | None:
    """The file of a person, as the finder reads it."""
    if person.submission is None:
        return None
    service = SERVICES[person.service]
    statuses = {"returned": SubmissionStatus.RETURNED, "registered": SubmissionStatus.REGISTERED}
    return SubmissionHit(
        submission=person.submission,
        visit=person.visit,
        number=person.number,
        day=today,
        service=service.name_in_lists,
        service_code=service.code,
        agency=AGENCIES[service.agency],
        status=statuses.get(person.outcome or "", SubmissionStatus.OPEN),
        ticket_status=person.status,
        counter_label="Loket 2" if person.status is TicketStatus.SERVING else None,
        was_returned=person.outcome == "returned",
        lacking=sum(each.state is CheckState.LACKING for each in person.checks.values()),
        register_number="DPMPTSP/SIP/2026/11/000123" if person.outcome == "registered" else None,
    )
