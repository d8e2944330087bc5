"""Forgetting a person: the fact stays in the journal, the key and everything derived is destroyed (DESIGN 10)."""

from sqlalchemy import bindparam, select

from mppdesk.db.home import OpenHome
from mppdesk.db.privacy.forgotten import destroy_keys, settle
from mppdesk.db.privacy.private_tables import local_data_keys
from mppdesk.db.sql import Statement
from mppdesk.domain import facts
from mppdesk.domain.entries import Actor, Draft, Subject
from mppdesk.domain.errors import Refused, StorageTrouble
from mppdesk.texts import msg

_keys_of = Statement(
    select(local_data_keys.c.key_id, local_data_keys.c.subject_type, local_data_keys.c.subject_id)
    .where(local_data_keys.c.subject_id == bindparam("subject_id"))
    .order_by(local_data_keys.c.key_id)
)


def forget(home: OpenHome, actor: Actor, subjects: tuple[Subject, ...]) -> int:
    """Destroy the keys of subjects (visits, submissions, hand-overs) for good; answers how many there were.

    The order is the promise: the fact and the deletion commit together, then the WAL is emptied into the file, then
    the key ids are noted where every restore looks. Raises Refused when there is nothing to destroy, StorageTrouble
    when another program keeps the WAL from being emptied; the next start then does the rest.
    """
    writer = home.required_writer()
    with writer.begin(actor) as unit:
        found = [row for subject in subjects for row in unit.store.all(_keys_of, subject_id=subject.id)]
        for key_id, kind, subject_id in found:
            unit.record(Draft(unit.new_id(), Subject(kind, subject_id), facts.PersonForgotten(key_id=key_id)))
        if found:
            destroy_keys(unit.store, (row[0] for row in found), writer.now_ms())
    if not found:
        raise Refused(
            msg("Tidak ada data pribadi yang tersimpan untuk itu."), msg("Periksa nomor atau loket, dan harinya.")
        )
    if not settle(home.path, home.database):
        raise StorageTrouble(
            msg("Data pribadi sudah dihapus, tetapi sisanya masih ada di disk karena program lain sedang membaca."),
            msg("Tutup program mppdesk lain di komputer ini, lalu jalankan mppdesk lagi; sisanya dibersihkan sendiri."),
        )
    return len(found)
