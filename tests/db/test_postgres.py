"""The central's PostgreSQL: the same tables, the same code, the same digest (DESIGN 4)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import psycopg
import pytest
from sqlalchemy import create_engine, inspect, make_url

from mppdesk.db import schema
from mppdesk.db.journal.codec import decode_entry, encode_entry
from mppdesk.db.journal.logs import Journal
from mppdesk.db.journal.verify import verify
from mppdesk.db.migrate import upgrade_connection
from mppdesk.db.projections import views
from mppdesk.db.sql import Store
from mppdesk.domain.entries import Subject, SubjectType
from mppdesk.domain.facts import Stop, TicketIssued
from tests.db.test_journal import absorb, all_bytes, busy_morning
from tests.db.test_privacy import tell_everything
from tests.fakes.office import open_office

SITE = "a" * 32
_OF_A_SITE = tuple(sorted(table.name for table in schema.SYNCED))


@contextmanager
def central(address: str) -> Iterator[Store]:
    """A writing transaction on a PostgreSQL database with the program's tables."""
    engine = create_engine(address)
    with engine.begin() as connection:
        schema.metadata.create_all(connection)
    engine.dispose()
    plain = make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as peer, Store(peer, "postgresql").writing() as store:
        yield store


@pytest.fixture(scope="module")
def a_day(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[bytes], str, str]:
    """The bytes of two days with files and personal texts; their site and their digest on SQLite."""
    with open_office(tmp_path_factory.mktemp("a-day") / "home") as office:
        tell_everything(office)
        office.clock.forward(24 * 3600)
        busy_morning(office, 5)
        with office.home.database.reading() as store:
            site_id = office.home.site_id
            return all_bytes(store), site_id, views.live_digest(store, site_id)


def test_a_day_is_the_same_there(postgres_url: str, a_day: tuple[list[bytes], str, str]) -> None:
    raws, site_id, digest = a_day
    assert len(raws) > 50
    with central(postgres_url) as store:
        absorb(store, site_id, raws)
        assert all_bytes(store) == raws
        assert views.live_digest(store, site_id) == digest
        views.rebuild(store, site_id)
        assert views.live_digest(store, site_id) == digest
        found = verify(store, site_id)
        assert found.is_sound and found.entries == len(raws), found.findings


def test_two_sites_stand_side_by_side(postgres_url: str, a_day: tuple[list[bytes], str, str]) -> None:
    """One centre holds many buildings, so nothing of one may meet the other's in a key."""
    raws, site_id, digest = a_day
    other = [encode_entry(replace(decode_entry(raw), site_id=SITE)) for raw in raws]
    with central(postgres_url) as store:
        absorb(store, site_id, raws)
        absorb(store, SITE, other)
        assert views.live_digest(store, site_id) == digest
        assert views.live_digest(store, SITE) == digest, "the digest is that of the rows, not of the building's id"


@pytest.mark.parametrize("hostile", ["\0", "a\0b", "'; DROP TABLE journal_entries; --", "\U0010ffff" * 500])
def test_hostile_text_stays_in_its_entry(postgres_url: str, a_day: tuple[list[bytes], str, str], hostile: str) -> None:
    """Texts that only SQLite can hold come from a peer of another make; they neither raise nor change the digest."""
    raws, site_id, _ = a_day
    issued = next(entry for entry in map(decode_entry, raws) if isinstance(entry.fact, TicketIssued))
    fact = replace(
        issued.fact, prefix=hostile, token=hostile, priority=hostile, stops=(Stop(hostile, hostile, hostile),)
    )
    try:
        raw = encode_entry(replace(issued, subject=Subject(SubjectType.VISIT, "f" * 32), step=1, fact=fact))
    except UnicodeEncodeError:
        pytest.skip("such a text cannot be written as UTF-8 by anybody")
    with central(postgres_url) as store:
        absorb(store, site_id, [raw])
        assert Journal(store, site_id).entries_of(Subject(SubjectType.VISIT, "f" * 32))[0].fact == fact
        assert views.live_digest(store, site_id) == views.rebuilt_digest(store, site_id)


# Whoever asks shows a token, and only its holder's row says which site that is.
_TELLS_THE_SITE = frozenset({"ix_view_stations_token"})


@pytest.mark.parametrize("how", ["metadata", "migrations"])
def test_every_key_there_starts_with_the_site(postgres_url: str, how: str) -> None:
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        if how == "metadata":
            schema.metadata.create_all(connection)
        else:
            upgrade_connection(connection)
    made = inspect(engine)
    assert set(_OF_A_SITE) <= set(made.get_table_names())
    for name in _OF_A_SITE:
        assert made.get_pk_constraint(name)["constrained_columns"][0] == "site_id", name
        for index in made.get_indexes(name):
            assert index["column_names"][0] == "site_id" or index["name"] in _TELLS_THE_SITE, index["name"]
    engine.dispose()
