"""The papers on A5 as they were looked at and found right: small grey pictures of each page.

PDFium draws the embedded letters, the same on every computer but for the grey of their edges. So pages are compared by
the ink in squares, as slips are.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageChops

from mppdesk.domain.catalog import Handling
from mppdesk.domain.papers import PaperFacts, ReceivedDocument
from mppdesk.printing.pdf import copy_pdf, lacking_pdf, receipt_pdf
from mppdesk.printing.pdf_pages import PdfPages
from tests.fakes.sample_papers import LACKING, RECEIPT, at

FOLDER = Path(__file__).parent / "a5"
_FONTS = Path(__file__).parents[3] / "resources" / "fonts"
_DPI = 96
_GREYS = 16
_SQUARE = 6
"""Dots along an edge: about the width of a letter."""

_LONG = "Raden Ajeng Contohwatiningrum Kusumowardhani binti Haji Muhammad Contohan Al-Fulaniyyah Notonegoro"
_HOSTILE = f"<b>Melati</b>\u202e &amp;\x1b[31m 玛丽 Contoh{'w' * 60}ati"
_ONE = replace(RECEIPT, sheets=1)
_JAVANESE = replace(_ONE, applicant="ꦩꦼꦭꦠꦶ ꦕꦺꦴꦤ꧀ꦠꦺꦴꦃꦮꦠꦶ", represented_by="ꦱꦸꦥꦿꦥ꧀ꦠꦶ ꦕꦺꦴꦤ꧀ꦠꦺꦴꦃꦮꦤ꧀")
_LONG_NAMES = replace(
    _ONE,
    heading="Mal Pelayanan Publik Kabupaten Kepulauan Contoh Raya Bagian Selatan Daya dan Sekitarnya",
    agency_name="Dinas Penanaman Modal, Pelayanan Terpadu Satu Pintu, Tenaga Kerja, Transmigrasi dan Perindustrian",
    register_number="503/000123/DPMPTSP-NAKERTRANS-PERINDAG/SIP-BIDAN-FASKES/XI/2026",
    applicant=_LONG,
    represented_by=f"{_LONG}, S.H., M.Kn.",
    clerk=_LONG,
    fee="Rp 1.250.000 per dokumen",
    complaints=("meja pengaduan MPP lantai dua sebelah timur", "kotak saran", "lapor.go.id", "Telepon 0800-0000-0000"),
)
_HOSTILE_NAMES = replace(
    _ONE,
    applicant=_HOSTILE,
    represented_by="W" * 200,
    service_name="W" * 150,
    clerk="Dewi <i>",
    documents=(ReceivedDocument("R01", f"Surat{'x' * 120}", 1, 0, Handling.KEPT), *RECEIPT.documents[1:]),
)
_MANY = replace(_ONE, documents=tuple(replace(RECEIPT.documents[n % 8], code=f"R{n:02}") for n in range(1, 31)))
_LACKING_LONG = replace(
    LACKING,
    agency="W" * 100,
    service="W" * 90,
    clerk=_HOSTILE,
    items=(replace(LACKING.items[0], name=_LONG, detail=_HOSTILE, where=_LONG), *LACKING.items[1:]),
)


def papers() -> Iterator[tuple[str, bytes]]:
    """The PDFs by their names."""
    yield "tanda-terima", receipt_pdf(RECEIPT, _FONTS)
    yield "tanda-terima-salinan", copy_pdf(PaperFacts(_ONE, 2, at(10, 40)), _FONTS)
    yield "tanda-terima-aksara-jawa", receipt_pdf(_JAVANESE, _FONTS)
    yield "tanda-terima-nama-panjang", receipt_pdf(_LONG_NAMES, _FONTS)
    yield "tanda-terima-nama-jahat", receipt_pdf(_HOSTILE_NAMES, _FONTS)
    yield "tanda-terima-banyak-dokumen", receipt_pdf(_MANY, _FONTS)
    yield "daftar-kekurangan", lacking_pdf(LACKING, _FONTS)
    yield "daftar-kekurangan-salinan-panjang", copy_pdf(PaperFacts(_LACKING_LONG, 1, at(9, 55)), _FONTS)


def pictures(name: str, pdf: bytes) -> Iterator[tuple[Path, Image.Image]]:
    """Each page in few greys, and the file that holds it."""
    with PdfPages(pdf) as pages:
        for number, page in enumerate(pages.pictures(_DPI), start=1):
            yield FOLDER / f"{name}-{number}.png", page.picture


def keep(picture: Image.Image, file: Path) -> None:
    """Write a picture in few greys, which makes it a third as large."""
    picture.quantize(_GREYS).save(file, optimize=True)


def greatest_difference(one: Image.Image, other: Image.Image) -> float:
    """The greatest difference of ink in any square, of 1; 1.0 for pictures of different size."""
    if one.size != other.size:
        return 1.0
    mine, yours = (picture.convert("L").reduce(_SQUARE) for picture in (one, other))
    return max(ImageChops.difference(mine, yours).tobytes()) / 255
