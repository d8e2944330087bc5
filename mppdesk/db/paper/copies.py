"""Which copy of a slip is the next one, and what the journal says of it."""

from collections.abc import Iterable

from mppdesk.db.paper.rows import MOST_COPIES
from mppdesk.db.sql import Store
from mppdesk.db.unit import WriteUnit
from mppdesk.domain.entries import Draft, Entry, Subject, SubjectType
from mppdesk.domain.facts import SlipReprinted
from mppdesk.domain.print_job import PrintJob
from mppdesk.domain.slip import SlipKind

SAVED_ON = "PDF"
"""Where an earlier version says that a saved copy came out."""
_SUBJECTS = {
    SlipKind.TICKET: SubjectType.VISIT,
    SlipKind.RECEIPT: SubjectType.SUBMISSION,
    SlipKind.LACKING: SubjectType.SUBMISSION,
}


def copies_before(unit: WriteUnit, job: PrintJob) -> int:
    """The highest copy there is of a slip, here or, by the journal, at another station."""
    subject = _subject_of(job)
    entries = unit.entries_of(subject) if subject else ()
    return max(job.copy_number, copies_of(unit.store, entries, job.slip.kind, job.subject_id))


def copies_of(store: Store, entries: Iterable[Entry], kind: SlipKind, subject_id: str) -> int:
    """The highest copy of one kind of slip about a subject, of which these are the entries."""
    here = store.one(MOST_COPIES, subject_id=subject_id, kind=str(kind))
    facts = (each.fact for each in entries)
    known = (fact.copy_number for fact in facts if isinstance(fact, SlipReprinted) and fact.slip == kind)
    return max(here[0] if here and here[0] is not None else 0, *known, 0)


def record_copy(unit: WriteUnit, copy: PrintJob) -> None:
    subject = _subject_of(copy)
    if subject is not None:
        fact = SlipReprinted(
            slip=str(copy.slip.kind), label=copy.label, copy_number=copy.copy_number, printer=copy.printer
        )
        unit.record(Draft(unit.new_id(), subject, fact))


def record_saved_copy(unit: WriteUnit, kind: SlipKind, submission: str, label: str, copy_number: int) -> None:
    """A paper of a file was saved as PDF; where to stays with who saved it, since a folder may bear a name."""
    fact = SlipReprinted(slip=str(kind), label=label, copy_number=copy_number, printer=SAVED_ON, is_file=True)
    unit.record(Draft(unit.new_id(), Subject(SubjectType.SUBMISSION, submission), fact))


def _subject_of(job: PrintJob) -> Subject | None:
    """What a slip is about; None for one that is about nobody, such as a list of requirements."""
    type_ = _SUBJECTS.get(job.slip.kind)
    return Subject(type_, job.subject_id) if type_ else None
