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
        return _signature_of(self.private_key, text)

    @property
    def public_key(self) -> bytes:
        return _key_of(self.private_key).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


@lru_cache(maxsize=16)
def _key_of(seed: bytes) -> Ed25519PrivateKey:
    """Making the key of its seed costs as much as a signature with it."""
    return Ed25519PrivateKey.from_private_bytes(seed)


# One head goes to all who ask before the next one is made, and a signature of it never differs (RFC 8032, 5.1.6).
@lru_cache(maxsize=64)
def _signature_of(seed: bytes, text: bytes) -> bytes:
    return _key_of(seed).sign(text)


# What a stranger wrote comes again with every exchange until somebody admits it.
@lru_cache(maxsize=256)
def is_signed(public_key: bytes, signature: bytes, text: bytes) -> bool:
    """Whether a device signed a text; hostile keys and signatures of any length are simply not valid."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True
