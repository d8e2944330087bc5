"""What tables are made of: only types that SQLite and PostgreSQL share, text, 64-bit integers and bytes."""

from typing import Any

from sqlalchemy import BigInteger, Column, LargeBinary, MetaData, Text

metadata = MetaData()

# The primary key is the table: one B-tree less to encrypt and sync for each row of each command.
CLUSTERED: dict[str, Any] = {"sqlite_with_rowid": False}
# Except for rows of half a kilobyte, which would fill the inner nodes of such a tree as well as its leaves.
APPENDED: dict[str, Any] = {"sqlite_with_rowid": True}


def text_column(name: str, *, optional: bool = False) -> Column[str]:
    return Column(name, Text, nullable=optional)


def number_column(name: str, *, optional: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=optional)


def bytes_column(name: str, *, optional: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=optional)
