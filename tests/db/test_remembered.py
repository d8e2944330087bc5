"""What the writing process remembers of the views is what stands in them, whatever was asked and refused before."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam, select

from mppdesk.db.deciding.hub_view import StoredHubView
from mppdesk.db.sql import Statement
from mppdesk.db.tables import view_visits
from mppdesk.db.unit import WriteUnit
from mppdesk.domain import commands
from mppdesk.domain.entries import Draft, Entry, Subject, SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.visit import fold_visit
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import AGENCIES, COUNTERS, Office, open_office

LABELS = ("Loket 1", "Loket 1", "Loket 1", "Loket 2", "Loket 3")
ACTS = (
    *(commands.CallNext, commands.CallNext, commands.StartService, commands.FinishTicket, commands.FinishTicket),
    *(commands.RecallTicket, commands.HoldTicket, commands.MarkNoShow, commands.MarkNoShow),
    *(commands.CloseCounter, commands.OpenCounter),
)
BLOCK = (1, 899)
A_DAY_S = 24 * 3600

issuing = st.tuples(st.just("issue"), st.sampled_from(("DUKA-01", "DUKA-02", "POLI-01")), st.booleans())
acting = st.tuples(st.just("act"), st.sampled_from(ACTS), st.sampled_from(LABELS))
undoing = st.tuples(st.just("undo"), st.integers(0, 3), st.sampled_from(LABELS))
transferring = st.tuples(st.just("transfer"), st.sampled_from(("DUKA-02", "POLI-01")), st.sampled_from(LABELS))
requeueing = st.tuples(st.just("requeue"), st.integers(0, 3), st.sampled_from((0, 99)))
claiming = st.tuples(st.just("claim"), st.sampled_from(("B-700", "B-701")), st.sampled_from(LABELS))
failing = st.tuples(st.just("fail"), st.none(), st.none())
days = st.lists(st.one_of(issuing, acting, acting, undoing, transferring, requeueing, claiming, failing), max_size=40)

# Who came back last stands last, until that is undone.
PLACE_GIVEN_BACK = [
    ("issue", "DUKA-01", False),
    ("issue", "DUKA-01", False),
    ("act", commands.CallNext, "Loket 1"),
    ("act", commands.MarkNoShow, "Loket 1"),
    ("requeue", 0, 99),
    ("undo", 1, "Loket 1"),
    ("issue", "DUKA-01", False),
]

# A slip that nobody had heard of is taken at the wrong counter, which is undone, and then at the right one.
CLAIMED_ELSEWHERE = [
    ("claim", "B-700", "Loket 1"),
    ("undo", 0, "Loket 1"),
    ("claim", "B-700", "Loket 2"),
    ("act", commands.CallNext, "Loket 1"),
]

_visits_of_day = Statement(
    select(view_visits.c.visit_id)
    .where(view_visits.c.site_id == bindparam("site_id"), view_visits.c.day == bindparam("of_day"))
    .order_by(view_visits.c.position)
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(tmp_path_factory.mktemp("remembered"), FakeClock(), CountedIds("remembered")) as opened:
        yield opened


class PowerCut(Exception):
    """The transaction ends in the middle."""


class Acting:
    """Does what a plan says, as far as it can be done."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def do(self, kind: str, what: object, where: object) -> None:
        self.office.clock.forward(1)
        with suppress(Refused):
            getattr(self, kind)(what, where)

    def issue(self, service: str, is_priority: bool) -> None:
        self.office.issue(service, "elderly" if is_priority else None)

    def act(self, kind: type[commands.CounterCommand], label: str) -> None:
        self.office.act(kind, label)

    def undo(self, nth: int, label: str) -> None:
        visits = self._visits()[-4:]
        if nth < len(visits):
            visit = fold_visit(self._entries(visits[nth])).state
            assert visit is not None
            act = visit.last_act or ""
            self.office.ask(
                commands.UndoAct(
                    command_id=self.office.ids.new(), visit=visits[nth], act=act, counter=self.office.counter(label)
                )
            )

    def claim(self, number: str, label: str) -> None:
        self.office.act(commands.ClaimPaper, label, number=number, service="DUKA-01")

    def requeue(self, nth: int, behind: int) -> None:
        visits = self._visits()[-4:]
        if nth < len(visits):
            self.office.ask(commands.RequeueTicket(command_id=self.office.ids.new(), visit=visits[nth], behind=behind))

    def transfer(self, service: str, label: str) -> None:
        with self.office.readers.moment() as moment:
            visit = moment.view.at_counter(self.office.counter(label), moment.day)
        if visit is not None:
            self.office.ask(
                commands.TransferTicket(
                    command_id=self.office.ids.new(),
                    visit=visit.visit_id,
                    service=service,
                    counter=self.office.counter(label),
                )
            )

    def fail(self, _: None, __: None) -> None:
        """Everybody is called once more, and the power fails before the end."""
        visits = self._visits()
        calls = (entry.fact for each in visits for entry in self._entries(each) if entry.kind == "TicketCalled")
        fact = next(calls, None)
        if fact is not None:
            with pytest.raises(PowerCut), self.office.writer.begin(self.office.actor) as unit:
                unit.record(*(Draft(unit.new_id(), Subject(SubjectType.VISIT, each), fact) for each in visits))
                raise PowerCut

    def _visits(self) -> list[str]:
        with self.office.readers.moment() as moment:
            rows = moment.store.all(_visits_of_day, site_id=self.office.writer.site_id, of_day=moment.day)
        return [row[0] for row in rows]

    def _entries(self, visit: str) -> list[Entry]:
        with self.office.readers.moment() as moment:
            return moment.journal.entries_of(Subject(SubjectType.VISIT, visit))


