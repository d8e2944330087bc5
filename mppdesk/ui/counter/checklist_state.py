"""What each row of the checklist says and how it reads aloud, free of Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mppdesk.domain.catalog import Handling
from mppdesk.domain.formats import numeric_date
from mppdesk.domain.papers import Held, ReceivedDocument
from mppdesk.domain.submission import CheckState, LackReason
from mppdesk.domain.validity import EXPIRY_DATE, ISSUE_DATE
from mppdesk.operations.readings import Checklist, CheckRow
from mppdesk.operations.submissions import Check
from mppdesk.texts import Text, msg


class Mark(StrEnum):
    """The chip of a row; `CHECK_THIS` is a row still to be decided about which a rule warns."""

    OPEN = "open"
    FULFILLED = "fulfilled"
    LACKING = "lacking"
    CHECK_THIS = "check_this"
    NOT_APPLICABLE = "not_applicable"


MARK_WORDS = {
    Mark.OPEN: msg("Belum"),
    Mark.FULFILLED: msg("Ada"),
    Mark.LACKING: msg("Kurang"),
    Mark.CHECK_THIS: msg("Periksa"),
    Mark.NOT_APPLICABLE: msg("Tak berlaku"),
}
REASON_WORDS = {
    LackReason.MISSING: msg("Tidak ada"),
    LackReason.UNREADABLE: msg("Tidak terbaca"),
    LackReason.EXPIRED: msg("Kedaluwarsa"),
    LackReason.MISMATCH: msg("Tidak sesuai"),
    LackReason.TOO_FEW: msg("Kurang jumlah"),
}
_HANDLING_WORDS = {
    Handling.SHOWN: msg("ditunjukkan"),
    Handling.KEPT: msg("disimpan"),
    Handling.WITHDRAWN: msg("ditarik"),
    Handling.COPIES_ONLY: msg("disimpan"),
    Handling.UPLOADED: msg("unggahan digital"),
    Handling.BROUGHT: msg("dibawa"),
    Handling.RECORDED: msg("dicatat"),
}
_GIVEN_BACK = msg("dikembalikan")
_LEFT_AT_THE_DESK = frozenset(
    {Held.ORIGINAL_KEPT, Held.ORIGINAL_WITHDRAWN, Held.ORIGINAL_RETURNED_COPY_KEPT, Held.COPY_KEPT, Held.UPLOADED}
)


def first_unsettled(rows: Sequence[CheckRow]) -> int:
    """Where the hand goes when somebody comes: the first row undecided or lacking, else the first of all."""
    unsettled = (CheckState.UNDECIDED, CheckState.LACKING)
    return next((at for at, row in enumerate(rows) if row.state in unsettled), 0)


@dataclass(frozen=True, slots=True)
class RowView:
    """One row as it is drawn; `second` is the small line below the name, `spoken` what a screen reader says."""

    number: int
    code: str
    mark: Mark
    word: Text
    name: str
    second: Text | None
    count: Text | None
    handling: Text | None
    is_quiet: bool
    spoken: Text

    def __hash__(self) -> int:
        return hash((self.code, self.mark))  # all the texts would have to be written out, at every repaint


def with_pending(checklist: Checklist, pending: Mapping[str, Check]) -> Checklist:
    """The checklist with the clerk's newest keys in it, which the store has not answered yet."""
    return replace(checklist, rows=tuple(_overlaid(row, pending.get(row.requirement.code)) for row in checklist.rows))


def row_views(checklist: Checklist) -> tuple[RowView, ...]:
    """Every row; once something lacks, all papers go back to the applicant and the rows say so."""
    is_going_back = bool(checklist.lacking) and not checklist.undecided
    return tuple(_row_view(row, is_going_back) for row in checklist.rows)


def mark_of(row: CheckRow) -> Mark:
    """The chip of a row."""
    if row.state is CheckState.UNDECIDED:
        return Mark.CHECK_THIS if _warns(row) else Mark.OPEN
    return {
        CheckState.FULFILLED: Mark.FULFILLED,
        CheckState.LACKING: Mark.LACKING,
        CheckState.NOT_APPLICABLE: Mark.NOT_APPLICABLE,
    }[row.state]


def leaves_papers(checklist: Checklist) -> bool:
    """Whether a tanda terima is due: papers or copies stay here, or the product comes on another day."""
    fulfilled = [row for row in checklist.rows if row.state is CheckState.FULFILLED]
    if not checklist.rows:
        return False
    return checklist.due is not None or any(_received(row).held in _LEFT_AT_THE_DESK for row in fulfilled)


def asks_for_date(row: CheckRow) -> bool:
    """Whether a rule needs the date that stands on the paper."""
    return row.finding is not None and row.finding.needs in (ISSUE_DATE, EXPIRY_DATE)


