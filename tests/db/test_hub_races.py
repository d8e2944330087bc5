"""Every pair of commands on one ticket, raced: what comes out is one of the two serial orders.

`MPPDESK_RACES=9999 python -m pytest tests/db/test_hub_races.py --timeout 0` races them all by processes too.
"""

import itertools
import multiprocessing
import os
import random
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from mppdesk.domain import commands
from mppdesk.domain.commands import Command
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import Refused
from mppdesk.domain.submission import CheckState, LackReason
from mppdesk.domain.visit import TicketStatus
from mppdesk.operations import submissions
from mppdesk.operations.submissions import Check
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import Office, open_office
from tests.fakes.sample_papers import RECEIPT

COMPLETE, INCOMPLETE = "complete", "incomplete"  # being served, with a file that was checked
RETURNED = "returned"  # finished, with a list of what lacks in the applicant's hand
SERVED = (TicketStatus.SERVING, TicketStatus.ON_HOLD, TicketStatus.FINISHED, COMPLETE, INCOMPLETE, RETURNED)
STATES: tuple[str, ...] = (
    TicketStatus.WAITING,
    TicketStatus.CALLED,
    TicketStatus.SERVING,
    TicketStatus.ON_HOLD,
    TicketStatus.NO_SHOW,
    TicketStatus.FINISHED,
    COMPLETE,
    INCOMPLETE,
    RETURNED,
)
IN_ORDER = (
    Check("DUKA-01-R01", CheckState.FULFILLED),
    Check("DUKA-01-R02", CheckState.FULFILLED),
    Check("DUKA-01-R03", CheckState.NOT_APPLICABLE),
)
LACKING = (Check("DUKA-01-R01", CheckState.LACKING, LackReason.MISSING), *IN_ORDER[1:])


@dataclass(frozen=True)
class Person:
    """The ticket of one run, with the counters around it; `submission` is empty where it has none."""

    visit: str
    number: str
    last_act: str
    here: str
    there: str
    submission: str = ""


Make = Callable[[str, Person], Command]

COMMANDS: dict[str, Make] = {
    "call next here": lambda id_, p: commands.CallNext(command_id=id_, counter=p.here),
    "call next there": lambda id_, p: commands.CallNext(command_id=id_, counter=p.there),
    "call this one there": lambda id_, p: commands.CallTicket(
        command_id=id_, counter=p.there, visit=p.visit, reason="recalled"
    ),
    "recall": lambda id_, p: commands.RecallTicket(command_id=id_, counter=p.here, visit=p.visit),
    "start": lambda id_, p: commands.StartService(command_id=id_, counter=p.here, visit=p.visit),
    "hold": lambda id_, p: commands.HoldTicket(command_id=id_, counter=p.here, visit=p.visit, note="fotokopi"),
    "resume there": lambda id_, p: commands.ResumeTicket(command_id=id_, counter=p.there, visit=p.visit),
    "no-show": lambda id_, p: commands.MarkNoShow(command_id=id_, counter=p.here, visit=p.visit),
    "requeue": lambda id_, p: commands.RequeueTicket(command_id=id_, visit=p.visit),
    "transfer": lambda id_, p: commands.TransferTicket(
        command_id=id_, visit=p.visit, service="DUKA-02", counter=p.here
    ),
    "finish": lambda id_, p: commands.FinishTicket(command_id=id_, counter=p.here, visit=p.visit),
    "cancel": lambda id_, p: commands.CancelTicket(command_id=id_, visit=p.visit, reason="pulang"),
    "register": lambda id_, p: commands.RegisterSubmission(
        command_id=id_, counter=p.here, visit=p.visit, submission=p.submission, paper=RECEIPT
    ),
    "hand back": lambda id_, p: commands.ReturnSubmission(
        command_id=id_, counter=p.here, visit=p.visit, submission=p.submission, clerk_name="Dewi C."
    ),
    "take up here": lambda id_, p: commands.ResumeSubmission(command_id=id_, counter=p.here, submission=p.submission),
    "take up there": lambda id_, p: commands.ResumeSubmission(command_id=id_, counter=p.there, submission=p.submission),
    "undo": lambda id_, p: commands.UndoAct(command_id=id_, visit=p.visit, act=p.last_act, counter=p.here),
}
PAIRS = tuple(itertools.combinations_with_replacement(COMMANDS, 2))
OF_A_FILE = {
    COMPLETE: frozenset({"register"}),
    INCOMPLETE: frozenset({"hand back"}),
    RETURNED: frozenset({"take up here", "take up there", "requeue"}),
}
STANDS_AS = {
    COMPLETE: TicketStatus.SERVING,
    INCOMPLETE: TicketStatus.SERVING,
    RETURNED: TicketStatus.FINISHED,
}
REGISTER_NUMBER = re.compile(r"\bDUKA/\d+/\d+/\d+")
NEEDS_A_FILE = frozenset({"register", "hand back", "take up here", "take up there"})


