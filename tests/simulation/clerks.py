"""Clerks, who press keys sooner than they should, and kiosks, at which citizens take numbers."""

import random
from datetime import date
from functools import cached_property

from mppdesk.domain import commands
from mppdesk.domain.commands import Answer
from mppdesk.domain.entries import SYSTEM_USER, Actor
from mppdesk.domain.errors import StorageTrouble
from mppdesk.domain.visit import TicketStatus, Visit
from tests.fakes import office
from tests.simulation.building import label_of
from tests.simulation.paperwork import Paperwork, desk_of
from tests.simulation.people import Citizen, Hall, Whereabouts
from tests.simulation.stations import StationProcess
from tests.simulation.typed import a_note

_Seen = tuple[date, Visit | None, bool, bool]
_KIOSK = Actor(SYSTEM_USER, "kiosk")
_IDLE_S = 40.0
_TRIES = 4
_HOPES = 0.02
_PRESSES_TWICE = 0.05
_HAS_PAPERS = 0.3
_REGRETS = 0.05


class Clerk:
    """One clerk at one counter; a new one, who remembers nothing, sits there after each restart of the computer."""

    def __init__(self, process: StationProcess, actor: Actor, hall: Hall, chance: random.Random, mean_s: float) -> None:
        self._process = process
        self._timeline = process.timeline
        self._actor = actor
        self._hall = hall
        self._chance = chance
        self._mean_s = mean_s
        self._label = label_of(process.machine.name)
        self._seen: _Seen | None = None
        process.writer.changes.subscribe(self._look_again)

    def work(self) -> None:
        """Serve until the process ends or the day is over; a station that has just joined knows nothing yet."""
        while not self._is_described():
            self._timeline.sleep(self._chance.uniform(2, 10))
        while not self._look()[2]:
            self._open()
        self._leave_note()
        while True:
            visit, somebody_waits, is_open = self._look()
            if visit is None and not is_open:
                self._open()  # the clock says another day, or somebody did
            elif visit is None:
                self._call(somebody_waits)
            elif visit.status is TicketStatus.CALLED:
                self._receive(visit)
            else:
                self._serve(visit)

    def _open(self) -> None:
        self._ask(commands.OpenCounter(command_id=self._new_id(), counter=self._counter))
        self._timeline.sleep(self._chance.uniform(2, _IDLE_S))

    def _call(self, somebody_waits: bool) -> None:
        """Call whom the list shows; with an empty one wait, or take somebody who shows a ticket."""
        if somebody_waits or self._chance.random() < _HOPES:
            if self._chance.random() < _PRESSES_TWICE:
                self._process.run(self._press)
            self._press()
            if self._current() is not None:
                return
        self._take_paper()
        self._timeline.sleep(self._chance.uniform(1, _IDLE_S))

    def _press(self) -> None:
        self._ask(commands.CallNext(command_id=self._new_id(), counter=self._counter))

    def _receive(self, visit: Visit) -> None:
        """The person comes, or is called again, or never comes."""
        citizen = self._hall.citizens.get(visit.visit_id)
        self._timeline.sleep(self._chance.uniform(5, 40))
        if self._regrets(visit.visit_id, visit.last_act):
            return
        if citizen is not None and citizen.where is Whereabouts.WAITING and self._chance.random() < 0.95:
            if self._ask(commands.StartService(command_id=self._new_id(), counter=self._counter)):
                citizen.where = Whereabouts.AT_COUNTER
        elif self._knows("recall") and self._chance.random() < 0.5:
            self._ask(commands.RecallTicket(command_id=self._new_id(), counter=self._counter))
        else:
            self._end(visit, self._told(commands.MarkNoShow(command_id=self._new_id(), counter=self._counter)))

    def _serve(self, visit: Visit) -> None:
        self._timeline.sleep(self._chance.expovariate(1 / self._mean_s))
        kind = self._chance.random()
        done: bool
        if kind < 0.04:
            done = self._ask(
                commands.TransferTicket(
                    command_id=self._new_id(),
                    visit=visit.visit_id,
                    service=self._other_service(visit),
                    note=a_note(self._chance),
                )
            )
            self._place(visit, Whereabouts.WAITING if done else None)
        elif kind < 0.08:
            note = a_note(self._chance)
            done = self._ask(commands.HoldTicket(command_id=self._new_id(), counter=self._counter, note=note))
            self._process.run(lambda: self._resume(visit), self._chance.uniform(60, 600)) if done else None
        else:
            has_papers = visit.status is TicketStatus.SERVING and self._chance.random() < _HAS_PAPERS
            answer = self._paperwork.work_through() if has_papers else None
            answer = answer or self._told(commands.FinishTicket(command_id=self._new_id(), counter=self._counter))
            self._end(visit, answer)
            done = answer is not None
        if not done:
            self._timeline.sleep(self._chance.uniform(1, 10))

    def _end(self, visit: Visit, answer: Answer | None) -> None:
        """The person goes, unless the clerk takes the act back at once."""
        if answer is not None and not self._regrets(visit.visit_id, answer.act):
            self._place(visit, Whereabouts.GONE)

    def _regrets(self, visit: str, act: str | None) -> bool:
        """Take an act back, as the strip below the desk offers for a while; whether that was done."""
        if act is None or self._chance.random() >= _REGRETS:
            return False
        self._timeline.sleep(self._chance.uniform(1, 20))
        return self._ask(commands.UndoAct(command_id=self._new_id(), visit=visit, act=act, counter=self._counter))

    def _leave_note(self) -> None:
        """Tell whoever works here next."""
        if self._knows("leave_shift_note"):
            note = a_note(self._chance)
            self._ask(commands.LeaveShiftNote(command_id=self._new_id(), counter=self._counter, note=note))

    def _resume(self, visit: Visit) -> None:
        for _ in range(_TRIES):
            command = commands.ResumeTicket(
                command_id=self._new_id(), counter=self._counter, visit=visit.visit_id
            )  # fmt: skip
            if self._current() is None and self._ask(command):
                return
            self._timeline.sleep(self._chance.uniform(60, 300))

    def _take_paper(self) -> None:
        """Cut off from the hub, somebody shows the ticket."""
        if self._process.exchanging.loop.state.is_reached:
            return
        shown = self._hall.waiting_for(self._services())
        if shown and self._chance.random() < 0.5:
            citizen = self._chance.choice(shown)
            if self._ask(self._claim_of(citizen)):
                citizen.where = Whereabouts.AT_COUNTER

    def _claim_of(self, citizen: Citizen) -> commands.Command:
        """A ticket that this station never heard of is taken by its number alone."""
        with self._process.readers.moment() as moment:
            is_known = moment.view.visit(citizen.visit) is not None
        command_id = self._new_id()
        if is_known:
            return commands.ClaimTicket(command_id=command_id, counter=self._counter, visit=citizen.visit)
        return commands.ClaimPaper(
            command_id=command_id, counter=self._counter, number=citizen.number, service=citizen.service
        )

    def _knows(self, kind: str) -> bool:
        """Whether the program at this counter can do it already."""
        return self._process.machine.disk.version.knows(kind)

    def _place(self, visit: Visit, where: Whereabouts | None) -> None:
        citizen = self._hall.citizens.get(visit.visit_id)
        if citizen is not None and where is not None:
            citizen.where = where

    def _ask(self, command: commands.Command) -> bool:
        return self._told(command) is not None

    def _told(self, command: commands.Command) -> Answer | None:
        return self._hall.ask(self._process, command, self._actor)

    def _current(self) -> Visit | None:
        with self._process.readers.moment() as moment:
            return moment.view.at_counter(self._counter, moment.day)

    def _look(self) -> tuple[Visit | None, bool, bool]:
        """Who is at the counter, whether anybody waits, whether it is open, as the window shows it, fresh or old.

        Like the window, it is read again when something changed here, or when the clock says another day.
        """
        today = self._process.machine.clock.now().date()
        if self._seen is None or self._seen[0] != today:
            self._seen = (today, *self._read())
        return self._seen[1:]

    def _look_again(self, topics: frozenset[str]) -> None:
        self._seen = None

    def _read(self) -> tuple[Visit | None, bool, bool]:
        with self._process.readers.moment() as moment:
            view, day = moment.view, moment.day
            opening = view.counter_day(self._counter, day)
            is_open = opening is not None and opening.state.takes_numbers
            visit = view.at_counter(self._counter, day)
            return visit, visit is None and bool(view.waiting(view.serves(self._counter, day), day)), is_open

    def _services(self) -> frozenset[str]:
        with self._process.readers.moment() as moment:
            return moment.view.serves(self._counter, moment.day)

    @cached_property
    def _paperwork(self) -> Paperwork:
        return Paperwork(
            self._process, self._hall, desk_of(self._process, self._counter, self._label, self._actor), self._chance
        )

    def _is_described(self) -> bool:
        try:
            with self._process.readers.moment() as moment:
                return any(place.label == self._label for place in moment.reference.counters.values())
        except StorageTrouble:  # nothing has come from the hub yet
            return False

    @cached_property
    def _counter(self) -> str:
        with self._process.readers.moment() as moment:
            places = moment.reference.counters.items()
            return next(key for key, place in places if place.label == self._label)

    def _other_service(self, visit: Visit) -> str:
        return self._chance.choice([each.code for each in office.SERVICES if each.code != visit.stop.service])

    def _new_id(self) -> str:
        return self._process.writer.ids.new()


def take_number(process: StationProcess, hall: Hall, service: str, chance: random.Random) -> None:
    """A citizen presses a button, and again when nothing comes out; then goes home."""
    for _ in range(_TRIES):
        command = commands.IssueTicket(
            command_id=process.writer.ids.new(),
            service=service,
            priority="elderly" if chance.random() < 0.1 else None,
            printer=office.PRINTER,
        )
        answer = hall.ask(process, command, _KIOSK)
        if answer is not None:
            hall.arrived(answer)
            return
        process.timeline.sleep(chance.uniform(2, 20))
    hall.counts["went home"] += 1
