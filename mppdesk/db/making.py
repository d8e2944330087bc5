"""A data folder is made beside its place and moved there whole, so that a power cut leaves none or all of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mppdesk.db.home import HomeFile, cannot_be_made, require_free
from mppdesk.db.privacy import secret_store
from mppdesk.domain.errors import StorageTrouble
from mppdesk.texts import msg


@contextmanager
def made_beside(home: Path) -> Iterator[Path]:
    """Give the folder to make it in; moved to `home` when the block ends well, else nothing of it stays.

    Raises StorageTrouble where `home` has anything in it, or cannot be written.
    """
    _require_empty(home)
    unfinished = home.with_name(f"{home.name}.unfinished")
    _discard(unfinished)
    try:
        yield unfinished
        if home.exists():
            home.rmdir()
        unfinished.rename(home)
    except OSError as error:
        raise cannot_be_made(home) from error
    finally:
        _discard(unfinished)


def _require_empty(home: Path) -> None:
    require_free(home)
    if home.exists() and any(home.iterdir()):
        raise StorageTrouble(
            msg("Folder {folder} tidak kosong. Tidak ada yang ditulis.", folder=home),
            msg("Pindahkan isinya, atau mulai dengan folder lain: --data FOLDER."),
        )


def _discard(unfinished: Path) -> None:
    """Delete a folder that was not finished, and what the keyring holds for it."""
    if not unfinished.exists():
        return
    with suppress(StorageTrouble):  # it got no secrets yet, or the keyring is closed
        file = HomeFile.read(unfinished)
        secret_store.drop(file.home_id, file.secrets)
    shutil.rmtree(unfinished, ignore_errors=True)
