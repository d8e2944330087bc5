"""One writing process a data folder: the lock it holds for its whole life."""

import getpass
import os
import platform
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from mppdesk.domain.errors import StorageTrouble
from mppdesk.texts import msg

WAIT_S = 10.0


class HomeLock:
    """The lock of a data folder; who holds it stands in a file beside it."""

    def __init__(self, home: Path) -> None:
        self._lock = FileLock(home / "mppdesk.lock")
        self._owner = home / "mppdesk.lock.owner"

    def acquire(self, wait_s: float = WAIT_S) -> None:
        """Take the lock; after the wait, say who has it."""
        try:
            self._lock.acquire(timeout=wait_s, poll_interval=0.02)
        except Timeout as error:
            raise StorageTrouble(
                msg("mppdesk sedang dipakai di komputer ini oleh {owner}.", owner=self.owner()),
                msg("Tutup program itu, atau tunggu sampai selesai, lalu ulangi."),
            ) from error
        except OSError as error:
            raise StorageTrouble(
                msg("Folder data tidak dapat ditulis. Tidak ada yang diubah."),
                msg("Beri tahu admin: periksa hak tulis pada folder {folder}.", folder=self._owner.parent),
            ) from error
        with suppress(OSError):
            self._owner.write_text(f"{_user()}, proses {os.getpid()} di {platform.node()}", encoding="utf-8")

    def owner(self) -> str:
        """Who wrote last that it holds the lock."""
        try:
            return self._owner.read_text(encoding="utf-8")[:120] or "program lain"
        except OSError:
            return "program lain"

    def release(self) -> None:
        if self._lock.is_locked:
            with suppress(OSError):
                self._owner.unlink(missing_ok=True)
            self._lock.release()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "pengguna lain"
