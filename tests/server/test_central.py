"""The centre as processes: two of them over one database are as right as one, whatever is pushed where."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from mppdesk.db.central import epoch as central_epoch
from mppdesk.db.central.database import PostgresDatabase
from mppdesk.db.central.stream import entries_after
from mppdesk.db.journal.logs import Journal
from mppdesk.db.journal.verify import verify
from mppdesk.db.projections.views import live_digest
from mppdesk.db.replication import arrivals
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.sync.link import Link, Unreachable
from tests.benchmarks.commands import lay_down_past
from tests.db.test_journal import busy_morning
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import Office, open_office
from tests.fakes.running_centre import ask_central, central_process, centre_here, registered, serving_centre
from tests.sync.replicas import digests, heads, replica_of

PATIENCE_S = 30.0


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "hub") as opened:
        yield opened


@pytest.fixture
def database(postgres_url: str) -> Iterator[PostgresDatabase]:
    opened = PostgresDatabase(postgres_url)
    yield opened
    opened.close()


def until(is_so: Callable[[], bool]) -> None:
    """Wait for what another process will do; the patience only bounds a failure."""
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


def is_folded(database: PostgresDatabase, office: Office) -> bool:
    with database.reading() as store:
        site_id = office.home.site_id
        return arrivals.applied(store, site_id) == arrivals.last(store, site_id)


def assert_same(database: PostgresDatabase, hub: ReplicaStore) -> None:
    """The centre holds the hub's journals and shows the hub's views, and its own numbers have no gap."""
    with database.reading() as store:
        assert Journal(store, hub.site_id).heads() == heads(hub)
        assert live_digest(store, hub.site_id) == digests(hub)[0]
        assert verify(store, hub.site_id).is_sound
        total, seen = sum(head.seq for head in heads(hub)), 0
        while found := entries_after(store, hub.site_id, seen):
            assert [each.site_seq for each in found] == list(range(seen + 1, seen + len(found) + 1))
            seen = found[-1].site_seq
        assert seen == total


def test_two_processes_take_the_same_and_different_logs_at_once(
    postgres_url: str, database: PostgresDatabase, tmp_path: Path
) -> None:
    """Five starts of the hub make five logs; each of four links pushes all of them to one of two processes."""
    clock, ids = FakeClock(), CountedIds("five starts")
    for seed in range(4):
        with open_office(tmp_path / "hub", clock, ids) as office:
            busy_morning(office, seed)
        clock.forward(24 * 3600)
    with (
        open_office(tmp_path / "hub", clock, ids) as office,
        central_process(postgres_url) as one,
        central_process(postgres_url) as two,
    ):
        token, hub = registered(postgres_url, office), replica_of(office)

        def push(url: str) -> int:
            with Link(url, token) as link:
                return link.exchange(replica_of(office)).sent

        with ThreadPoolExecutor(4) as many:
            sent = [each.result() for each in [many.submit(push, url) for url in (one, two, one, two)]]

        assert max(sent) > 0
        until(lambda: is_folded(database, office))
        assert_same(database, hub)


def test_a_process_killed_while_it_takes_loses_nothing(
    postgres_url: str, database: PostgresDatabase, office: Office
) -> None:
    """Killed after its first commit, in the middle of whatever it did then; another process goes on."""
    lay_down_past(office, 400)
    hub, token = replica_of(office), registered(postgres_url, office)
    with serving_centre(postgres_url) as (pid, url), Link(url, token) as link, ThreadPoolExecutor(1) as pushing:
        pushed = pushing.submit(link.exchange, hub)
        until(lambda: _arrived(database, hub) > 0)
        os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        killed = pushed.exception(PATIENCE_S)
    assert killed is None or isinstance(killed, Unreachable)
    with central_process(postgres_url) as url, Link(url, token) as link:
        link.exchange(hub)
        until(lambda: is_folded(database, office))
        assert_same(database, hub)


def test_who_may_ask(postgres_url: str, office: Office) -> None:
    with centre_here(postgres_url) as url:
        token = registered(postgres_url, office)
        assert httpx.get(f"{url}/health").json()["healthy"] is True
        assert httpx.post(f"{url}/v1/commands", json={}).status_code == httpx.codes.NOT_FOUND
        assert httpx.post(f"{url}/v1/sync/hello", content=b"?").status_code == httpx.codes.UNAUTHORIZED
        for wrong in ("guess", token[:-1]):
            with Link(url, wrong) as link, pytest.raises(Unreachable, match="401"):
                link.exchange(replica_of(office))
        packed = {"authorization": f"Bearer {token}"}
        assert httpx.post(f"{url}/v1/sync/hello", content=b"?", headers=packed).status_code == httpx.codes.BAD_REQUEST
        with Link(url, token) as link:
            assert link.exchange(replica_of(office)).sent > 0
        with Link(url, registered(postgres_url, office, "--replace")) as link:
            assert link.exchange(replica_of(office)).sent == 0


def test_another_sites_token_opens_nothing(postgres_url: str, office: Office, tmp_path: Path) -> None:
    with centre_here(postgres_url) as url, open_office(tmp_path / "other") as other:
        registered(postgres_url, office)
        with Link(url, registered(postgres_url, other)) as link, pytest.raises(Unreachable, match="403"):
            link.exchange(replica_of(office))


def test_a_centre_restored_from_an_older_dump_is_healed_by_the_hub(
    postgres_url: str, database: PostgresDatabase, office: Office
) -> None:
    """The rows of the dump come back under a process that goes on running, as `pg_restore --clean` does it."""
    hub = replica_of(office)
    with centre_here(postgres_url) as url:
        token = registered(postgres_url, office)
        with Link(url, token) as link:
            before = link.exchange(hub)
            until(lambda: is_folded(database, office))
            dump = _dumped(database)
            busy_morning(office, 3)
            assert link.exchange(hub).sent > 0
            until(lambda: is_folded(database, office))

            _restore(database, dump)
            with database.reading() as store:
                assert Journal(store, hub.site_id).heads() != heads(hub)
            until(lambda: _epoch(database) != before.epoch)
            until(lambda: link.exchange(hub).epoch != before.epoch)
            link.exchange(hub)

            until(lambda: is_folded(database, office))
            assert_same(database, hub)
            assert link.exchange(hub).sent == 0


def test_sites_are_listed_and_a_copied_disk_image_is_said_by_hand(postgres_url: str, office: Office) -> None:
    registered(postgres_url, office)
    listed = ask_central("sites", "--database", postgres_url)
    site = {"site_id": office.home.site_id, "name": "MPP Sukamaju", "entries": 0, "folded": 0, "troubles": []}
    assert listed == {"sites": [site]}
    first = ask_central("new-epoch", "--database", postgres_url)
    assert first != ask_central("new-epoch", "--database", postgres_url)


def _arrived(database: PostgresDatabase, hub: ReplicaStore) -> int:
    with database.reading() as store:
        return arrivals.last(store, hub.site_id)


def _epoch(database: PostgresDatabase) -> str:
    with database.reading() as store:
        return central_epoch.epoch_of(store)


def _tables(database: PostgresDatabase) -> list[str]:
    with database.outside() as store:
        rows = store.connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return [str(row[0]) for row in rows]


def _dumped(database: PostgresDatabase) -> list[str]:
    """Keep a copy of every table as it is now; answers their names."""
    names = _tables(database)
    with database.writing() as store:
        for name in names:
            store.connection.execute(f"CREATE TABLE dump_{name} (LIKE {name} INCLUDING ALL)")
            store.connection.execute(f"INSERT INTO dump_{name} SELECT * FROM {name}")
    return names


def _restore(database: PostgresDatabase, names: list[str]) -> None:
    with database.writing() as store:
        for name in names:
            store.connection.execute(f"DROP TABLE {name} CASCADE")
            store.connection.execute(f"ALTER TABLE dump_{name} RENAME TO {name}")
