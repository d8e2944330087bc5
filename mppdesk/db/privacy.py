"""Forgetting a person: the fact stays in the journal, the key and everything derived is destroyed (DESIGN 10)."""

import json
import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import bindparam, select

from mppdesk.db.engine import Database
from mppdesk.db.home import OpenHome
from mppdesk.db.print_jobs import forget_jobs
from mppdesk.db.sealing import DataKeys
from mppdesk.db.search import SearchTable
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import local_data_keys, local_forgotten_keys
from mppdesk.domain import facts
from mppdesk.domain.entries import Actor, Draft, Subject
from mppdesk.domain.errors import Refused, StorageTrouble
from mppdesk.texts import msg

_FORGOTTEN_FILE = "forgotten.json"

_keys_of = Statement(
    select(local_data_keys.c.key_id, local_data_keys.c.subject_type, local_data_keys.c.subject_id).where(
        local_data_keys.c.subject_id == bindparam("subject_id")
    )
)
_forgotten = Statement(select(local_forgotten_keys.c.key_id).order_by(local_forgotten_keys.c.key_id))


def forget(home: OpenHome, actor: Actor, subjects: tuple[Subject, ...]) -> int:
    """Destroy the keys of visits and submissions for good; answers how many there were.

    The order is the promise: the fact and the deletion commit together, then the WAL is emptied into the file, whose
    deleted pages are overwritten (`secure_delete`), then the key ids are noted where every restore looks.
    """
    writer = home.required_writer()
    destroyed = []
    with writer.begin(actor) as unit:
        for subject in subjects:
            for key_id, kind, subject_id in unit.store.all(_keys_of, subject_id=subject.id):
                owner = Subject(kind, subject_id)
                unit.record(Draft(unit.new_id(), owner, facts.PersonForgotten(key_id=key_id)))
                destroy_key(unit.store, key_id, writer.now_ms(), writer.search_key)
                destroyed.append(key_id)
    if not destroyed:
        raise Refused(msg("Tidak ada data pribadi yang tersimpan untuk nomor ini."), msg("Periksa nomor dan harinya."))
    home.database.checkpoint(truncate=True)
    _note(home.path, home)
    return len(destroyed)


def destroy_key(store: Store, key_id: str, now_ms: int, search_key: bytes) -> None:
    """Delete a key with the search rows and rendered papers it guards."""
    DataKeys(store).destroy(key_id, now_ms)
    SearchTable(store, search_key).forget(key_id)
    forget_jobs(store, key_id)


def forgotten_key_ids(path: Path, key: bytes) -> frozenset[str]:
    """The forgotten key ids of another database file; none when it cannot be read any more."""
    with suppress(StorageTrouble):
        database = Database(path, key, read_only=True)
        try:
            with database.reading() as store:
                return frozenset(row[0] for row in store.all(_forgotten))
        finally:
            database.close()
    return frozenset()


def noted(home: Path) -> frozenset[str]:
    """The forgotten key ids noted beside the database, so that an older backup cannot bring one back."""
    with suppress(OSError, ValueError):
        return frozenset(str(each) for each in json.loads((home / _FORGOTTEN_FILE).read_text(encoding="utf-8")))
    return frozenset()


def _note(folder: Path, home: OpenHome) -> None:
    with home.database.reading() as store:
        key_ids = sorted({row[0] for row in store.all(_forgotten)} | noted(folder))
    temporary = folder / f"{_FORGOTTEN_FILE}.new"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(key_ids, file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / _FORGOTTEN_FILE)