def tick_of(row: CheckRow, state: CheckState, reason: LackReason | None = None) -> Check:
    """A tick with what is known of the paper; counts are kept only where they say what lacks."""
    keeps = state is CheckState.LACKING
    return Check(
        row.requirement.code,
        state,
        reason,
        row.originals if keeps else None,
        row.copies if keeps else None,
        row.paper_date,
    )


def with_details(row: CheckRow, paper_date: date | None, originals: int | None, copies: int | None) -> Check:
    """The row as it stands, with the date and the counts the clerk has read from the paper."""
    return Check(row.requirement.code, row.state, row.reason, originals, copies, paper_date)


def _overlaid(row: CheckRow, check: Check | None) -> CheckRow:
    if check is None:
        return row
    same_date = check.paper_date == row.paper_date
    return replace(
        row,
        state=check.state,
        reason=check.reason,
        originals=check.originals,
        copies=check.copies,
        paper_date=check.paper_date,
        finding=row.finding if same_date else None,
    )


def _received(row: CheckRow) -> ReceivedDocument:
    asked = row.requirement
    originals = asked.original if row.originals is None else row.originals
    copies = asked.copies if row.copies is None else row.copies
    return ReceivedDocument(asked.short_code, asked.name, originals, copies, asked.handling)


def _row_view(row: CheckRow, is_going_back: bool) -> RowView:
    mark = mark_of(row)
    is_quiet = mark is Mark.NOT_APPLICABLE
    count = None if is_quiet else count_text(row)
    handling = None if is_quiet else _handling(row, is_going_back)
    second = _second_line(row)
    return RowView(
        number=row.number,
        code=row.requirement.code,
        mark=mark,
        word=MARK_WORDS[mark],
        name=row.requirement.name,
        second=second,
        count=count,
        handling=handling,
        is_quiet=is_quiet,
        spoken=_spoken(row, mark, second, count, handling),
    )


def count_text(row: CheckRow) -> Text | None:
    """How many papers: 1 asli + 1 salinan, 3 lembar, 2 dari 3."""
    asked = row.requirement
    if row.originals is not None and row.originals < asked.original:
        return msg("{found} dari {needed}", found=row.originals, needed=asked.original)
    if row.copies is not None and row.copies < asked.copies:
        return msg("{found} dari {needed} salinan", found=row.copies, needed=asked.copies)
    originals = asked.original if row.originals is None else row.originals
    copies = asked.copies if row.copies is None else row.copies
    if originals and copies:
        return msg("{originals} asli + {copies} salinan", originals=originals, copies=copies)
    if copies:
        return msg("{copies} salinan", copies=copies)
    if originals > 1:
        return msg("{originals} lembar", originals=originals)
    return msg("{originals} asli", originals=originals) if originals else None


def _handling(row: CheckRow, is_going_back: bool) -> Text:
    return _GIVEN_BACK if is_going_back else _HANDLING_WORDS[row.requirement.handling]


def _warns(row: CheckRow) -> bool:
    return row.finding is not None and row.finding.is_fine is False


def _second_line(row: CheckRow) -> Text | None:
    """Why it lacks, else what a rule says of the date, else the condition under which the paper is asked for."""
    if row.state is CheckState.LACKING:
        return _lack_line(row)
    if _warns(row) and row.finding is not None:
        return row.finding.sentence
    condition = row.requirement.condition
    return msg("{condition}", condition=condition) if condition else None


def _lack_line(row: CheckRow) -> Text:
    reason = REASON_WORDS[row.reason or LackReason.MISSING]
    asked, months = row.requirement, row.requirement.validity.months if row.requirement.validity else None
    if row.reason is LackReason.TOO_FEW and row.originals is not None:
        return msg("{reason}: {found} dari {needed} lembar", reason=reason, found=row.originals, needed=asked.original)
    if row.reason is LackReason.EXPIRED and row.paper_date is not None:
        day = numeric_date(row.paper_date)
        if row.finding is not None and row.finding.needs == EXPIRY_DATE:
            return msg("{reason}: berlaku sampai {day}", reason=reason, day=day)
        if months is None:
            return msg("{reason}: terbit {day}", reason=reason, day=day)
        return msg("{reason}: terbit {day}, batas {months} bulan", reason=reason, day=day, months=months)
    return reason


def _spoken(row: CheckRow, mark: Mark, second: Text | None, count: Text | None, handling: Text | None) -> Text:
    """Baris 6, Surat keterangan sehat, periksa, terbit ..., 1 asli, disimpan."""
    said = [row.requirement.name, str(MARK_WORDS[mark]).lower()]
    said += [str(part) for part in (second, count, handling) if part is not None]
    return msg("Baris {number}, {said}", number=row.number, said=", ".join(said))
