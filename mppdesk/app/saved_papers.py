"""Saves the paper of a file as PDF: a copy that says SALINAN like every other, whole or not at all, on record."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mppdesk.app.new_file import under_free_name, written_beside
from mppdesk.app.saving_places import Volumes, documents_folder, mounted_volumes, places
from mppdesk.app.station import Station
from mppdesk.config import resource
from mppdesk.db.paper.copies import copies_of, record_saved_copy
from mppdesk.db.reading.decided_papers import decided_paper
from mppdesk.domain.entries import Actor, Subject, SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.papers import LackingPaper, PaperFacts, ReceiptPaper
from mppdesk.domain.slip import SlipKind
from mppdesk.operations.saved_papers import SavedPaper, SavingPlace
from mppdesk.texts import msg

_FOLDER = "papers_folder"
_FULL = (errno.ENOSPC, errno.EDQUOT)
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)
_STEMS = {SlipKind.RECEIPT: "tanda-terima", SlipKind.LACKING: "daftar-kekurangan"}


@dataclass(frozen=True, slots=True)
class _Copy:
    """The copy that is being saved: of which file and kind, the paper, and the n of its SALINAN n."""

    submission: str
    kind: SlipKind
    paper: ReceiptPaper | LackingPaper
    number: int
    made: datetime

    @property
    def stem(self) -> str:
        """Number and date of the paper, nothing about the person: a file's name is read by anybody."""
        day = self.paper.moment.date() if self.paper.moment else self.made.date()
        return f"{_STEMS[self.kind]}-{self.paper.ticket_number}-{day.isoformat()}"


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
        try:
            saved = self._save(submission, folder or self._usual())
        except _Overtaken:
            return self.save(submission, folder)
        if folder is not None:
            self._station.home.set_setting(_FOLDER, str(folder))
        return saved

    def places(self) -> tuple[SavingPlace, ...]:
        """Where a paper may be saved, the usual folder first."""
        return places(self._usual(), self._documents(), self._volumes())

    def _save(self, submission: str, into: Path) -> SavedPaper:
        copy = self._next_copy(submission)
        from mppdesk.printing.pdf import copy_pdf

        pdf = copy_pdf(PaperFacts(copy.paper, copy.number, copy.made), resource("fonts"))
        with _sentences(into):
            if into == self._documents():
                into.mkdir(parents=True, exist_ok=True)
            with written_beside(into, pdf) as beside:
                # On record before it has its name: a copy that nobody knows of is worse than one that is missing.
                self._record(copy)
                file = under_free_name(beside, copy.stem, ".pdf")
        return SavedPaper(copy.kind, copy.paper.ticket_number, copy.number, file)

    def _usual(self) -> Path:
        chosen = self._station.home.setting(_FOLDER)
        return Path(chosen) if chosen else self._documents()

    def _next_copy(self, submission: str) -> _Copy:
        with self._station.readers.moment() as moment:
            paper = decided_paper(moment, submission)
            kind = SlipKind.RECEIPT if isinstance(paper, ReceiptPaper) else SlipKind.LACKING
            entries = moment.journal.entries_of(_subject(submission))
            number = 1 + copies_of(moment.store, entries, kind, submission)
        return _Copy(submission, kind, paper, number, self._station.now())

    def _record(self, copy: _Copy) -> None:
        with self._station.writer.begin(self._actor) as unit:
            entries = unit.entries_of(_subject(copy.submission))
            if copies_of(unit.store, entries, copy.kind, copy.submission) >= copy.number:
                raise _Overtaken
            record_saved_copy(unit, copy.kind, copy.submission, copy.paper.ticket_number, copy.number)


class _Overtaken(Exception):
    """Another copy was asked for while this one was drawn, and bears its number."""


def _subject(submission: str) -> Subject:
    return Subject(SubjectType.SUBMISSION, submission)


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
