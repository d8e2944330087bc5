"""The disk of a computer: a database in memory that survives its process, fills up, is copied, and comes back old."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import StaticPool, create_engine

from mppdesk.db import migrate
from mppdesk.db.engine import Database, storage_trouble, translated
from mppdesk.db.planner import state_growth
from mppdesk.db.sql import Store
from tests.simulation.versions import NEWER, Version, enter, running

Row = dict[str, Any]
_CACHED_STATEMENTS = 512


def _opened() -> Any:
    return driver.connect(
        ":memory:", isolation_level=None, check_same_thread=False, cached_statements=_CACHED_STATEMENTS
    )


@cache
def _empty() -> Any:
    """A database with the schema and nothing in it."""
    connection = _opened()
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    with engine.connect() as of_engine:
        of_engine.exec_driver_sql("BEGIN IMMEDIATE")
        migrate.upgrade_connection(of_engine)
        state_growth(of_engine)
        of_engine.exec_driver_sql("COMMIT")
    return connection


def _copied(source: Any) -> Any:
    made = _opened()
    source.backup(made)
    return made


class Disk:
    """What is committed, and the `version` of the program that is installed.

    `is_held`: a virus scanner has its hand on it. `before_commit` may raise instead of a commit; `after_commit` hears
    what was written.
    """

    def __init__(self, connection: Any | None = None, version: Version = NEWER) -> None:
        self.connection = connection or _copied(_empty())
        self.version = version
        self.is_full = False
        self.is_held = False
        self.before_commit: Callable[[], None] = lambda: None
        self.after_commit: Callable[[list[Row]], None] = lambda rows: None

    def image(self) -> Any:
        """A copy of every committed byte."""
        return _copied(self.connection)

    def put_back(self, image: Any) -> None:
        """Write an older copy over it."""
        self.connection = _copied(image)

    def roll_back(self) -> None:
        """Lose what no commit has kept, as a crash does."""
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")


class WatchedStore(Store):
    """A store that notes the journal entries written through it."""

    def __init__(self, connection: Any) -> None:
        super().__init__(connection, "sqlite")
        self.written: list[Row] = []

    def many(self, statement: Any, rows: Any) -> None:
        super().many(statement, rows)
        if rows and "hash" in rows[0] and {"entry_id", "bytes"} <= rows[0].keys() and "prev_hash" not in rows[0]:
            self.written.extend(rows)


class _Reading(AbstractContextManager[Store]):
    """What a program of a version reads; a day has a hundred thousand of them, too many for generators."""

    def __init__(self, store: Store, version: Version) -> None:
        self._store = store
        self._version = version

    def __enter__(self) -> Store:
        self._before = enter(self._version)
        return self._store

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        enter(self._before)
        if kind is not None:
            translated().__exit__(kind, error, trace)


class SimulatedDatabase(Database):
    """The database of one process on a disk; one connection reads and writes, as only one activity runs at a time."""

    def __init__(self, disk: Disk) -> None:
        super().__init__(Path("simulated"), None)
        self.disk = disk
        self._store = WatchedStore(disk.connection)

    @contextmanager
    def writing(self, *, changes_journal: bool = True) -> Iterator[Store]:
        store, disk = self._store, self.disk
        if disk.is_held:
            raise storage_trouble(driver.OperationalError("disk I/O error"))
        store.written.clear()
        with running(self.disk.version), translated(), store.writing():
            before = disk.connection.total_changes
            self.journal_turns += changes_journal
            yield store
            if disk.connection.total_changes == before:
                return
            if disk.is_full:
                raise driver.OperationalError("database or disk is full")
            disk.before_commit()
        disk.after_commit(store.written)

    def reading(self) -> AbstractContextManager[Store]:  # type: ignore[override]
        return _Reading(self._store, self.disk.version)

    outside = reading  # type: ignore[assignment]

    def checkpoint(self, *, truncate: bool = False) -> bool:
        return True

    def close(self) -> None:
        """The disk stays."""
