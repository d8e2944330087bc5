"""The papers on A5: what can be read, searched and read aloud from the file itself."""

from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject
from reportlab.pdfbase.pdfmetrics import stringWidth

from mppdesk.domain.catalog import Handling
from mppdesk.domain.papers import ReceiptPaper, ReceivedDocument
from mppdesk.printing.a5_sheet import PROMISE
from mppdesk.printing.pdf import lacking_pdf, receipt_pdf
from tests.fakes.sample_papers import LACKING, RECEIPT

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
A5_POINTS = (419.53, 595.28)


def read(paper: ReceiptPaper) -> PdfReader:
    return PdfReader(BytesIO(receipt_pdf(paper, FONTS)))


@cache
def texts(paper: ReceiptPaper) -> list[str]:
    """The text of each page, with runs of space as one, since a paragraph may break anywhere."""
    return [" ".join(page.extract_text().split()) for page in read(paper).pages]


def inside(outer: DictionaryObject, key: str) -> DictionaryObject:
    found = outer[key].get_object()
    assert isinstance(found, DictionaryObject)
    return found


def fonts_of(page: DictionaryObject) -> list[DictionaryObject]:
    fonts = inside(inside(page, "/Resources"), "/Font")
    return [inside(fonts, name) for name in fonts]


def with_documents(count: int) -> ReceiptPaper:
    name = "Surat keterangan yang namanya begitu panjang sehingga tidak muat pada satu baris tabel"
    rows = (ReceivedDocument(f"R{n:02}", f"{name} {n}", 1, 0, Handling.KEPT) for n in range(1, count + 1))
    return replace(RECEIPT, documents=tuple(rows))


def test_both_sheets_are_a5_and_say_whose_they_are() -> None:
    file = read(RECEIPT)
    sizes = [(round(float(page.mediabox.width), 2), round(float(page.mediabox.height), 2)) for page in file.pages]
    assert sizes == [A5_POINTS, A5_POINTS]
    first, second = texts(RECEIPT)
    assert "Lembar 1 untuk pemohon · halaman 1 dari 1" in first
    assert "Lembar 2 untuk arsip · halaman 1 dari 1" in second


@pytest.mark.parametrize(
    "said",
    [
        "Mal Pelayanan Publik Kabupaten Sukamaju",
        "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
        "Tanda terima berkas DPMPTSP/SIP/2026/11/000123",
        "Senin, 23 November 2026, pukul 10.31 WIB · Loket 2 · antrean A-019",
        "Surat Izin Praktik (SIP) Bidan (fasilitas kesehatan)",
        "versi 3, SK Nomor 000/07/2026",
        "Melati Contohwati · NIK 9999********0001",
        "Kuasa -",
        "R07 Pas foto berwarna 4x6 latar merah 3 - disimpan",
        "R02 KTP-el 1 1 asli dikembalikan",
        "R09 Bukti kecukupan SKP - 1 disimpan",
        "Dokumen asli yang disimpan petugas: R01, R05, R06, R07. Tidak berlaku: R08, R10, R11.",
        "Janji selesai Senin, 30 November 2026 5 hari kerja sejak berkas lengkap;",
        "jam berhenti selama menunggu pemohon.",
        "Biaya Gratis Pembayaran hanya melalui kanal resmi.",
        "Ambil di: Loket Penyerahan, dengan lembar ini dan KTP-el.",
        "Pengaduan: meja pengaduan MPP, kotak saran, lapor.go.id.",
        "Tanda berkas diterima, bukan izin.",
    ],
)
def test_everything_drawn_can_be_read_from_each_sheet(said: str) -> None:
    for page in texts(RECEIPT):
        assert said in page


def test_title_author_moment_and_language_are_told_to_readers() -> None:
    file = read(RECEIPT)
    assert file.metadata is not None
    assert file.metadata.title == "Tanda terima berkas DPMPTSP/SIP/2026/11/000123"
    assert file.metadata.author == "Mal Pelayanan Publik Kabupaten Sukamaju"
    assert file.metadata.creation_date == RECEIPT.moment
    assert str(file.root_object["/Lang"]) == "id-ID"


def test_all_letters_are_embedded() -> None:
    for page in read(RECEIPT).pages:
        used = fonts_of(page)
        assert all("JakartaSans" in str(font["/BaseFont"]) for font in used)
        assert all("/FontFile2" in inside(font, "/FontDescriptor") for font in used)