@settings(max_examples=25)
@given(plan=days)
@example(plan=PLACE_GIVEN_BACK)
@example(plan=CLAIMED_ELSEWHERE)
def test_what_is_remembered_is_what_stands_there(office: Office, plan: list[tuple[str, object, object]]) -> None:
    office.clock.forward(A_DAY_S)
    office.ask(commands.OpenDay(command_id=office.ids.new(), day=office.writer.now().date().isoformat()))
    office.open(*sorted(set(LABELS)))
    acting = Acting(office)
    for step in plan:
        acting.do(*step)
        with office.writer.begin(office.actor) as unit:
            site, reference = office.writer.site_id, office.home.reference.current(unit.store)
            knowing = StoredHubView(unit.store, site, reference, unit.entries_of, unit.visit_of, unit.remembered)
            reading = StoredHubView(unit.store, site, reference)
            assert answers(office, knowing, unit) == answers(office, reading, unit)


def answers(office: Office, view: StoredHubView, unit: WriteUnit) -> dict[str, object]:
    """All that a deciding transaction may remember."""
    last = view.last_day()
    assert last is not None
    counters = [office.counter(each.label) for each in COUNTERS]
    visits = [row[0] for row in unit.store.all(_visits_of_day, site_id=office.writer.site_id, of_day=last.day)]
    return {
        "day": last,
        "position": view.highest_position(last.day),
        "call": view.highest_call(last.day),
        "numbers": [view.highest_number(last.day, each.queue_prefix, *BLOCK) for each in AGENCIES],
        "queues": [view.queue_length(each.code, last.day) for each in AGENCIES],
        "open": [view.open_counters(each.code, last.day) for each in AGENCIES],
        "openings": [view.counter_day(each, last.day) for each in counters],
        "there": [view.at_counter(each, last.day) for each in counters],
        "visits": [view.visit(each) for each in visits],
        "restored": view.is_restored_since(last.day),
    }


def test_what_came_by_another_way_is_read_again(office: Office) -> None:
    office.clock.forward(A_DAY_S)
    office.ask(commands.OpenDay(command_id=office.ids.new(), day=office.writer.now().date().isoformat()))
    issued = office.issue("DUKA-01").ticket
    assert issued is not None
    subject = Subject(SubjectType.VISIT, issued.id)
    with office.writer.begin(office.actor) as unit:
        assert unit.visit_of(subject) is not None
        known = unit.remembered
    with office.writer.begin(office.actor) as unit:
        assert unit.remembered is known
    with office.home.database.writing(changes_journal=False):
        pass
    with office.writer.begin(office.actor) as unit:
        assert unit.remembered is known
    with office.home.database.writing():
        pass
    with office.writer.begin(office.actor) as unit:
        assert unit.remembered is not known
        assert unit.remembered.visits == {}


def test_only_who_is_still_here_is_remembered(office: Office) -> None:
    office.clock.forward(A_DAY_S)
    office.ask(commands.OpenDay(command_id=office.ids.new(), day=office.writer.now().date().isoformat()))
    office.open("Loket 3")
    first, second = (office.issue("POLI-01").ticket for _ in range(2))
    assert first is not None and second is not None
    office.act(commands.CallNext, "Loket 3")
    office.act(commands.FinishTicket, "Loket 3")
    with office.writer.begin(office.actor) as unit:
        there = {subject.id for subject in unit.remembered.visits}
    assert first.id not in there
    assert second.id in there
