"""Ids of data keys that prove their key: nobody can bring another key, agency or subject under one (decision 0020)."""

import hashlib

_DIGITS_OF_TIME = 12
_BITS_AFTER_TIME = 80
# RFC 9562, 5.8: version 8, whose bits beside version and variant are the application's own.
_VERSION = 0x8 << 76
_VARIANT = 0x2 << 62
_PROVING_BITS = (2**76 - 1) & ~(0x3 << 62)
_LABEL = "mppdesk data key"


def proving_id(made: str, key: bytes, agency: str, subject: tuple[str, str]) -> str:
    """The id of a key that is made now: 48 bits of time, and 74 of a SHA-256 over all that belongs to the key.

    `made` begins with twelve hex digits of milliseconds, as every time-ordered id does; `subject` is type and id.
    """
    time = made[:_DIGITS_OF_TIME]
    # None of the names has a NUL where a key is taken, and the key has always 32 bytes: no two lists look alike.
    named = "\0".join((_LABEL, time, agency, *subject, "")).encode()
    proof = int.from_bytes(hashlib.sha256(named + key).digest()) & _PROVING_BITS
    return f"{int(time, 16) << _BITS_AFTER_TIME | _VERSION | _VARIANT | proof:032x}"


def proves(key_id: str) -> bool:
    """Whether an id is one that proves its key; those that were made before are random (version 7)."""
    number = int(key_id, 16)
    return number & (0xF << 76) == _VERSION and number & (0x3 << 62) == _VARIANT
