"""A slip as ESC/POS bytes: one blob for one write, so that a failure never falls between two small writes.

Source: Epson ESC/POS command reference (ESC @, FS ., ESC t, ESC 3, ESC J, GS !, GS ( k, GS V, GS r).
"""

from typing import TYPE_CHECKING

from mppdesk.domain.printer_models import GENERIC_80, PrinterModel
from mppdesk.domain.slip import Align, Blank, Line, Pair, Part, QrCode, Rule, Slip, SlipKind
from mppdesk.domain.slip_fitting import fitted
from mppdesk.domain.slip_length import LINE_DOTS, QUIET_DOTS, line_dots
from mppdesk.printing.raster import raster
from mppdesk.printing.slip_picture import code_rows, slip_bands
from mppdesk.printing.status import ASK_PAPER_IN_PRINT_ORDER

if TYPE_CHECKING:
    from escpos.printer import Dummy

# Clones with Chinese firmware read two bytes as one sign until FS . ends that mode.
_END_KANJI_MODE = b"\x1c."
_LINE_SPACING = b"\x1b3"
_FEED_DOTS = b"\x1bJ"
_FEED_TO_TEAR_BAR = b"\x1b2\x1bd\x04"  # in lines of the usual distance
_QR_CORRECTION_M = 1


def to_bytes(slip: Slip, model: PrinterModel = GENERIC_80) -> bytes:
    """Render a slip for a printer; where the printer can answer in print order, the question is the last three bytes.

    A slip that was laid out for other paper is fitted to this printer's.
    """
    slip = fitted(slip, model.columns)
    printer = _fresh_printer()
    if model.draws_text:
        _set_lines(printer, slip.kind)
        for part in slip.parts:
            _write(printer, part, slip.columns, model)
    else:
        printer._raw(b"".join(map(raster, slip_bands(slip, model.dots))))
    if model.has_cutter:
        printer.cut(feed=False)  # GS V 66 0: feeds to the knife itself
    else:
        printer._raw(_FEED_TO_TEAR_BAR)
    if model.confirms_in_order:
        printer._raw(ASK_PAPER_IN_PRINT_ORDER)
    return bytes(printer.output)


def _fresh_printer() -> "Dummy":
    """A buffer of its own for each job: the library remembers a code page that ESC @ has already reset."""
    from escpos.printer import Dummy  # its import alone takes a quarter of a second

    printer = Dummy()
    printer.hw("INIT")
    printer._raw(_END_KANJI_MODE)
    printer.charcode("CP437")
    return printer


def _set_lines(printer: "Dummy", kind: SlipKind) -> None:
    """Say how far it is from line to line, where that is not what every printer does by itself.

    Some printers count in half dots, but none moves its paper less than a line of letters is high.
    """
    if line_dots(kind) != LINE_DOTS:
        printer._raw(_LINE_SPACING + bytes((line_dots(kind),)))


def _write(printer: "Dummy", part: Part, columns: int, model: PrinterModel) -> None:
    match part:
        case Line():
            _write_line(printer, part)
        case Pair(left, right):
            _write_text(printer, left + right.rjust(columns - len(left)))
        case Rule():
            _write_text(printer, "-" * columns)
        case Blank():
            _write_text(printer, "")
        case QrCode():
            _write_qr(printer, part, model)


def _write_line(printer: "Dummy", line: Line) -> None:
    """Write a line in its style and go back to plain, so that no part depends on the one before it."""
    is_aligned, is_large = line.align is not Align.LEFT, line.size > 1
    if is_aligned:
        printer.set(align=str(line.align))
    if is_large:
        printer.set(custom_size=True, width=line.size, height=line.size)
    if line.bold:
        printer.set(bold=True)
    _write_text(printer, line.text)
    if line.bold:
        printer.set(bold=False)
    if is_large:
        printer.set(custom_size=True, width=1, height=1)
    if is_aligned:
        printer.set(align="left")


def _write_text(printer: "Dummy", text: str) -> None:
    """Write printable ASCII only; anything else could be a command to the printer."""
    printer.text("".join(sign if " " <= sign <= "~" else "?" for sign in text) + "\n")


def _write_qr(printer: "Dummy", code: QrCode, model: PrinterModel) -> None:
    """Let the printer draw the code itself, or send it as a picture."""
    printer._raw(_FEED_DOTS + bytes((QUIET_DOTS,)))
    printer.set(align="center")
    if model.draws_qr:
        printer.qr(code.token, ec=_QR_CORRECTION_M, size=code.module, native=True)
    else:
        printer._raw(raster(code_rows(code)))
    printer.set(align="left")
