"""`mppdesk doctor`: is this installation sound, where is the key, is there room, does the journal verify."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mppdesk.cli.journal import trouble_of
from mppdesk.cli.session import early_clock
from mppdesk.db import home as homes
from mppdesk.db.engine import check_sqlite_version
from mppdesk.db.home import HomeFile, OpenHome, SystemClock
from mppdesk.db.journal.verify import Verification, verify
from mppdesk.db.reading.readers import StoredReaders
from mppdesk.db.reading.setting_values import read_settings
from mppdesk.db.safekeeping.backup import check_file
from mppdesk.db.safekeeping.recovery import wraps_of
from mppdesk.domain.errors import ClerkError, StorageTrouble
from mppdesk.texts import Text, msg

LEAST_FREE_BYTES = 1 << 30
_MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; the sentence says what is true and, where needed, what to do."""

    subject: str
    is_fine: bool
    sentence: Text


def examine(home: Path) -> list[Finding]:
    """Look at everything; a trouble that stops one look does not stop the others."""
    return [*_machine(home), *_data(home)]


def _machine(home: Path) -> Iterator[Finding]:
    try:
        check_sqlite_version()
        yield Finding("sqlite", True, msg("Penyimpanan terenkripsi dapat dipakai."))
    except ClerkError as error:
        yield Finding("sqlite", False, error.what_happened)
    existing = next((folder for folder in (home, *home.parents) if folder.exists()), home)
    free = shutil.disk_usage(existing).free
    enough = free >= LEAST_FREE_BYTES
    sentence = msg("Ruang disk tersisa {size} MB.", size=free >> 20)
    yield Finding("disk", enough, sentence)


def _data(home: Path) -> Iterator[Finding]:
    try:
        file = HomeFile.read(home)
        yield Finding("key", True, file.secrets.sentence)
        yield _folder(home)
        with homes.reading(home) as opened:
            yield from _database(opened)
    except ClerkError as error:
        yield Finding("data", False, msg("{what} {do}", what=error.what_happened, do=error.what_to_do))


def _folder(home: Path) -> Finding:
    if os.access(home, os.W_OK):
        return Finding("folder", True, msg("Folder data dapat ditulis."))
    return Finding(
        "folder", False, msg("Folder data hanya dapat dibaca. Periksa hak tulis pada {folder}.", folder=home)
    )


def _database(opened: OpenHome) -> Iterator[Finding]:
    with opened.database.reading() as store:
        found = verify(store, opened.site_id)
    yield from _journal(found)
    yield _pages(opened)
    yield _settings(opened)
    trouble = early_clock(StoredReaders(opened.database, opened.site_id, opened.reference, SystemClock()))
    yield Finding("clock", True, trouble or msg("Jam cocok dengan hari pelayanan."))  # nobody is stopped by it
    sheets = len(wraps_of(opened.path))
    yield Finding("recovery", sheets > 0, msg("Lembar pemulihan pernah dicetak {count} kali.", count=sheets))


def _settings(opened: OpenHome) -> Finding:
    """Settings come from every computer that leads; of one that nobody can read the value before holds."""
    with opened.database.reading() as store:
        unreadable = read_settings(store, opened.site_id).unreadable
    if not unreadable:
        return Finding("settings", True, msg("Semua pengaturan terbaca."))
    sentence = "Pengaturan {names} tidak terbaca, jadi nilai sebelumnya yang berlaku. Impor ulang pengaturan itu."
    return Finding("settings", False, msg(sentence, names=", ".join(unreadable[:_MOST_NAMES])))


def _journal(found: Verification) -> Iterator[Finding]:
    """The journal, and apart from it the views: those can be made again, and no reader heals them on the way."""
    trouble = trouble_of(found)
    sentence = msg("{what} {do}", what=trouble.what_happened, do=trouble.what_to_do)
    whole = msg("Jurnal utuh: {count} entri diperiksa.", count=found.entries)
    yield Finding("journal", found.chain_ok, whole if found.chain_ok else sentence)
    if found.chain_ok:
        same = msg("Tampilan sama dengan jurnal.")
        yield Finding("views", found.rebuild_equal, same if found.rebuild_equal else sentence)


def _pages(opened: OpenHome) -> Finding:
    """Look at every page as a backup does, also those that no table uses now."""
    try:
        check_file(opened.database.path, opened.database.key)
    except StorageTrouble:
        return Finding(
            "pages",
            False,
            msg("Berkas basis data rusak sebagian; yang terbaca tetap utuh. Pulihkan cadangan terakhir."),
        )
    return Finding("pages", True, msg("Berkas basis data utuh halaman demi halaman."))
