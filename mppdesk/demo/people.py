"""What the demo's people do: citizens take tickets, clerks call, check, register, return, transfer, hold, finish.

Every act is an operation of the product on the real store; chance decides only what people decide.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from mppdesk.app.station import Station
from mppdesk.demo.citizens import Citizen, invent_citizens
from mppdesk.demo.stage import Person
from mppdesk.domain import commands
from mppdesk.domain.catalog import Catalog, Requirement
from mppdesk.domain.commands import Answer
from mppdesk.domain.papers import ReceiptPaper
from mppdesk.domain.site import Site
from mppdesk.domain.submission import CheckState, LackReason
from mppdesk.operations import desk as desks
from mppdesk.operations import kiosk, submissions
from mppdesk.operations.desk import Desk
from mppdesk.operations.readings import CurrentTicket
from mppdesk.operations.receipts import receipt_draft
from mppdesk.operations.submissions import ApplicantData, Check

_NO_SHOW = 0.07
_LACKING_FILE = 0.22
_HELD = 0.05
_TRANSFERRED = 0.05
_CANCELS = 0.06
_COMES_BACK = 0.5
_COMPLETES_TODAY = 0.4
_RETURNS_SOON = 0.6
_UNDOES = 0.03
_RECALLS = 2
_RECEIPTS_KEPT = 8
_LOOK_AGAIN_S = (40.0, 120.0)
_HOLD_NOTES = ("Memfotokopi KK", "Mengambil berkas di mobil", "Menunggu surat dari kelurahan")


@dataclass
class Hall:
    """The building on this day: which agencies are staffed, and who holds which ticket."""

    office: Station
    site: Site
    random: Random
    catalog: Catalog
    agencies: tuple[str, ...]
    staffed: tuple[tuple[Desk, str], ...]
    citizens: dict[str, Citizen] = field(default_factory=dict)
    transferred: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    completing: list[CurrentTicket] = field(default_factory=list)
    receipts: list[ReceiptPaper] = field(default_factory=list)

    @property
    def services(self) -> tuple[str, ...]:
        """The services somebody is there for."""
        return tuple(each.service.code for agency in self.agencies for each in self.catalog.of_agency(agency))

    def stranger(self) -> Citizen:
        """Somebody who took her number at the kiosk window herself."""
        return invented_newcomer(self, self.office.now(), None)

    def open_counter(self, desk: Desk) -> None:
        desks.open_counter(desk, self.office.hub, self.office.ids)


def invented_newcomer(hall: Hall, now: datetime, agency: str | None) -> Citizen:
    """Somebody who comes in now, for one agency or for any that is staffed."""
    agencies = (agency,) if agency else hall.agencies
    return invent_citizens(hall.random, hall.catalog, agencies, 1, now)[0]


def citizen(hall: Hall, person: Citizen) -> Person:
    """Take a ticket at the kiosk; a few lose patience and cancel."""
    answer = kiosk.take_ticket(
        hall.office.hub,
        hall.office.kiosk,
        hall.office.ids.new(),
        person.service,
        person.priority,
        hall.site.kiosks[0].printer,
    )
    assert answer.ticket is not None
    hall.citizens[answer.ticket.id] = person
    if hall.random.random() < _CANCELS:
        yield hall.random.uniform(20, 600)
        row = hall.office.readers.find_ticket(answer.ticket.number)
        if row is not None and row.status == "waiting":
            _cancel(hall, row.visit)


def clerk(hall: Hall, desk: Desk) -> Person:
    """Open the counter and serve whoever is next until the hall is empty."""
    hub, ids = hall.office.hub, hall.office.ids
    hall.open_counter(desk)
    while True:
        answer = desks.call_next(desk, hub, ids)
        if answer.ticket is None:
            yield from _idle(hall, desk)
            continue
        yield hall.random.uniform(8, 25)
        if hall.random.random() < _NO_SHOW:
            yield from _nobody_comes(hall, desk, answer.ticket.id)
        else:
            yield from _serve(hall, desk, answer.ticket.id)
        yield hall.random.uniform(5, 20)


def _idle(hall: Hall, desk: Desk) -> Person:
    """Nobody waits: go on with somebody who was put aside, else look again later."""
    if hall.held and hall.random.random() < _COMES_BACK:
        held = hall.office.readers.counter_screen(desk.counter).on_hold
        if held and held[0].visit in hall.held:
            desks.resume(desk, hall.office.hub, hall.office.ids, held[0].visit)
            hall.held.discard(held[0].visit)
            yield hall.random.uniform(60, 200)
            yield from _finish(hall, desk)
    back = next((each for each in hall.completing if (desk, each.agency) in hall.staffed), None)
    if back is not None:
        hall.completing.remove(back)
        yield from _complete(hall, desk, back.checklist.submission or "")
    yield hall.random.uniform(*_LOOK_AGAIN_S)


def _complete(hall: Hall, desk: Desk, submission: str) -> Person:
    """Somebody is back with the paper that was missing: no new number, the ticks are there, the rest is quick."""
    hub, ids = hall.office.hub, hall.office.ids
    submissions.resume(desk, hub, ids, submission)
    yield hall.random.uniform(20, 60)
    ticket = _current(hall, desk)
    brought = tuple(Check(row.requirement.code, CheckState.FULFILLED) for row in ticket.checklist.lacking)
    submissions.check_requirements(desk, hall.office.writer, ids, ticket, brought)
    yield hall.random.uniform(10, 30)
    submissions.register(desk, hub, hall.office.readers, ids, _current(hall, desk))


def _nobody_comes(hall: Hall, desk: Desk, visit: str) -> Person:
    hub, ids = hall.office.hub, hall.office.ids
    for _ in range(_RECALLS):
        yield 20.0
        desks.recall(desk, hub, ids, visit)
    yield 20.0
    desks.mark_no_show(desk, hub, ids, visit)
    if hall.random.random() < _COMES_BACK:
        yield 30.0
        desks.requeue(desk, hub, ids, visit, hall.site.policy.requeue_behind)


def _serve(hall: Hall, desk: Desk, visit: str) -> Person:
    hub, ids, chance = hall.office.hub, hall.office.ids, hall.random
    desks.start(desk, hub, ids, visit)
    yield chance.uniform(30, 90)
    if visit not in hall.transferred and chance.random() < _TRANSFERRED:
        hall.transferred.add(visit)
        current = _current(hall, desk)
        others = [code for code in hall.services if code != current.row.service_code]
        desks.transfer(desk, hub, ids, visit, chance.choice(others), "Salah mengambil nomor layanan")
        return
    if chance.random() < _HELD:
        desks.hold(desk, hub, ids, visit, chance.choice(_HOLD_NOTES))
        if chance.random() < _RETURNS_SOON:
            hall.held.add(visit)
        return
    yield from _finish(hall, desk)


def _finish(hall: Hall, desk: Desk) -> Person:
    """Check the file row by row, then accept it, hand it back, or finish what needs no papers."""
    hub, ids, units = hall.office.hub, hall.office.ids, hall.office.writer
    ticket = _current(hall, desk)
    if not ticket.checklist.rows:
        yield hall.random.uniform(60, 240)
        desks.finish(desk, hub, ids, ticket.row.visit)
        return
    is_short = hall.random.random() < _LACKING_FILE
    for row, check in zip(ticket.checklist.rows, _checks(hall, ticket, is_short=is_short), strict=True):
        if row.state is CheckState.UNDECIDED:
            submissions.check_requirements(desk, units, ids, ticket, (check,))
            yield hall.random.uniform(6, 20)
    person = hall.citizens.get(ticket.row.visit) or hall.stranger()
    data = ApplicantData(name=person.name, nik=person.nik, phone=person.phone)
    submissions.record_applicant(desk, units, ids, ticket, data)
    yield hall.random.uniform(20, 90)
    ticket = _current(hall, desk)
    if ticket.checklist.lacking:
        answer = submissions.hand_back(desk, hub, ids, ticket)
    else:
        answer = submissions.register(desk, hub, hall.office.readers, ids, ticket)
        _keep_receipt(hall, desk, ticket, answer)
    if answer.act is not None and hall.random.random() < _UNDOES:
        yield 10.0
        desks.undo(desk, hub, ids, ticket.row.visit, answer.act)
        yield 15.0
        again = _current(hall, desk)
        if again.checklist.lacking:
            submissions.hand_back(desk, hub, ids, again)
        else:
            submissions.register(desk, hub, hall.office.readers, ids, again)
    if ticket.checklist.lacking and hall.random.random() < _COMPLETES_TODAY:
        hall.completing.append(ticket)


def _keep_receipt(hall: Hall, desk: Desk, ticket: CurrentTicket, answer: Answer) -> None:
    """Keep what the first tanda terima said, for the sheets in A5."""
    if len(hall.receipts) < _RECEIPTS_KEPT and answer.register_number is not None:
        draft = receipt_draft(hall.office.readers.counter_screen(desk.counter), ticket, desk)
        told = replace(
            draft,
            register_number=answer.register_number,
            moment=hall.office.now(),
            due=ticket.checklist.due,
            qr_token=hall.office.ids.token(),
        )
        hall.receipts.append(told)


def _checks(hall: Hall, ticket: CurrentTicket, *, is_short: bool) -> tuple[Check, ...]:
    """How the clerk finds each paper; a short file lacks one of those that everybody must bring."""
    needed = [row.requirement.code for row in ticket.checklist.rows if row.requirement.mandatory]
    missing = hall.random.choice(needed) if is_short and needed else None
    return tuple(_check(hall, row.requirement, missing) for row in ticket.checklist.rows)


def _check(hall: Hall, requirement: Requirement, missing: str | None) -> Check:
    if requirement.code == missing:
        return Check(requirement.code, CheckState.LACKING, hall.random.choice(list(LackReason)))
    if not requirement.mandatory and hall.random.random() < 0.7:
        return Check(requirement.code, CheckState.NOT_APPLICABLE)
    issued = None
    if requirement.validity is not None and requirement.validity.rule == "umur_maks":
        issued = hall.office.clock.now().date() - timedelta(days=hall.random.randint(1, 60))
    return Check(requirement.code, CheckState.FULFILLED, None, requirement.original, requirement.copies, issued)


def _current(hall: Hall, desk: Desk) -> CurrentTicket:
    current = hall.office.readers.counter_screen(desk.counter).current
    assert current is not None
    return current


def _cancel(hall: Hall, visit: str) -> None:
    """Told at the information desk; the reason is sealed."""
    command = commands.CancelTicket(command_id=hall.office.ids.new(), visit=visit, reason="Pulang, kembali besok")
    hall.office.hub.ask(command, hall.office.kiosk)
