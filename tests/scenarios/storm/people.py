"""Impatient people at real computers: clerks who press too soon and twice, citizens who touch again."""

import random
from abc import ABC, abstractmethod
from collections.abc import Callable
from threading import Thread

from mppdesk.app.station import Station
from mppdesk.domain import commands
from mppdesk.domain.commands import Answer, Command
from mppdesk.domain.entries import SYSTEM_USER, Actor
from mppdesk.domain.errors import ClerkError
from mppdesk.domain.office_day import CounterState
from mppdesk.domain.submission import CheckState
from mppdesk.domain.visit import TicketStatus
from mppdesk.operations import submissions
from mppdesk.operations.desk import Desk
from mppdesk.operations.readings import CounterScreen, CurrentTicket
from mppdesk.operations.receipts import receipt_draft
from mppdesk.operations.submissions import ApplicantData, Check
from tests.fakes.office import PRINTER, SERVICES
from tests.scenarios.storm.ledger import Ledger

FAMILY_NAME = "Contohwati"
NIK_START = "9999"
_NIK_REST = 10**12
_PRESSES_TWICE = 0.06
_TOUCHES = 3
_SERVICES = tuple(each.code for each in SERVICES)


class Person(ABC):
    """Somebody at one computer, who does one thing after the other."""

    def __init__(self, station: Station, ledger: Ledger, chance: random.Random) -> None:
        self.station = station
        self.ledger = ledger
        self.chance = chance

    @abstractmethod
    def act(self) -> None:
        """Do the next thing; a refusal is read and forgotten."""

    def ask(self, command: Command, actor: Actor, person: str | None = None) -> Answer | None:
        """Ask once, or twice at the same moment; whatever is answered goes to the ledger."""
        again = self.chance.random() < _PRESSES_TWICE
        second = Thread(target=self._pressed, args=(command, actor, person)) if again else None
        if second is not None:
            second.start()
        answer = self._pressed(command, actor, person)
        if second is not None:
            second.join()
        return answer

    def _pressed(self, command: Command, actor: Actor, person: str | None) -> Answer | None:
        try:
            answer = self.station.hub.ask(command, actor)
        except ClerkError:
            return None
        self.ledger.told(type(command), command.command_id, answer, person)
        return answer

    def new_id(self) -> str:
        return self.station.ids.new()


class Citizens(Person):
    """Those who come to a kiosk; each has one wish, and touches again when nothing comes out."""

    def __init__(self, station: Station, ledger: Ledger, chance: random.Random, wish: Callable[[], str]) -> None:
        super().__init__(station, ledger, chance)
        self._wish = wish

    def act(self) -> None:
        person, wish = self.new_id(), self._wish()
        priority = "elderly" if self.chance.random() < 0.1 else None
        command = commands.IssueTicket(
            command_id=wish, service=self.chance.choice(_SERVICES), priority=priority, printer=PRINTER
        )
        for _ in range(_TOUCHES):
            if self.ask(command, Actor(SYSTEM_USER, "kiosk"), person) is not None:
                return


class Clerk(Person):
    """One clerk at one counter; after a restart a new one sits there, who sees only her screen."""

    def __init__(self, station: Station, ledger: Ledger, chance: random.Random, label: str, user: str) -> None:
        super().__init__(station, ledger, chance)
        counter = next(each.counter for each in station.readers.counter_choices() if each.label == label)
        self._desk = Desk(counter, label, Actor(user, "desktop"), "Dewi C.", PRINTER)

    def act(self) -> None:
        screen = self.station.readers.counter_screen(self._desk.counter)
        if screen.state is not CounterState.OPEN:
            self._counter(commands.OpenCounter)
        elif screen.current is None:
            self._fetch(screen)
        elif screen.current.row.status is TicketStatus.CALLED:
            self._receive(screen.current)
        else:
            self._serve(screen, screen.current)

    def _fetch(self, screen: CounterScreen) -> None:
        """Somebody comes to the desk: called, or back from aside, or with paper when the hub is away."""
        kind = self.chance.random()
        if kind < 0.1 and screen.on_hold:
            self._counter(commands.ResumeTicket, visit=self.chance.choice(screen.on_hold).visit)
        elif kind < 0.2 and screen.no_show:
            command_id, visit = self.new_id(), self.chance.choice(screen.no_show).visit
            self._ask(commands.RequeueTicket(command_id=command_id, visit=visit, behind=self.chance.randrange(3)))
        elif self._is_cut_off() and screen.waiting:
            self._counter(commands.ClaimTicket, visit=self.chance.choice(screen.waiting).visit)
        else:
            self._counter(commands.CallNext)

    def _receive(self, current: CurrentTicket) -> None:
        kind = self.chance.random()
        if kind < 0.15:
            self._counter(commands.MarkNoShow, visit=current.row.visit)
        elif kind < 0.25:
            self._counter(commands.RecallTicket, visit=current.row.visit)
        else:
            self._counter(commands.StartService, visit=current.row.visit)

    def _serve(self, screen: CounterScreen, current: CurrentTicket) -> None:
        kind = self.chance.random()
        if kind < 0.08:
            self._counter(commands.HoldTicket, visit=current.row.visit, note=f"menunggu ibu {FAMILY_NAME}")
        elif kind < 0.15:
            service = self.chance.choice([each for each in _SERVICES if each != current.row.service_code])
            self._ask(
                commands.TransferTicket(
                    command_id=self.new_id(), visit=current.row.visit, service=service, counter=self._desk.counter
                )
            )
        elif kind < 0.6:
            self._counter(commands.FinishTicket, visit=current.row.visit)
        elif current.checklist.applicant.name is None:
            self._write_down(current)
        else:
            self._register(screen, current)

    def _write_down(self, current: CurrentTicket) -> None:
        """Every field is on this computer's disk when the call returns."""
        name = f"Melati {FAMILY_NAME} {self.chance.randrange(10**9)}"
        nik = f"{NIK_START}{self.chance.randrange(_NIK_REST):012}"
        writer, ids = self.station.writer, self.station.ids
        checks = tuple(Check(row.requirement.code, CheckState.FULFILLED) for row in current.checklist.rows)
        try:
            data = ApplicantData(name=name, nik=nik)
            submission = submissions.record_applicant(self._desk, writer, ids, current, data)
            self.ledger.written(submission, name, nik)
            if checks:
                submissions.check_requirements(self._desk, writer, ids, current, checks)
        except ClerkError:
            return

    def _register(self, screen: CounterScreen, current: CurrentTicket) -> None:
        submission = current.checklist.submission
        assert submission is not None
        answer = self._counter(
            commands.RegisterSubmission,
            visit=current.row.visit,
            submission=submission,
            paper=receipt_draft(screen, current, self._desk),
            sheets=2,
            printer=PRINTER,
        )
        if answer is not None and answer.act is not None and self.chance.random() < 0.1:
            self._take_back(current.row.visit, answer.act)

    def _take_back(self, visit: str, act: str) -> None:
        command_id = self.new_id()
        self._ask(commands.UndoAct(command_id=command_id, visit=visit, act=act, counter=self._desk.counter))

    def _counter(self, kind: Callable[..., Command], **more: object) -> Answer | None:
        return self._ask(kind(command_id=self.new_id(), counter=self._desk.counter, **more))

    def _ask(self, command: Command) -> Answer | None:
        return self.ask(command, self._desk.actor)

    def _is_cut_off(self) -> bool:
        link = self.station.link
        return link is not None and link.standing().is_cut_off
