"""Opening a backup on this or another machine, with an empty keyring and a code from paper (DESIGN 7)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import bindparam, select

from mppdesk.db import forgotten, secret_store
from mppdesk.db import home as homes
from mppdesk.db.backup import Manifest, check_file, read_backup
from mppdesk.db.engine import Database
from mppdesk.db.journal import Journal
from mppdesk.db.lock import HomeLock
from mppdesk.db.recovery import unwrap
from mppdesk.db.secret_store import SecretPlace, Secrets
from mppdesk.db.sql import Statement
from mppdesk.db.tables import local_settings
from mppdesk.db.verify import verify
from mppdesk.domain.entries import SYSTEM_USER, Actor, Draft, Subject, SubjectType
from mppdesk.domain.errors import BadInput, StorageTrouble
from mppdesk.domain.facts import DatabaseRestored
from mppdesk.operations.ports import Clock, Ids
from mppdesk.texts import msg

_UNPACKED = "restoring.db"
_DATABASE_FILES = ("", "-wal", "-shm")
_site_id = Statement(select(local_settings.c.value).where(local_settings.c.name == bindparam("of_name")))


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: entries and logs that verified, when the backup was made, where the old files were put."""

    entries: int
    logs: int
    made_at: str
    set_aside: Path | None


def restore(
    home: Path, source: Path, clock: Clock, ids: Ids, *, code: str | None, place: SecretPlace | None = None
) -> Restored:
    """Bring a backup back into a folder; what lies there is set aside, never overwritten."""
    home.mkdir(parents=True, exist_ok=True)
    lock = HomeLock(home)
    lock.acquire()
    unpacked = home / _UNPACKED
    try:
        manifest = read_backup(source, unpacked)
        kept = _secrets(home, manifest, code)
        result = _checked(unpacked, kept)
        set_aside = _set_aside(home, clock.now())
        unpacked.replace(home / homes.DATABASE_FILE)
        place = place or (SecretPlace.KEYRING if secret_store.keyring_works() else SecretPlace.FILE)
        homes.adopt(home, homes.HomeFile(ids.new(), place), kept)
    finally:
        unpacked.unlink(missing_ok=True)
        lock.release()
    _record(home, manifest, clock, ids, result[1], set_aside, kept)
    return Restored(result[0], result[1], manifest.made_at, set_aside)


def _secrets(home: Path, manifest: Manifest, code: str | None) -> Secrets:
    """The secrets by the typed code, or from this machine's own store when it made the backup."""
    if code is not None:
        return unwrap(code, list(manifest.wraps))
    try:
        file = homes.HomeFile.read(home)
        if file.home_id == manifest.home_id:
            return secret_store.load(home, file.home_id, file.secrets)
    except StorageTrouble:
        pass
    raise BadInput(
        msg("Cadangan ini dari folder data lain, jadi kode pemulihan diperlukan. Tidak ada yang diubah."),
        msg("Ulangi dengan --recovery-code dan kode di lembar pemulihan."),
    )


def _checked(path: Path, kept: Secrets) -> tuple[int, int]:
    """Check structure, chain, heads and views of the unpacked database before anything is replaced."""
    check_file(path, kept.database)
    database = Database(path, kept.database, read_only=True)
    try:
        with database.reading() as store:
            row = store.one(_site_id, of_name="site_id")
            found = verify(store, str(row[0]) if row else "")
    finally:
        database.close()
    if not found.is_sound:
        raise StorageTrouble(
            msg("Cadangan ini tidak lulus pemeriksaan jurnal. Tidak ada yang diubah."),
            msg("Pakai cadangan lain, dan simpan berkas ini untuk diperiksa."),
        )
    return found.entries, found.logs


def _set_aside(home: Path, now: datetime) -> Path | None:
    """Move the old database with its WAL into a folder of its own."""
    old = [home / f"{homes.DATABASE_FILE}{end}" for end in _DATABASE_FILES]
    if not any(path.exists() for path in old):
        return None
    folder = home / f"set-aside-{now:%Y%m%d-%H%M%S}"
    folder.mkdir()
    for path in old:
        if path.exists():
            path.replace(folder / path.name)
    return folder


def _record(
    home: Path, manifest: Manifest, clock: Clock, ids: Ids, heads: int, set_aside: Path | None, kept: Secrets
) -> None:
    """Open a new log that says so, and destroy again what was forgotten since the backup."""
    key_ids = forgotten.noted(home)
    if set_aside is not None:
        key_ids |= forgotten.key_ids_in(set_aside / homes.DATABASE_FILE, kept.database)
    with homes.writing(home, clock, ids) as opened:
        writer = opened.required_writer()
        with writer.begin(Actor(SYSTEM_USER, "cli")) as unit:
            fact = DatabaseRestored(backup_made_ms=manifest.made_ms, heads=heads)
            subject = Subject(SubjectType.LOG, writer.author.log_id)
            unit.record(Draft(unit.new_id(), subject, fact, by_system=True))
            key_ids |= Journal(unit.store, opened.site_id).forgotten_keys()
            forgotten.destroy_keys(unit.store, sorted(key_ids), writer.now_ms(), writer.search_key)
        opened.database.checkpoint(truncate=True)
        forgotten.settle(home, opened.database)
