"""The A5 daftar kekurangan: each document that lacks, what is wrong with it, and how to come back."""

from pathlib import Path

from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from mppdesk.domain.formats import clock_time, full_date, zone_name
from mppdesk.domain.papers import LackingItem, LackingPaper
from mppdesk.domain.slip_layout_berkas import LACK_REASONS
from mppdesk.printing import a5_parts as parts
from mppdesk.printing import a5_sheet as sheet
from mppdesk.texts import Text, msg


def set_lacking(paper: LackingPaper, fonts: Path, copied: Text | None = None) -> bytes:
    """Set a daftar kekurangan; see `mppdesk.printing.pdf`."""
    sheet.register_fonts(fonts)
    title = str(msg("Daftar kekurangan berkas {number}", number=paper.ticket_number))
    foot = sheet.Foot(str(msg("Berkas belum diterima.")), title, (str(msg("Lembar untuk pemohon")),))
    return sheet.bind([*parts.copy_mark(copied), *_sheet(paper)], title, paper.heading, paper.moment, foot)


def _sheet(paper: LackingPaper) -> list[Flowable]:
    return [
        *parts.letterhead(paper.heading, paper.agency),
        _title(paper),
        Spacer(0, 13),
        sheet.words(msg("Berkas Bapak/Ibu belum dapat kami terima karena:")),
        Spacer(0, 6),
        _items(paper.items),
        Spacer(0, 10),
        _way_back(paper),
        Spacer(0, 8),
        sheet.words(msg("Petugas: {name}", name=paper.clerk)),
    ]


def _title(paper: LackingPaper) -> Table:
    when = msg(
        "{day}, pukul {time} {zone} · {counter} · antrean {ticket}",
        day=full_date(paper.moment),
        time=clock_time(paper.moment),
        zone=zone_name(paper.moment),
        counter=paper.counter,
        ticket=paper.ticket_number,
    )
    lines = [
        sheet.words(msg("Daftar kekurangan berkas"), sheet.TITLE),
        sheet.words(paper.service, sheet.PROMISE),
        sheet.words(when),
    ]
    return parts.beside_code(lines, paper.qr_token)


def _items(items: tuple[LackingItem, ...]) -> Table:
    head = (msg("Kode"), msg("Dokumen"), msg("Yang kurang"))
    rows = [[sheet.words(text, sheet.HEADING) for text in head], *map(_row, items)]
    return parts.ruled(rows, [30, None, 170])


def _row(item: LackingItem) -> list[Paragraph]:
    """The reason in bold capitals, then its particulars and where to get the paper."""
    where = msg("Bisa dibuat di {place}", place=item.where) if item.where else ""
    said = " · ".join(str(text) for text in (item.detail, where) if text)
    reason = LACK_REASONS[item.reason]
    why = sheet.phrases((f"{reason}:" if said else reason, sheet.STRONG), (said, sheet.BODY))
    return [sheet.words(item.code), sheet.words(item.name), why]


def _way_back(paper: LackingPaper) -> Paragraph:
    sentences = [
        msg("Semua dokumen dikembalikan kepada pemohon."),
        msg("Kembali hari ini: lapor ke petugas informasi, tidak perlu mengambil nomor baru."),
    ]
    if paper.complaints:
        sentences.append(msg("Pengaduan: {channels}.", channels=", ".join(paper.complaints)))
    return sheet.words(" ".join(map(str, sentences)), sheet.BODY_OPEN)
