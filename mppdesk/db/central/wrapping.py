"""Data keys encrypted under keys that are not in the database: a dump of it alone opens no personal text."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mppdesk.db.privacy.sealing import KEY_BYTES, NONCE_BYTES
from mppdesk.db.replication.key_parcels import KeyParcel
from mppdesk.domain.errors import StorageTrouble
from mppdesk.texts import msg

_MARK_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A key as it lies in the database: nonce and AES-256-GCM ciphertext, and the mark of the key that wrapped it."""

    by: str
    content: bytes


class Wrapping:
    """The wrapping keys of the centre, 32 random bytes each: the first one wraps, every one of them unwraps.

    Each site has a key of its own derived from it, so that the random nonces last for 2^32 keys of one site (NIST
    SP 800-38D, 8.3), and a row that was moved to another site, subject or agency does not open.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = {mark_of(key): key for key in keys}
        self.mark = mark_of(keys[0])

    @property
    def marks(self) -> frozenset[str]:
        return frozenset(self._keys)

    def wrap(self, site_id: str, parcel: KeyParcel) -> Wrapped:
        """Encrypt the key of a parcel under the first wrapping key."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        cipher = self._cipher(site_id, self.mark)
        return Wrapped(self.mark, nonce + cipher.encrypt(nonce, parcel.key, _associated(parcel)))

    def unwrap(self, site_id: str, parcel: KeyParcel, wrapped: Wrapped) -> bytes:
        """Decrypt the key that belongs into a parcel; raises StorageTrouble without the right wrapping key."""
        nonce, ciphertext = wrapped.content[:NONCE_BYTES], wrapped.content[NONCE_BYTES:]
        try:
            return self._cipher(site_id, wrapped.by).decrypt(nonce, ciphertext, _associated(parcel))
        except (InvalidTag, ValueError) as error:
            raise _unopened() from error

    def _cipher(self, site_id: str, mark: str) -> AESGCM:
        key = self._keys.get(mark)
        if key is None:
            raise _unopened()
        return AESGCM(hmac.new(key, f"site/{site_id}".encode(), hashlib.sha256).digest())


def fresh_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def mark_of(key: bytes) -> str:
    """What names a wrapping key without telling anything of it."""
    return hmac.new(key, b"mark", hashlib.sha256).hexdigest()[:_MARK_DIGITS]


def _associated(parcel: KeyParcel) -> bytes:
    return "/".join((parcel.key_id, parcel.agency, parcel.subject_type, parcel.subject_id)).encode()


def _unopened() -> StorageTrouble:
    return StorageTrouble(
        msg("Kunci data di pusat tidak dapat dibuka dengan kunci pembungkus yang dipakai. Tidak ada yang hilang."),
        msg("Beri tahu admin pusat: jalankan pusat dengan kunci pembungkus yang benar (--wrapping-key)."),
    )
