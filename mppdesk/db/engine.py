"""Opening the encrypted database: key, pragmas, and the promises read back before anything is written."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, RLock
from types import TracebackType
from typing import Any

import sqlcipher3.dbapi2 as driver

from mppdesk.db.sql import Store
from mppdesk.domain.errors import BadInput, StorageTrouble
from mppdesk.texts import msg

# SQLite 3.7.0-3.51.2 can corrupt a WAL that two connections write and checkpoint at once (sqlite.org/wal.html).
OLDEST_SQLITE = (3, 51, 3)
# The writer's cache grows by some 8 KiB a ticket until it is full; ten thousand old tickets are not slower for it.
_CACHE_KIB = 8_000
_BUSY_TIMEOUT_S = 5.0
_SYNCHRONOUS_FULL = 2
# Checkpoints run in idle moments; this bound only keeps a day without one from filling the disk.
_AUTOCHECKPOINT_PAGES = 10_000


def check_sqlite_version(version: tuple[int, ...] = driver.sqlite_version_info) -> None:
    """Refuse an SQLite with the WAL-reset bug."""
    if version < OLDEST_SQLITE:
        raise StorageTrouble(
            msg("Program ini memakai SQLite {version} yang dapat merusak data.", version=".".join(map(str, version))),
            msg("Pasang ulang mppdesk. Data belum disentuh."),
        )


def open_connection(path: Path, key: bytes | None, *, read_only: bool = False) -> Any:
    """Open a connection with the raw 256-bit key; `None` opens a decrypted copy."""
    try:
        return _opened(str(path), key, read_only=read_only)
    except driver.OperationalError:
        if not (read_only and _stands_still(path)):
            raise
        return _opened(f"{path.absolute().as_uri()}?immutable=1", key, read_only=True)


def _stands_still(path: Path) -> bool:
    """Whether the file lies where nobody can be writing; WAL needs a file beside it even for a reader."""
    return path.exists() and not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists()


def _opened(name: str, key: bytes | None, *, read_only: bool) -> Any:
    connection = driver.connect(
        name,
        uri=name.startswith("file:"),
        timeout=_BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        if key is not None:
            # SQLCipher tells stderr of each page it cannot read; the person at the desk gets one sentence instead.
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        else:
            _make_durable(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _make_durable(connection: Any) -> None:
    """Ask for WAL, FULL and secure_delete, and refuse to write unless all three read back."""
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_AUTOCHECKPOINT_PAGES}")
    require_durable(connection, mode)


def require_durable(connection: Any, mode: str | None = None) -> None:
    """Refuse a connection that could forget what it acknowledged."""
    mode = mode or connection.execute("PRAGMA journal_mode").fetchone()[0]
    synchronous = connection.execute("PRAGMA synchronous").fetchone()[0]
    secure_delete = connection.execute("PRAGMA secure_delete").fetchone()[0]
    if mode != "wal" or synchronous != _SYNCHRONOUS_FULL or secure_delete != 1:
        raise StorageTrouble(
            msg("Penyimpanan di komputer ini tidak menjamin data tahan mati listrik. Tidak ada yang ditulis."),
            msg("Pindahkan folder data ke disk lokal komputer ini, lalu jalankan lagi."),
        )


class DiskFull(StorageTrouble):
    """There is no room for what was to be written; nothing of it is stored."""


@dataclass
class Database:
    """One database file: one writer under a lock, and readers that come back to a pool.

    `when_full` makes room, where it can, for the next try; it is called after the failed transaction is rolled back.
    `journal_turns` counts the transactions that may have changed the journal or what is read from it.
    """

    path: Path
    key: bytes | None
    read_only: bool = False
    when_full: Callable[[], object] = bool
    _writer: Store | None = None
    _write_lock: Any = field(default_factory=RLock)
    _folder: Store | None = None
    _fold_lock: Any = field(default_factory=Lock)
    _readers: "SimpleQueue[Store]" = field(default_factory=SimpleQueue)
    journal_turns: int = 0
    duplicate: type[Exception] = driver.IntegrityError

    def __post_init__(self) -> None:
        check_sqlite_version()

    def writing(self, *, changes_journal: bool = True) -> AbstractContextManager[Store]:
        """Hold the one writer in a transaction; it is committed, and synced, when the block ends.

        What is written without `changes_journal` no decision reads.
        """
        return _Writing(self, changes_journal)

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """Borrow a reader in a transaction that sees one moment of the database."""
        with self.outside() as store, store.reading():
            yield store

    @contextmanager
    def outside(self) -> Iterator[Store]:
        """Borrow a reader outside a transaction: each statement sees the moment in which it runs."""
        with translated():
            store = self._reader()
            try:
                yield store
            finally:
                self._readers.put(store)

    def checkpoint(self, *, truncate: bool = False) -> bool:
        """Move the WAL into the file while others go on writing; or, with `truncate`, at once and empty it.

        That is for after a person was forgotten. It lets nobody write meanwhile and waits for readers; False when one
        did not make way in time.
        """
        if not truncate:
            return self._fold()
        with self._write_lock, translated():
            if self._writer is None:
                return False
            return not _is_blocked(self._writer, "TRUNCATE")

    def _fold(self) -> bool:
        """On a connection of its own: the writer's would keep every command waiting for the disk."""
        with self._fold_lock, translated():
            if self._writer is None:
                return True
            if self._folder is None:
                self._folder = Store(open_connection(self.path, self.key), "sqlite")
            return not _is_blocked(self._folder, "PASSIVE")

    def close(self) -> None:
        """Close every connection; the last one folds the WAL into the file."""
        while True:
            try:
                self._readers.get_nowait().close()
            except Empty:
                break
        with self._fold_lock:
            if self._folder is not None:
                self._folder.close()
                self._folder = None
        with self._write_lock:
            if self._writer is not None:
                self._writer.close()
                self._writer = None

    def _opened_writer(self) -> Store:
        if self._writer is None:
            self._writer = Store(open_connection(self.path, self.key), "sqlite")
        return self._writer

    def _reader(self) -> Store:
        try:
            return self._readers.get_nowait()
        except Empty:
            return Store(open_connection(self.path, self.key, read_only=True), "sqlite")


