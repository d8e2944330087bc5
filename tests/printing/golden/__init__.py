"""Every slip as it was looked at and found right: its bytes for each width of paper, and its picture.

The papers on A5 are in `sheets`. `python -m tests.printing.golden` makes all of them anew; look at each picture before
you commit it.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from mppdesk.domain.paper_logo import LogoPicture, PaperLogo
from mppdesk.domain.printer_models import EPSON_TM_T88, GENERIC_58, GENERIC_80, Logo, PrinterModel
from mppdesk.domain.slip import Slip
from mppdesk.domain.slip_layout import as_copy, lacking_slip, receipt_slip, requirements_slip, ticket_slip
from mppdesk.domain.ticket_code import ticket_code
from tests.fakes.sample_papers import LACKING, RECEIPT, REQUIREMENTS, TICKET, at

FOLDER = Path(__file__).parent
MODELS = (GENERIC_80, EPSON_TM_T88, GENERIC_58)
"""Printers of 48, 42 and 32 columns."""
DRAWN = (GENERIC_80, GENERIC_58)
"""Paper of 80 and of 58 mm."""
_CODE = ticket_code("K7Q2M9XH4TRB3WZP", "2026-11-23", "B-042")


def slips(columns: int) -> Iterator[tuple[str, Slip]]:
    """The slips of one width of paper by their names."""
    short = replace(TICKET, prepare=(), qr_token=_CODE)
    ticket = ticket_slip(replace(TICKET, qr_token=_CODE), columns)
    receipt, lacking = receipt_slip(RECEIPT, columns), lacking_slip(LACKING, columns)
    sent_on = replace(short, transferred_from="Loket 2", is_priority=True, stops=("Polres", "DPMPTSP"))
    yield "karcis", ticket
    yield "karcis-pendek", ticket_slip(short, columns)
    yield "karcis-alih", ticket_slip(sent_on, columns)
    yield "karcis-salinan", as_copy(ticket, 1, at(9, 25))
    yield "tanda-terima", receipt
    yield "tanda-terima-arsip", receipt_slip(replace(RECEIPT, sheet=2), columns)
    yield "tanda-terima-salinan", as_copy(receipt, 2, at(10, 40))
    yield "daftar-kekurangan", lacking
    yield "daftar-kekurangan-salinan", as_copy(lacking, 1, at(9, 55))
    yield "daftar-persyaratan", requirements_slip(REQUIREMENTS, columns)


def ring(edge: int = 96, line: int = 5) -> LogoPicture:
    """A logo of lines: a ring with a cross in it."""
    middle, radius = (edge - 1) / 2, edge / 2

    def is_dark(x: int, y: int) -> bool:
        across, down = abs(x - middle), abs(y - middle)
        away = (across**2 + down**2) ** 0.5
        return radius - line <= away < radius or (min(across, down) < line / 2 and away < radius)

    rows = (sum(is_dark(x, y) << (edge - 1 - x) for x in range(edge)).to_bytes(edge // 8) for y in range(edge))
    return LogoPicture(edge // 8, b"".join(rows))


LOGO = PaperLogo({model.dots: ring() for model in MODELS})


def with_logo(model: PrinterModel) -> PrinterModel:
    """The same printer, which gets the logo with each paper."""
    return replace(model, logo=Logo.RASTER)


def bytes_file(name: str, model: PrinterModel) -> Path:
    return FOLDER / f"{name}-{model.columns}.escpos"


def picture_file(name: str, model: PrinterModel) -> Path:
    return FOLDER / f"{name}-{model.columns}.png"
