"""The schema: migrations make exactly the tables of the code, each step behind a checked backup, old files open."""

import shutil
import sqlite3
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from mppdesk.db import home as homes
from mppdesk.db import migrate, schema
from mppdesk.db.engine import Database
from mppdesk.db.journal.verify import verify
from mppdesk.db.privacy.key_days import day_of_key, weight
from mppdesk.db.privacy.search import SearchTable
from mppdesk.db.replication.key_parcels import KeyDay
from mppdesk.db.replication.local_keys import LocalKeys
from mppdesk.db.safekeeping.backup import check_file
from mppdesk.db.sql import Store
from mppdesk.domain.errors import StorageTrouble
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import Office
from tests.old_databases.make import PERSON

KEY = bytes(range(32))
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HEAD = migrate.HEAD_REVISION
NEXT, NEXT_BUT_ONE = f"{int(HEAD) + 1:04}", f"{int(HEAD) + 2:04}"
OLD_DATABASES = Path(__file__).parents[1] / "old_databases"

STEP = '''"""A step of a later version."""

from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    op.execute("{sql}")
    op.execute("{then}")
'''


def objects(store: Store) -> set[tuple[str, str]]:
    """Every table and index with the statement that made it, however it was laid out."""
    rows = store.connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
    return {
        (name, " ".join(sql.replace("(", " ( ").replace(")", " ) ").replace(",", " , ").split())) for name, sql in rows
    }


def layout(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Columns, nullability and keys of every table, as SQLite tells them."""
    names = [name for name, sql in objects(store) if sql.startswith("CREATE TABLE")]
    return {name: store.connection.execute(f"PRAGMA table_xinfo({name})").fetchall() for name in names}


def of_the_code() -> Store:
    """A plain database made straight from mppdesk.db.tables."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    engine = create_engine("sqlite://", creator=lambda: connection)
    schema.metadata.create_all(engine)
    return Store(connection, "sqlite")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A database of today's schema with one setting in it."""
    made = Database(tmp_path / "mppdesk.db", KEY)
    migrate.upgrade(made, tmp_path / "backups", NOW)
    with made.writing() as store:
        store.connection.execute("INSERT INTO local_settings VALUES ('site_id', 'x')")
    return made


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations of a later version, whose steps a test writes."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrate, "MIGRATIONS", folder)
    return folder / "versions"


def add_step(versions: Path, revision: str, before: str, sql: str, then: str = "SELECT 1") -> None:
    text = STEP.format(revision=revision, before=before, sql=sql, then=then)
    (versions / f"{revision}_later.py").write_text(text, encoding="utf-8")


def test_the_migrations_make_the_tables_of_the_code(database: Database) -> None:
    code = of_the_code()
    with database.reading() as store:
        made = {each for each in objects(store) if each[0] != "alembic_version"}
        assert made == objects(code)
        told = layout(store)
    told.pop("alembic_version")
    assert told == layout(code)
    assert len(told) == len(schema.metadata.tables)
    code.close()
    database.close()


def test_a_fresh_database_needs_no_backup(database: Database, tmp_path: Path) -> None:
    migrate.upgrade(database, tmp_path / "backups", NOW)
    assert not (tmp_path / "backups").exists()
    database.close()


def test_a_checked_backup_stands_before_each_later_step(
    database: Database, later: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_step(later, NEXT, HEAD, "ALTER TABLE local_settings ADD COLUMN since INTEGER")
    add_step(later, NEXT_BUT_ONE, NEXT, "CREATE TABLE local_more (name TEXT PRIMARY KEY)")
    monkeypatch.setattr(migrate, "HEAD_REVISION", NEXT_BUT_ONE)
    migrate.upgrade(database, tmp_path / "backups", NOW)
    with database.reading() as store:
        assert migrate.current_revision(store.connection) == NEXT_BUT_ONE
        assert store.connection.execute("SELECT * FROM local_settings").fetchall() == [("site_id", "x", None)]
    kept = sorted((tmp_path / "backups").iterdir())
    assert [path.name for path in kept] == [f"before-{step}-20261123-020000.db" for step in (NEXT, NEXT_BUT_ONE)]
    for path, revision in zip(kept, (HEAD, NEXT), strict=True):
        check_file(path, KEY)
        copy = Database(path, KEY, read_only=True)
        with copy.reading() as store:
            assert migrate.current_revision(store.connection) == revision
            assert store.connection.execute("SELECT name FROM local_settings").fetchall() == [("site_id",)]
        copy.close()
    database.close()


def test_a_step_that_fails_leaves_nothing_of_itself(
    database: Database, later: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_step(later, NEXT, HEAD, "DELETE FROM local_settings", "SELECT raise_an_error()")
    monkeypatch.setattr(migrate, "HEAD_REVISION", NEXT)
    for _ in range(2):
        with pytest.raises(StorageTrouble, match="Yang sudah tersimpan aman"):
            migrate.upgrade(database, tmp_path / "backups", NOW)
        with database.reading() as store:
            assert migrate.current_revision(store.connection) == HEAD
            assert store.connection.execute("SELECT value FROM local_settings").fetchall() == [("x",)]
    database.close()


def test_a_newer_database_is_refused_untouched(database: Database, tmp_path: Path) -> None:
    with database.writing() as store:
        store.connection.execute("UPDATE alembic_version SET version_num = '0999'")
    database.close()
    before = (tmp_path / "mppdesk.db").read_bytes()
    with pytest.raises(StorageTrouble, match="lebih baru"):
        migrate.upgrade(database, tmp_path / "backups", NOW)
    database.close()
    assert (tmp_path / "mppdesk.db").read_bytes() == before
    assert not (tmp_path / "backups").exists()


def key_sums(database: Database) -> dict[KeyDay, int]:
    """What every store keeps of its data keys, reckoned anew."""
    sums: dict[KeyDay, int] = defaultdict(int)
    with database.reading() as store:
        for key_id, agency in store.connection.execute("SELECT key_id, agency FROM local_data_keys").fetchall():
            sums[KeyDay(agency, day_of_key(key_id))] += weight(key_id)
    return {day: total % 2**128 for day, total in sums.items()}


def test_there_is_an_old_database_for_every_schema() -> None:
    kept = {path.name for path in OLD_DATABASES.iterdir() if path.name.isdigit()}
    assert kept == {path.name[:4] for path in (migrate.MIGRATIONS / "versions").glob("0*.py")}


@pytest.mark.parametrize("revision", sorted(path.name for path in OLD_DATABASES.iterdir() if path.name.isdigit()))
def test_an_old_database_opens_and_goes_on(revision: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(OLD_DATABASES / revision, home)
    clock, ids = FakeClock(), CountedIds("later")
    with homes.writing(home, clock, ids) as opened:
        office = Office(opened, clock, ids)
        with opened.database.reading() as store:
            found = verify(store, opened.site_id)
            assert found.is_sound, found.findings
            assert found.entries == 52
            assert key_sums(opened.database) == LocalKeys(store, opened.site_id).sums(0) != {}
            (submission,) = SearchTable(store, opened.secrets.search).find("nik", PERSON.nik or "")
        assert office.readers.full_nik(submission) == PERSON.nik
        assert [row.number for row in office.readers.tickets()] == ["B-001", "B-002", "B-003", "B-004"]
        issued = office.issue().ticket
        assert issued is not None and issued.number == "B-005"
