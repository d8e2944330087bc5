"""Saves the paper of a file as PDF where the clerk chose, and says what a full or missing stick means."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mppdesk.app.saving_places import Volumes, documents_folder, mounted_volumes, places
from mppdesk.app.station import Station
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import Refused
from mppdesk.operations.saved_papers import SavedPaper, SavingPlace
from mppdesk.printing.saved_copies import SavedCopies
from mppdesk.texts import msg

_FOLDER = "papers_folder"
_FULL = (errno.ENOSPC, errno.EDQUOT)
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)


class PaperFiles:
    """The papers that `actor` saves at this PC; every call may raise ClerkError and may take as long as a slow stick.

    `documents` is the folder while nobody has chosen one; it alone is made where it is missing.
    """

    def __init__(
        self,
        station: Station,
        actor: Actor,
        documents: Callable[[], Path] = documents_folder,
        volumes: Volumes = mounted_volumes,
    ) -> None:
        self._station, self._actor = station, actor
        self._documents, self._volumes = documents, volumes

    def save(self, submission: str, folder: Path | None = None) -> SavedPaper:
        """Save the paper of a file that was decided; a `folder` that it could be saved into is the usual one then."""
        into = folder or self._usual()
        copies = SavedCopies(self._station.readers, self._station.writer, self._actor, self._station.now)
        with _sentences(into):
            if into == self._documents():
                into.mkdir(parents=True, exist_ok=True)
            saved = copies.save(submission, into)
        if folder is not None:
            self._station.home.set_setting(_FOLDER, str(folder))
        return saved

    def places(self) -> tuple[SavingPlace, ...]:
        """Where a paper may be saved, the usual folder first."""
        return places(self._usual(), self._documents(), self._volumes())

    def _usual(self) -> Path:
        chosen = self._station.home.setting(_FOLDER)
        return Path(chosen) if chosen else self._documents()


@contextmanager
def _sentences(folder: Path) -> Iterator[None]:
    """What the disk says, as what is safe and what to do."""
    try:
        yield
    except OSError as error:
        raise _trouble(folder, error) from error


def _trouble(folder: Path, error: OSError) -> Refused:
    elsewhere = msg("Pilih tempat lain: Ctrl+Shift+S.")
    name = folder.name or str(folder)
    if error.errno in _FULL:
        return Refused(msg("Folder {name} penuh. PDF belum tersimpan; berkasnya aman.", name=name), elsewhere)
    if error.errno in _CLOSED:
        happened = msg("Folder {name} tidak boleh ditulis. PDF belum tersimpan; berkasnya aman.", name=name)
        return Refused(happened, elsewhere)
    return Refused(
        msg("Folder {name} tidak terbaca. PDF belum tersimpan; berkasnya aman.", name=name),
        msg("Pasang lagi flashdisknya lalu Ctrl+S, atau pilih tempat lain: Ctrl+Shift+S."),
    )
