"""Which copy of a slip is the next one, and what the journal says of it."""

from mppdesk.db.paper.rows import MOST_COPIES
from mppdesk.db.unit import WriteUnit
from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.facts import SlipReprinted
from mppdesk.domain.print_job import PrintJob
from mppdesk.domain.slip import SlipKind

_SUBJECTS = {
    SlipKind.TICKET: SubjectType.VISIT,
    SlipKind.RECEIPT: SubjectType.SUBMISSION,
    SlipKind.LACKING: SubjectType.SUBMISSION,
}


def copies_before(unit: WriteUnit, job: PrintJob) -> int:
    """The highest copy there is of a slip, here or, by the journal, at another station."""
    kind, subject = job.slip.kind, _subject_of(job)
    here = unit.store.one(MOST_COPIES, subject_id=job.subject_id, kind=str(kind))
    facts = (each.fact for each in unit.entries_of(subject)) if subject else ()
    known = (fact.copy_number for fact in facts if isinstance(fact, SlipReprinted) and fact.slip == kind)
    return max(job.copy_number, here[0] if here and here[0] is not None else 0, *known)


def record_copy(unit: WriteUnit, copy: PrintJob) -> None:
    subject = _subject_of(copy)
    if subject is not None:
        fact = SlipReprinted(
            slip=str(copy.slip.kind), label=copy.label, copy_number=copy.copy_number, printer=copy.printer
        )
        unit.record(Draft(unit.new_id(), subject, fact))


def _subject_of(job: PrintJob) -> Subject | None:
    """What a slip is about; None for one that is about nobody, such as a list of requirements."""
    type_ = _SUBJECTS.get(job.slip.kind)
    return Subject(type_, job.subject_id) if type_ else None
