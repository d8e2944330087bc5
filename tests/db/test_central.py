"""The centre's database: transactions, errors in sentences, migrations at once, and which life of it this is."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count

import psycopg
import pytest
from sqlalchemy import bindparam, insert, select

from mppdesk.db.central import epoch as central_epoch
from mppdesk.db.central import schema as central_schema
from mppdesk.db.central.database import PostgresDatabase, plain_address
from mppdesk.db.sql import Statement
from mppdesk.db.tables import local_settings
from mppdesk.domain.errors import BadInput, StorageTrouble

_add = Statement(insert(local_settings))
_value = Statement(select(local_settings.c.value).where(local_settings.c.name == bindparam("name")))


def test_several_processes_may_set_it_up_at_once(postgres_url: str) -> None:
    with ThreadPoolExecutor(4) as many:
        for done in [many.submit(central_schema.upgrade, postgres_url) for _ in range(4)]:
            done.result()
    central_schema.upgrade(postgres_url)


def test_what_is_written_is_read_and_a_failure_leaves_nothing(postgres_url: str) -> None:
    central_schema.upgrade(postgres_url)
    database = PostgresDatabase(postgres_url)
    with database.writing() as store:
        store.run(_add, name="kept", value="yes")
    with pytest.raises(database.duplicate), database.writing() as store:
        store.run(_add, name="lost", value="no")
        store.run(_add, name="kept", value="twice")
    with database.reading() as store:
        assert store.one(_value, name="kept") == ("yes",)
        assert store.one(_value, name="lost") is None
    database.close()


def test_after_the_server_cut_every_line_it_goes_on(postgres_url: str) -> None:
    central_schema.upgrade(postgres_url)
    database = PostgresDatabase(postgres_url)
    with database.reading(), database.reading():
        pass
    with psycopg.connect(plain_address(postgres_url), autocommit=True) as killer:
        killer.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    with pytest.raises(StorageTrouble, match="tidak dapat dihubungi"), database.writing() as store:
        store.run(_add, name="lost", value="no")
    with database.writing() as store:
        store.run(_add, name="kept", value="yes")
    database.close()


def test_troubles_are_sentences(postgres_url: str) -> None:
    with pytest.raises(BadInput, match="tidak terbaca") as wrong, PostgresDatabase("mysql://a:secret@b/c").reading():
        pass
    assert "secret" not in str(wrong.value)
    with (
        pytest.raises(StorageTrouble, match="tidak dapat dihubungi"),
        PostgresDatabase("postgresql://127.0.0.1:1/none").reading(),
    ):
        pass
    empty = PostgresDatabase(postgres_url)
    with pytest.raises(StorageTrouble, match="belum disiapkan"), empty.reading() as store:
        store.one(_value, name="any")
    empty.close()


def test_a_newer_schema_is_left_alone(postgres_url: str) -> None:
    central_schema.upgrade(postgres_url)
    with psycopg.connect(plain_address(postgres_url)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageTrouble, match="lebih baru"):
        central_schema.upgrade(postgres_url)


def test_the_epoch_lasts_until_the_tables_are_others(postgres_url: str) -> None:
    """What `pg_restore --clean` does to a table: dropped and made again, with the rows of the dump."""
    central_schema.upgrade(postgres_url)
    ids = count(1)
    database = PostgresDatabase(postgres_url)
    with database.outside() as store:
        first = central_epoch.confirm(store, lambda: f"epoch-{next(ids)}")
        assert central_epoch.confirm(store, lambda: f"epoch-{next(ids)}") == first == "epoch-1"
    with psycopg.connect(plain_address(postgres_url)) as restoring:
        restoring.execute("CREATE TABLE dumped AS SELECT * FROM central_identity")
        restoring.execute("DROP TABLE central_identity")
        restoring.execute("ALTER TABLE dumped RENAME TO central_identity")
    with database.outside() as store:
        assert central_epoch.confirm(store, lambda: f"epoch-{next(ids)}") == "epoch-2"
        assert central_epoch.epoch_of(store) == "epoch-2"
    with database.writing() as store:
        assert central_epoch.renew(store, lambda: "by hand") == "by hand"
    database.close()


def test_processes_that_start_together_agree_on_the_epoch(postgres_url: str) -> None:
    central_schema.upgrade(postgres_url)
    database, ids = PostgresDatabase(postgres_url), count(1)

    def confirm() -> str:
        with database.outside() as store:
            return central_epoch.confirm(store, lambda: f"epoch-{next(ids)}")

    with ThreadPoolExecutor(4) as many:
        found = {done.result() for done in [many.submit(confirm) for _ in range(8)]}
    assert len(found) == 1
    database.close()


def test_a_server_that_may_forget_is_found_out(postgres_url: str) -> None:
    """The one of these tests waits for no disk, unless its address was given from outside."""
    found = central_schema.unsafe_settings(postgres_url)
    with psycopg.connect(plain_address(postgres_url)) as connection:
        row = connection.execute("SHOW fsync").fetchone()
    assert row is not None
    assert ("fsync" in found) == (row[0] == "off")