def pairs_in(state: str) -> list[tuple[str, str]]:
    """The pairs worth a race: what needs a file is refused without one, and with one the rest is as it was without."""
    if state in OF_A_FILE:
        return [pair for pair in PAIRS if OF_A_FILE[state].intersection(pair)]
    return [pair for pair in PAIRS if not NEEDS_A_FILE.intersection(pair)]


def bring_to(office: Office, state: str) -> Person:
    """Issue a ticket and bring it to a state at Loket 1."""
    answer = office.issue("DUKA-01")
    assert answer.ticket is not None
    if state is not TicketStatus.WAITING:
        answer = office.act(commands.CallNext)
    if state in SERVED:
        answer = office.act(commands.StartService)
    if state is TicketStatus.ON_HOLD:
        answer = office.act(commands.HoldTicket)
    if state is TicketStatus.NO_SHOW:
        answer = office.act(commands.MarkNoShow)
    if state is TicketStatus.FINISHED:
        answer = office.act(commands.FinishTicket)
    submission = ""
    if state in OF_A_FILE:
        submission = check_file(office, IN_ORDER if state == COMPLETE else LACKING)
    if state == RETURNED:
        answer = send_home(office)
    assert answer.ticket is not None
    assert answer.ticket.state == STANDS_AS.get(state, state)
    here, there = office.counter("Loket 1"), office.counter("Loket 2")
    return Person(answer.ticket.id, answer.ticket.number, answer.act or "", here, there, submission)


def check_file(office: Office, checks: tuple[Check, ...]) -> str:
    """Fill in the checklist of the person at Loket 1; answers the submission."""
    desk = office.desk("Loket 1")
    ticket = office.readers.counter_screen(desk.counter).current
    assert ticket is not None
    return submissions.check_requirements(desk, office.writer, office.ids, ticket, checks)


def send_home(office: Office) -> commands.Answer:
    """Hand the file of the person at Loket 1 back, with the list of what lacks."""
    desk = office.desk("Loket 1")
    ticket = office.readers.counter_screen(desk.counter).current
    assert ticket is not None
    return submissions.hand_back(desk, office.hub, office.ids, ticket)


def clear(office: Office, person: Person) -> None:
    """Take the ticket out of the way of the next run."""
    with office.readers.moment() as moment:
        visit = moment.view.visit(person.visit)
    assert visit is not None
    if not visit.status.is_final:
        office.ask(commands.CancelTicket(command_id=office.ids.new(), visit=person.visit, reason="ulang"))


def told(person: Person, outcome: object) -> str:
    """An outcome without what differs from run to run."""
    if isinstance(outcome, Refused):
        return REGISTER_NUMBER.sub("n", f"refused: {outcome}".replace(person.number, "N"))
    assert isinstance(outcome, commands.Answer)
    state = outcome.ticket.state if outcome.ticket else "nobody"
    return f"{state} {outcome.why}"


def ask(office: Office, command: Command) -> object:
    try:
        return office.ask(command)
    except Refused as refusal:
        return refusal


def final(office: Office, person: Person) -> tuple[object, ...]:
    with office.readers.moment() as moment:
        visit = moment.view.visit(person.visit)
        file = moment.view.submission(person.submission)
    assert visit is not None
    return (
        file.status if file else None,
        visit.status,
        visit.stop.service,
        visit.counter_label,
        len(visit.calls),
        sum(c.times for c in visit.calls),
    )


Outcome = tuple[str, str, tuple[object, ...]]


def serial(office: Office, state: str, first: str, second: str, *, swapped: bool) -> Outcome:
    person = bring_to(office, state)
    order = (second, first) if swapped else (first, second)
    outcomes = [told(person, ask(office, COMMANDS[name](office.ids.new(), person))) for name in order]
    result = final(office, person)
    clear(office, person)
    return (outcomes[1], outcomes[0], result) if swapped else (outcomes[0], outcomes[1], result)


def raced(office: Office, state: str, first: str, second: str) -> Outcome:
    person = bring_to(office, state)
    wanted = [COMMANDS[name](office.ids.new(), person) for name in (first, second)]
    outcomes: list[object] = [None, None]
    start = threading.Barrier(2)

    def run(index: int) -> None:
        start.wait()
        outcomes[index] = ask(office, wanted[index])

    threads = [threading.Thread(target=run, args=(index,)) for index in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result = final(office, person)
    clear(office, person)
    return told(person, outcomes[0]), told(person, outcomes[1]), result


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "home") as opened:
        opened.open("Loket 1", "Loket 2")
        yield opened


