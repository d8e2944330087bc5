"""The private PostgreSQL is a real one, and every test gets a database of its own."""

from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from tests.fakes import postgres


def _table_names(url: str) -> list[str]:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            query = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
            return list(connection.execute(query).scalars())
    finally:
        engine.dispose()


def _execute(url: str, statement: str) -> None:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()


@pytest.mark.parametrize("table", ["antrean", "berkas"])
def test_every_test_has_an_empty_database_of_its_own(postgres_url: str, table: str) -> None:
    assert _table_names(postgres_url) == []
    _execute(postgres_url, f"CREATE TABLE {table} (site_id text PRIMARY KEY)")
    assert _table_names(postgres_url) == [table]


def test_the_database_is_dropped_even_while_somebody_is_connected(postgres_server: URL) -> None:
    with postgres.fresh_database(postgres_server) as database:
        engine = create_engine(database)
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        assert database.database in _database_names(postgres_server)
    engine.dispose()
    assert database.database not in _database_names(postgres_server)


def _database_names(server: URL) -> list[str]:
    engine = create_engine(server)
    try:
        with engine.connect() as connection:
            return list(connection.execute(text("SELECT datname FROM pg_database")).scalars())
    finally:
        engine.dispose()


def test_the_server_is_new_enough_and_stores_utf8(postgres_server: URL) -> None:
    engine = create_engine(postgres_server)
    with engine.connect() as connection:
        version = connection.execute(text("SHOW server_version_num")).scalar_one()
        encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    engine.dispose()
    assert int(str(version)) >= 150000
    assert encoding == "UTF8"


def test_an_address_in_the_environment_is_taken_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(postgres.ADDRESS_VARIABLE, "postgresql://penguji@127.0.0.1:6543/uji")
    with postgres.running_postgres() as server:
        assert server == make_url("postgresql+psycopg://penguji@127.0.0.1:6543/uji")


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    programs = postgres.Programs(Path("/nowhere"), ("false",))
    with pytest.raises(postgres.NoPostgres, match="does not start"):
        postgres._start(programs, tmp_path)
