"""Folders in memory: what was saved where, and a disk that takes nothing."""

from datetime import date
from pathlib import Path
from threading import Event

from mppdesk.domain.errors import ClerkError
from mppdesk.domain.slip import SlipKind
from mppdesk.operations.saved_papers import SavedPaper, SavingPlace
from tests.ui.counter.fake_people import Person

DOCUMENTS, STICK = Path("Dokumen", "mppdesk"), Path("E:")


class FakeFolders:
    """`usual` is where the next paper goes; with `trouble` nothing can be written, and nothing until it `is_quick`."""

    def __init__(self) -> None:
        self.usual = DOCUMENTS
        self.trouble: ClerkError | None = None
        self.is_quick = Event()
        self.is_quick.set()
        self.saved: list[SavedPaper] = []

    def save(self, owner: Person, folder: Path | None, day: date) -> SavedPaper:
        assert self.is_quick.wait(10)
        if self.trouble is not None:
            raise self.trouble
        self.usual = folder or self.usual
        is_receipt = owner.outcome == "registered"
        kind, stem = (SlipKind.RECEIPT, "tanda-terima") if is_receipt else (SlipKind.LACKING, "daftar-kekurangan")
        file = self.usual / f"{stem}-{owner.number}-{day}.pdf"
        self.saved.append(SavedPaper(kind, owner.number, 1 + len(self.saved), file))
        return self.saved[-1]

    def places(self) -> tuple[SavingPlace, ...]:
        names = {DOCUMENTS: "Dokumen di komputer ini", STICK: "STIK DEWI (E:)"}
        names.setdefault(self.usual, str(self.usual))
        ordered = sorted(names, key=lambda folder: folder != self.usual)
        return tuple(SavingPlace(folder, names[folder], folder == self.usual) for folder in ordered)
