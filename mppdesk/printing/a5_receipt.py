"""The A5 tanda terima: what was received, what is held, what is promised, and two places to sign."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from mppdesk.domain.formats import clock_time, full_date, zone_name
from mppdesk.domain.papers import Held, ReceiptPaper, ReceivedDocument
from mppdesk.domain.register import pieces
from mppdesk.printing import a5_parts as parts
from mppdesk.printing import a5_sheet as sheet
from mppdesk.texts import Text, msg

_ORIGINAL_HELD = (Held.ORIGINAL_KEPT, Held.ORIGINAL_WITHDRAWN)
_REMARKS = {
    Held.ORIGINAL_KEPT: msg("disimpan"),
    Held.ORIGINAL_WITHDRAWN: msg("ditarik"),
    Held.ORIGINAL_RETURNED_COPY_KEPT: msg("asli dikembalikan"),
    Held.ORIGINAL_RETURNED: msg("asli dikembalikan"),
    Held.COPY_KEPT: msg("disimpan"),
    Held.UPLOADED: msg("diunggah"),
    Held.RECORDED: msg("dicatat"),
}


def set_receipt(paper: ReceiptPaper, fonts: Path, sheets: Sequence[int], copied: Text | None = None) -> bytes:
    """Set these sheets of a tanda terima; see `mppdesk.printing.pdf`."""
    if paper.moment is None:
        raise ValueError("a receipt without its moment is a draft")
    sheet.register_fonts(fonts)
    title = msg("Tanda terima berkas {number}", number=paper.register_number)
    foot = sheet.Foot(str(msg("Tanda berkas diterima, bukan izin.")), paper.register_number, tuple(map(_owner, sheets)))
    set_sheet = [*parts.copy_mark(copied), *_sheet(paper, paper.moment)]
    return sheet.bind(set_sheet, str(title), paper.heading, paper.moment, foot)


def _owner(number: int) -> str:
    return str(msg("Lembar {n} untuk pemohon", n=number) if number == 1 else msg("Lembar {n} untuk arsip", n=number))


def _sheet(paper: ReceiptPaper, moment: datetime) -> list[Flowable]:
    return [
        *parts.letterhead(paper.heading, paper.agency_name or paper.agency),
        _title(paper, moment),
        Spacer(0, 13),
        _particulars(paper),
        Spacer(0, 6),
        _documents(paper.documents),
        Spacer(0, 3),
        sheet.words(_held_and_not_applicable(paper), sheet.LABEL),
        Spacer(0, 8),
        *parts.signed([_promises(paper), Spacer(0, 8), _ways(paper)], _signatures(paper)),
    ]


def _signatures(paper: ReceiptPaper) -> parts.Signatures:
    return parts.Signatures(
        (str(msg("Yang menyerahkan,")), paper.represented_by or paper.applicant),
        (str(msg("Yang menerima,")), paper.clerk),
    )


def _title(paper: ReceiptPaper, moment: datetime) -> Table:
    note = msg("(nomor sementara)") if paper.is_provisional else ""
    when = msg(
        "{day}, pukul {time} {zone} · {counter} · antrean {ticket}",
        day=full_date(moment),
        time=clock_time(moment),
        zone=zone_name(moment),
        counter=paper.counter,
        ticket=paper.ticket_number,
    )
    lines = [
        sheet.words(msg("Tanda terima berkas"), sheet.TITLE),
        *sheet.in_pieces(pieces(paper.register_number), note, sheet.NUMBER, parts.BESIDE_CODE),
        sheet.words(when),
    ]
    return parts.beside_code(lines, paper.qr_token)


def _particulars(paper: ReceiptPaper) -> Table:
    standard = msg("versi {n}, {decree}", n=paper.version_ordinal, decree=paper.decree)
    nik = msg("NIK {nik}", nik=paper.masked_nik) if paper.masked_nik else ""
    applicant = " · ".join(str(part) for part in (paper.applicant, nik) if part) or "-"
    rows = (
        (msg("Layanan"), sheet.words(paper.service_name or paper.service, sheet.STRONG)),
        (
            msg("Standar pelayanan"),
            sheet.words(standard if paper.decree else msg("versi {n}", n=paper.version_ordinal)),
        ),
        (msg("Pemohon"), sheet.words(applicant)),
        (msg("Kuasa"), sheet.words(paper.represented_by or "-")),
    )
    return parts.grid([[sheet.words(label, sheet.LABEL), value] for label, value in rows], [82, sheet.WIDTH - 82], 1)


def _documents(documents: Sequence[ReceivedDocument]) -> Table:
    head = [
        sheet.words(msg("Kode"), sheet.HEADING),
        sheet.words(msg("Dokumen yang diterima"), sheet.HEADING),
        sheet.words(msg("Asli"), sheet.HEADING_CENTRED),
        sheet.words(msg("Salinan"), sheet.HEADING_CENTRED),
        sheet.words(msg("Keterangan"), sheet.HEADING),
    ]
    return parts.ruled([head, *map(_row, documents)], [30, None, 30, 37, 82])


def _row(document: ReceivedDocument) -> list[Paragraph]:
    return [
        sheet.words(document.code),
        sheet.words(document.name),
        sheet.words(document.original or "-", sheet.BODY_CENTRED),
        sheet.words(document.copies or "-", sheet.BODY_CENTRED),
        sheet.words(_REMARKS[document.held]),
    ]


def _held_and_not_applicable(paper: ReceiptPaper) -> str:
    held = [document.code for document in paper.documents if document.held in _ORIGINAL_HELD]
    sentences: list[Text] = []
    if held:
        sentences.append(msg("Dokumen asli yang disimpan petugas: {codes}.", codes=", ".join(held)))
    if paper.not_applicable:
        sentences.append(msg("Tidak berlaku: {codes}.", codes=", ".join(paper.not_applicable)))
    return " ".join(map(str, sentences))


def _promises(paper: ReceiptPaper) -> Table:
    since = (
        msg("{duration} sejak berkas lengkap; jam berhenti selama menunggu pemohon.", duration=paper.duration)
        if paper.due
        else msg("Sejak berkas lengkap; jam berhenti selama menunggu pemohon.")
    )
    promise = (msg("Janji selesai"), full_date(paper.due) if paper.due else paper.duration, since)
    channel = msg("Pembayaran hanya melalui kanal resmi. Laporkan pungutan ke meja pengaduan.")
    return parts.promises(promise, (msg("Biaya"), paper.fee, channel))


def _ways(paper: ReceiptPaper) -> Paragraph:
    """Say where to fetch, follow and complain."""
    sentences = (
        (msg("Ambil di:"), msg("{place}, dengan lembar ini dan KTP-el.", place=paper.pick_up)),
        (msg("Bertanya:"), msg("tunjukkan kode di kanan atas.")),
        (msg("Pengaduan:"), f"{', '.join(paper.complaints)}." if paper.complaints else ""),
    )
    told = ((label, what) for label, what in sentences if what)
    parts = (part for label, what in told for part in ((label, sheet.STRONG), (what, sheet.BODY)))
    return sheet.phrases(*parts, style=sheet.BODY_OPEN)
