"""What a print job brings out of a printer of sheets: the A5 form of a file's paper, any other slip line by line."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from mppdesk.domain.slip import Line, Slip, SlipKind
from mppdesk.domain.slip_layout import as_copy, lacking_slip, receipt_slip, requirements_slip, slip_text, ticket_slip
from mppdesk.printing.pdf import slip_pdf
from tests.fakes.sample_papers import LACKING, RECEIPT, REQUIREMENTS, TICKET, at

FONTS = Path(__file__).parents[2] / "resources" / "fonts"


def pages(slip: Slip) -> list[str]:
    found = PdfReader(BytesIO(slip_pdf(slip, FONTS))).pages
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in found} == {(420, 595)}
    return [page.extract_text() for page in found]


def test_each_job_of_a_receipt_is_the_sheet_of_one_owner() -> None:
    (applicant,) = pages(receipt_slip(RECEIPT))
    (archive,) = pages(receipt_slip(replace(RECEIPT, sheet=2)))
    assert "Lembar 1 untuk pemohon" in applicant
    assert "Lembar 2 untuk arsip" in archive
    assert RECEIPT.register_number in archive


def test_a_list_of_what_lacks_comes_in_its_a5_form() -> None:
    (page,) = pages(lacking_slip(LACKING))
    assert "Daftar kekurangan berkas" in page
    assert "SALINAN" not in page


def test_only_a_copy_says_salinan_when_and_which() -> None:
    for slip in (receipt_slip(RECEIPT), lacking_slip(LACKING)):
        (copy,) = pages(as_copy(as_copy(slip, 1, at(11, 0)), 2, at(13, 5)))
        assert copy.startswith("SALINAN 2, Senin, 23 November 2026, pukul 13.05 WIB\n")
        assert "SALINAN 1" not in copy


def test_what_has_no_a5_form_is_set_line_by_line() -> None:
    for slip in (ticket_slip(TICKET), replace(receipt_slip(RECEIPT), facts=None)):
        (page,) = pages(slip)
        assert "".join(page.split()) == "".join(slip_text(slip).split())


@pytest.mark.parametrize(
    ("slip", "title"),
    [
        (ticket_slip(TICKET), "Karcis antrean"),
        (requirements_slip(REQUIREMENTS), "Daftar persyaratan"),
        (replace(receipt_slip(RECEIPT), facts=None), "Tanda terima berkas"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_slip_set_line_by_line_says_what_it_is_and_nothing_that_is_not_known(slip: Slip, title: str) -> None:
    file = PdfReader(BytesIO(slip_pdf(slip, FONTS)))
    assert file.metadata is not None
    assert file.metadata.title == title
    assert str(file.root_object["/Lang"]) == "id-ID"
    assert (file.metadata.author, file.metadata.subject, file.metadata.creation_date) == (None, None, None)


def test_every_kind_of_slip_has_a_title() -> None:
    for kind in SlipKind:
        file = PdfReader(BytesIO(slip_pdf(Slip(kind, (Line("x"),)), FONTS)))
        assert file.metadata is not None
        assert (file.metadata.title or "untitled") != "untitled", kind


def test_a_long_slip_goes_on_on_the_next_sheet() -> None:
    lines = tuple(Line(f"baris {n}") for n in range(90))
    found = pages(Slip(SlipKind.REQUIREMENTS, lines))
    assert len(found) > 1
    assert "\n".join(found).split() == " ".join(line.text for line in lines).split()
