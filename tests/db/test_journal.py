"""The journal and its views: any order of arrival, any clock, unknown kinds, rebuilt = live."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mppdesk.db.engine import Database
from mppdesk.db.journal.codec import decode_entry, encode_entry
from mppdesk.db.journal.logs import Journal
from mppdesk.db.migrate import upgrade
from mppdesk.db.projections import views
from mppdesk.db.sql import Store
from mppdesk.db.tables import journal_entries
from mppdesk.domain import commands
from mppdesk.domain.entries import Actor, Entry, Subject, SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.facts import Stop, TicketCalled, TicketFinished, TicketIssued
from mppdesk.domain.visit import fold_visit
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import Office, open_office

KEY = bytes(range(32))
SITE = "a" * 32


def all_bytes(store: Store) -> list[bytes]:
    rows = store.connection.execute(f"SELECT bytes FROM {journal_entries.name} ORDER BY log_id, seq").fetchall()
    return [bytes(row[0]) for row in rows]


@contextmanager
def empty_store(path: Path) -> Iterator[Store]:
    database = Database(path, KEY)
    upgrade(database, path.parent / "backups", datetime(2026, 11, 23, tzinfo=UTC))
    with database.writing() as store:
        yield store
    database.close()


def absorb(store: Store, site_id: str, raws: list[bytes]) -> None:
    """Take entries in the order given, one by one, as a peer's come in."""
    journal = Journal(store, site_id)
    for raw in raws:
        entry = decode_entry(raw)
        journal.insert([(entry, raw)])
        views.refresh(store, site_id, entry.subject, journal.entries_of(entry.subject), [entry])


def busy_morning(office: Office, seed: int) -> None:
    """A few dozen commands chosen by chance; refusals are part of it."""
    chance = random.Random(seed)
    office.open("Loket 1", "Loket 2", "Loket 3")
    for _ in range(60):
        office.clock.forward(chance.uniform(1, 90))
        label = chance.choice(("Loket 1", "Loket 2", "Loket 3"))
        kind = chance.choice(
            (commands.CallNext, commands.StartService, commands.FinishTicket, commands.MarkNoShow, commands.HoldTicket)
        )
        try:
            if chance.random() < 0.4:
                office.issue(chance.choice(("DUKA-01", "DUKA-02", "POLI-01")), chance.choice((None, None, "elderly")))
            else:
                office.act(kind, label)
        except Refused:
            continue


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[bytes], str, str]:
    """The bytes of a morning, its site and its live digest."""
    with open_office(tmp_path_factory.mktemp("morning") / "home") as office:
        busy_morning(office, 7)
        with office.home.database.reading() as store:
            return all_bytes(store), office.home.site_id, views.live_digest(store, office.home.site_id)


@pytest.mark.parametrize("seed", range(6))
def test_views_do_not_depend_on_the_order_of_arrival(
    morning: tuple[list[bytes], str, str], tmp_path: Path, seed: int
) -> None:
    raws, site_id, digest = morning
    shuffled = raws[:]
    random.Random(seed).shuffle(shuffled)
    with empty_store(tmp_path / "peer.db") as store:
        absorb(store, site_id, shuffled)
        assert views.live_digest(store, site_id) == digest
        assert views.rebuilt_digest(store, site_id) == digest


def test_a_rebuild_makes_the_same_rows(tmp_path: Path) -> None:
    with open_office(tmp_path / "home") as office:
        busy_morning(office, 11)
        site_id = office.home.site_id
        with office.home.database.writing() as store:
            before = views.live_digest(store, site_id)
            assert views.rebuilt_digest(store, site_id) == before
            store.connection.execute("DELETE FROM view_visits")
            assert views.live_digest(store, site_id) != before
            views.rebuild(store, site_id)
            assert views.live_digest(store, site_id) == before


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_fold_is_the_same_for_every_order(morning: tuple[list[bytes], str, str], data: st.DataObject) -> None:
    entries = [decode_entry(raw) for raw in morning[0]]
    subjects = sorted({entry.subject for entry in entries if entry.subject.type == SubjectType.VISIT})
    subject = data.draw(st.sampled_from(subjects))
    of_subject = [entry for entry in entries if entry.subject == subject]
    assert fold_visit(data.draw(st.permutations(of_subject))) == fold_visit(of_subject)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_fold_is_total_for_any_subset_with_any_clocks(
    morning: tuple[list[bytes], str, str], data: st.DataObject
) -> None:
    """Entries missing, doubled in meaning, with clocks a year off: a state and anomalies, never an exception."""
    entries = [decode_entry(raw) for raw in morning[0] if decode_entry(raw).subject.type == SubjectType.VISIT]
    chosen = data.draw(st.lists(st.sampled_from(entries), max_size=12))
    target = Subject(SubjectType.VISIT, "f" * 32)
    mixed = [
        replace(
            entry,
            subject=target,
            step=data.draw(st.integers(1, 6)),
            hlc=data.draw(st.integers(0, 2**62)),
            seq=number,
        )
        for number, entry in enumerate(chosen, 1)
    ]
    folded = fold_visit(mixed)
    assert fold_visit(reversed(mixed)) == folded
    if any(entry.kind == "TicketIssued" for entry in mixed) and folded.state is not None:
        assert folded.state.status in set(type(folded.state.status))


