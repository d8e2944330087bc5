"""Ed25519 signatures of log heads (RFC 8032): whose log it is can be checked wherever it travelled."""

from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


@dataclass(frozen=True, slots=True)
class Signer:
    """The device that writes logs here; `private_key` are the 32 bytes of the seed."""

    device_id: str
    private_key: bytes

    def sign(self, text: bytes) -> bytes:
        """Give the signature, 64 bytes."""
        return _key_of(self.private_key).sign(text)

    @property
    def public_key(self) -> bytes:
        return _key_of(self.private_key).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


@lru_cache(maxsize=16)
def _key_of(seed: bytes) -> Ed25519PrivateKey:
    """Making the key of its seed costs as much as a signature with it."""
    return Ed25519PrivateKey.from_private_bytes(seed)


def is_signed(public_key: bytes, signature: bytes, text: bytes) -> bool:
    """Whether a device signed a text; hostile keys and signatures of any length are simply not valid."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True
