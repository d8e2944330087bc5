"""Storing the logo in a printer once, and printing it so that somebody sees what is stored."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from mppdesk.domain.errors import BadInput
from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_address import Printer, ScreenAddress
from mppdesk.domain.printer_models import Logo, PrinterModel
from mppdesk.domain.slip import Align, Line, Slip, SlipKind
from mppdesk.printing.conversation import Timings
from mppdesk.printing.devices import Devices
from mppdesk.printing.escpos import to_bytes
from mppdesk.printing.logo import logo_rows, storing
from mppdesk.printing.status import ASK_PAPER_IN_PRINT_ORDER
from mppdesk.texts import msg

_SEEN = Slip(SlipKind.REQUIREMENTS, (Line("LOGO TERSIMPAN", Align.CENTER),))


@dataclass(frozen=True, slots=True)
class Stored:
    """Whether all of it was handed over, how the printer stands, and the model that says where the logo is."""

    is_given: bool
    state: PrinterState
    model: PrinterModel


def store_logo(printer: Printer, file: Path, timings: Timings | None = None) -> Stored:
    """Store a picture as the logo and print it; takes seconds. A printer that cannot print now is given nothing.

    Raises:
        BadInput: the file is no picture for paper, or the printer has no memory.
    """
    if isinstance(printer.address, ScreenAddress):
        raise BadInput(
            msg("Jendela kertas tidak menyimpan logo. Tidak ada yang dikirim."),
            msg("Sebutkan alamat printer, misalnya tcp://192.0.2.7:9100."),
        )
    if printer.model.logo is Logo.RASTER:
        raise BadInput(
            msg("Printer ini tidak menyimpan logo: ia menerimanya dengan setiap kertas. Tidak ada yang dikirim."),
            msg("Simpan gambarnya untuk gedung ini: mppdesk printer share-logo BERKAS."),
        )
    model = replace(printer.model, logo=_place_in(printer.model))
    data = storing(logo_rows(file, model.dots), model.logo)
    question = ASK_PAPER_IN_PRINT_ORDER if model.confirms_in_order else b""
    for name, sent in (("logo", data + question), ("logo-tersimpan", to_bytes(_SEEN, model))):
        device = Devices(_giving(sent), timings=timings).open(replace(printer, model=model))
        outcome = device.print(device.prepare(_SEEN, name))
        if outcome.bytes_given < len(sent):
            return Stored(False, outcome.printer, model)
    return Stored(True, outcome.printer, model)


def _giving(data: bytes) -> Callable[[Slip, PrinterModel], bytes]:
    return lambda _slip, _model: data


def _place_in(model: PrinterModel) -> Logo:
    """What its address says; else by its make."""
    if model.logo is not Logo.NONE:
        return model.logo
    return Logo.GRAPHICS if model.name.startswith("epson") else Logo.IMAGE