def test_signs_of_markup_in_a_name_are_printed_as_they_are() -> None:
    page = texts(replace(RECEIPT, applicant="<b>Melati</b> & Anggrek\x07", clerk="Dewi <i>"))[0]
    assert "<b>Melati</b> & Anggrek · NIK" in page
    assert "Dewi <i>" in page


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("e\u0301 \u202eitawotnoC\u202c\u200f", "é itawotnoC"),
        ("Melati\x00\x1b[31m\r\nContohwati\u2028X", "Melati[31m Contohwati X"),
        ("Ǿṩ Çağlar Nguyễn ǂ", "Ǿṩ Çağlar Nguyễn ?"),
        ("玛丽 مريم 👩‍👧", "?? mrym ??"),
        ("ꦩꦼꦭꦠꦶ Nguyễn ᨕᨑᨘ", "melati Nguyễn aru"),
        ("&amp; <font size=99>x</font> <br/><img src='file:///etc/passwd'/>", None),
    ],
    ids=["marks", "controls", "accents", "scripts", "syllables", "markup"],
)
def test_any_sign_in_a_name_is_drawn_by_its_own_letter_or_the_nearest(written: str, read: str | None) -> None:
    page = texts(replace(RECEIPT, applicant=written))[0]
    assert f"Pemohon {read or written} · NIK" in page


@settings(max_examples=12)
@given(st.text(max_size=60), st.integers(1, 60))
def test_no_name_of_any_length_keeps_a_paper_from_being_set(name: str, times: int) -> None:
    long = name * times
    everywhere = replace(
        RECEIPT, heading=long, agency_name=long, service_name=long, applicant=long, represented_by=long, clerk=long,
        fee=long, duration=long, pick_up=long, counter=long, decree=long, complaints=(long,), sheets=1,
        documents=(ReceivedDocument("R01", long, 1, 0, Handling.KEPT),),
    )  # fmt: skip
    pages = read(everywhere).pages
    assert "Yang menerima," in pages[-1].extract_text()
    item = replace(LACKING.items[0], name=long, detail=long, where=long)
    lacking = replace(LACKING, heading=long, agency=long, service=long, items=(item,), clerk=long, complaints=(long,))
    assert PdfReader(BytesIO(lacking_pdf(lacking, FONTS))).pages


def test_a_name_of_many_words_does_not_run_into_what_stands_above_the_place_to_sign() -> None:
    paper = replace(RECEIPT, clerk="Contohwatiningrum " * 6)
    half = len(read(paper).pages) // 2
    assert half == 1
    heights = {word: top for page in read(paper).pages[:1] for word, top in _tops(page)}
    assert heights["Yang menerima,"] < heights["Pengaduan:"]


