"""Bringing the centre's PostgreSQL to this program's schema: one process does it, the others wait for it."""

from typing import Any

from mppdesk.db.central.database import connect, translated
from mppdesk.db.migrate import HEAD_REVISION, upgrade_connection
from mppdesk.domain.errors import StorageTrouble
from mppdesk.texts import msg

OLDEST_POSTGRES = 150_000
# Any number that nobody else in this database locks: the letters "mppdesk" as base 256.
_LOCK = int.from_bytes(b"mppdesk")


def upgrade(address: str) -> None:
    """Run the missing migrations in one transaction; a newer schema and an older server are refused untouched."""
    with translated():
        connection = connect(address)
        try:
            _require_new_server(connection)
            if _revision(connection) != HEAD_REVISION:
                _upgrade(connection)
        finally:
            connection.close()


def unsafe_settings(address: str) -> tuple[str, ...]:
    """The settings of the server by which a power cut could take back what was acknowledged; none in a sound one."""
    with translated(), connect(address) as connection:
        rows = connection.execute(
            "SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off' ORDER BY name"
        ).fetchall()
    return tuple(str(row[0]) for row in rows)


def _upgrade(connection: Any) -> None:
    from sqlalchemy import StaticPool, create_engine

    engine = create_engine("postgresql+psycopg://", creator=lambda: connection, poolclass=StaticPool)
    # Waiting for another process's migrations may take longer than any statement should.
    connection.execute("SET lock_timeout = 0; SET statement_timeout = 0")
    with engine.connect() as wrapped:
        # The driver is in autocommit mode, so the transaction is begun and ended by hand: all steps, or nothing.
        wrapped.exec_driver_sql("BEGIN")
        wrapped.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        found = _revision(connection)
        if found != HEAD_REVISION:
            _require_known(found)
            upgrade_connection(wrapped)
        wrapped.exec_driver_sql("COMMIT")


def _revision(connection: Any) -> str | None:
    """The schema's revision, None for an empty database."""
    if connection.execute("SELECT to_regclass('alembic_version')").fetchone()[0] is None:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def _require_known(revision: str | None) -> None:
    """Revisions are numbered in their order."""
    if revision is not None and revision > HEAD_REVISION:
        raise StorageTrouble(
            msg("Basis data ini dibuat oleh mppdesk yang lebih baru. Tidak ada yang diubah."),
            msg("Pasang versi terbaru mppdesk di komputer ini."),
        )


def _require_new_server(connection: Any) -> None:
    if connection.info.server_version < OLDEST_POSTGRES:
        raise StorageTrouble(
            msg("PostgreSQL di alamat ini terlalu tua. Tidak ada yang diubah."),
            msg("Pasang PostgreSQL 15 atau yang lebih baru."),
        )
