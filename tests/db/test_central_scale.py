"""The statements of docs/scale.md do what the page says: every table in them is one of ours, and partitions work."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import UniqueConstraint

from mppdesk.db import schema
from mppdesk.db.central import schema as central_schema
from mppdesk.db.central.database import PostgresDatabase
from mppdesk.db.sql import Store
from mppdesk.sync.exchange import Answerer
from mppdesk.sync.protocol import Hello
from tests.db.test_central_folding import centre_of, fold_all
from tests.db.test_journal import busy_morning
from tests.fakes.office import open_office
from tests.sync.replicas import digests, meet, replica_of

PAGE = Path(__file__).parents[2] / "docs" / "scale.md"


def statements(title: str) -> str:
    """The SQL block of a section."""
    section = PAGE.read_text(encoding="utf-8").split(f"### {title}\n")[1]
    found = re.search(r"```sql\n(.*?)```", section, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def database(postgres_url: str) -> Iterator[PostgresDatabase]:
    central_schema.upgrade(postgres_url)
    opened = PostgresDatabase(postgres_url)
    yield opened
    opened.close()


def test_what_is_distributed_can_be_and_nothing_of_a_site_is_forgotten() -> None:
    """Citus needs the column of distribution in every unique key of a distributed table."""
    sql = statements("Citus")
    named = set(re.findall(r"'((?:central|journal|view|local)_\w+)'", sql))
    of_a_site = {name for name, table in schema.metadata.tables.items() if "site_id" in table.columns}
    assert named == of_a_site
    for name in named - {"central_sites"}:
        table = schema.metadata.tables[name]
        keys = [list(table.primary_key.columns)]
        keys += [list(each.columns) for each in table.constraints if isinstance(each, UniqueConstraint)]
        assert all("site_id" in {column.name for column in key} for key in keys), name


def test_native_partitions_take_and_fold_as_one_table(database: PostgresDatabase, tmp_path: Path) -> None:
    with database.outside() as store:
        store.connection.execute(statements("Native partitions"))
        parts = store.connection.execute("SELECT count(*) FROM pg_inherits").fetchone()
    assert parts[0] > 16
    with open_office(tmp_path / "hub") as office:
        busy_morning(office, 3)
        hub = replica_of(office)
        with centre_of(database, office.home.site_id) as centre:
            meet(hub, centre)
            fold_all(database, centre.site_id)
            assert digests(centre)[0] == digests(hub)[0]


class Counted:
    """A connection whose statements are counted."""

    def __init__(self, connection: Any, statements: list[str]) -> None:
        self._connection = connection
        self._statements = statements

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, text: str, *parameters: Any) -> Any:
        self._statements.append(text)
        return self._connection.execute(text, *parameters)


def test_an_exchange_with_nothing_new_costs_one_statement(database: PostgresDatabase, tmp_path: Path) -> None:
    asked: list[str] = []

    def count(store: Store) -> None:
        store.connection = Counted(store.connection, asked)

    with open_office(tmp_path / "hub") as office:
        busy_morning(office, 3)
        hub = replica_of(office)
        with centre_of(database, office.home.site_id) as centre:
            meet(hub, centre)
            answerer, hello = Answerer(centre, "epoch"), Hello(hub.site_id, hub.summary(0))
            answerer.hello(hello)
            centre.database = PostgresDatabase(database.address, count)
            assert not answerer.hello(hello).differing
            centre.database.close()
            assert len(asked) == 1, asked
