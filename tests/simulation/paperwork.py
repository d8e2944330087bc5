"""The files that clerks accept or hand back, with what they take down about the person."""

import random

from mppdesk.domain.catalog import Requirement
from mppdesk.domain.commands import Answer, Command
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import ClerkError
from mppdesk.domain.submission import CheckState, LackReason
from mppdesk.operations import submissions
from mppdesk.operations.desk import Desk
from mppdesk.operations.readings import CurrentTicket
from mppdesk.operations.submissions import Check
from tests.fakes import office
from tests.simulation.people import Hall
from tests.simulation.stations import StationProcess
from tests.simulation.typed import a_note, an_applicant

_LACKS, _LOOKS = 0.15, 0.1


class Paperwork:
    """The files at one counter; `ask` of the hall hears of each decision."""

    def __init__(self, process: StationProcess, hall: Hall, desk: Desk, chance: random.Random) -> None:
        self._process = process
        self._hall = hall
        self._desk = desk
        self._chance = chance
        self._ids = process.writer.ids

    def work_through(self) -> Answer | None:
        """Take down who came and what she brought, and decide on the file; None when that did not end her visit."""
        try:
            self._take_down()
            return self._decide()
        except ClerkError as refusal:
            self._hall.counts[f"paperwork {type(refusal).__name__}"] += 1
            return None

    def _take_down(self) -> None:
        process, desk, ticket = self._process, self._desk, self._ticket()
        if ticket is None:
            return
        checks = tuple(self._check(row.requirement) for row in ticket.checklist.rows)
        submission = submissions.check_requirements(desk, process.writer, self._ids, ticket, checks)
        if process.machine.disk.version.knows("ApplicantRecorded"):
            submissions.record_applicant(desk, process.writer, self._ids, ticket, an_applicant(self._chance))
            if self._chance.random() < _LOOKS:
                submissions.look_at_nik(desk, process.writer, process.readers, submission, "identity")
        self._hall.counts["paperwork"] += 1

    def _decide(self) -> Answer | None:
        ticket = self._ticket()
        if ticket is None or ticket.checklist.submission is None:
            return None
        asking = _Asking(self._process, self._hall)
        if any(row.state is CheckState.LACKING for row in ticket.checklist.rows):
            return submissions.hand_back(self._desk, asking, self._ids, ticket)
        return submissions.register(self._desk, asking, self._process.readers, self._ids, ticket)

    def _ticket(self) -> CurrentTicket | None:
        return self._process.readers.counter_screen(self._desk.counter).current

    def _check(self, requirement: Requirement) -> Check:
        if self._chance.random() < _LACKS:
            return Check(requirement.code, CheckState.LACKING, LackReason.MISSING, note=a_note(self._chance))
        return Check(requirement.code, CheckState.FULFILLED)


class _Asking:
    """The Hub port of a station, with the hall listening."""

    def __init__(self, process: StationProcess, hall: Hall) -> None:
        self._process = process
        self._hall = hall

    def ask(self, command: Command, actor: Actor) -> Answer:
        return self._hall.decided(self._process, command, actor)


def desk_of(process: StationProcess, counter: str, label: str, actor: Actor) -> Desk:
    """The counter as the operations know it."""
    return Desk(counter, label, actor, "Dewi C.", office.PRINTER)
