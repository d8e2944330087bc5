"""Opening a backup on this or another machine, with an empty keyring and a code from paper (DESIGN 7)."""

import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from mppdesk.db import home as homes
from mppdesk.db.journal.logs import Journal
from mppdesk.db.journal.verify import Verification, verify
from mppdesk.db.lock import HomeLock
from mppdesk.db.privacy import forgotten, secret_store
from mppdesk.db.privacy.secret_store import SecretPlace, Secrets
from mppdesk.db.safekeeping import lost_work
from mppdesk.db.safekeeping.backup import Manifest, check_file, opens, read_backup
from mppdesk.db.safekeeping.lost_work import LostWork
from mppdesk.db.safekeeping.recovery import add_wraps, unwrap
from mppdesk.db.unit import Writer
from mppdesk.domain.entries import SYSTEM_USER, Actor, Draft, Subject, SubjectType
from mppdesk.domain.errors import BadInput, Refused, StorageTrouble
from mppdesk.domain.facts import DatabaseRestored
from mppdesk.domain.formats import long_date
from mppdesk.domain.office_day import STANDBY_BLOCK
from mppdesk.domain.restoring import numbers_from
from mppdesk.operations.ports import Clock, Ids
from mppdesk.texts import msg

_STAGED = "restored-"
_DATABASE_ENDS = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: entries and logs that verified, when the backup was made, where the old files were put.

    `numbers_from` is the first ticket number of this day; `is_first` whether no other restore of it is known here.
    """

    entries: int
    logs: int
    made_at: str
    set_aside: Path | None
    numbers_from: int
    is_first: bool


def restore(
    home: Path,
    source: Path,
    clock: Clock,
    ids: Ids,
    *,
    code: str | None,
    place: SecretPlace | None = None,
    again_today: bool = False,
) -> Restored:
    """Bring a backup back into a folder; what lies there is set aside, never overwritten.

    `again_today`: a person knows of another restore on this date, on a computer that this folder knows nothing of.
    The backup becomes a whole data folder beside the old one, with what was forgotten since destroyed again. Writing
    the home file then makes it the data in one step, so that a power cut leaves either the old data or the new.
    """
    home.mkdir(parents=True, exist_ok=True)
    lock = HomeLock(home)
    lock.acquire()
    try:
        old = _OldData.of(home)
        _drop_unfinished(home, old)
        place = place or (SecretPlace.KEYRING if secret_store.keyring_works() else SecretPlace.FILE)
        home_id = ids.new()
        file = homes.HomeFile(home_id, place, f"{_STAGED}{home_id}")
        try:
            staged = _stage(home, file, source, code, old, clock, ids, again_today=again_today)
            add_wraps(home, staged.manifest.wraps)
            homes.adopt(home, file, staged.secrets)
        except BaseException:
            shutil.rmtree(file.data(home), ignore_errors=True)
            raise
        lost_work.note(home, staged.restores)
        set_aside = old.set_aside(home, clock.now())
    finally:
        lock.release()
    found, fact = staged.found, staged.fact
    is_first = fact.numbers_from == STANDBY_BLOCK[0]
    return Restored(found.entries, found.logs, staged.manifest.made_at, set_aside, fact.numbers_from, is_first)


@dataclass(frozen=True, slots=True)
class _OldData:
    """What lay in the folder before; the home file and the secrets are None where they cannot be read."""

    folder: Path
    file: homes.HomeFile | None = None
    secrets: Secrets | None = None

    @property
    def database(self) -> Path:
        return self.folder / homes.DATABASE_FILE

    @classmethod
    def of(cls, home: Path) -> "_OldData":
        try:
            file = homes.HomeFile.read(home)
        except StorageTrouble:
            return cls(home)
        try:
            return cls(file.data(home), file, secret_store.load(file.data(home), file.home_id, file.secrets))
        except StorageTrouble:
            return cls(file.data(home), file)

    def set_aside(self, home: Path, now: datetime) -> Path | None:
        """Move the old database with its WAL and key file into a folder that is a data folder by itself."""
        database = [f"{homes.DATABASE_FILE}{end}" for end in _DATABASE_ENDS]
        found = [name for name in (*database, secret_store.KEY_FILE) if (self.folder / name).exists()]
        if not found:
            return None
        aside = _free_name(home, f"set-aside-{now:%Y%m%d-%H%M%S}")
        aside.mkdir()
        for name in found:
            (self.folder / name).replace(aside / name)
        if self.file is not None:
            replace(self.file, folder=".").write(aside)
        if self.folder != home:
            shutil.rmtree(self.folder, ignore_errors=True)
        return aside


@dataclass(frozen=True, slots=True)
class _Staged:
    """A backup made ready: what it said, its secrets, how it verified, what was recorded, all restores now known."""

    manifest: Manifest
    secrets: Secrets
    found: Verification
    fact: DatabaseRestored
    restores: frozenset[int]


def _stage(
    home: Path,
    file: homes.HomeFile,
    source: Path,
    code: str | None,
    old: _OldData,
    clock: Clock,
    ids: Ids,
    *,
    again_today: bool,
) -> _Staged:
    """Make the backup a checked data folder that says where it comes from and holds nobody who was forgotten."""
    folder = file.data(home)
    folder.mkdir()
    database = folder / homes.DATABASE_FILE
    manifest = read_backup(source, database)
    kept = _secrets(database, manifest, code, old)
    check_file(database, kept.database)
    with homes.locked_writing(home, file, kept, clock, ids) as opened:
        found = _checked(opened)
        writer = opened.required_writer()
        _require_later(manifest, writer)
        lost = lost_work.noted(home)
        if again_today:
            lost |= LostWork(frozenset({writer.now_ms()}))
        key_ids = forgotten.noted(home)
        if old.database.exists():
            key = (old.secrets or kept).database
            key_ids |= forgotten.key_ids_in(old.database, key)
            lost |= lost_work.known_in(old.database, key, writer.now().date())
        fact, restores = _record(opened, manifest, found.logs, key_ids, lost)
    return _Staged(manifest, kept, found, fact, restores)


def _secrets(database: Path, manifest: Manifest, code: str | None, old: _OldData) -> Secrets:
    """The secrets by the typed code, or this machine's own when they open the backup."""
    if code is not None:
        return unwrap(code, list(manifest.wraps))
    if old.secrets is not None and opens(database, old.secrets.database):
        return old.secrets
    raise BadInput(
        msg("Cadangan ini dari folder data lain, jadi kode pemulihan diperlukan. Tidak ada yang diubah."),
        msg("Ulangi dengan --recovery-code dan kode di lembar pemulihan."),
    )


