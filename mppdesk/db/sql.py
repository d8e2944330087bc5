"""Statements written once with SQLAlchemy Core and run prepared on the driver.

Compiling a Core statement costs about 2 ms of CPU a command, more than everything else a command does; so each
statement is compiled once per dialect and then given to the driver as text.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from operator import itemgetter
from types import TracebackType
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Executable, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler

_postgresql: Any = postgresql.dialect  # its constructor is untyped
_DIALECTS: dict[str, Dialect] = {"sqlite": sqlite.dialect(paramstyle="named"), "postgresql": _postgresql()}
_PLACES = {"sqlite": "?", "postgresql": "%s"}

Row = tuple[Any, ...]


def one_of(column: ColumnElement[Any], values: Iterable[str]) -> ColumnElement[bool]:
    """Compare with one of a fixed few; unlike Core's own IN it is compiled once and for all."""
    return or_(*(column == value for value in values))


class DriverCursor(Protocol):
    rowcount: int

    def fetchone(self) -> Row | None: ...

    def fetchall(self) -> list[Row]: ...

    def close(self) -> None: ...


class DriverConnection(Protocol):
    """What the SQLite and PostgreSQL drivers share."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Any: ...

    def cursor(self) -> Any: ...

    def close(self) -> None: ...


Values = Callable[[Mapping[str, Any]], Row]
"""Puts named parameters in the order of a statement's places."""


class Statement:
    """A Core statement whose parameters are named by `bindparam`; constants in it become part of the text.

    The driver gets them by place, since looking up thirty names for a row costs it more than storing the row. SQLite
    would plan the statement anew at every run if a LIMIT were a parameter.
    """

    __slots__ = ("_compiled", "_core")

    def __init__(self, core: Executable) -> None:
        self._core = core
        self._compiled: dict[str, tuple[str, Values]] = {}

    def compiled(self, dialect: str) -> tuple[str, Values]:
        """Give the SQL for `sqlite` or `postgresql` and what puts its parameters in order."""
        found = self._compiled.get(dialect)
        if found is None:
            found = self._compiled[dialect] = self._compile(dialect)
        return found

    def _compile(self, dialect: str) -> tuple[str, Values]:
        assert isinstance(self._core, ClauseElement)
        compiled = self._core.compile(dialect=_DIALECTS[dialect])
        assert isinstance(compiled, SQLCompiler)
        named: dict[str, str] = {compiled.bindtemplate % {"name": name}: name for name in compiled.binds}
        order: list[str] = []

        def place(found: re.Match[str]) -> str:
            name = named[found[0]]
            bound = compiled.binds[name]
            if not bound.required:
                return compiled.render_literal_value(bound.value, bound.type)
            order.append(name)
            return _PLACES[dialect]

        places = "|".join(rf"{re.escape(template)}(?!\w)" for template in named)
        text = re.sub(places, place, str(compiled)) if named else str(compiled)
        return text, _in_order(tuple(order))


def _in_order(names: tuple[str, ...]) -> Values:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda parameters: tuple(parameters[name] for name in names)


class Store:
    """One driver connection in autocommit mode, and the statements run on it."""

    def __init__(self, connection: DriverConnection, dialect: str) -> None:
        self.connection = connection
        self.dialect = dialect

    def one(self, statement: Statement, **parameters: Any) -> Row | None:
        """Run a query and give its first row."""
        cursor = self._execute(statement, parameters)
        row: Row | None = cursor.fetchone()
        cursor.close()
        return row

    def all(self, statement: Statement, **parameters: Any) -> list[Row]:
        rows: list[Row] = self._execute(statement, parameters).fetchall()
        return rows

    def stream(self, statement: Statement, **parameters: Any) -> Iterable[Row]:
        """Run a query and give its rows as they are read; close the generator when done early."""
        cursor = self._execute(statement, parameters)
        try:
            yield from cursor
        finally:
            cursor.close()

    def run(self, statement: Statement, **parameters: Any) -> int:
        """Run a change and give the number of rows it touched."""
        cursor = self._execute(statement, parameters)
        count: int = cursor.rowcount
        cursor.close()
        return count

    def many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run a change once for each row of parameters."""
        if not rows:
            return
        if len(rows) == 1:
            self._execute(statement, rows[0]).close()
            return
        cursor = self.connection.cursor()
        text, values = statement.compiled(self.dialect)
        cursor.executemany(text, list(map(values, rows)))
        cursor.close()

    def _execute(self, statement: Statement, parameters: Mapping[str, Any]) -> Any:
        text, values = statement.compiled(self.dialect)
        return self.connection.execute(text, values(parameters))

    def writing(self) -> "Transaction":
        """A transaction that holds the write lock from its start; rolled back whole when anything is raised."""
        return Transaction(self)

    @contextmanager
    def reading(self) -> Any:
        """A transaction that sees one moment of the database."""
        self.connection.execute("BEGIN" if self.dialect == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ")
        try:
            yield self
        finally:
            self.roll_back()

    def begin(self) -> None:
        """Take the write lock."""
        self.connection.execute("BEGIN IMMEDIATE" if self.dialect == "sqlite" else "BEGIN")

    def commit(self) -> None:
        try:
            self.connection.execute("COMMIT")
        except BaseException:
            self.roll_back()
            raise

    def roll_back(self) -> None:
        """End the open transaction, if there is one, as if it had never begun."""
        # A disk that is full makes SQLite roll back by itself; a second ROLLBACK would hide the first error.
        if self.in_transaction:
            self.connection.execute("ROLLBACK")

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open; some errors of a disk end it."""
        return bool(getattr(self.connection, "in_transaction", True))

    def close(self) -> None:
        self.connection.close()


class Transaction(AbstractContextManager[Store]):
    """What every command goes through: a generator would take five times as long."""

    __slots__ = ("_store",)

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> Store:
        self._store.begin()
        return self._store

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._store.commit()
        else:
            self._store.roll_back()
