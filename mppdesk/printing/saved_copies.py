"""The paper of a file as a PDF: a copy that says SALINAN like every other, whole or not at all, and on record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mppdesk.config import resource
from mppdesk.db.paper.copies import copies_of, record_saved_copy
from mppdesk.db.reading.decided_papers import decided_paper
from mppdesk.db.reading.readers import StoredReaders
from mppdesk.db.unit import Writer
from mppdesk.domain.entries import Actor, Subject, SubjectType
from mppdesk.domain.papers import LackingPaper, PaperFacts, ReceiptPaper
from mppdesk.domain.slip import SlipKind
from mppdesk.operations.saved_papers import SavedPaper
from mppdesk.printing.new_file import under_free_name, written_beside

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


class SavedCopies:
    """The copies that `actor` has saved; `now` in the zone of the site."""

    def __init__(self, readers: StoredReaders, writer: Writer, actor: Actor, now: Callable[[], datetime]) -> None:
        self._readers, self._writer, self._actor, self._now = readers, writer, actor, now

    def save(self, submission: str, folder: Path, stem: str | None = None, suffix: str = ".pdf") -> SavedPaper:
        """Save the paper of a file that was decided into a folder; never over another file, see `under_free_name`.

        Raises Refused for a file that has no paper here, and OSError as the disk does; then nothing is left there.
        """
        while True:
            try:
                return self._save(self._next_copy(submission), folder, stem, suffix)
            except _Overtaken:
                continue

    def _save(self, copy: _Copy, folder: Path, stem: str | None, suffix: str) -> SavedPaper:
        from mppdesk.printing.pdf import copy_pdf

        pdf = copy_pdf(PaperFacts(copy.paper, copy.number, copy.made), resource("fonts"))
        with written_beside(folder, pdf) as beside:
            # On record before it has its name: a copy that nobody knows of is worse than one that is missing.
            self._record(copy)
            file = under_free_name(beside, stem or copy.stem, suffix)
        return SavedPaper(copy.kind, copy.paper.ticket_number, copy.number, file)

    def _next_copy(self, submission: str) -> _Copy:
        with self._readers.moment() as moment:
            paper = decided_paper(moment, submission)
            kind = SlipKind.RECEIPT if isinstance(paper, ReceiptPaper) else SlipKind.LACKING
            entries = moment.journal.entries_of(_subject(submission))
            number = 1 + copies_of(moment.store, entries, kind, submission)
        return _Copy(submission, kind, paper, number, self._now())

    def _record(self, copy: _Copy) -> None:
        with self._writer.begin(self._actor) as unit:
            entries = unit.entries_of(_subject(copy.submission))
            if copies_of(unit.store, entries, copy.kind, copy.submission) >= copy.number:
                raise _Overtaken
            record_saved_copy(unit, copy.kind, copy.submission, copy.paper.ticket_number, copy.number)


class _Overtaken(Exception):
    """Another copy was asked for while this one was drawn, and bears its number."""


def _subject(submission: str) -> Subject:
    return Subject(SubjectType.SUBMISSION, submission)