def _require_later(manifest: Manifest, writer: Writer) -> None:
    """Refuse a clock on a date before the backup: the last day would go on as if none of its numbers were lost."""
    made_at = datetime.fromtimestamp(manifest.made_ms / 1000, writer.zone)
    if writer.now().date() < made_at.date():
        raise Refused(
            msg(
                "Jam komputer menunjukkan {today}, padahal cadangan dibuat {made}. Tidak ada yang diubah.",
                today=long_date(writer.now().date()),
                made=long_date(made_at.date()),
            ),
            msg("Betulkan jam komputer, lalu ulangi."),
        )


def _checked(opened: homes.OpenHome) -> Verification:
    """Check chain, heads and views before anything is recorded or replaced."""
    with opened.database.reading() as store:
        found = verify(store, opened.site_id)
    if not found.is_sound:
        raise StorageTrouble(
            msg("Cadangan ini tidak lulus pemeriksaan jurnal. Tidak ada yang diubah."),
            msg("Pakai cadangan lain, dan simpan berkas ini untuk diperiksa."),
        )
    return found


def _record(
    opened: homes.OpenHome, manifest: Manifest, heads: int, key_ids: frozenset[str], lost: LostWork
) -> tuple[DatabaseRestored, frozenset[int]]:
    """Open a new log that says so, and destroy again what was forgotten since; answers all restores now known too."""
    writer = opened.required_writer()
    today = writer.now().date()
    with writer.begin(Actor(SYSTEM_USER, "cli")) as unit:
        lost |= lost_work.known_to(unit.store, today)
        fact = DatabaseRestored(
            backup_made_ms=manifest.made_ms,
            heads=heads,
            numbers_from=numbers_from(writer.now(), lost.moments(writer.zone), lost.highest),
            register_hundreds=1 + lost.since(manifest.made_ms),
        )
        unit.record(Draft(unit.new_id(), Subject(SubjectType.LOG, writer.author.log_id), fact, by_system=True))
        key_ids |= Journal(unit.store, opened.site_id).forgotten_keys()
        forgotten.destroy_keys(unit.store, sorted(key_ids), writer.now_ms())
        restores = lost.restores | lost_work.known_to(unit.store, today).restores
    opened.database.checkpoint(truncate=True)
    return fact, restores


def _drop_unfinished(home: Path, old: _OldData) -> None:
    """Remove what a restore left that was cut off before it became the data."""
    for folder in home.glob(f"{_STAGED}*"):
        if folder != old.folder:
            shutil.rmtree(folder, ignore_errors=True)


def _free_name(home: Path, name: str) -> Path:
    """The name, or the name with the first number that is free: two restores may fall into one second."""
    names = (name, *(f"{name}-{number}" for number in range(2, 1000)))
    return next(home / each for each in names if not (home / each).exists())
