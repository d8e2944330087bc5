"""A data folder: its database, its secrets, its lock; made once, opened by every start."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import bindparam, delete, insert, select

from mppdesk.db import migrate
from mppdesk.db.deciding.hub import LocalHub
from mppdesk.db.engine import Database, DiskFull
from mppdesk.db.lock import HomeLock
from mppdesk.db.privacy import forgotten, secret_store
from mppdesk.db.privacy.secret_store import SecretPlace, Secrets
from mppdesk.db.projections.refolding import refold
from mppdesk.db.reading.reference import ReferenceCache
from mppdesk.db.sql import Statement
from mppdesk.db.tables import local_settings
from mppdesk.db.unit import Author, Writer
from mppdesk.domain.entries import SYSTEM_USER, Actor
from mppdesk.domain.errors import StorageTrouble
from mppdesk.operations.ports import Clock, Ids
from mppdesk.texts import msg

DATABASE_FILE = "mppdesk.db"
HOME_FILE = "home.json"
_RESERVE_FILE = "reserve"
# Freed when the disk is full, so that the person at the desk can still be finished.
RESERVE_BYTES = 16 * 1024 * 1024

_get_setting = Statement(select(local_settings.c.value).where(local_settings.c.name == bindparam("of_name")))
_drop_setting = Statement(delete(local_settings).where(local_settings.c.name == bindparam("of_name")))
_add_setting = Statement(insert(local_settings))


class SystemClock:
    """The clock of this computer."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class HomeFile:
    """What stands beside the database in the clear: a random id, where the secrets are, where the database is.

    `folder` is relative: a restore lays the database into a folder of its own, and replacing this one file is what
    makes it the data of this home, so that a power cut leaves either the old data or the new.
    """

    home_id: str
    secrets: SecretPlace
    folder: str = "."

    def data(self, home: Path) -> Path:
        """The folder of the database and, where no keyring has them, of the secrets."""
        return home / self.folder

    def write(self, home: Path) -> None:
        temporary = home / f"{HOME_FILE}.new"
        with temporary.open("w", encoding="utf-8") as file:
            json.dump({"home_id": self.home_id, "secrets": str(self.secrets), "folder": self.folder}, file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(home / HOME_FILE)

    @classmethod
    def read(cls, home: Path) -> "HomeFile":
        try:
            found = json.loads((home / HOME_FILE).read_text(encoding="utf-8"))
            return cls(str(found["home_id"]), SecretPlace(found["secrets"]), Path(found.get("folder", ".")).name or ".")
        except FileNotFoundError as error:
            raise StorageTrouble(
                msg("Belum ada data mppdesk di {folder}.", folder=home),
                msg("Siapkan dahulu dengan mppdesk init --sample, atau periksa nama foldernya."),
            ) from error
        except PermissionError as error:
            raise StorageTrouble(
                msg("Folder data {folder} tidak boleh dibaca pengguna ini. Tidak ada yang diubah.", folder=home),
                msg("Beri tahu admin: periksa hak baca dan hak tulis pada folder itu."),
            ) from error
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise StorageTrouble(
                msg("Keterangan folder data {folder} tidak terbaca. Basis data tidak disentuh.", folder=home),
                msg("Pulihkan dari cadangan: mppdesk restore."),
            ) from error


def exists(home: Path) -> bool:
    """Whether a folder holds an mppdesk database."""
    return (home / HOME_FILE).exists()


@dataclass
class OpenHome:
    """An open data folder: for reading by anybody, for writing by the one process that holds its lock."""

    path: Path
    file: HomeFile
    secrets: Secrets
    database: Database
    site_id: str
    reference: ReferenceCache
    writer: Writer | None = None
    hub: LocalHub | None = None

    def setting(self, name: str) -> str | None:
        """A setting of this PC."""
        with self.database.reading() as store:
            row = store.one(_get_setting, of_name=name)
        return str(row[0]) if row else None

    def set_setting(self, name: str, value: str) -> None:
        with self.database.writing() as store:
            store.run(_drop_setting, of_name=name)
            store.run(_add_setting, name=name, value=value)

    def required_writer(self) -> Writer:
        """The writer; only an open for writing has one."""
        if self.writer is None:
            raise RuntimeError("this data folder is open for reading")
        return self.writer

    def required_hub(self) -> LocalHub:
        if self.hub is None:
            raise RuntimeError("this data folder is open for reading")
        return self.hub


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose data a folder will hold: the building, this device, and its secrets."""

    site_id: str
    device_id: str
    secrets: Secrets

    @classmethod
    def fresh(cls, ids: Ids) -> "Identity":
        return cls(ids.new(), ids.new(), Secrets.fresh())


def create(
    home: Path, ids: Ids, clock: Clock, *, place: SecretPlace | None = None, identity: Identity | None = None
) -> None:
    """Make an empty data folder with the schema, for a new building unless told; refuses a folder that has one."""
    identity = identity or Identity.fresh(ids)
    require_free(home)
    try:
        home.mkdir(parents=True, exist_ok=True)
        place = place or (SecretPlace.KEYRING if secret_store.keyring_works() else SecretPlace.FILE)
        adopt(home, HomeFile(ids.new(), place), identity.secrets)
    except OSError as error:
        raise cannot_be_made(home) from error
    database = Database(home / DATABASE_FILE, identity.secrets.database)
    try:
        migrate.upgrade(database, home / "backups", clock.now())
        with database.writing() as store:
            for name, value in (("site_id", identity.site_id), ("device_id", identity.device_id)):
                store.run(_add_setting, name=name, value=value)
    finally:
        database.close()


def require_free(home: Path) -> None:
    """Raise StorageTrouble for a folder that has data already."""
    if exists(home) or (home / DATABASE_FILE).exists():
        raise StorageTrouble(
            msg("{folder} sudah berisi data mppdesk. Tidak ada yang diubah.", folder=home),
            msg("Pilih folder lain dengan --data."),
        )


def cannot_be_made(home: Path) -> StorageTrouble:
    """The system refuses the folder."""
    return StorageTrouble(
        msg("Folder data {folder} tidak dapat dibuat. Tidak ada yang tersimpan.", folder=home),
        msg("Periksa hak tulis, atau pilih folder lain dengan --data."),
    )


def adopt(home: Path, file: HomeFile, kept: Secrets) -> None:
    """Keep the secrets, then say in the home file where they and the database are: from then on this is the data."""
    secret_store.keep(file.data(home), file.home_id, kept, file.secrets)
    file.write(home)


@contextmanager
def reading(home: Path) -> Iterator[OpenHome]:
    """Open for reading: no lock, no log, no migration."""
    file = HomeFile.read(home)
    opened = _open(home, file, _secrets(home, file), read_only=True)
    try:
        yield opened
    finally:
        opened.database.close()


@contextmanager
def writing(home: Path, clock: Clock, ids: Ids, *, wait_s: float = 10.0) -> Iterator[OpenHome]:
    """Open for writing: hold the lock for the whole life, migrate, mint this start's log, close it in order."""
    if not exists(home):
        HomeFile.read(home)
    lock = HomeLock(home)
    lock.acquire(wait_s)
    try:
        file = HomeFile.read(home)
        with locked_writing(home, file, _secrets(home, file), clock, ids) as opened:
            forgotten.settle(home, opened.database)
            _keep_reserve(home)
            yield opened
    finally:
        lock.release()


@contextmanager
def locked_writing(home: Path, file: HomeFile, kept: Secrets, clock: Clock, ids: Ids) -> Iterator[OpenHome]:
    """Open for writing under a lock that the caller holds, also what is not yet the data of this home.

    What an older program left unread is folded first.
    """
    opened = _opened_for_writing(home, file, kept)
    try:
        opened.database.when_full = lambda: free_reserve(home)
        migrate.upgrade(opened.database, home / "backups", clock.now())
        with opened.database.writing() as store:
            refold(store, opened.site_id)
        make_writer(opened, clock, ids)
        yield opened
        with suppress(StorageTrouble), opened.required_writer().begin(Actor(SYSTEM_USER, "hub")) as unit:
            unit.close_log()
    finally:
        opened.database.close()


def _opened_for_writing(home: Path, file: HomeFile, kept: Secrets) -> OpenHome:
    """Open also on a full disk: the reserve makes room for the index of the WAL."""
    try:
        return _open(home, file, kept, read_only=False)
    except DiskFull:
        if not free_reserve(home):
            raise
        return _open(home, file, kept, read_only=False)


def free_reserve(home: Path) -> bool:
    """Give the reserve back to a full disk; answers whether there was one. The next start lays it down again."""
    with suppress(OSError):
        (home / _RESERVE_FILE).unlink()
        return True
    return False


def _open(home: Path, file: HomeFile, kept: Secrets, *, read_only: bool) -> OpenHome:
    path = file.data(home) / DATABASE_FILE
    if not path.exists():
        raise StorageTrouble(
            msg("Berkas basis data di {folder} tidak ada.", folder=path.parent),
            msg("Pulihkan dari cadangan: mppdesk restore."),
        )
    database = Database(path, kept.database, read_only=read_only)
    with database.reading() as store:
        row = store.one(_get_setting, of_name="site_id")
    site_id = str(row[0]) if row else ""
    return OpenHome(home, file, kept, database, site_id, ReferenceCache(site_id))


def make_writer(opened: OpenHome, clock: Clock, ids: Ids) -> None:
    """Mint this start's log, and the hub that decides in this process."""
    device_key = Ed25519PrivateKey.from_private_bytes(opened.secrets.device).public_key()
    author = Author(
        log_id=ids.new(),
        device_id=opened.setting("device_id") or "",
        public_key=device_key.public_bytes(Encoding.Raw, PublicFormat.Raw),
    )
    opened.writer = Writer(
        opened.database,
        site_id=opened.site_id,
        author=author,
        clock=clock,
        ids=ids,
        zone=ZoneInfo(opened.setting("zone") or "Asia/Jakarta"),
        search_key=opened.secrets.search,
    )
    opened.reference = ReferenceCache(opened.site_id, opened.writer.changes)
    opened.hub = LocalHub(opened.writer, opened.reference)


def _keep_reserve(home: Path) -> None:
    """Lay the reserve down again once there is ample room for it; it must not be what fills the disk."""
    path = home / _RESERVE_FILE
    with suppress(OSError):
        if not path.exists() and shutil.disk_usage(home).free > 2 * RESERVE_BYTES:
            path.write_bytes(bytes(RESERVE_BYTES))


def _secrets(home: Path, file: HomeFile) -> Secrets:
    return secret_store.load(file.data(home), file.home_id, file.secrets)
