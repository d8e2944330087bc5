"""The slips, line by line as UI.md 6 draws them, and what no text in the world may do to them."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mppdesk.domain.catalog import Handling
from mppdesk.domain.papers import ReceivedDocument, TicketPaper
from mppdesk.domain.slip import Line, Pair, QrCode, Rule, Slip
from mppdesk.domain.slip_layout import as_copy, lacking_slip, receipt_slip, requirements_slip, slip_text, ticket_slip
from mppdesk.domain.slip_layout_text import ascii_text
from mppdesk.domain.slip_layout_ticket import SHORT_MM
from mppdesk.domain.slip_length import printed_mm
from tests.fakes.sample_papers import LACKING, RECEIPT, REQUIREMENTS, TICKET, at

TICKET_80 = """\
              MAL PELAYANAN PUBLIK
               KABUPATEN SUKAMAJU
                    Dukcapil   [2x]
           Penggantian KTP-el hilang
                     B-042   [6x]
Senin, 23 November 2026          pukul 09.18 WIB
    12 orang di depan Anda, sekitar 35 menit
------------------------------------------------
Siapkan: 1. Surat kehilangan kepolisian (asli)
         2. Fotokopi KK (1 lembar)
------------------------------------------------
Simpan nomor ini. Nomor terlewat dapat dipanggil
kembali dengan lapor ke petugas informasi.
                 [QR, modul 4]"""

TICKET_58 = """\
     MPP KABUPATEN SUKAMAJU
            Dukcapil   [2x]
   Penggantian KTP-el hilang
             B-042   [5x]
Sen 23-11-2026         09.18 WIB
 12 di depan, sekitar 35 menit
--------------------------------
Simpan nomor ini. Terlewat?
Lapor ke petugas informasi."""

LACKING_80 = """\
    MAL PELAYANAN PUBLIK KABUPATEN SUKAMAJU
DPMPTSP                                  Loket 2
------------------------------------------------
               DAFTAR KEKURANGAN   [2x]
A-019                  Sen 23-11-2026, 09.49 WIB
SIP Bidan (fasilitas kesehatan)

Berkas Bapak/Ibu belum dapat kami terima karena:
R06 Surat keterangan sehat dari dokter ber-SIP
    KEDALUWARSA: terbit 12-08-2026, paling lama
    3 bulan terakhir
R07 Pas foto berwarna 4x6 latar merah
    KURANG JUMLAH: ada 2 dari 3 lembar
------------------------------------------------
Semua dokumen dikembalikan kepada pemohon.
Kembali hari ini: lapor ke petugas informasi,
tidak perlu mengambil nomor baru.

Petugas: Dewi C.
Pengaduan: meja pengaduan MPP atau lapor.go.id
                 [QR, modul 4]"""

RECEIPT_80 = """\
    MAL PELAYANAN PUBLIK KABUPATEN SUKAMAJU
DPMPTSP                                  Loket 2
------------------------------------------------
                  TANDA TERIMA   [2x]
DPMPTSP/SIP/2026/11/000123
A-019                  Sen 23-11-2026, 10.31 WIB
SIP Bidan (fasilitas kesehatan), SP versi 3
Melati Contohwati, NIK 9999********0001
------------------------------------------------
ASLI DISIMPAN: R01 Surat permohonan bermeterai
R05 Surat keterangan tempat praktik
R06 Surat keterangan sehat dari dokter ber-SIP
R07 Pas foto berwarna 4x6 latar merah (3 lembar)
ASLI DIKEMBALIKAN, SALINAN DISIMPAN: R02 KTP-el
R03 STR, R04 Ijazah terakhir yang dilegalisasi
SALINAN DISIMPAN: R09 Bukti kecukupan SKP
------------------------------------------------
JANJI SELESAI: Senin, 30 November 2026
5 hari kerja; jam berhenti saat menunggu pemohon
BIAYA: Gratis. Bayar hanya lewat kanal resmi.
Ambil: Loket Penyerahan, bawa lembar ini, KTP-el
Tanda berkas diterima, bukan izin.    Lembar 1/2
Pemohon ..............  Petugas Dewi C. ........
                 [QR, modul 4]"""

REQUIREMENTS_80 = """\
              MAL PELAYANAN PUBLIK
               KABUPATEN SUKAMAJU
                    Dukcapil   [2x]
           Penggantian KTP-el hilang