@pytest.mark.parametrize("state", STATES)
def test_two_threads_end_as_one_of_the_two_serial_orders(office: Office, state: str) -> None:
    for first, second in pairs_in(state):
        possible = {serial(office, state, first, second, swapped=swapped) for swapped in (False, True)}
        outcome = raced(office, state, first, second)
        assert outcome in possible, f"{first} || {second} on a ticket that is {state}"


@pytest.mark.parametrize("state", STATES)
def test_two_calls_of_one_person_never_both_succeed(office: Office, state: str) -> None:
    for first, second in (("call next here", "call next there"), ("call next here", "call this one there")):
        one, other, (_, _, _, _, calls, _) = raced(office, state, first, second)
        assert [one, other].count("called longest_wait") + [one, other].count("called out_of_turn") <= 1 or calls == 1


def test_two_counters_never_both_take_up_one_file(office: Office) -> None:
    for _ in range(5):
        one, other, (file, status, *_) = raced(office, RETURNED, "take up here", "take up there")
        assert sorted((one[:7], other[:7])) == ["refused", "serving"]
        assert (file, status) == ("open", TicketStatus.SERVING)


def test_every_refusal_says_what_happened_and_what_to_do(office: Office) -> None:
    for state in STATES:
        for name, make in COMMANDS.items():
            person = bring_to(office, state)
            outcome = ask(office, make(office.ids.new(), person))
            clear(office, person)
            if isinstance(outcome, Refused):
                for sentence in (str(outcome.what_happened), str(outcome.what_to_do)):
                    assert sentence.endswith((".", ".)")), name
                    assert len(sentence) > 10, name
                    assert "{" not in sentence, name


def worker(lane: str, pipe: Connection) -> None:
    """A process of its own: for each command it takes the lock of the folder, asks, and lets it go."""
    clock, ids = FakeClock(), CountedIds(lane)
    while True:
        received: tuple[Path, Command, Actor] | None = pipe.recv()
        if received is None:
            return
        folder, command, actor = received
        with open_office(folder, clock, ids) as office:
            try:
                pipe.send(office.hub.ask(command, actor))
            except Refused as refusal:
                pipe.send(refusal)


@pytest.fixture
def pipes() -> Iterator[list[Connection]]:
    """The ways to two processes that wait for commands."""
    context = multiprocessing.get_context("spawn")
    ours, processes = [], []
    for lane in ("one", "two"):
        here, there = context.Pipe()
        process = context.Process(target=worker, args=(lane, there), daemon=True)
        process.start()
        ours.append(here)
        processes.append(process)
    yield ours
    for pipe in ours:
        pipe.send(None)
    for process in processes:
        process.join(timeout=10)


RACES = [(state, *pair) for state in STATES for pair in pairs_in(state)]
PROCESS_RACES = min(int(os.environ.get("MPPDESK_RACES", "24")), len(RACES))
# A race takes three numbers, and an agency has 599 a day.
RACES_OF_AN_OFFICE = 190


def test_two_processes_end_as_one_of_the_two_serial_orders(tmp_path: Path, pipes: list[Connection]) -> None:
    """Some races of all, by the chance of this run's seed: other ones each time."""
    clock, ids = FakeClock(), CountedIds("test")
    for number, (state, first, second) in enumerate(random.sample(RACES, PROCESS_RACES)):
        folder = tmp_path / f"home-{number // RACES_OF_AN_OFFICE}"
        if number % RACES_OF_AN_OFFICE == 0:
            with open_office(folder, clock, ids) as office:
                office.open("Loket 1", "Loket 2")
        with open_office(folder, clock, ids) as office:
            possible = {serial(office, state, first, second, swapped=swapped) for swapped in (False, True)}
            person, actor = bring_to(office, state), office.actor
            wanted = [COMMANDS[name](office.ids.new(), person) for name in (first, second)]
        for pipe, command in zip(pipes, wanted, strict=True):
            pipe.send((folder, command, actor))
        outcomes = [pipe.recv() for pipe in pipes]
        with open_office(folder, clock, ids) as office:
            result = (told(person, outcomes[0]), told(person, outcomes[1]), final(office, person))
            clear(office, person)
        assert result in possible, f"{first} || {second} on a ticket that is {state}"


@pytest.mark.parametrize("name", COMMANDS)
def test_an_accepted_id_gets_the_same_answer_for_ever(office: Office, name: str) -> None:
    for state in STATES:
        person = bring_to(office, state)
        command = COMMANDS[name](office.ids.new(), person)
        outcome = ask(office, command)
        if isinstance(outcome, commands.Answer) and outcome.act:
            clear(office, person)
            assert ask(office, command) == outcome
            assert ask(office, replace(command)) == outcome
        else:
            clear(office, person)
