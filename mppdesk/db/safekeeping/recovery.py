"""The recovery sheet: the secrets of a data folder wrapped by a code that exists only on paper.

The code has 160 random bits, so a plain key derivation (HKDF, RFC 5869) is enough; no stretching is needed.
"""

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mppdesk.db.privacy.secret_store import Secrets
from mppdesk.domain.errors import BadInput
from mppdesk.texts import msg

# Crockford's base 32: no I, L, O, U; what is typed for them is read as 1, 1, 0 and V.
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_CODE_LENGTH = 32
_GROUP = 4
_FILE = "recovery.json"
_INFO = b"mppdesk recovery 1"
_AAD = b"mppdesk secrets 1"


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What is printed: the code in groups of four, and the wrapped secrets as text for the QR code."""

    code: str
    wrapped: str
    site_name: str


def new_sheet(home: Path, kept: Secrets, site_name: str) -> RecoverySheet:
    """Make a new code and wrap the secrets by it; sheets printed earlier stay valid."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(_CODE_LENGTH))
    wrapped = _wrap(signs, kept)
    add_wraps(home, [wrapped])
    return RecoverySheet("-".join(signs[i : i + _GROUP] for i in range(0, _CODE_LENGTH, _GROUP)), wrapped, site_name)


def wraps_of(home: Path) -> list[str]:
    """The wrapped secrets of every sheet printed for a data folder; they go into each backup."""
    try:
        found = json.loads((home / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return []
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def add_wraps(home: Path, wraps: Iterable[str]) -> None:
    """Let the sheets with these wraps open the backups that are made from now on."""
    known = wraps_of(home)
    temporary = home / f"{_FILE}.new"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump([*known, *(each for each in wraps if each not in known)], file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(home / _FILE)


def unwrap(code: str, wraps: list[str]) -> Secrets:
    """Open the secrets with a typed code, however its groups are parted; raises BadInput when no sheet fits."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum()).translate(_READ_AS)
    if len(signs) != _CODE_LENGTH or any(sign not in _SIGNS for sign in signs):
        raise BadInput(
            msg("Kode pemulihan harus {count} huruf dan angka. Tidak ada yang diubah.", count=_CODE_LENGTH),
            msg("Salin lagi kode dari lembar pemulihan."),
        )
    for wrapped in wraps:
        opened = _unwrap(signs, wrapped)
        if opened is not None:
            return opened
    raise BadInput(
        msg("Kode pemulihan ini bukan untuk cadangan ini. Tidak ada yang diubah."),
        msg("Periksa kode dan tanggal lembar pemulihan, lalu coba lagi."),
    )


def _derived(signs: str, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=_INFO).derive(signs.encode()))


def _wrap(signs: str, kept: Secrets) -> str:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    plain = kept.database + kept.pepper + kept.search + kept.device
    return (salt + nonce + _derived(signs, salt).encrypt(nonce, plain, _AAD)).hex()


def _unwrap(signs: str, wrapped: str) -> Secrets | None:
    try:
        raw = bytes.fromhex(wrapped)
        plain = _derived(signs, raw[:16]).decrypt(raw[16:28], raw[28:], _AAD)
    except (ValueError, InvalidTag):
        return None
    return Secrets(*(plain[i : i + 32] for i in range(0, 128, 32))) if len(plain) == 128 else None