------------------------------------------------
YANG HARUS DIBAWA
1. Surat kehilangan dari kepolisian (asli)
2. Kartu Keluarga (1 fotokopi)
3. Surat kuasa bermeterai (asli)
    jika diwakilkan
------------------------------------------------
WAKTU: 15 menit.
BIAYA: Gratis. Bayar hanya lewat kanal resmi.

Lembar ini bukan nomor antrean. Ambil nomor di
kiosk bila berkas sudah siap.
Dicetak Senin, 23 November 2026, berlaku selama
standar tidak berubah."""


@pytest.mark.parametrize(
    ("slip", "drawn"),
    [
        pytest.param(ticket_slip(TICKET), TICKET_80, id="ticket-80"),
        pytest.param(ticket_slip(TICKET, 32), TICKET_58, id="ticket-58"),
        pytest.param(lacking_slip(LACKING), LACKING_80, id="lacking-80"),
        pytest.param(receipt_slip(RECEIPT), RECEIPT_80, id="receipt-80"),
        pytest.param(requirements_slip(REQUIREMENTS), REQUIREMENTS_80, id="requirements-80"),
    ],
)
def test_a_slip_reads_line_by_line_as_drawn(slip: Slip, drawn: str) -> None:
    assert slip_text(slip, marks=True).splitlines() == drawn.splitlines()


def lines_of(slip: Slip) -> list[str]:
    return [line.strip() for line in slip_text(slip, marks=True).splitlines()]


def test_priority_stands_big_under_the_number() -> None:
    lines = lines_of(ticket_slip(replace(TICKET, is_priority=True)))
    assert lines[lines.index("B-042   [6x]") + 1] == "PRIORITAS   [2x]"


def test_a_ticket_sent_on_says_from_where() -> None:
    assert "KARCIS ALIH dari Loket 2" in lines_of(ticket_slip(replace(TICKET, transferred_from="Loket 2")))


def test_several_stops_are_numbered_in_order_and_a_single_one_is_not_listed() -> None:
    assert "1 Polres  2 DPMPTSP" in lines_of(ticket_slip(replace(TICKET, stops=("Polres", "DPMPTSP"))))
    assert not any("Polres" in line for line in lines_of(ticket_slip(replace(TICKET, stops=("Polres",)))))


def test_nobody_ahead_and_no_estimate_are_said_in_words() -> None:
    assert "Tidak ada orang di depan Anda" in lines_of(ticket_slip(replace(TICKET, people_ahead=0, minutes=None)))
    assert "12 orang di depan Anda" in lines_of(ticket_slip(replace(TICKET, minutes=None)))


def test_papers_to_prepare_are_left_out_when_they_need_more_than_four_lines() -> None:
    four = ticket_slip(replace(TICKET, prepare=("KTP-el", "KK", "Akta", "Ijazah")))
    five = ticket_slip(replace(TICKET, prepare=("KTP-el", "KK", "Akta", "Ijazah", "SKCK")))
    assert sum("Siapkan" in line for line in lines_of(four)) == 1
    assert "Ijazah" in slip_text(four)
    assert "Siapkan" not in slip_text(five)
    assert slip_text(five).count("-" * 48) == 1


def test_a_long_agency_and_a_long_service_go_on_below() -> None:
    service = "Pendampingan penerbitan NIB pelaku usaha perseorangan melalui sistem OSS-RBA milik kementerian investasi"
    lines = lines_of(ticket_slip(replace(TICKET, agency="Kantor Pelayanan Pajak Pratama", service=service)))
    assert lines[2:8] == [
        "Kantor Pelayanan Pajak   [2x]",
        "Pratama   [2x]",
        "Pendampingan penerbitan NIB pelaku usaha",
        "perseorangan melalui sistem OSS-RBA milik",
        "kementerian investasi",
        "B-042   [6x]",
    ]


def without_papers(**changes: Any) -> TicketPaper:
    return replace(TICKET, prepare=(), qr_token="K7Q2M9XH4TRB3WZP20261123B042", **changes)


def test_a_ticket_without_papers_to_prepare_is_short() -> None:
    slip = ticket_slip(without_papers())
    assert printed_mm(slip) <= SHORT_MM
    assert lines_of(slip)[0] == "MAL PELAYANAN PUBLIK KABUPATEN SUKAMAJU"
    assert Rule() in slip.parts


def test_a_ticket_with_more_to_say_gives_up_its_rule_to_be_short() -> None:
    slip = ticket_slip(without_papers(transferred_from="Loket 2"))
    assert printed_mm(slip) <= SHORT_MM
    assert Rule() not in slip.parts


def test_a_heading_too_long_for_one_line_keeps_its_lines() -> None:
    heading = ("Mal Pelayanan Publik", "Kabupaten Administrasi Kepulauan Contoh")
    assert lines_of(ticket_slip(without_papers(heading=heading)))[:2] == [
        "MAL PELAYANAN PUBLIK",
        "KABUPATEN ADMINISTRASI KEPULAUAN CONTOH",
    ]


def test_a_ticket_carries_its_token_in_the_code_and_nowhere_else() -> None:
    slip = ticket_slip(TICKET)
    assert [part.token for part in slip.parts if isinstance(part, QrCode)] == [TICKET.qr_token]
    assert TICKET.qr_token not in slip_text(slip, marks=True)


def test_the_second_sheet_is_the_archives() -> None:
    assert "Lembar 2/2 arsip" in lines_of(receipt_slip(replace(RECEIPT, sheet=2)))
    assert "arsip" not in slip_text(receipt_slip(replace(RECEIPT, sheet=1, sheets=1)))


def test_a_provisional_number_says_so() -> None:
    paper = replace(RECEIPT, register_number="L2-20261123-004", is_provisional=True)
    assert "L2-20261123-004 (nomor sementara)" in lines_of(receipt_slip(paper))


@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        (48, ["503/000123/KANTOR-PERTANAHAN-KABUPATEN/VIII/2026", "(nomor sementara)"]),
        (42, ["503/000123/KANTOR-PERTANAHAN-KABUPATEN/", "VIII/2026 (nomor sementara)"]),
        (32, ["503/000123/", "KANTOR-PERTANAHAN-KABUPATEN/", "VIII/2026 (nomor sementara)"]),
        (20, ["503/000123/", "KANTOR-PERTANAHAN-KA", "BUPATEN/VIII/2026", "(nomor sementara)"]),
    ],
)
def test_a_long_number_goes_on_in_the_next_line_after_a_slash_of_it(columns: int, lines: list[str]) -> None:
    number = "503/000123/KANTOR-PERTANAHAN-KABUPATEN/VIII/2026"
    slip = receipt_slip(replace(RECEIPT, register_number=number, is_provisional=True), columns)
    at = lines_of(slip).index(lines[0])
    assert lines_of(slip)[at : at + len(lines)] == lines


def test_a_receipt_names_who_came_for_the_applicant() -> None:
    assert "Kuasa: Anggrek Contohwan" in lines_of(receipt_slip(replace(RECEIPT, represented_by="Anggrek Contohwan")))


def test_a_service_without_a_promised_day_promises_none() -> None:
    text = slip_text(receipt_slip(replace(RECEIPT, due=None, duration="15 menit")))
    assert "JANGKA WAKTU: 15 menit" in text
    assert "JANJI" not in text


@pytest.mark.parametrize(
    ("handling", "original", "copies", "said"),
    [
        (Handling.KEPT, 1, 0, "ASLI DISIMPAN: R01 Akta"),
        (Handling.KEPT, 0, 2, "SALINAN DISIMPAN: R01 Akta (2 lembar)"),
        (Handling.WITHDRAWN, 1, 0, "ASLI DITARIK: R01 Akta"),
        (Handling.SHOWN, 1, 0, "ASLI DIKEMBALIKAN: R01 Akta"),
        (Handling.BROUGHT, 1, 2, "ASLI DIKEMBALIKAN, SALINAN DISIMPAN: R01 Akta"),
        (Handling.COPIES_ONLY, 0, 1, "SALINAN DISIMPAN: R01 Akta"),
        (Handling.UPLOADED, 1, 0, "UNGGAHAN DIGITAL: R01 Akta"),
        (Handling.RECORDED, 0, 0, "DICATAT: R01 Akta"),
    ],
)
def test_a_receipt_says_of_each_document_where_it_is(handling: Handling, original: int, copies: int, said: str) -> None:
    document = ReceivedDocument("R01", "Akta", original, copies, handling)
    assert said in slip_text(receipt_slip(replace(RECEIPT, documents=(document,))))


def test_a_clerk_with_a_long_name_signs_on_a_line_of_her_own() -> None:
    lines = lines_of(receipt_slip(replace(RECEIPT, clerk="Dewi Contohwati Sukamajuningrum")))
    place = lines.index("Pemohon ........")
    assert lines[place + 1] == "Petugas Dewi Contohwati Sukamajuningrum ........"


def test_every_reason_is_written_out_in_capitals() -> None:
    said = []
    for reason in type(LACKING.items[0].reason):
        item = replace(LACKING.items[0], reason=reason, detail="")
        said.append(lines_of(lacking_slip(replace(LACKING, items=(item,))))[9])
    assert said == ["TIDAK ADA", "TIDAK TERBACA", "KEDALUWARSA", "TIDAK SESUAI", "KURANG JUMLAH"]


def test_a_copy_says_salinan_and_when_and_the_original_never_does() -> None:
    original = ticket_slip(TICKET)
    copy = as_copy(original, 1, at(9, 25))
    assert "SALINAN" not in slip_text(original)
    assert lines_of(copy) == ["SALINAN 1, pukul 09.25", *lines_of(original)]
    assert lines_of(as_copy(copy, 2, at(9, 40))) == ["SALINAN 2, pukul 09.40", *lines_of(original)]
    with pytest.raises(ValueError, match="1 or more"):
        as_copy(original, 0, at(9, 25))


@pytest.mark.parametrize("columns", [48, 42, 32])
def test_a_copy_of_another_day_says_the_day(columns: int) -> None:
    original = receipt_slip(RECEIPT, columns)
    assert lines_of(as_copy(original, 3, at(16, 5)))[0] == "SALINAN 3, pukul 16.05"
    later = as_copy(original, 123, at(16, 5) + timedelta(days=9))
    assert lines_of(later)[0] == "SALINAN 123, 02-12-2026, 16.05"


# Any text that a catalogue, a person or a paste may hold: scripts of the world, control signs, emoji, marks that turn
# the direction or sit on a letter, words that have no end.
anything = st.one_of(
    st.text(max_size=80),
    st.text(st.sampled_from("\x00\x07\x10\x1b\x1d\x7f\x85\u200f\u202e\u2066\u0301\u1ab0 aB1"), max_size=40),
    st.text(st.sampled_from("مريم 玛丽亚 Мария ꦩꦫꦶꦪ 👩‍👩‍👧 Ǿé"), min_size=1, max_size=60),
    st.integers(24, 200).map(lambda length: "Contohwatiningrum"[:length] * (length // 17) + "x"),
    st.lists(st.integers(1, 200).map("M".__mul__), min_size=1, max_size=4).map(" ".join),
)
layouts: list[Callable[[str, int], Slip]] = [
    lambda text, columns: ticket_slip(
        replace(
            TICKET, heading=(text, text), agency=text, service=text, number=text, prepare=(text,), stops=(text, text),
            transferred_from=text,
        ),
        columns,
    ),
    lambda text, columns: receipt_slip(
        replace(
            RECEIPT, heading=text, agency=text, counter=text, register_number=text, ticket_number=text, service=text,
            applicant=text, represented_by=text, duration=text, fee=text, clerk=text, pick_up=text,
            documents=(ReceivedDocument(text, text, 1, 1, Handling.SHOWN), *RECEIPT.documents),
        ),
        columns,
    ),
    lambda text, columns: lacking_slip(
        replace(
            LACKING, heading=text, agency=text, counter=text, service=text, clerk=text, complaints=(text, text),
            items=(replace(LACKING.items[0], name=text, detail=text, where=text),),
        ),
        columns,
    ),
    lambda text, columns: requirements_slip(
        replace(
            REQUIREMENTS, heading=(text,), agency=text, service=text, fee=text, duration=text, not_served_here=text,
            documents=(replace(REQUIREMENTS.documents[0], name=text, count=text, condition=text),),
        ),
        columns,
    ),
]  # fmt: skip


every_layout = pytest.mark.parametrize("layout", layouts, ids=["ticket", "receipt", "lacking", "requirements"])
every_paper = st.sampled_from([48, 42, 32])


@every_layout
@given(text=anything, columns=every_paper)
def test_no_text_makes_a_slip_too_wide_or_anything_but_ascii(
    layout: Callable[[str, int], Slip], text: str, columns: int
) -> None:
    for part in as_copy(layout(text, columns), 12, at(9, 25)).parts:
        if isinstance(part, Line):
            assert len(part.text) * part.size <= columns
            assert all(" " <= sign <= "~" for sign in part.text)
        elif isinstance(part, Pair):
            assert len(part.left) + 1 + len(part.right) <= columns
            assert all(" " <= sign <= "~" for sign in part.left + part.right)


@pytest.mark.parametrize(
    ("layout", "times"),
    list(zip(layouts, (8, 13, 10, 6), strict=True)),
    ids=["ticket", "receipt", "lacking", "requirements"],
)
@given(text=anything, columns=every_paper)
@example(text="Sæð", columns=48)
def test_nothing_is_cut_off_a_text(layout: Callable[[str, int], Slip], times: int, text: str, columns: int) -> None:
    """Not counted are lists that a slip may leave out, and sentences whose full stop is its own."""
    printed, whole = ("".join(each.split()).upper() for each in (slip_text(layout(text, columns)), ascii_text(text)))
    assert not whole or printed.count(whole) >= times


def test_signs_of_other_languages_become_their_plain_letters() -> None:
    paper = replace(RECEIPT, applicant="Renée “Dewi” Çağlar–Øst\x1b@ …")
    assert 'Renee "Dewi" Caglar-Ost@ ..., NIK' in slip_text(receipt_slip(paper))


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("مريم", "mrym"),
        ("شمس الدين", "syms aldyn"),
        ("ڤڠهولو", "pnghwlw"),
        ("Мария Щукина", "Mariia Shchukina"),
        ("Жанна ЁЖ", "Zhanna EZh"),
        ("Ελένη Ψωμά", "Eleni Psoma"),
        ("マリア・がロ", "maria garo"),
        ("김하늘", "gimhaneul"),
        ("玛丽", "??"),
        ("Nguyễn Thị Ǿ", "Nguyen Thi O"),
        ("№ 5 ﬁ ½", "No 5 fi 1/2"),
        ("ꦩꦼꦭꦠꦶ ꦕꦺꦴꦤ꧀ꦠꦺꦴꦃꦮꦠꦶ", "melati contohwati"),
        ("ꦥꦿꦶꦪ ꦱꦸꦏꦂ ꦏꦽꦭꦸꦁ", "priya sukar krelung"),
        ("ᬫᭂᬮᬢᬶ ᬓᭀᬫᬂ ᬅᬕᬸᬂ", "melati komang agung"),
        ("ᮞᮥᮔ᮪ᮓ ᮊᮩᮛᮞ᮪", "sunda keuras"),
        ("ᨕᨑᨘ ᯘᯪᯔᯒ᯲ ꤰꥇꤽꥏ 𑻦𑻮𑻳", "aru simar kirang tali"),
        ("\ua9b6 a\ua9c0 ka\ua9b6 \ua98f\ua9b6\ua983", "i a kai kih"),
        ("٣ ꧓ ೩", "3 3 3"),
    ],
)
def test_names_in_other_scripts_become_letters_that_every_printer_has(written: str, printed: str) -> None:
    assert ascii_text(written) == printed
    assert ascii_text(unicodedata.normalize("NFD", written)) == printed
