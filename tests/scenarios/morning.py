"""An office morning in plain words: a citizen at the kiosk, clerks at their counters, the board in the hall."""

from mppdesk.domain.submission import CheckState, LackReason
from mppdesk.operations import desk as desks
from mppdesk.operations import kiosk, submissions
from mppdesk.operations.readings import CounterScreen, CurrentTicket
from mppdesk.operations.submissions import ApplicantData, Check
from tests.fakes.office import PRINTER, Office


class Clerk:
    """A clerk at her counter, who sees her screen and presses keys."""

    def __init__(self, office: Office, label: str) -> None:
        self._office = office
        self._desk = office.desk(label)
        self._last: tuple[str, str] = ("", "")
        desks.open_counter(self._desk, office.hub, office.ids)

    @property
    def screen(self) -> CounterScreen:
        return self._office.readers.counter_screen(self._desk.counter)

    @property
    def person(self) -> CurrentTicket:
        """Who stands before her."""
        ticket = self.screen.current
        assert ticket is not None
        return ticket

    @property
    def sees(self) -> str | None:
        """The number on her screen."""
        current = self.screen.current
        return current.row.number if current else None

    def calls_next(self) -> str | None:
        """F2; answers the number called."""
        answer = desks.call_next(self._desk, self._office.hub, self._office.ids)
        return answer.ticket.number if answer.ticket else None

    def calls_again(self) -> None:
        desks.recall(self._desk, self._office.hub, self._office.ids, self.person.row.visit)

    def starts(self) -> None:
        desks.start(self._desk, self._office.hub, self._office.ids, self.person.row.visit)

    def writes_down(self, name: str, nik: str) -> None:
        data = ApplicantData(name=name, nik=nik)
        submissions.record_applicant(self._desk, self._office.writer, self._office.ids, self.person, data)

    def finds_everything(self) -> None:
        self._ticks(*(Check(row.requirement.code, CheckState.FULFILLED) for row in self.person.checklist.rows))

    def misses(self, name: str, reason: LackReason) -> None:
        code = next(row.requirement.code for row in self.person.checklist.rows if row.requirement.name == name)
        self._ticks(Check(code, CheckState.LACKING, reason))

    def registers(self) -> str:
        """F9 for a complete file; answers the register number."""
        person = self.person
        answer = submissions.register(self._desk, self._office.hub, self._office.readers, self._office.ids, person)
        self._last = (person.row.visit, answer.act or "")
        assert answer.register_number is not None
        return answer.register_number

    def hands_back(self) -> None:
        submissions.hand_back(self._desk, self._office.hub, self._office.ids, self.person)

    def finishes(self) -> None:
        desks.finish(self._desk, self._office.hub, self._office.ids, self.person.row.visit)

    def holds(self, note: str) -> None:
        desks.hold(self._desk, self._office.hub, self._office.ids, self.person.row.visit, note)

    def goes_on_with(self, number: str) -> None:
        visit = next(row.visit for row in self.screen.on_hold if row.number == number)
        desks.resume(self._desk, self._office.hub, self._office.ids, visit)

    def notes_absence(self) -> None:
        desks.mark_no_show(self._desk, self._office.hub, self._office.ids, self.person.row.visit)

    def lets_back_in(self, number: str) -> None:
        visit = next(row.visit for row in self.screen.no_show if row.number == number)
        desks.requeue(self._desk, self._office.hub, self._office.ids, visit, behind=1)

    def sends_to(self, service: str, note: str) -> None:
        desks.transfer(self._desk, self._office.hub, self._office.ids, self.person.row.visit, service, note)

    def takes_it_back(self) -> None:
        """Ctrl+Z after F9."""
        desks.undo(self._desk, self._office.hub, self._office.ids, *self._last)

    def goes_for_lunch(self) -> None:
        desks.take_break(self._desk, self._office.hub, self._office.ids, until="13.00")

    def goes_home(self) -> None:
        desks.close_counter(self._desk, self._office.hub, self._office.ids)

    def _ticks(self, *checks: Check) -> None:
        submissions.check_requirements(self._desk, self._office.writer, self._office.ids, self.person, checks)


class Hall:
    """The kiosk and the board."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def ticket(self, service: str, priority: str | None = None) -> str:
        """A citizen takes a ticket; answers its number."""
        office = self._office
        answer = kiosk.take_ticket(office.hub, office.actor, office.ids.new(), service, priority, PRINTER)
        assert answer.ticket is not None
        return answer.ticket.number

    @property
    def board(self) -> list[tuple[str, str]]:
        """Number and counter of the last calls, newest first."""
        return [(call.number, call.counter_label) for call in self._office.readers.board_screen().calls]

    def waiting_for(self, agency: str) -> int:
        """How many wait for an agency, as the kiosk says."""
        tiles = self._office.readers.kiosk_screen().agencies
        return next(tile.waiting for tile in tiles if tile.agency.code == agency)

    def story(self, number: str) -> list[str]:
        """What happened to a ticket, in the words of its history."""
        row = self._office.readers.find_ticket(number)
        assert row is not None
        return [str(line.what) for line in self._office.readers.history(row.visit)]
