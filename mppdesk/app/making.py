"""A data folder is made beside its place and moved there whole, so that a power cut leaves none or all of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mppdesk.domain.errors import StorageTrouble
from mppdesk.texts import msg


@contextmanager
def made_beside(home: Path) -> Iterator[Path]:
    """Give the folder to make it in; moved to `home` when the block ends well, else nothing of it stays.

    Raises StorageTrouble where `home` has anything in it, or cannot be written.
    """
    _require_empty(home)
    unfinished = home.with_name(f"{home.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        yield unfinished
        if home.exists():
            home.rmdir()
        unfinished.rename(home)
    except OSError as error:
        raise StorageTrouble(
            msg("Folder data {folder} tidak dapat dibuat. Tidak ada yang tersimpan.", folder=home),
            msg("Periksa hak tulis dan ruang disknya, lalu coba lagi."),
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _require_empty(home: Path) -> None:
    if home.exists() and any(home.iterdir()):
        raise StorageTrouble(
            msg("Folder {folder} tidak kosong. Tidak ada yang ditulis.", folder=home),
            msg("Pindahkan isinya, atau mulai dengan folder lain: mppdesk desktop --data FOLDER."),
        )
