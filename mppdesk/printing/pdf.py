"""Papers of a berkas as A5 PDF, for an office printer or a folder; the same facts as on the thermal slip."""

from collections.abc import Sequence
from pathlib import Path

from mppdesk.domain.formats import clock_time, full_date, zone_name
from mppdesk.domain.papers import LackingPaper, PaperFacts, ReceiptPaper
from mppdesk.domain.slip import Slip
from mppdesk.texts import Text, msg


def receipt_pdf(paper: ReceiptPaper, fonts: Path) -> bytes:
    """Set all sheets of a tanda terima, one after another: the applicant's, then the archive's.

    `fonts` is the folder of the typefaces (`resources/fonts`).

    Raises:
        ValueError: the hub has not yet said when it was registered.
    """
    from mppdesk.printing.a5_receipt import set_receipt  # reportlab takes a fifth of a second to import

    return set_receipt(paper, fonts, range(1, paper.sheets + 1))


def lacking_pdf(paper: LackingPaper, fonts: Path) -> bytes:
    """Set a daftar kekurangan for the applicant to take home; `fonts` as for `receipt_pdf`."""
    from mppdesk.printing.a5_lacking import set_lacking

    return set_lacking(paper, fonts)


def copy_pdf(facts: PaperFacts, fonts: Path) -> bytes:
    """Set a copy that is kept in one file: all sheets of the paper, each saying SALINAN, which, and when."""
    sheets = range(1, facts.paper.sheets + 1) if isinstance(facts.paper, ReceiptPaper) else (1,)
    return _facts_pdf(facts, fonts, sheets)


def slip_pdf(slip: Slip, fonts: Path) -> bytes:
    """Set what one print job brings out: the paper of a file in its A5 form, any other slip as it is, line by line.

    So are the papers of a file that an earlier version stored, which have no facts. `fonts` as for `receipt_pdf`.
    """
    if slip.facts is not None:
        paper = slip.facts.paper
        return _facts_pdf(slip.facts, fonts, (paper.sheet if isinstance(paper, ReceiptPaper) else 1,))
    from mppdesk.printing.a5_slip import set_slip

    return set_slip(slip, fonts)


def _facts_pdf(facts: PaperFacts, fonts: Path, sheets: Sequence[int]) -> bytes:
    copied = _copied(facts)
    match facts.paper:
        case ReceiptPaper() as receipt:
            from mppdesk.printing.a5_receipt import set_receipt

            return set_receipt(receipt, fonts, sheets, copied)
        case LackingPaper() as lacking:
            from mppdesk.printing.a5_lacking import set_lacking

            return set_lacking(lacking, fonts, copied)


def _copied(facts: PaperFacts) -> Text | None:
    if facts.copied is None:
        return None
    return msg(
        "SALINAN {n}, {day}, pukul {time} {zone}",
        n=facts.copy_number,
        day=full_date(facts.copied),
        time=clock_time(facts.copied),
        zone=zone_name(facts.copied),
    )