class _Writing(AbstractContextManager[Store]):
    """One turn of the one writer of a database."""

    __slots__ = ("_changes_journal", "_database", "_open")

    def __init__(self, database: Database, changes_journal: bool) -> None:
        self._database = database
        self._changes_journal = changes_journal

    def __enter__(self) -> Store:
        self._database._write_lock.acquire()
        try:
            with translated():
                store = self._database._opened_writer()
                self._open = store.writing()
                self._open.__enter__()
        except BaseException:
            self._database._write_lock.release()
            raise
        self._database.journal_turns += self._changes_journal
        return store

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            with translated():
                self._open.__exit__(kind, error, trace)
            translated().__exit__(kind, error, trace)
        except DiskFull:
            self._database.when_full()
            raise
        finally:
            self._database._write_lock.release()


def _is_blocked(store: Store, mode: str) -> bool:
    """Fold the WAL; whether somebody was in the way."""
    return bool(store.connection.execute(f"PRAGMA wal_checkpoint({mode})").fetchone()[0])


class translated:  # noqa: N801 - read as a word in a sentence: `with translated(): ...`
    """Turn the driver's errors, and half characters, into sentences; the transaction around them is rolled back."""

    __slots__ = ()

    def __enter__(self) -> None:
        """Every question enters it: a generator would take five times as long."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or isinstance(error, driver.ProgrammingError | driver.IntegrityError):
            return  # a fault of this program, never of the disk
        if isinstance(error, UnicodeEncodeError):
            raise BadInput(
                msg("Teks ini memuat tanda yang tidak dapat disimpan. Tidak ada yang tersimpan."),
                msg("Ketik ulang teksnya, lalu ulangi."),
            ) from error
        if isinstance(error, driver.DatabaseError):
            raise storage_trouble(error) from error


def storage_trouble(error: Exception) -> StorageTrouble:
    """Say what the driver's error means for the person at the desk."""
    text = str(error)
    if "disk is full" in text:
        return DiskFull(
            msg("Ruang simpan komputer ini penuh. Yang sudah tersimpan aman; yang baru ini belum tersimpan."),
            msg("Kosongkan disk atau beri tahu admin, lalu ulangi."),
        )
    if "disk I/O error" in text:  # a full disk too, where there is no room even for the index of the WAL
        return DiskFull(
            msg("Disk komputer ini menolak, mungkin karena penuh. Yang sudah tersimpan aman; yang baru ini belum."),
            msg("Kosongkan disk, lalu ulangi; bila tetap terjadi, beri tahu admin dan jalankan mppdesk doctor."),
        )
    if "readonly" in text or "unable to open" in text:
        return StorageTrouble(
            msg(
                "Folder data tidak dapat dibaca atau ditulis. Yang sudah tersimpan aman; yang baru ini belum tersimpan."
            ),
            msg("Beri tahu admin: periksa hak baca dan hak tulis pada folder data."),
        )
    if "not a database" in text:
        return StorageTrouble(
            msg("Basis data tidak dapat dibuka dengan kunci di komputer ini. Tidak ada yang diubah."),
            msg("Pulihkan cadangan terakhir dengan mppdesk restore; di komputer lain perlu kode lembar pemulihannya."),
        )
    if "malformed" in text or "corrupt" in text or "no such table" in text:
        return StorageTrouble(
            msg("Basis data rusak. Berkasnya tidak diubah lagi."),
            msg("Beri tahu admin: pulihkan cadangan terakhir dengan mppdesk restore."),
        )
    if "locked" in text or "busy" in text:
        return StorageTrouble(
            msg("Penyimpanan sedang dipakai program lain. Yang baru ini belum tersimpan."),
            msg("Tunggu sebentar, lalu ulangi."),
        )
    return StorageTrouble(
        msg("Penyimpanan menolak perubahan ini. Yang sudah tersimpan aman."),
        msg("Ulangi; bila tetap terjadi, beri tahu admin dan jalankan mppdesk doctor."),
    )
