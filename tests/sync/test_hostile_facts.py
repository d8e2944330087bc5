"""Whatever an admitted station writes in its log, the hub keeps it, issues and calls on, and passes everything on."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mppdesk.db.replication.replica import Outcome
from mppdesk.domain import commands
from mppdesk.domain.entries import LAST_STEP, Subject, SubjectType
from mppdesk.domain.facts import TicketIssued
from mppdesk.domain.facts.visits import Stop
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import Office, open_office
from tests.sync.hostile import EDGES, HostileLog, facts_about, log_id_of, stranger
from tests.sync.replicas import NOW, digests, empty_replica, heads, meet, replica_of

STEPS = (1, 2, 3, LAST_STEP)
# Who may write these may close the office or hand it to another hub; `test_hostile_rulers` shows who may not.
RULING = ("DayOpened", "DayClosed", "DayReopened", "HubTakenOver", "SettingChanged", "ServiceVersionPublished")


@dataclass(frozen=True)
class Prepared:
    """A folder with an office in the middle of its day, and names that mean something there."""

    folder: Path
    names: tuple[str, ...]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("office") / "home"
    with open_office(folder, FakeClock(NOW), CountedIds("hostile")) as office:
        office.open("Loket 1")
        first, second = office.issue(), office.issue()
        office.act(commands.CallNext)
        assert first.ticket and second.ticket
        with office.home.database.reading() as store:
            rows = store.connection.execute("SELECT DISTINCT subject_id FROM journal_entries").fetchall()
        subjects = tuple(str(row[0]) for row in rows)
        day = office.writer.now().date().isoformat()
        return Prepared(folder, (*subjects, day, "B", "DUKA", "DUKA-01", "B-001", office.counter("Loket 1")))


@contextmanager
def copy_of(prepared: Prepared) -> Iterator[Office]:
    with TemporaryDirectory(prefix="mppdesk-hostile-") as folder:
        shutil.copytree(prepared.folder, Path(folder) / "home")
        with open_office(Path(folder) / "home", FakeClock(NOW), CountedIds(folder)) as office:
            yield office


def works_on(office: Office) -> None:
    """The hub issues two numbers and calls somebody, at a counter that it opens if need be."""
    numbers = [answer.ticket.number for answer in (office.issue("POLI-01"), office.issue("POLI-01")) if answer.ticket]
    assert len(set(numbers)) == 2
    office.open("Loket 3")
    called = office.act(commands.CallNext, "Loket 3")
    assert called.ticket is not None
    office.act(commands.FinishTicket, "Loket 3")


def passes_everything_on(office: Office) -> None:
    """Another store takes all logs, the hub's own too, and folds the same."""
    hub = replica_of(office)
    with (
        TemporaryDirectory(prefix="mppdesk-hostile-") as folder,
        empty_replica(Path(folder) / "other.db", office.home.site_id) as other,
    ):
        done = meet(other, hub)
        assert done.stopped == {}
        assert heads(other) == heads(hub)
        live, rebuilt = digests(other)
        assert live == rebuilt == digests(hub)[0]


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_facts_of_any_content(prepared: Prepared, data: st.DataObject) -> None:
    with copy_of(prepared) as office:
        log = HostileLog(office.home.site_id, stranger(), log_id_of(1))
        ids = st.sampled_from((*prepared.names, "stranger"))
        for (fact, subject_type), subject_id, step in data.draw(
            st.lists(
                st.tuples(facts_about(prepared.names, RULING), ids, st.sampled_from(STEPS)), min_size=5, max_size=25
            )
        ):
            log.add(fact, Subject(subject_type, subject_id), step=step)
        assert replica_of(office).take(log.segment()).outcome is Outcome.STORED
        works_on(office)
        passes_everything_on(office)


def test_numbers_and_places_in_the_queue_at_every_edge(prepared: Prepared) -> None:
    day = next(name for name in prepared.names if name.startswith("20") and len(name) == 10)
    with copy_of(prepared) as office:
        replica = replica_of(office)
        for number, edge in enumerate(EDGES, 1):
            issued = TicketIssued(
                command_id=f"h{number}", term=1, day=day, prefix="C", number=edge, digits=edge, issuer_no=1,
                position=edge, token="T", stops=(Stop("POLI-01", "POLI", "v"),),
            )  # fmt: skip
            sound = replace(issued, number=700 + number, digits=3)
            log = HostileLog(office.home.site_id, stranger(), log_id_of(number))
            log.add(issued, Subject(SubjectType.VISIT, f"{number:032x}"), hlc=max(0, edge))
            log.add(sound, Subject(SubjectType.VISIT, f"{number + 100:032x}"), step=LAST_STEP)
            assert replica.take(log.segment()).outcome is Outcome.STORED
        works_on(office)
        passes_everything_on(office)
