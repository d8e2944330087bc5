"""Backups: a checked copy of the encrypted database in one file, never a copy of a live file."""

import errno
import json
import os
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mppdesk.db.engine import Database, open_connection, translated
from mppdesk.db.safekeeping.recovery import wraps_of
from mppdesk.domain.errors import BadInput, StorageTrouble
from mppdesk.texts import msg

_DATABASE = "database"
_MANIFEST = "manifest.json"
_FORMAT = 1
_MAX_MANIFEST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; `wraps` are the secrets wrapped by each recovery sheet."""

    home_id: str
    made_at: str
    wraps: tuple[str, ...]

    @property
    def made_ms(self) -> int:
        return int(datetime.fromisoformat(self.made_at).timestamp() * 1000)


def copy_database(database: Database, target: Path) -> None:
    """Copy with SQLite's backup API to a temporary name, check the copy, sync it, then give it its name."""
    temporary = target.with_name(f"{target.name}.part")
    temporary.unlink(missing_ok=True)
    with translated():
        source = open_connection(database.path, database.key, read_only=True)
        try:
            _require_sound(source, database.key)
            copy = _empty(temporary, database.key)
            try:
                source.backup(copy)
            finally:
                copy.close()
        finally:
            source.close()
        check_file(temporary, database.key)
    _sync(temporary)
    temporary.replace(target)


def check_file(path: Path, key: bytes | None) -> None:
    """Check structure and, page by page, the cipher's seals; raises StorageTrouble."""
    with translated():
        connection = open_connection(path, key, read_only=True)
        try:
            problems = {row[0] for row in connection.execute("PRAGMA integrity_check")} - {"ok"}
            problems |= _broken_seals(connection, key)
        finally:
            connection.close()
    if problems:
        raise StorageTrouble(
            msg("Salinan basis data tidak lulus pemeriksaan. Berkas aslinya tidak diubah."),
            msg("Ulangi ke disk lain, lalu jalankan mppdesk doctor."),
        )


def _require_sound(source: Any, key: bytes | None) -> None:
    """Refuse to copy a damaged file: SQLCipher's backup turns an unreadable page into zeros and seals those anew.

    A checkpoint of the running desktop can be seen half done, so only what is broken twice is broken.
    """
    if _broken_seals(source, key) & _broken_seals(source, key):
        raise StorageTrouble(
            msg("Berkas basis data rusak sebagian, jadi cadangan tidak dibuat. Cadangan yang lama tidak diubah."),
            msg("Simpan folder data ini untuk diperiksa, lalu pulihkan cadangan terakhir: mppdesk restore."),
        )


def _broken_seals(connection: Any, key: bytes | None) -> set[str]:
    """The pages whose bytes are not those that were sealed; a decrypted copy has no seals."""
    return set() if key is None else {row[0] for row in connection.execute("PRAGMA cipher_integrity_check")}


def opens(path: Path, key: bytes) -> bool:
    """Whether this key opens a database file."""
    try:
        with translated():
            open_connection(path, key, read_only=True).close()
    except StorageTrouble:
        return False
    return True


def write_backup(database: Database, home: Path, home_id: str, target: Path, made_at: datetime) -> None:
    """Write one backup file; it holds the encrypted database and the wrapped secrets, nothing in the clear.

    Only an older backup is replaced; it is made in a folder of its own beside the target, since no name next to it is
    known to be free.
    """
    _require_place(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f"{target.name}.", dir=target.parent) as workplace:
            made = _archive(Path(workplace), database, home, home_id, made_at)
            _sync(made)
            made.replace(target)
    except OSError as error:
        raise StorageTrouble(
            msg("Cadangan tidak dapat ditulis ke {path}. Data di komputer ini tetap utuh.", path=target),
            msg("Periksa ruang dan hak tulis di tujuan, lalu ulangi."),
        ) from error


def _archive(workplace: Path, database: Database, home: Path, home_id: str, made_at: datetime) -> Path:
    copied, made = workplace / _DATABASE, workplace / "cadangan"
    copy_database(database, copied)
    manifest = {"format": _FORMAT, "home_id": home_id, "made_at": made_at.isoformat(), "wraps": wraps_of(home)}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(_MANIFEST, json.dumps(manifest))
        archive.write(copied, _DATABASE)
    return made


def _require_place(target: Path) -> None:
    """Refuse to put a backup over anything else: the database itself is a file with a name, too."""
    if not target.name or (target.exists() and not _is_backup(target)):
        raise BadInput(
            msg("{path} sudah ada dan bukan cadangan mppdesk. Tidak ada yang diubah.", path=target),
            msg("Pilih nama berkas lain untuk cadangan."),
        )


def _is_backup(path: Path) -> bool:
    if not path.is_file():  # a device has no end to look for
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return {_MANIFEST, _DATABASE} <= set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, EOFError):
        return False


def read_backup(source: Path, extract_to: Path) -> Manifest:
    """Read a backup's manifest and put its database at `extract_to`; raises BadInput for anything else."""
    try:
        if source.exists() and not source.is_file():
            raise ValueError("a folder, or a device without an end")
        with zipfile.ZipFile(source) as archive:
            _check_archive(archive)
            manifest = _manifest(json.loads(archive.read(_MANIFEST)))
            with archive.open(_DATABASE) as packed, extract_to.open("wb") as unpacked:
                while block := packed.read(1 << 20):
                    unpacked.write(block)
                unpacked.flush()
                os.fsync(unpacked.fileno())
    except FileNotFoundError as error:
        raise BadInput(msg("Berkas cadangan {path} tidak ada.", path=source), msg("Periksa nama berkasnya.")) from error
    except (zipfile.BadZipFile, EOFError, KeyError, ValueError, TypeError, RecursionError, OSError) as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _no_room(source) from error
        raise BadInput(
            msg("{path} bukan cadangan mppdesk atau sudah rusak. Tidak ada yang diubah.", path=source),
            msg("Pakai berkas cadangan lain."),
        ) from error
    return manifest


def _check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse what this program never writes: a small file that unpacks to a full disk is always compressed."""
    for part in (archive.getinfo(_MANIFEST), archive.getinfo(_DATABASE)):
        if part.compress_type != zipfile.ZIP_STORED or part.file_size != part.compress_size or part.flag_bits & 1:
            raise ValueError("compressed or encrypted")
    if archive.getinfo(_MANIFEST).file_size > _MAX_MANIFEST_BYTES:
        raise ValueError("the manifest is too large")
    if not archive.getinfo(_DATABASE).file_size:
        raise ValueError("an empty file opens with every key")


def _no_room(source: Path) -> StorageTrouble:
    return StorageTrouble(
        msg("Ruang simpan tidak cukup untuk membuka cadangan {path}. Tidak ada yang diubah.", path=source),
        msg("Kosongkan disk, lalu ulangi."),
    )


def _manifest(found: Any) -> Manifest:
    if found["format"] != _FORMAT:
        raise ValueError("another format")
    if datetime.fromisoformat(found["made_at"]).tzinfo is None:
        raise ValueError("a moment without a zone")
    return Manifest(str(found["home_id"]), found["made_at"], tuple(str(each) for each in found["wraps"]))


def _empty(path: Path, key: bytes | None) -> Any:
    import sqlcipher3.dbapi2 as driver

    connection = driver.connect(str(path), isolation_level=None)
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