def two_stations_see_one_visit(offset: timedelta) -> list[Entry]:
    """A hub issues, calls and finishes; a second author with another clock goes on from what it saw."""
    visit, actor = Subject(SubjectType.VISIT, "b" * 32), Actor("user", "desktop")
    base = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

    def entry(log: str, seq: int, step: int, at: datetime, fact: object) -> Entry:
        wall = int(at.timestamp() * 1000)
        return Entry(
            log, seq, bytes(32), f"{log}{seq}", type(fact).__name__, 1, visit, step, wall << 16, wall, 420, actor, SITE,
            fact,
        )  # fmt: skip

    stamp: dict[str, Any] = {"command_id": "c", "term": 1, "day": "2026-11-23"}
    ticket: dict[str, Any] = {
        **stamp,
        "number": "B-001",
        "service": "DUKA-01",
        "counter": "k",
        "counter_label": "Loket 1",
    }
    issued = TicketIssued(
        **stamp,
        prefix="B",
        number=1,
        digits=3,
        issuer_no=0,
        position=1,
        token="T",
        stops=(Stop("DUKA-01", "DUKA", "v"),),
    )
    called = TicketCalled(**ticket, ordinal=1, why="longest_wait")
    finished = TicketFinished(**ticket, outcome="served")
    return [
        entry("hub", 1, 1, base, issued),
        entry("hub", 2, 2, base + timedelta(minutes=5), called),
        entry("station", 1, 3, base + timedelta(minutes=9) + offset, finished),
    ]


@pytest.mark.parametrize("offset", [timedelta(0), timedelta(minutes=-6), timedelta(days=365), timedelta(days=-365)])
def test_a_station_with_a_wrong_clock_changes_nothing(offset: timedelta) -> None:
    folded = fold_visit(two_stations_see_one_visit(offset))
    assert folded.state is not None
    assert folded.state.status == "finished"
    assert folded.anomalies == ()


def test_unknown_kinds_and_versions_survive_byte_for_byte(tmp_path: Path) -> None:
    with open_office(tmp_path / "home") as office:
        office.issue()
        site_id = office.home.site_id
        with office.home.database.writing() as store:
            journal = Journal(store, site_id)
            visit = next(subject for subject, _ in journal.subjects() if subject.type == SubjectType.VISIT)
            known = journal.entries_of(visit)[0]
            future = replace(known, log_id="9" * 32, seq=1, entry_id="8" * 32, kind="TicketBlessed", step=9)
            later = replace(known, log_id="9" * 32, seq=2, entry_id="7" * 32, version=2, step=10)
            raws = [encode_entry(future), encode_entry(later)]
            absorb(store, site_id, raws)
            stored = [journal.entry("8" * 32), journal.entry("7" * 32)]
            assert [encode_entry(each) if each else None for each in stored] != raws  # bodies were not understood
            rows = store.connection.execute(
                "SELECT bytes FROM journal_entries WHERE log_id = ?", ("9" * 32,)
            ).fetchall()
            assert [bytes(row[0]) for row in rows] == raws
            reasons = store.connection.execute("SELECT reason FROM view_quarantine ORDER BY reason").fetchall()
            assert [row[0] for row in reasons] == ["unknown_kind", "unknown_version"]
            folded = fold_visit(journal.entries_of(visit))
            assert folded.state is not None
            assert folded.state.status == "waiting"
            assert folded.anomalies == ()
            assert views.live_digest(store, site_id) == views.rebuilt_digest(store, site_id)


def test_each_start_writes_a_log_of_its_own_and_reading_none(tmp_path: Path) -> None:
    clock, ids = FakeClock(), CountedIds()
    heads = []
    for _ in range(3):
        with open_office(tmp_path / "home", clock, ids) as office:
            office.issue()
            office.readers.tickets()
        with open_office(tmp_path / "home", clock, ids) as office, office.home.database.reading() as store:
            heads.append(len(Journal(store, office.home.site_id).heads()))
    assert heads == [heads[0], heads[0] + 1, heads[0] + 2]
