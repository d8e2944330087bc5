"""Moments of one morning at Loket 2, for tests and pictures."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mppdesk.domain.print_job import JobState, PrintJob
from mppdesk.domain.slip import SlipKind
from mppdesk.domain.submission import CheckState, LackReason
from mppdesk.domain.visit import TicketStatus
from mppdesk.operations.readings import LeftNote
from mppdesk.operations.submissions import ApplicantData, Check
from tests.fakes.memory_print_jobs import print_job
from tests.ui.counter.fake_people import Person
from tests.ui.counter.fake_port import FakePort

ZONE = ZoneInfo("Asia/Jakarta")
MORNING = datetime(2026, 11, 23, 9, 42, tzinfo=ZONE)
LIST_CODE = "0123456789ABCDEF"
NOTE = "Meterai Rp10.000 tersedia di koperasi lantai 1. Pukul 14.30: karcis terakhir DPMPTSP."
APPLICANT = ApplicantData("Melati Contohwati", "9999010101900001", "0800-0000-0001")


class HandClock:
    """The office's time, moved by hand; `seconds` is the clock that only goes forward."""

    def __init__(self, start: datetime = MORNING) -> None:
        self._now, self._start = start, start

    def now(self) -> datetime:
        return self._now

    def seconds(self) -> float:
        return (self._now - self._start).total_seconds()

    def forward(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


def person(number: int, service: str, minutes: int, *, is_priority: bool = False) -> Person:
    """Somebody who took a number `minutes` before the morning's moment."""
    issued = round((MORNING - timedelta(minutes=minutes)).timestamp() * 1000)
    return Person(f"visit-{number:03}", f"A-{number:03}", service, issued, is_priority=is_priority)


def queue() -> tuple[Person, ...]:
    """Eight who wait, one put aside, two who did not come."""
    return (
        person(19, "DPMPTSP-07", 22),
        person(24, "DPMPTSP-02", 9, is_priority=True),
        person(21, "DPMPTSP-01", 18),
        person(22, "DPMPTSP-01", 16),
        person(23, "DPMPTSP-07", 11),
        person(25, "DPMPTSP-01", 7),
        person(26, "DPMPTSP-07", 4),
        person(27, "DPMPTSP-02", 2),
        _gone(person(16, "DPMPTSP-07", 40), TicketStatus.ON_HOLD, 6, "Memfotokopi STR"),
        _gone(person(12, "DPMPTSP-01", 55), TicketStatus.NO_SHOW, 30),
        _gone(person(14, "DPMPTSP-02", 50), TicketStatus.NO_SHOW, 21),
    )


def idle(clock: HandClock) -> FakePort:
    """Nobody at the desk yet, and a note from before the doors opened."""
    port = FakePort(clock.now, queue())
    port.note = LeftNote(NOTE, "Ratna A.", round(datetime(2026, 11, 23, 7, 28, tzinfo=ZONE).timestamp() * 1000))
    return port


def unsure(clock: HandClock) -> FakePort:
    """Three sheets of which nobody knows whether they came out."""
    port = serving(clock)
    labels = (("A-018", SlipKind.RECEIPT), ("B-023", SlipKind.TICKET), ("B-024", SlipKind.TICKET))
    doubtful = tuple(sheet(label, kind, JobState.UNCONFIRMED) for label, kind in labels)
    port.paper = replace(port.paper, unconfirmed=doubtful, slips_left=64)
    return port


def expired(clock: HandClock) -> FakePort:
    """Tickets that waited for paper too long."""
    port = idle(clock)
    old = tuple(sheet(f"B-{number:03}", SlipKind.TICKET, JobState.EXPIRED) for number in (11, 12, 14))
    port.paper = replace(port.paper, expired=old)
    return port


def sheet(label: str, kind: SlipKind, state: JobState) -> PrintJob:
    """A sheet for this counter's printer, forty minutes old."""
    made_ms = round((MORNING - timedelta(minutes=40)).timestamp() * 1000)
    return print_job(label, printer="printer", kind=kind, state=state, created_ms=made_ms)


def alone(clock: HandClock) -> FakePort:
    """Cut off from the hub: tickets come in of which nobody here has heard."""
    port = idle(clock)
    port.hears_nothing = True
    return port


def returned(clock: HandClock) -> FakePort:
    """A-009 went home an hour ago with row 6 lacking and the list in hand; nobody is at the desk."""
    checks = {_code(row): Check(_code(row), CheckState.FULFILLED) for row in range(1, 6)}
    checks[_code(6)] = Check(_code(6), CheckState.LACKING, LackReason.EXPIRED)
    sent_home = replace(
        person(9, "DPMPTSP-07", 90),
        status=TicketStatus.FINISHED,
        outcome="returned",
        submission="submission-9",
        checks=checks,
        applicant=APPLICANT,
        code=LIST_CODE,
    )
    return FakePort(clock.now, (*queue(), sent_home))


def called(clock: HandClock) -> FakePort:
    port = idle(clock)
    port.call_next()
    clock.forward(12)
    return port


def serving(clock: HandClock) -> FakePort:
    """Nine rows looked at: row 6 warned about, row 7 still to be looked at."""
    port = called(clock)
    port.start("visit-019")
    _tick(port, {**_MOSTLY_THERE, 6: Check(_code(6), CheckState.UNDECIDED, paper_date=date(2026, 8, 12))})
    clock.forward(4 * 60 + 6)
    return port


def incomplete(clock: HandClock) -> FakePort:
    """Two of eight papers lack."""
    port = serving(clock)
    expired = Check(_code(6), CheckState.LACKING, LackReason.EXPIRED, paper_date=date(2026, 8, 12))
    too_few = Check(_code(7), CheckState.LACKING, LackReason.TOO_FEW, originals=2)
    _tick(port, {6: expired, 7: too_few})
    clock.forward(154)
    return port


def complete(clock: HandClock) -> FakePort:
    """Everything is there."""
    port = serving(clock)
    _tick(port, {row: Check(_code(row), CheckState.FULFILLED) for row in (6, 7)})
    return port


def _tick(port: FakePort, checks: dict[int, Check]) -> None:
    ticket = port.screen().current
    assert ticket is not None
    port.check(ticket, tuple(checks.values()))
    port.record_applicant(ticket, APPLICANT)
    port.asked.clear()


def _code(number: int) -> str:
    return f"DPMPTSP-07-R{number:02}"


def _gone(who: Person, status: TicketStatus, minutes: int, note: str | None = None) -> Person:
    since = round((MORNING - timedelta(minutes=minutes)).timestamp() * 1000)
    return Person(who.visit, who.number, who.service, who.issued_ms, status=status, since_ms=since, note=note)


_MOSTLY_THERE = {
    row: Check(_code(row), CheckState.NOT_APPLICABLE if row in (8, 10, 11) else CheckState.FULFILLED)
    for row in (1, 2, 3, 4, 5, 8, 9, 10, 11)
}
