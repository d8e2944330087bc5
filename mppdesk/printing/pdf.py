"""Papers of a berkas as A5 PDF, for an office printer or a folder; the same facts as on the thermal slip."""

from pathlib import Path

from mppdesk.domain.papers import LackingPaper, ReceiptPaper


def receipt_pdf(paper: ReceiptPaper, fonts: Path) -> bytes:
    """Set all sheets of a tanda terima, one after another: the applicant's, then the archive's.

    `fonts` is the folder of the typefaces (`resources/fonts`).

    Raises:
        ValueError: the hub has not yet said when it was registered.
    """
    from mppdesk.printing.a5_receipt import set_receipt  # reportlab takes a fifth of a second to import

    return set_receipt(paper, fonts)


def lacking_pdf(paper: LackingPaper, fonts: Path) -> bytes:
    """Set a daftar kekurangan for the applicant to take home; `fonts` as for `receipt_pdf`."""
    from mppdesk.printing.a5_lacking import set_lacking

    return set_lacking(paper, fonts)
