"""The conditions of a standard in words for paper and screen: what to bring, what it costs, what lacks."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from mppdesk.domain.catalog import Fee, FeeItem, Handling, Requirement, Validity
from mppdesk.domain.formats import numeric_date, rupiah
from mppdesk.domain.papers import LackingItem, RequiredDocument
from mppdesk.domain.submission import LackReason, Row, Submission, lacking
from mppdesk.domain.validity import as_date
from mppdesk.texts import Text, msg

_COPY = "Fotokopi "
_NOT_ON_PAPER = frozenset({Handling.UPLOADED, Handling.RECORDED})


def papers_to_bring(requirements: Iterable[Requirement]) -> tuple[str, ...]:
    """Say in short phrases what to have at hand; data that is typed in or already uploaded is left out."""
    return tuple(_phrase(each) for each in requirements if each.handling not in _NOT_ON_PAPER)


def requirement_papers(requirements: Iterable[Requirement]) -> tuple[RequiredDocument, ...]:
    """List every paper of a standard with how many and when, for the sheet a citizen takes home."""
    return tuple(
        RequiredDocument(each.name, str(count) if (count := _count(each)) else None, each.condition)
        for each in requirements
    )


def fee_sentence(fee: Fee) -> Text:
    """Say what a service costs: Gratis, Rp30.000, the least of a tariff, or by which rule it is reckoned."""
    if fee.type == "gratis":
        return msg("Gratis")
    if fee.amount is not None:
        return msg("{amount}", amount=rupiah(fee.amount))
    # The items of a formula are parts of its sum, none of them is the price.
    if fee.formula:
        return msg("{formula}", formula=fee.formula)
    amounts = [item.amount for item in fee.items if item.amount is not None]
    if amounts:
        return _tariff(min(amounts), is_single=len(fee.items) == 1)
    return msg("Sesuai tarif: {basis}", basis=fee.basis) if fee.basis else msg("Sesuai tarif yang berlaku")


def _tariff(least: int, *, is_single: bool) -> Text:
    if is_single:
        return msg("{amount}", amount=rupiah(least))
    if least == 0:
        return msg("Gratis atau menurut tarif")
    return msg("Mulai {amount}, menurut tarif", amount=rupiah(least))


def fee_item_sentence(item: FeeItem) -> Text:
    """Say one line of a tariff."""
    if item.amount is None:
        return msg("{label}", label=item.label)
    return msg("{label}: {amount}", label=item.label, amount=rupiah(item.amount))


def lacking_items(requirements: Iterable[Requirement], submission: Submission, today: date) -> tuple[LackingItem, ...]:
    """List what lacks for the daftar kekurangan, in the order of the checklist; names as the standard has them."""
    return tuple(_lacking_item(each, submission.row(each.code), today) for each in lacking(requirements, submission))


def _lacking_item(requirement: Requirement, row: Row, today: date) -> LackingItem:
    reason = row.reason or LackReason.MISSING
    return LackingItem(requirement.short_code, requirement.name, reason, _detail(requirement, row, reason, today))


def _detail(requirement: Requirement, row: Row, reason: LackReason, today: date) -> str:
    if reason is LackReason.TOO_FEW:
        return _count_detail(requirement, row)
    if reason is LackReason.EXPIRED:
        return _date_detail(requirement.validity, as_date(row.date), today)
    return ""


def _count_detail(requirement: Requirement, row: Row) -> str:
    """Name the kind of paper that is short; without counted papers, how many it takes."""
    for found, needed, sentence in (
        (row.originals, requirement.original, "ada {found} dari {needed} lembar"),
        (row.copies, requirement.copies, "fotokopi: ada {found} dari {needed} lembar"),
    ):
        if found is not None and found < needed:
            return str(msg(sentence, found=found, needed=needed))
    needed = requirement.original or requirement.copies
    return str(msg("perlu {needed} lembar", needed=needed)) if needed else ""


def _date_detail(validity: Validity | None, on_paper: date | None, today: date) -> str:
    if validity is None or on_paper is None:
        return ""
    sentence = _DATE_DETAILS.get(validity.rule)
    if sentence is None or (validity.months is None and "{months}" in sentence):
        return ""
    return str(msg(sentence, day=numeric_date(on_paper), months=validity.months, year=today.year))


_DATE_DETAILS = {
    "umur_maks": "terbit {day}, paling lama {months} bulan terakhir",
    "belum_kedaluwarsa": "berlaku sampai {day}",
    "kedaluwarsa_maks": "habis {day}, paling lama {months} bulan",
    "sisa_berlaku_min": "berlaku sampai {day}, sisa paling sedikit {months} bulan",
    "tahun_berjalan": "tertanggal {day}, seharusnya tahun {year}",
}


# Every ticket says again what to bring for its service.
@lru_cache(maxsize=2048)
def _phrase(requirement: Requirement) -> str:
    """Surat kehilangan kepolisian (asli); Fotokopi KK (1 lembar); KTP-el pemohon (asli, 1 fotokopi)."""
    name, count = requirement.name, _count(requirement)
    if requirement.handling is Handling.COPIES_ONLY and not name.startswith(_COPY):
        name = str(msg("Fotokopi {name}", name=name))
    return str(msg("{name} ({count})", name=name, count=count)) if count else name


def _count(requirement: Requirement) -> Text | None:
    original, copies = requirement.original, requirement.copies
    if original and copies:
        return msg("asli, {copies} fotokopi", copies=copies)
    if copies:
        return msg("{copies} lembar", copies=copies)
    if original > 1:
        return msg("{original} lembar", original=original)
    return msg("asli") if original else None
