"""What waits for a centre on a hub that passes on what its stations brought: how much, and since when."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.sync.waiting import Mark, Waiting, mark, waiting_since
from tests.fakes.clock import FakeClock
from tests.fakes.office import Office, open_office
from tests.sync.replicas import NOW, empty_replica, heads, meet, replica_of

DEVICE = "d" * 32


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "station", FakeClock(NOW)) as opened:
        yield opened


def waits(hub: ReplicaStore, since: Mark, *, relays: bool = True) -> Waiting:
    with hub.database.reading() as store:
        return waiting_since(store, hub.site_id, DEVICE, since, relays=relays)


def test_what_stations_brought_waits_from_its_oldest_entry_on(office: Office, tmp_path: Path) -> None:
    station, clock = replica_of(office), office.clock
    assert isinstance(clock, FakeClock)
    with empty_replica(tmp_path / "hub.db", office.home.site_id) as hub:
        meet(station, hub)
        with hub.database.reading() as store:
            seen = mark(store, hub.site_id, "")
        assert waits(hub, seen) == Waiting(0, None)
        before = sum(head.seq for head in heads(hub))

        opened_ms = office.writer.now_ms()
        office.open("Loket 1")
        meet(station, hub)
        clock.forward(600)
        office.issue()
        meet(station, hub)

        since_then = sum(head.seq for head in heads(hub)) - before
        assert waits(hub, seen) == Waiting(since_then, opened_ms) and since_then > 2
        assert waits(hub, seen, relays=False) == Waiting(0, None), "a station passes nothing on"
        everything = waits(hub, Mark())
        assert everything.entries == before + since_then
        assert everything.oldest_ms is not None and everything.oldest_ms <= opened_ms
