"""Personal texts under keys that can be destroyed: AES-256-GCM, bound to the entry and the field (DESIGN 10)."""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import bindparam, delete, insert, select

from mppdesk.db.privacy.key_days import KeyDays
from mppdesk.db.privacy.key_ids import proving_id
from mppdesk.db.privacy.private_tables import local_data_keys, local_forgotten_keys
from mppdesk.db.sql import Statement, Store
from mppdesk.domain.entries import Entry, Sealed, Subject

KEY_BYTES = 32
NONCE_BYTES = 12

_key_of_subject = Statement(
    select(local_data_keys.c.key_id, local_data_keys.c.key)
    .where(local_data_keys.c.subject_id == bindparam("subject_id"))
    .order_by(local_data_keys.c.key_id)
)
_key_by_id = Statement(select(local_data_keys.c.key).where(local_data_keys.c.key_id == bindparam("key_id")))
_agency_of = Statement(select(local_data_keys.c.agency).where(local_data_keys.c.key_id == bindparam("key_id")))
_add_key = Statement(insert(local_data_keys))
_drop_key = Statement(delete(local_data_keys).where(local_data_keys.c.key_id == bindparam("key_id")))
_is_forgotten = Statement(
    select(local_forgotten_keys.c.key_id).where(local_forgotten_keys.c.key_id == bindparam("key_id"))
)
_remember_forgotten = Statement(insert(local_forgotten_keys))


@dataclass(frozen=True, slots=True)
class DataKey:
    key_id: str
    key: bytes


def _associated(entry_id: str, field: str) -> bytes:
    return f"{entry_id}/{field}".encode()


def seal(data_key: DataKey, entry_id: str, field: str, text: str, nonce: bytes) -> Sealed:
    """Encrypt a text for one field of one entry; the nonce is 12 random bytes."""
    ciphertext = AESGCM(data_key.key).encrypt(nonce, text.encode(), _associated(entry_id, field))
    return Sealed(data_key.key_id, nonce, ciphertext)


def unseal(key: bytes, entry_id: str, field: str, sealed: Sealed) -> str | None:
    """Decrypt a field; None when the bytes were not sealed for it."""
    try:
        return AESGCM(key).decrypt(sealed.nonce, sealed.ciphertext, _associated(entry_id, field)).decode()
    except (InvalidTag, ValueError):
        return None


def sealed_in(entry: Entry) -> Iterator[tuple[str, Sealed]]:
    """The personal fields of an entry with their names."""
    for each in fields(entry.fact):
        value = getattr(entry.fact, each.name)
        if isinstance(value, Sealed):
            yield each.name, value


def seal_paper(key: bytes, job_id: str, slip: bytes, nonce: bytes) -> bytes:
    """Encrypt the encoded slip of one print job; the nonce stands before the ciphertext."""
    return nonce + AESGCM(key).encrypt(nonce, slip, _associated(job_id, "slip"))


def unseal_paper(key: bytes, job_id: str, sealed: bytes) -> bytes | None:
    """Decrypt the slip of a print job; None when the bytes were not sealed for it."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _associated(job_id, "slip"))
    except (InvalidTag, ValueError):
        return None


class DataKeys:
    """The keys of visits, submissions and counters' days in this PC's `local_data_keys`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_subject(self, subject: Subject) -> DataKey | None:
        """Any key of a subject, for what stays on this PC and goes with the subject's keys."""
        row = self._store.one(_key_of_subject, subject_id=subject.id)
        return DataKey(*row) if row else None

    def for_sealing(
        self,
        subject: Subject,
        agency: str,
        used: Iterable[str],
        new_id: Callable[[], str],
        random_bytes: Callable[[int], bytes],
    ) -> DataKey:
        """Find the key that this author used about a subject, or make one at the first text that a person types.

        Nobody seals under a key that was given to him: whoever gave it could read the text, of any agency.
        """
        for key_id in used:
            key = self.key(key_id)
            if key is not None:
                return DataKey(key_id, key)
        return self._make(subject, agency, new_id(), random_bytes(KEY_BYTES))

    def _make(self, subject: Subject, agency: str, made: str, key: bytes) -> DataKey:
        key_id = proving_id(made, key, agency, (subject.type, subject.id))
        self._store.run(
            _add_key,
            key_id=key_id,
            agency=agency,
            subject_type=subject.type,
            subject_id=subject.id,
            key=key,
        )
        KeyDays(self._store).came(agency, key_id)
        return DataKey(key_id, key)

    def key(self, key_id: str) -> bytes | None:
        row = self._store.one(_key_by_id, key_id=key_id)
        return bytes(row[0]) if row else None

    def is_forgotten(self, key_id: str) -> bool:
        return self._store.one(_is_forgotten, key_id=key_id) is not None

    def destroy(self, key_id: str, now_ms: int) -> None:
        """Delete a key and remember that it must stay deleted, also after a restore."""
        row = self._store.one(_agency_of, key_id=key_id)
        if row is not None:
            self._store.run(_drop_key, key_id=key_id)
            KeyDays(self._store).gone(row[0], key_id)
        if not self.is_forgotten(key_id):
            self._store.run(_remember_forgotten, key_id=key_id, forgotten_ms=now_ms)


def search_term(search_key: bytes, field: str, text: str) -> str:
    """The HMAC by which a NIK or phone is found exactly, without standing anywhere in the clear."""
    return hmac.new(search_key, f"{field}/{text}".encode(), hashlib.sha256).hexdigest()