def _tops(page: PageObject) -> list[tuple[str, float]]:
    """What stands where, from the foot of the page in points."""
    found: list[tuple[str, float]] = []

    def seen(text: str, _cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        found.extend((word, _cm[5] + tm[5]) for word in ("Yang menerima,", "Pengaduan:") if word in text)

    page.extract_text(visitor_text=seen)
    return found


def test_nothing_stands_in_the_quiet_of_the_code_however_long_the_service_is_called() -> None:
    """Four modules stay white around a code (ISO/IEC 18004, 9.1)."""
    page = PdfReader(BytesIO(lacking_pdf(replace(LACKING, service="W" * 90), FONTS))).pages[0]
    squares: list[tuple[float, float]] = []
    ends: list[float] = []

    def drawn(operator: bytes, operands: Any, cm: list[float], _tm: list[float]) -> None:
        if operator == b"re":
            squares.append((cm[4] + float(operands[0]) * cm[0], cm[0]))

    def said(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if "WW" in text and size == PROMISE.fontSize:
            ends.extend(cm[4] + tm[4] + stringWidth(line, PROMISE.fontName, size) for line in text.splitlines())

    page.extract_text(visitor_operand_before=drawn, visitor_text=said)
    left, module = min(squares)
    assert max(ends) < left - 4 * module


@pytest.mark.parametrize("number", ["DPMPTSP/SIP/2026/11/000123", "503/000123/" + "WILAYAH-" * 20 + "/XI/2026"])
def test_the_number_at_the_foot_of_later_pages_stays_clear_of_whose_sheet_it_is(number: str) -> None:
    page = read(replace(with_documents(40), register_number=number)).pages[1]
    places: dict[str, tuple[float, float]] = {}

    def said(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        for line in text.split("\n"):
            places[line] = (cm[4] + tm[4], cm[4] + tm[4] + stringWidth(line, "Jakarta", size))

    page.extract_text(visitor_text=said)
    owner = next(line for line in places if line.startswith("Lembar 1 untuk pemohon"))
    assert places[number][1] < places[owner][0]
    assert places[owner][1] <= A5_POINTS[0]


def test_who_came_for_the_applicant_signs() -> None:
    page = texts(replace(RECEIPT, represented_by="Anggrek Contohwan"))[0]
    assert "Kuasa Anggrek Contohwan" in page
    assert page.count("Anggrek Contohwan") == 2
    assert page.count("Melati Contohwati") == 1


def test_a_provisional_number_says_so() -> None:
    page = texts(replace(RECEIPT, register_number="L2-20261123-004", is_provisional=True))[0]
    assert "L2-20261123-004 (nomor sementara)" in page


def test_a_long_number_goes_on_in_the_next_line_after_a_slash_of_it() -> None:
    number = "503/000123/KANTOR-PERTANAHAN-KABUPATEN/VIII/2026"
    page = texts(replace(RECEIPT, register_number=number, is_provisional=True))[0]
    assert "503/000123/ KANTOR-PERTANAHAN-KABUPATEN/VIII/ 2026 (nomor sementara)" in " ".join(page.split())


def test_a_service_without_a_promised_day_promises_its_time() -> None:
    page = texts(replace(RECEIPT, due=None, duration="15 menit"))[0]
    assert "Janji selesai 15 menit Sejak berkas lengkap" in page


def test_an_applicant_nobody_wrote_down_is_a_dash() -> None:
    assert "Pemohon - Kuasa -" in texts(replace(RECEIPT, applicant="", masked_nik=""))[0]


def test_long_lists_go_on_over_pages_with_the_head_of_the_table_on_each() -> None:
    pages = texts(with_documents(40))
    half = len(pages) // 2
    assert half >= 2
    for number, page in enumerate(pages[:half], start=1):
        assert f"Lembar 1 untuk pemohon · halaman {number} dari {half}" in page
    assert all("DPMPTSP/SIP/2026/11/000123" in page for page in pages)
    assert f"Lembar 2 untuk arsip · halaman 1 dari {half}" in pages[half]
    assert sum("Kode Dokumen yang diterima" in page for page in pages[:half]) >= 2
    whole = " ".join(pages[:half])
    assert all(f"R{n:02} Surat keterangan" in whole for n in range(1, 41))
    assert "Yang menyerahkan," in pages[half - 1]


@pytest.mark.parametrize("count", [5, 6, 7])
def test_who_signs_signs_a_page_that_says_what(count: int) -> None:
    pages = texts(replace(with_documents(count), sheets=1))
    assert "Janji selesai" in next(page for page in pages if "Yang menerima," in page)


@pytest.mark.parametrize("count", range(9, 16))
def test_the_places_to_sign_are_never_lost_where_a_page_just_fills(count: int) -> None:
    pages = texts(with_documents(count))
    assert sum("Yang menerima," in page for page in pages) == 2


def test_one_sheet_can_be_had_alone() -> None:
    assert len(texts(replace(RECEIPT, sheets=1))) == 1


def test_a_draft_is_not_set() -> None:
    with pytest.raises(ValueError, match="draft"):
        receipt_pdf(replace(RECEIPT, moment=None), FONTS)


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert receipt_pdf(RECEIPT, FONTS) == receipt_pdf(RECEIPT, FONTS)


def test_a_list_of_what_lacks_names_each_document_and_why() -> None:
    file = PdfReader(BytesIO(lacking_pdf(LACKING, FONTS)))
    assert len(file.pages) == 1
    page = " ".join(file.pages[0].extract_text().split())
    for said in (
        "Daftar kekurangan berkas SIP Bidan (fasilitas kesehatan)",
        "Senin, 23 November 2026, pukul 09.49 WIB · Loket 2 · antrean A-019",
        "KEDALUWARSA: terbit 12-08-2026, paling lama 3 bulan terakhir",
        "R07 Pas foto berwarna 4x6 latar merah KURANG JUMLAH: ada 2 dari 3 lembar",
        "Kembali hari ini: lapor ke petugas informasi, tidak perlu mengambil nomor baru.",
        "Petugas: Dewi C.",
    ):
        assert said in page


def test_where_a_lacking_paper_is_made_is_said_where_it_is_known() -> None:
    item = replace(LACKING.items[0], detail="", where="Polres, gedung ini")
    file = PdfReader(BytesIO(lacking_pdf(replace(LACKING, items=(item,)), FONTS)))
    assert "KEDALUWARSA: Bisa dibuat di Polres, gedung ini" in " ".join(file.pages[0].extract_text().split())
