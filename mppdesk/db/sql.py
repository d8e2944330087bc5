"""Statements written once with SQLAlchemy Core and run prepared on the driver.

Compiling a Core statement costs about 2 ms of CPU a command, more than everything else a command does; so each
statement is compiled once per dialect and then given to the driver as text with named parameters.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Executable, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler

_postgresql: Any = postgresql.dialect  # its constructor is untyped
_DIALECTS: dict[str, Dialect] = {"sqlite": sqlite.dialect(paramstyle="named"), "postgresql": _postgresql()}

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


class Statement:
    """A Core statement whose parameters are named by `bindparam`; constants in it become part of the text.

    SQLite would plan the statement anew at every run if a LIMIT were a parameter.
    """

    __slots__ = ("_compiled", "_core")

    def __init__(self, core: Executable) -> None:
        self._core = core
        self._compiled: dict[str, str] = {}

    def text(self, dialect: str) -> str:
        """Give the SQL for `sqlite` or `postgresql`."""
        found = self._compiled.get(dialect)
        if found is None:
            found = self._compiled[dialect] = self._compile(dialect)
        return found

    def _compile(self, dialect: str) -> str:
        assert isinstance(self._core, ClauseElement)
        compiled = self._core.compile(dialect=_DIALECTS[dialect])
        assert isinstance(compiled, SQLCompiler)
        literals = {
            compiled.bindtemplate % {"name": name}: compiled.render_literal_value(bound.value, bound.type)
            for name, bound in compiled.binds.items()
            if not bound.required
        }
        if not literals:
            return str(compiled)
        places = "|".join(rf"{re.escape(place)}(?!\w)" for place in literals)
        return re.sub(places, lambda found: literals[found[0]], str(compiled))


class Store:
    """One driver connection in autocommit mode, and the statements run on it."""

    def __init__(self, connection: DriverConnection, dialect: str) -> None:
        self.connection = connection
        self.dialect = dialect

    def one(self, statement: Statement, **parameters: Any) -> Row | None:
        """Run a query and give its first row."""
        cursor = self.connection.execute(statement.text(self.dialect), parameters)
        row: Row | None = cursor.fetchone()
        cursor.close()
        return row

    def all(self, statement: Statement, **parameters: Any) -> list[Row]:
        rows: list[Row] = self.connection.execute(statement.text(self.dialect), parameters).fetchall()
        return rows

    def stream(self, statement: Statement, **parameters: Any) -> Iterable[Row]:
        """Run a query and give its rows as they are read; close the generator when done early."""
        cursor = self.connection.execute(statement.text(self.dialect), parameters)
        try:
            yield from cursor
        finally:
            cursor.close()

    def run(self, statement: Statement, **parameters: Any) -> int:
        """Run a change and give the number of rows it touched."""
        cursor = self.connection.execute(statement.text(self.dialect), parameters)
        count: int = cursor.rowcount
        cursor.close()
        return count

    def many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run a change once for each row of parameters."""
        if not rows:
            return
        cursor = self.connection.cursor()
        cursor.executemany(statement.text(self.dialect), rows)
        cursor.close()

    @contextmanager
    def writing(self) -> Any:
        """A transaction that holds the write lock from its start; rolled back whole when anything is raised."""
        self.connection.execute("BEGIN IMMEDIATE" if self.dialect == "sqlite" else "BEGIN")
        try:
            yield self
        except BaseException:
            self._roll_back()
            raise
        try:
            self.connection.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    @contextmanager
    def reading(self) -> Any:
        """A transaction that sees one moment of the database."""
        self.connection.execute("BEGIN" if self.dialect == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ")
        try:
            yield self
        finally:
            self._roll_back()

    def _roll_back(self) -> None:
        # A disk that is full makes SQLite roll back by itself; a second ROLLBACK would hide the first error.
        if getattr(self.connection, "in_transaction", True):
            self.connection.execute("ROLLBACK")

    def close(self) -> None:
        self.connection.close()
