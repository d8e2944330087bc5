"""The centre's PostgreSQL: pooled connections whose transactions look like those of the encrypted file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from queue import Empty, Full, LifoQueue
from typing import Any

import psycopg
from psycopg import errors

from mppdesk.db.sql import Store
from mppdesk.domain.errors import BadInput, StorageTrouble
from mppdesk.texts import msg

_CONNECT_S = 5
_KEPT_IDLE = 8
_SCHEMES = ("postgresql://", "postgres://")
# A commit must be on the disk before it is answered, whatever the server's default; and a program that hangs, or whose
# line was cut, must not hold a site's row for long. `SET` reaches the server through any pooler in session mode.
_PROMISES = """
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
SET lock_timeout = '10s';
SET statement_timeout = '60s';
SET idle_in_transaction_session_timeout = '60s';
SET TIME ZONE 'UTC'
"""
_BUSY = (
    errors.LockNotAvailable,
    errors.DeadlockDetected,
    errors.SerializationFailure,
    errors.QueryCanceled,
    errors.TooManyConnections,
)
# What is wrong with one site's data must not look like a database that nobody reaches.
_OF_THE_DATA = (psycopg.IntegrityError, psycopg.DataError, errors.ProgramLimitExceeded)
_READ_ONLY = (errors.ReadOnlySqlTransaction, errors.InsufficientPrivilege)
_Connected = Callable[[Store], None]


@dataclass
class PostgresDatabase:
    """One database at an address `postgresql://...`; for any number of threads.

    A connection is opened when none is idle, so that a reader inside a writer never waits for itself. `when_connected`
    sees each new connection before its first use, outside a transaction.
    """

    address: str
    when_connected: _Connected = field(default=lambda store: None)
    duplicate: type[Exception] = errors.UniqueViolation
    _idle: "LifoQueue[Store]" = field(default_factory=lambda: LifoQueue(_KEPT_IDLE))

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """A transaction, READ COMMITTED, that is committed and synced when the block ends."""
        with translated(), self._borrowed() as store, store.writing():
            yield store

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """A transaction that sees one moment of the database."""
        with translated(), self._borrowed() as store, store.reading():
            yield store

    @contextmanager
    def outside(self) -> Iterator[Store]:
        """A connection outside a transaction: each statement is its own, as VACUUM and LISTEN need it."""
        with translated(), self._borrowed() as store:
            yield store

    def close(self) -> None:
        """Close what is idle; whoever still works closes its own."""
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return

    @contextmanager
    def _borrowed(self) -> Iterator[Store]:
        store = self._idle_one() or self._connected()
        try:
            yield store
        finally:
            self._give_back(store)

    def _idle_one(self) -> Store | None:
        while True:
            try:
                store = self._idle.get_nowait()
            except Empty:
                return None
            if not _is_closed(store):
                return store

    def _connected(self) -> Store:
        store = Store(connect(self.address), "postgresql")
        try:
            self.when_connected(store)
        except BaseException:
            store.close()
            raise
        return store

    def _give_back(self, store: Store) -> None:
        if _is_closed(store):
            self.close()  # the server went away, and with it whatever lies idle
            return
        try:
            self._idle.put_nowait(store)
        except Full:
            store.close()


def connect(address: str) -> Any:
    """Open one connection in autocommit mode that keeps the promises of the centre."""
    require_address(address)
    connection = psycopg.connect(
        plain_address(address), autocommit=True, connect_timeout=_CONNECT_S, application_name="mppdesk"
    )
    try:
        connection.execute(_PROMISES)
    except BaseException:
        with suppress(psycopg.Error):
            connection.close()
        raise
    return connection


def _is_closed(store: Store) -> bool:
    return bool(getattr(store.connection, "closed", False))


def plain_address(address: str) -> str:
    """The address as libpq reads it (PostgreSQL manual, 34.1.1.2), also when it names a driver."""
    scheme, separator, rest = address.partition("://")
    return f"{scheme.partition('+')[0]}{separator}{rest}"


def require_address(address: str) -> None:
    """Refuse what is no address of a PostgreSQL database, without repeating it: a password may be in it."""
    if not plain_address(address).startswith(_SCHEMES):
        raise BadInput(
            msg("Alamat basis data pusat tidak terbaca. Tidak ada yang dijalankan."),
            msg("Tulis seperti postgresql://mppdesk@localhost/mppdesk; sandinya di berkas .pgpass."),
        )


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's errors into sentences; the transaction around them is rolled back.

    A key used twice passes as it is, and so does what no table can hold, and a fault of this program.
    """
    try:
        yield
    except _OF_THE_DATA:
        raise
    except (psycopg.OperationalError, psycopg.InterfaceError, psycopg.InternalError, *_READ_ONLY) as error:
        raise _trouble(error) from error
    except psycopg.ProgrammingError as error:
        if isinstance(error, errors.UndefinedTable | errors.UndefinedColumn):
            raise _no_schema() from error
        raise


def _trouble(error: psycopg.Error) -> StorageTrouble:
    if isinstance(error, errors.DiskFull):
        return StorageTrouble(
            msg("Ruang simpan server pusat penuh. Yang sudah tersimpan aman; yang baru ini belum tersimpan."),
            msg("Beri tahu admin pusat: tambah ruang disk. Pengiriman diulang sendiri."),
        )
    if isinstance(error, _READ_ONLY):
        return StorageTrouble(
            msg("Basis data pusat tidak boleh ditulis. Yang sudah tersimpan aman."),
            msg("Beri tahu admin pusat: periksa hak pengguna, dan apakah alamatnya server utama."),
        )
    if isinstance(error, _BUSY):
        return StorageTrouble(
            msg("Basis data pusat sedang sibuk. Yang baru ini belum tersimpan."),
            msg("Tunggu sebentar; pengiriman diulang sendiri."),
        )
    return StorageTrouble(
        msg("Basis data pusat tidak dapat dihubungi. Yang sudah tersimpan aman."),
        msg("Beri tahu admin pusat: periksa apakah PostgreSQL menyala dan alamatnya benar."),
    )


def _no_schema() -> StorageTrouble:
    return StorageTrouble(
        msg("Basis data pusat belum disiapkan oleh versi ini. Tidak ada yang diubah."),
        msg("Jalankan mppdesk central, yang menyiapkannya."),
    )
