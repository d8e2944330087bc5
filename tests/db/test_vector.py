"""The version vector, summed anew where something changed, is the one that a fresh reading gives."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from mppdesk.db.engine import Database
from mppdesk.db.journal.logs import Head, Journal
from mppdesk.db.replication.vector import Summary, Vector, day_of_log
from mppdesk.db.sql import Statement
from mppdesk.db.tables import journal_heads
from tests.db.test_journal import busy_morning
from tests.fakes.office import open_office
from tests.sync.replicas import empty_replica, meet, replica_of

SITE = "a" * 32
DAY_MS = 86_400_000
_add = Statement(insert(journal_heads))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with empty_replica(tmp_path / "heads.db", SITE) as replica:
        assert isinstance(replica.database, Database)
        yield replica.database


def fresh(database: Database, site_id: str, from_day: int = 0) -> Summary:
    vector = Vector(site_id)
    with database.reading() as store:
        vector.refresh(store)
    return vector.summary(from_day)


def test_what_is_summed_anew_is_what_a_fresh_reading_gives(tmp_path: Path) -> None:
    with open_office(tmp_path / "office") as office:
        home, hub = office.home, replica_of(office)
        with empty_replica(tmp_path / "station.db", home.site_id) as station:
            for seed in range(3):
                busy_morning(office, seed)
                office.clock.forward(24 * 3600)
                assert hub.summary(0) == fresh(home.database, home.site_id)
                meet(station, hub)
                assert station.summary(0) == hub.summary(0)
            assert isinstance(station.database, Database)
            assert fresh(station.database, home.site_id) == station.summary(0)


@pytest.mark.parametrize("made_ms", [0, DAY_MS - 1, DAY_MS, 20_000 * DAY_MS, 2**48 - 1])
def test_a_log_is_found_in_its_day_whatever_its_clock_said(database: Database, made_ms: int) -> None:
    """A hostile id may name any time; the last day that one can name has no day after it."""
    logs = [f"{made_ms:012x}{lane:020x}" for lane in (0, 16**20 - 1)]
    with database.writing() as store:
        store.many(_add, [{"site_id": SITE, "log_id": log, "seq": 3, "hash": bytes(32)} for log in logs])
    vector = Vector(SITE)
    with database.reading() as store:
        vector.refresh(store)
        found = vector.heads_of(store, [day_of_log(logs[0]), -1, 2**63])
        assert found == [Head(log, 3, bytes(32)) for log in logs] == list(Journal(store, SITE).heads())
        assert vector.heads_of(store, [day_of_log(logs[0]) + 1]) == []
