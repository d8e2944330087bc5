"""The secrets of a data folder in the OS keyring; without one, in a 0600 file, said plainly.

Never call this on the GUI thread: a locked keyring blocks on a prompt.
"""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import keyring

from mppdesk.domain.errors import StorageTrouble
from mppdesk.texts import Text, msg

SERVICE = "mppdesk"
_PROBE = "probe"
KEY_FILE = "secrets.json"
_LEAST_PRIORITY = 1
_SECRET_BYTES = 32


class SecretPlace(StrEnum):
    KEYRING = "keyring"
    FILE = "file"

    @property
    def sentence(self) -> Text:
        """Say plainly where the key lies."""
        if self is SecretPlace.KEYRING:
            return msg("Kunci basis data disimpan di brankas kata sandi sistem.")
        return msg(
            "Kunci basis data disimpan dalam berkas di folder data, hanya dapat dibaca pengguna ini, "
            "karena brankas kata sandi sistem tidak tersedia."
        )


@dataclass(frozen=True, slots=True)
class Secrets:
    """Four times 32 random bytes: database key, pepper of the PINs, key of the exact search, Ed25519 device seed."""

    database: bytes
    pepper: bytes
    search: bytes
    device: bytes

    @classmethod
    def fresh(cls) -> "Secrets":
        return cls(*(secrets.token_bytes(_SECRET_BYTES) for _ in range(4)))

    def to_text(self) -> str:
        return json.dumps({name: getattr(self, name).hex() for name in _NAMES})

    @classmethod
    def from_text(cls, text: str) -> "Secrets":
        """Read what `to_text` wrote; raises ValueError for anything else."""
        found = json.loads(text)
        values = [bytes.fromhex(found[name]) for name in _NAMES]
        if any(len(value) != _SECRET_BYTES for value in values):
            raise ValueError("a secret has the wrong length")
        return cls(*values)


_NAMES = ("database", "pepper", "search", "device")


def keyring_works() -> bool:
    """Whether a keyring keeps what it is given; the null and the failing backends do not."""
    probe = secrets.token_hex(8)
    try:
        with _asking_the_keyring():
            if keyring.get_keyring().priority < _LEAST_PRIORITY:
                return False
            keyring.set_password(SERVICE, _PROBE, probe)
            kept: bool = keyring.get_password(SERVICE, _PROBE) == probe
            keyring.delete_password(SERVICE, _PROBE)
    except StorageTrouble:
        return False
    return kept


def keep(home: Path, home_id: str, kept: Secrets, place: SecretPlace) -> None:
    """Store the secrets of a data folder; the file is readable by its owner alone from its first byte.

    Raises StorageTrouble when the keyring does not take them. What was kept before stays until the new is on disk.
    """
    if place is SecretPlace.KEYRING:
        with _asking_the_keyring():
            keyring.set_password(SERVICE, home_id, kept.to_text())
        return
    temporary = home / f"{KEY_FILE}.new"
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(kept.to_text())
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(home / KEY_FILE)


def drop(home_id: str, place: SecretPlace) -> None:
    """Forget the secrets of a data folder that was never finished; those in a file go with the folder."""
    if place is SecretPlace.KEYRING:
        with _asking_the_keyring():
            keyring.delete_password(SERVICE, home_id)


def load(home: Path, home_id: str, place: SecretPlace) -> Secrets:
    """Fetch the secrets; raises StorageTrouble when they are gone or the keyring stays locked."""
    try:
        text = _read(home, home_id, place)
    except (OSError, UnicodeDecodeError) as error:
        raise _unavailable() from error
    if text is None:
        raise _unavailable()
    try:
        return Secrets.from_text(text)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _unavailable() from error


def _read(home: Path, home_id: str, place: SecretPlace) -> str | None:
    if place is SecretPlace.KEYRING:
        with _asking_the_keyring():
            text: str | None = keyring.get_password(SERVICE, home_id)
        return text
    path = home / KEY_FILE
    return path.read_text(encoding="utf-8") if path.exists() else None


@contextmanager
def _asking_the_keyring() -> Iterator[None]:
    """Say that the keyring gives nothing, whatever it raised; the backends let through their system's own errors."""
    try:
        yield
    except Exception as error:
        raise _unavailable() from error


def _unavailable() -> StorageTrouble:
    return StorageTrouble(
        msg("Kunci basis data tidak dapat diambil. Data tetap utuh dan terkunci."),
        msg("Buka brankas kata sandi sistem (masuk seperti biasa), atau pulihkan dengan lembar pemulihan."),
    )
