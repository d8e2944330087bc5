"""The two papers of a berkas on thermal paper: tanda terima and daftar kekurangan."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from mppdesk.domain.formats import clock_time, full_date, short_date, zone_name
from mppdesk.domain.papers import Held, LackingItem, LackingPaper, PaperFacts, ReceiptPaper, ReceivedDocument
from mppdesk.domain.register import pieces
from mppdesk.domain.slip import Blank, Line, Part, QrCode, Rule, Slip, SlipKind
from mppdesk.domain.slip_layout_text import (
    WIDE_COLUMNS,
    alternatives,
    ascii_text,
    big,
    edges,
    packed,
    paragraph,
    sentence,
)
from mppdesk.domain.slip_layout_ticket import heading_lines
from mppdesk.domain.submission import LackReason

_HELD = {
    Held.ORIGINAL_KEPT: "ASLI DISIMPAN",
    Held.ORIGINAL_WITHDRAWN: "ASLI DITARIK",
    Held.ORIGINAL_RETURNED_COPY_KEPT: "ASLI DIKEMBALIKAN, SALINAN DISIMPAN",
    Held.ORIGINAL_RETURNED: "ASLI DIKEMBALIKAN",
    Held.COPY_KEPT: "SALINAN DISIMPAN",
    Held.UPLOADED: "UNGGAHAN DIGITAL",
    Held.RECORDED: "DICATAT",
}
_HELD_ORDER = tuple(_HELD)
LACK_REASONS = {
    LackReason.MISSING: "TIDAK ADA",
    LackReason.UNREADABLE: "TIDAK TERBACA",
    LackReason.EXPIRED: "KEDALUWARSA",
    LackReason.MISMATCH: "TIDAK SESUAI",
    LackReason.TOO_FEW: "KURANG JUMLAH",
}
_SIGNATURE = "." * 8


def receipt_slip(paper: ReceiptPaper, columns: int = WIDE_COLUMNS) -> Slip:
    """Lay out one sheet of a tanda terima; the last of several sheets is the archive's.

    Raises:
        ValueError: the hub has not yet said when it was registered.
    """
    if paper.moment is None:
        raise ValueError("a receipt without its moment is a draft")
    parts = [
        *_head(paper.heading, paper.agency, paper.counter, columns),
        *big("TANDA TERIMA", 2, columns),
        *_register_number(paper, columns),
        *edges(paper.ticket_number, _moment(paper.moment), columns),
        *paragraph(f"{paper.service}, SP versi {paper.version_ordinal}", columns),
        *_applicant(paper, columns),
        Rule(),
        *_documents(paper.documents, columns),
        *([Rule()] if paper.documents else ()),
        *_promise(paper, columns),
        *paragraph(f"BIAYA: {sentence(paper.fee)} Bayar hanya lewat kanal resmi.", columns),
        *paragraph(f"Ambil: {paper.pick_up}, bawa lembar ini, KTP-el", columns),
        *edges("Tanda berkas diterima, bukan izin.", _sheet(paper), columns),
        *_signatures(paper.clerk, columns),
        *([QrCode(paper.qr_token)] if paper.qr_token else ()),
    ]
    return Slip(SlipKind.RECEIPT, tuple(parts), columns, PaperFacts(paper))


def lacking_slip(paper: LackingPaper, columns: int = WIDE_COLUMNS) -> Slip:
    """Lay out the list of what lacks: each document by its code, what is wrong with it, how to come back."""
    parts = [
        *_head(paper.heading, paper.agency, paper.counter, columns),
        *big("DAFTAR KEKURANGAN", 2, columns),
        *edges(paper.ticket_number, _moment(paper.moment), columns),
        *paragraph(paper.service, columns),
        Blank(),
        *paragraph("Berkas Bapak/Ibu belum dapat kami terima karena:", columns),
        *(part for item in paper.items for part in _lack(item, columns)),
        Rule(),
        *paragraph("Semua dokumen dikembalikan kepada pemohon.", columns),
        *paragraph("Kembali hari ini: lapor ke petugas informasi, tidak perlu mengambil nomor baru.", columns),
        Blank(),
        *paragraph(f"Petugas: {paper.clerk}", columns),
        *(paragraph(f"Pengaduan: {alternatives(paper.complaints)}", columns) if paper.complaints else ()),
        *([QrCode(paper.qr_token)] if paper.qr_token else ()),
    ]
    return Slip(SlipKind.LACKING, tuple(parts), columns, PaperFacts(paper))


def _head(heading: str, agency: str, counter: str, columns: int) -> list[Part]:
    return [*heading_lines([heading], columns), *edges(agency, counter, columns), Rule()]


def _register_number(paper: ReceiptPaper, columns: int) -> list[Part]:
    """Break a number that is longer than the paper is wide after its slashes."""
    note = "(nomor sementara)" if paper.is_provisional else ""
    *lines, last = packed(pieces(paper.register_number), columns, between="") or ("",)
    return [*map(Line, lines), *paragraph(f"{last} {note}", columns)]


def _moment(moment: datetime) -> str:
    return f"{short_date(moment)}, {clock_time(moment)} {zone_name(moment)}"


def _applicant(paper: ReceiptPaper, columns: int) -> list[Part]:
    named = [paper.applicant] if paper.applicant else []
    known = [*named, f"NIK {paper.masked_nik}"] if paper.masked_nik else named
    parts = paragraph(", ".join(known), columns)
    if paper.represented_by:
        parts += paragraph(f"Kuasa: {paper.represented_by}", columns)
    return parts


def _documents(documents: Sequence[ReceivedDocument], columns: int) -> list[Part]:
    """Say what became of the documents, one group after the other, in the order of their codes within a group."""
    ordered = sorted(documents, key=lambda each: _HELD_ORDER.index(each.held))
    return [
        Line(line)
        for held, group in groupby(ordered, key=lambda each: each.held)
        for line in packed([_document(each) for each in group], columns, first=f"{_HELD[held]}: ")
    ]


def _document(document: ReceivedDocument) -> str:
    is_copy = document.held in (Held.COPY_KEPT, Held.ORIGINAL_RETURNED_COPY_KEPT)
    count = document.copies if is_copy else document.original
    name = f"{document.code} {document.name}"
    return f"{name} ({count} lembar)" if count > 1 else name


def _promise(paper: ReceiptPaper, columns: int) -> list[Part]:
    if paper.due is None:
        return paragraph(f"JANGKA WAKTU: {paper.duration}", columns)
    return [
        *paragraph(f"JANJI SELESAI: {full_date(paper.due)}", columns),
        *paragraph(f"{paper.duration}; jam berhenti saat menunggu pemohon", columns),
    ]


def _sheet(paper: ReceiptPaper) -> str:
    is_archive = 1 < paper.sheets == paper.sheet
    return f"Lembar {paper.sheet}/{paper.sheets}{' arsip' if is_archive else ''}"


def _signatures(clerk: str, columns: int) -> list[Part]:
    """Two places to sign beside each other, or below each other for a long name."""
    right = f"Petugas {ascii_text(clerk)} {_SIGNATURE}"
    left = "Pemohon ".ljust(columns - len(right) - 2, ".")
    if left.endswith(_SIGNATURE):
        return [Line(f"{left}  {right}")]
    return [Line(f"Pemohon {_SIGNATURE}"), *paragraph(right, columns)]


def _lack(item: LackingItem, columns: int) -> list[Part]:
    reason = LACK_REASONS[item.reason]
    return [
        *paragraph(f"{item.code} {item.name}", columns, hang=4),
        *paragraph(f"{reason}: {item.detail}" if item.detail else reason, columns, first=" " * 4, hang=4),
        *(paragraph(f"Bisa dibuat di {item.where}", columns, first=" " * 4, hang=4) if item.where else ()),
    ]
