"""Alembic, forward only: a verified backup before each step, and nothing imported when the schema is up to date."""

from datetime import datetime
from pathlib import Path
from typing import Any

from mppdesk.db.engine import Database, open_connection, translated
from mppdesk.db.planner import state_growth
from mppdesk.domain.errors import StorageTrouble
from mppdesk.texts import msg

HEAD_REVISION = "0008"
MIGRATIONS = Path(__file__).parent / "migrations"


def current_revision(connection: Any) -> str | None:
    """The schema's revision, None for an empty database."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    if tables is None:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def upgrade(database: Database, backups: Path, now: datetime) -> None:
    """Bring a database to this program's schema; a newer one is refused untouched."""
    with database.writing() as store:
        found = current_revision(store.connection)
    if found == HEAD_REVISION:
        return
    known = _revisions()
    if found is not None and found not in known:
        raise StorageTrouble(
            msg("Basis data ini dibuat oleh mppdesk yang lebih baru. Tidak ada yang diubah."),
            msg("Pasang versi terbaru mppdesk di komputer ini."),
        )
    if found is None:
        _run(database, HEAD_REVISION)
        return
    from mppdesk.db.safekeeping.backup import copy_database

    for step in known[known.index(found) + 1 :]:
        backups.mkdir(exist_ok=True)
        copy_database(database, backups / f"before-{step}-{now:%Y%m%d-%H%M%S}.db")
        _run(database, step)


def _revisions() -> list[str]:
    """The revisions of this program from the first to the last."""
    from alembic.script import ScriptDirectory

    found = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    return [script.revision for script in reversed(list(found))]


def _run(database: Database, revision: str) -> None:
    from sqlalchemy import StaticPool, create_engine

    engine = create_engine(
        "sqlite://", creator=lambda: open_connection(database.path, database.key), poolclass=StaticPool
    )
    try:
        with translated(), engine.connect() as connection:
            # The driver is in autocommit mode, so the transaction is begun and ended by hand: a whole step, or nothing.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            upgrade_connection(connection, revision)
            state_growth(connection)
            connection.exec_driver_sql("COMMIT")
    finally:
        engine.dispose()


def upgrade_connection(connection: Any, revision: str = HEAD_REVISION) -> None:
    """Run the migrations on an SQLAlchemy connection whose transaction belongs to the caller."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
