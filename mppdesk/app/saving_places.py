"""Where a PDF may be saved at this PC: among the documents, on what is plugged in, and where it was saved last."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from mppdesk.operations.saved_papers import SavingPlace
from mppdesk.texts import msg

_PLUGGED_IN = ("/media/", "/run/media/", "/Volumes/")


@dataclass(frozen=True, slots=True)
class Volume:
    """A disk that is mounted and can be written: where, and the name that its owner gave it."""

    root: Path
    label: str


Volumes = Callable[[], Iterable[Volume]]


def documents_folder() -> Path:
    """The folder of this program among the user's documents."""
    from platformdirs import user_documents_path

    return user_documents_path() / "mppdesk"


def mounted_volumes() -> Iterable[Volume]:
    """What may be a stick: on Windows every other drive, elsewhere what the system mounts where it mounts sticks."""
    from PySide6.QtCore import QStorageInfo

    system = QStorageInfo.root().rootPath()
    for each in QStorageInfo.mountedVolumes():
        root = each.rootPath()
        if may_be_plugged_in(root, system) and each.isReady() and not each.isReadOnly():
            yield Volume(Path(root), each.name())


def may_be_plugged_in(root: str, system: str) -> bool:
    """By where a disk is mounted, as the windowing library writes it ("E:/" or "/media/dewi/STIK")."""
    is_drive = root[1:] == ":/"
    return root != system and (is_drive or root.startswith(_PLUGGED_IN))


def places(usual: Path, documents: Path, volumes: Iterable[Volume]) -> tuple[SavingPlace, ...]:
    """List the folders, each once, the usual one first."""
    names = {documents: str(msg("Dokumen di komputer ini"))}
    names |= {volume.root: _name_of(volume) for volume in volumes}
    names.setdefault(usual, str(usual))
    ordered = sorted(names, key=lambda folder: folder != usual)
    return tuple(SavingPlace(folder, names[folder], folder == usual) for folder in ordered)


def _name_of(volume: Volume) -> str:
    return f"{volume.label} ({volume.root})" if volume.label else str(volume.root)
