"""The centre stores first and folds later: in any cut and beside new arrivals the views become those of the hub."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from mppdesk.db.central import epoch as central_epoch
from mppdesk.db.central import schema as central_schema
from mppdesk.db.central.database import PostgresDatabase
from mppdesk.db.central.folding import fold_next, sites_waiting
from mppdesk.db.central.sites import Asker, Askers, CentralSite, register, site_of
from mppdesk.db.central.stream import PlaceLost, entries_after, read_on
from mppdesk.db.journal.codec import decode_entry
from mppdesk.db.journal.verify import verify
from mppdesk.db.projections import views
from mppdesk.db.replication import arrivals, troubles
from mppdesk.db.replication.replica import Outcome
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.domain.entries import Subject, SubjectType
from mppdesk.domain.facts import CounterOpened, Stop, SubmissionOpened, TicketIssued
from tests.db.test_journal import busy_morning
from tests.fakes.office import Office, open_office
from tests.sync.hostile import HostileLog, log_id_of, stranger
from tests.sync.replicas import NOW_MS, digests, everybody, heads, meet, replica_of


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "office") as opened:
        yield opened


@pytest.fixture
def database(postgres_url: str) -> Iterator[PostgresDatabase]:
    central_schema.upgrade(postgres_url)
    opened = PostgresDatabase(postgres_url)
    yield opened
    opened.close()


@contextmanager
def centre_of(database: PostgresDatabase, site_id: str) -> Iterator[ReplicaStore]:
    with database.writing() as store:
        register(store, CentralSite(site_id, "MPP", "", b"", NOW_MS), "token")
    yield ReplicaStore(database, site_id, everybody, lambda: NOW_MS, is_folded=False)


def fold_all(database: PostgresDatabase, site_id: str) -> int:
    folded = 0
    while more := fold_next(database, site_id):
        folded += more
    return folded


def test_after_folding_the_views_are_those_of_the_hub(database: PostgresDatabase, office: Office) -> None:
    busy_morning(office, 3)
    hub = replica_of(office)
    with centre_of(database, office.home.site_id) as centre:
        meet(hub, centre)
        assert heads(centre) == heads(hub)

        assert fold_all(database, centre.site_id) == sum(head.seq for head in heads(hub))

        assert digests(centre)[0] == digests(hub)[0]
        with database.reading() as store:
            assert sites_waiting(store) == []
            assert verify(store, centre.site_id).is_sound


def test_batches_that_end_anywhere_and_arrivals_beside_them(database: PostgresDatabase, office: Office) -> None:
    """Subjects whose entries came in several arrivals, of which a batch folds some, while newer ones are stored."""
    hub = replica_of(office)
    with centre_of(database, office.home.site_id) as centre:
        for seed in range(4):
            busy_morning(office, seed)
            office.clock.forward(24 * 3600)
            meet(hub, centre)
            assert fold_next(database, centre.site_id, most=17 + seed)

        fold_all(database, centre.site_id)

        live, rebuilt = digests(centre)
        assert live == rebuilt == digests(hub)[0]


def test_several_at_once_fold_each_entry_once(database: PostgresDatabase, office: Office) -> None:
    busy_morning(office, 9)
    hub = replica_of(office)
    with centre_of(database, office.home.site_id) as centre:
        meet(hub, centre)
        with ThreadPoolExecutor(4) as many:
            folded = sum(each.result() for each in [many.submit(fold_all, database, centre.site_id) for _ in range(4)])

        assert folded == sum(head.seq for head in heads(hub))
        assert digests(centre)[0] == digests(hub)[0]


def test_a_hostile_log_is_noted_by_all_who_see_it_at_once(database: PostgresDatabase, office: Office) -> None:
    """Broken bytes pushed to several processes: each refuses, none fails, and the trouble stands once."""
    hub = replica_of(office)
    segment = hub.cut(heads(hub)[0].log_id, 0)
    assert segment is not None
    broken = replace(segment, signature=bytes(64))
    with centre_of(database, office.home.site_id) as centre:
        with ThreadPoolExecutor(4) as many:
            taken = [each.result() for each in [many.submit(centre.take, broken) for _ in range(12)]]
        assert {each.outcome for each in taken} == {Outcome.REFUSED}
        with database.reading() as store:
            assert [each.reason for each in troubles.all_of(store, centre.site_id)] == ["signature"]
            assert arrivals.last(store, centre.site_id) == 0


def test_the_stream_has_no_gap_and_a_place_outlives_nothing_but_its_epoch(
    database: PostgresDatabase, office: Office
) -> None:
    busy_morning(office, 5)
    hub = replica_of(office)
    with database.outside() as store:
        central_epoch.confirm(store, lambda: "first")
    with centre_of(database, office.home.site_id) as centre:
        meet(hub, centre)
        with database.reading() as store:
            found, place = read_on(store, centre.site_id, None)
            assert [each.site_seq for each in found] == list(range(1, sum(head.seq for head in heads(hub)) + 1))
            assert entries_after(store, centre.site_id, 7) == found[7:]
            assert {decode_entry(each.raw).site_id for each in found} == {centre.site_id}
            assert read_on(store, centre.site_id, place) == ([], place)
        with database.writing() as store:
            central_epoch.renew(store, lambda: "second")
        with database.reading() as store, pytest.raises(PlaceLost):
            read_on(store, centre.site_id, place)


def test_a_site_has_one_token_at_a_time(database: PostgresDatabase) -> None:
    seconds = [0.0]
    askers = Askers(database, lambda: seconds[0])
    site = CentralSite("a" * 32, "MPP Sukamaju", "b" * 32, bytes(32), NOW_MS)
    assert askers.by_token("one") is None
    with database.writing() as store:
        register(store, site, "one")
    assert askers.by_token("one") == Asker(site)
    with database.writing() as store:
        register(store, site, "two")
        assert site_of(store, site.site_id) == site
        assert arrivals.last(store, site.site_id) == 0
    assert askers.remembered("two") is None
    assert askers.by_token("two") == Asker(site) == askers.remembered("two")
    assert askers.by_token("one") == Asker(site), "believed for half a minute"
    seconds[0] += 31
    assert askers.by_token("one") is None


def test_the_digest_tells_a_wrong_row(database: PostgresDatabase, office: Office) -> None:
    """The comparison of these tests can fail."""
    hub = replica_of(office)
    with centre_of(database, office.home.site_id) as centre:
        meet(hub, centre)
        with database.reading() as store:
            assert views.live_digest(store, centre.site_id) != digests(hub)[0]


def test_no_text_of_a_station_stops_the_folding(database: PostgresDatabase, office: Office) -> None:
    """An index of PostgreSQL takes no 3 KB; one kiosk could have stopped the views of every site (page "nbtree")."""
    hub, long = replica_of(office), "".join(f"{number:x}" for number in range(3000))
    log = HostileLog(office.home.site_id, stranger(), log_id_of(1))
    decided: dict[str, Any] = {"command_id": long, "term": 1, "day": long}
    ticket = TicketIssued(
        **decided, prefix=long, number=700, digits=3, issuer_no=7, position=1, token=long,
        stops=(Stop(long, long, long),),
    )  # fmt: skip
    log.add(ticket, Subject(SubjectType.VISIT, "f" * 32))
    log.add(CounterOpened(**decided, counter=long, label=long), Subject(SubjectType.COUNTER_DAY, "f" * 32))
    log.add(
        SubmissionOpened(visit=long, service=long, agency=long, service_version=long, counter=long, token=long),
        Subject(SubjectType.SUBMISSION, "f" * 32),
    )
    hub.take(log.segment())
    with centre_of(database, office.home.site_id) as centre:
        meet(hub, centre)

        fold_all(database, centre.site_id)

        live, rebuilt = digests(centre)
        assert live == rebuilt == digests(hub)[0]
