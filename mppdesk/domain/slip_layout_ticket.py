"""The two papers a citizen takes from the kiosk: the queue ticket and the list of requirements."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from mppdesk.domain.formats import clock_time, full_date, short_date, zone_name
from mppdesk.domain.papers import RequiredDocument, RequirementsPaper, TicketPaper
from mppdesk.domain.slip import Align, Blank, Line, Pair, Part, QrCode, Rule, Slip, SlipKind
from mppdesk.domain.slip_layout_text import (
    ROOMY_COLUMNS,
    WIDE_COLUMNS,
    ascii_text,
    big,
    packed,
    paragraph,
    sentence,
    wrapped,
)
from mppdesk.domain.slip_length import DOTS_PER_MM, TICKET_LINE_DOTS, printed_dots

SHORT_MM = 60.0
"""What is printed on a ticket that lists no papers to prepare; coarser heads need an eighth more for the same dots."""
_SHORT_DOTS = round(SHORT_MM * DOTS_PER_MM)
# A longer list is on the kiosk's screen and on the list of requirements.
_PREPARE_LINES = 4
_KEPT = 1024
_PREPARE = "Siapkan: "
_KEEP = "Simpan nomor ini. Nomor terlewat dapat dipanggil kembali dengan lapor ke petugas informasi."
_KEEP_SHORT = "Simpan nomor ini. Terlewat? Lapor ke petugas informasi."


def ticket_slip(paper: TicketPaper, columns: int = WIDE_COLUMNS) -> Slip:
    """Lay out a queue ticket; 32 columns get the short form without papers to prepare and without QR code.

    Where it lists no papers, the heading gives up its lines for one, and the rule its place, to come near SHORT_MM.
    """
    prepare = _prepare(paper.prepare, columns) if columns >= ROOMY_COLUMNS else ()
    top = _top(paper.heading, paper.agency, paper.service, columns)
    above, below = _below_heading(paper, columns), (*prepare, *_advice(paper, columns))
    drawn = Slip(SlipKind.TICKET, (*top, *above, Rule(), *below), columns)
    if prepare or (too_long := printed_dots(drawn) - _SHORT_DOTS) <= 0:
        return drawn
    shorter = _top((" ".join(paper.heading),), paper.agency, paper.service, columns)
    spared = (len(top) - len(shorter)) * TICKET_LINE_DOTS
    rule = (Rule(),) if too_long <= spared else ()
    return replace(drawn, parts=(*(shorter if spared else top), *above, *rule, *below))


def _below_heading(paper: TicketPaper, columns: int) -> tuple[Part, ...]:
    is_wide = columns >= ROOMY_COLUMNS
    return (
        *big(paper.number, 6 if is_wide else 5, columns),
        *(big("PRIORITAS", 2, columns) if paper.is_priority else ()),
        *_transferred(paper.transferred_from, columns),
        _moment(paper, is_wide=is_wide),
        *_ahead(paper, columns, is_wide=is_wide),
        *_stops(paper.stops, columns),
    )


def _advice(paper: TicketPaper, columns: int) -> tuple[Part, ...]:
    if columns < ROOMY_COLUMNS:
        return tuple(paragraph(_KEEP_SHORT, columns))
    code = (QrCode(paper.qr_token),) if paper.qr_token else ()
    return (*paragraph(_KEEP, columns), *code)


def requirements_slip(paper: RequirementsPaper, columns: int = WIDE_COLUMNS) -> Slip:
    """Lay out the requirements of a service, to take home; it is no ticket and says so."""
    parts = [
        *heading_lines(paper.heading, columns),
        *_agency(paper.agency, columns),
        *paragraph(paper.service, columns, align=Align.CENTER),
        Rule(),
        Line("YANG HARUS DIBAWA", bold=True),
        *_requirements(paper.documents, columns),
        Rule(),
        *paragraph(sentence(f"WAKTU: {paper.duration}"), columns),
        *paragraph(f"BIAYA: {sentence(paper.fee)} Bayar hanya lewat kanal resmi.", columns),
        *(paragraph(sentence(f"TIDAK DI SINI: {paper.not_served_here}"), columns) if paper.not_served_here else ()),
        Blank(),
        *paragraph("Lembar ini bukan nomor antrean. Ambil nomor di kiosk bila berkas sudah siap.", columns),
        *paragraph(f"Dicetak {full_date(paper.moment)}, berlaku selama standar tidak berubah.", columns),
    ]
    return Slip(SlipKind.REQUIREMENTS, tuple(parts), columns)


# What stands above the number and what to bring come again on every ticket of a service.
@lru_cache(maxsize=_KEPT)
def _top(heading: tuple[str, ...], agency: str, service: str, columns: int) -> tuple[Part, ...]:
    return (
        *heading_lines(heading, columns),
        *_agency(agency, columns),
        *paragraph(service, columns, align=Align.CENTER),
    )


def heading_lines(heading: Sequence[str], columns: int) -> list[Part]:
    """The name of the building, in capitals; narrow paper says MPP."""
    lines = heading if columns >= ROOMY_COLUMNS else [" ".join(heading)]
    capitals = [ascii_text(line).upper() for line in lines]
    if columns < ROOMY_COLUMNS:
        capitals = [line.replace("MAL PELAYANAN PUBLIK", "MPP") for line in capitals]
    return [part for line in capitals for part in paragraph(line, columns, align=Align.CENTER)]


def _agency(agency: str, columns: int) -> list[Part]:
    """Twice as big, on more lines rather than small: people look for this word."""
    return [Line(line, Align.CENTER, 2, bold=True) for line in wrapped(agency, columns // 2)]


def _transferred(counter: str | None, columns: int) -> list[Part]:
    if counter is None:
        return []
    return [Line(line, Align.CENTER, bold=True) for line in wrapped(f"KARCIS ALIH dari {counter}", columns)]


def _moment(paper: TicketPaper, *, is_wide: bool) -> Pair:
    time = f"{clock_time(paper.moment)} {zone_name(paper.moment)}"
    if is_wide:
        return Pair(full_date(paper.moment), f"pukul {time}")
    return Pair(short_date(paper.moment), time)


def _ahead(paper: TicketPaper, columns: int, *, is_wide: bool) -> list[Part]:
    who, you = ("orang ", " Anda") if is_wide else ("", "")
    if paper.people_ahead is None:
        return []
    words = f"{paper.people_ahead} {who}di depan{you}" if paper.people_ahead else f"Tidak ada {who}di depan{you}"
    if paper.people_ahead and paper.minutes is not None:
        words = f"{words}, sekitar {paper.minutes} menit"
    return paragraph(words, columns, align=Align.CENTER)


def _stops(stops: Sequence[str], columns: int) -> list[Part]:
    if len(stops) < 2:
        return []
    numbered = [f"{n} {stop}" for n, stop in enumerate(stops, 1)]
    return [Line(line, Align.CENTER) for line in packed(numbered, columns, between="  ")]


@lru_cache(maxsize=_KEPT)
def _prepare(papers: tuple[str, ...], columns: int) -> tuple[Part, ...]:
    """The papers to have at hand with a rule below, or nothing when they do not fit."""
    lines = [
        line
        for n, paper in enumerate(papers, 1)
        for line in wrapped(
            paper, columns, first=f"{_PREPARE if n == 1 else ' ' * len(_PREPARE)}{n}. ", hang=len(_PREPARE) + 3
        )
    ]
    if not lines or len(lines) > _PREPARE_LINES:
        return ()
    return (*map(Line, lines), Rule())


def _requirements(documents: Sequence[RequiredDocument], columns: int) -> list[Part]:
    parts: list[Part] = []
    for n, document in enumerate(documents, 1):
        name = f"{document.name} ({document.count})" if document.count else document.name
        parts += paragraph(name, columns, first=f"{n}. ", hang=4)
        if document.condition:
            parts += paragraph(ascii_text(document.condition), columns, first=" " * 4, hang=4)
    return parts
