"""The card of the row in hand: what a rule says of it, in words, and the field the rule needs."""

from dataclasses import dataclass
from datetime import date

from mppdesk.domain.submission import CheckState, LackReason
from mppdesk.domain.validity import EXPIRY_DATE
from mppdesk.operations.readings import Checklist, CheckRow
from mppdesk.texts import Text, msg
from mppdesk.ui.counter.checklist_state import asks_for_date

_ONLY_A_WARNING = msg("Ini peringatan; petugas yang memutuskan.")


@dataclass(frozen=True, slots=True)
class RowCardView:
    """`warns` draws it in the colour of a warning; fields that are None are not shown."""

    number: int
    code: str
    title: Text
    sentence: Text | None
    warns: bool
    date_label: Text | None
    paper_date: date | None
    originals_label: Text | None
    originals: int | None
    copies_label: Text | None
    copies: int | None


def row_card_view(checklist: Checklist, row: int, is_details_open: bool) -> RowCardView | None:
    """The card of the row in hand; None where no rule speaks and nobody asked for details."""
    if not 0 <= row < len(checklist.rows):
        return None
    at_hand = checklist.rows[row]
    wants_counts = is_details_open or _is_short(at_hand)
    if not (wants_counts or _speaks(at_hand)):
        return None
    return _card(at_hand, wants_counts)


def _speaks(row: CheckRow) -> bool:
    """A rule warns, or it needs a date to say anything at all."""
    finding = row.finding
    if finding is None or row.state is CheckState.NOT_APPLICABLE:
        return False
    return finding.is_fine is False or asks_for_date(row)


def _is_short(row: CheckRow) -> bool:
    asked = row.requirement
    return row.reason is LackReason.TOO_FEW and max(asked.original, asked.copies) > 1


def _card(row: CheckRow, wants_counts: bool) -> RowCardView:
    asked, finding = row.requirement, row.finding
    warns = finding is not None and finding.is_fine is False
    return RowCardView(
        number=row.number,
        code=asked.code,
        title=_title(row),
        sentence=_sentence(row, warns),
        warns=warns,
        date_label=_date_label(row) if asks_for_date(row) else None,
        paper_date=row.paper_date,
        originals_label=_count_label(msg("Asli"), asked.original) if wants_counts and asked.original else None,
        originals=row.originals,
        copies_label=_count_label(msg("Salinan"), asked.copies) if wants_counts and asked.copies else None,
        copies=row.copies,
    )


def _title(row: CheckRow) -> Text:
    if row.finding is None or not _speaks(row):
        return msg("Baris {number}: rincian", number=row.number)
    return msg("Baris {number}: {finding}", number=row.number, finding=row.finding.title)


def _sentence(row: CheckRow, warns: bool) -> Text | None:
    if row.finding is None:
        return msg("{name}", name=row.requirement.name)
    rule = str(row.finding.rule_text).rstrip(".")
    if warns:
        return msg("{rule}. {warning}", rule=rule, warning=_ONLY_A_WARNING)
    return msg("{rule}.", rule=rule)


def _date_label(row: CheckRow) -> Text:
    is_expiry = row.finding is not None and row.finding.needs == EXPIRY_DATE
    return msg("Berlaku sampai") if is_expiry else msg("Tanggal terbit")


def _count_label(name: Text, needed: int) -> Text:
    return msg("{name}, perlu {needed}", name=name, needed=needed)
