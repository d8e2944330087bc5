"""Where the administrator keeps the centre's wrapping keys: a file, the system's keyring, or the environment."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import keyring

from mppdesk.db import posix
from mppdesk.db.central.wrapping import Wrapping, fresh_key
from mppdesk.db.privacy.secret_store import SERVICE
from mppdesk.domain.errors import BadInput, Refused, StorageTrouble
from mppdesk.texts import msg

FILE, KEYRING, ENVIRONMENT = "file:", "keyring:", "env:"
_is_key = re.compile(r"[0-9a-f]{64}").fullmatch


class NothingThere(StorageTrouble):
    """No wrapping key is where one should be."""


def read(source: str, environment: Mapping[str, str] = os.environ) -> Wrapping:
    """The keys at a source, one a line in hexadecimal digits, the one that wraps first.

    Raises BadInput for a source or text that is none, NothingThere when there is no key.
    """
    text = _text_at(source, environment)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or not all(map(_is_key, lines)):
        raise BadInput(
            msg("Kunci pembungkus tidak terbaca. Tidak ada yang dijalankan."),
            msg("Setiap baris harus 64 angka heksadesimal, seperti yang dibuat mppdesk central make-key."),
        )
    return Wrapping([bytes.fromhex(line) for line in lines])


def is_open_to_others(source: str) -> bool:
    """Whether the key lies in a file that other users of this computer may read."""
    return source.startswith(FILE) and posix.is_open_to_others(Path(source.removeprefix(FILE)))


def make(source: str) -> None:
    """Put a fresh key in front of those at a source; the file is readable by its owner alone from its first byte."""
    text = fresh_key().hex() + "\n" + _text_there(source)
    if source.startswith(FILE):
        _write(Path(source.removeprefix(FILE)), text)
    elif source.startswith(KEYRING):
        with _asking_the_keyring():
            keyring.set_password(SERVICE, source.removeprefix(KEYRING), text)
    else:
        raise BadInput(
            msg("Kunci pembungkus hanya dapat dibuat dalam berkas atau brankas sistem. Tidak ada yang dibuat."),
            msg("Tulis seperti --wrapping-key file:/etc/mppdesk/wrapping.key."),
        )


def _text_at(source: str, environment: Mapping[str, str]) -> str:
    found: str | None
    if source.startswith(ENVIRONMENT):
        found = environment.get(source.removeprefix(ENVIRONMENT))
    elif source.startswith(FILE):
        found = _read(Path(source.removeprefix(FILE)))
    elif source.startswith(KEYRING):
        with _asking_the_keyring():
            found = keyring.get_password(SERVICE, source.removeprefix(KEYRING))
    else:
        raise BadInput(
            msg("Tempat kunci pembungkus tidak terbaca. Tidak ada yang dijalankan."),
            msg("Tulis file:BERKAS, keyring:NAMA, atau env:VARIABEL."),
        )
    if found is None:
        raise _nothing_at(source)
    return found


def _text_there(source: str) -> str:
    try:
        return _text_at(source, {})
    except NothingThere:
        return ""


@contextmanager
def _asking_the_keyring() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # the backends let through their system's own errors
        raise StorageTrouble(
            msg("Brankas kata sandi sistem tidak menjawab. Tidak ada yang diubah."),
            msg("Buka brankas itu, atau simpan kunci pembungkus dalam berkas (file:BERKAS)."),
        ) from error


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(
            msg("Berkas kunci pembungkus {path} tidak dapat dibaca. Tidak ada yang diubah.", path=path),
            msg("Periksa pemilik dan hak aksesnya."),
        ) from error


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(f"{path.name}.new")
    try:
        temporary.unlink(missing_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise StorageTrouble(
            msg("Berkas kunci pembungkus {path} tidak dapat ditulis. Tidak ada yang diubah.", path=path),
            msg("Periksa folder dan hak aksesnya."),
        ) from error


def _nothing_at(source: str) -> NothingThere:
    return NothingThere(
        msg("Tidak ada kunci pembungkus di {place}. Tidak ada yang dijalankan.", place=source),
        msg("Buat dengan mppdesk central make-key, atau kembalikan dari salinannya."),
    )
