"""A slip as ESC/POS bytes: one blob for one write, so that a failure never falls between two small writes.

Source: Epson ESC/POS command reference (ESC @, FS ., ESC t, GS !, GS ( k, GS V, GS r).
"""

from typing import TYPE_CHECKING

from mppdesk.domain.printer_models import GENERIC_80, PrinterModel
from mppdesk.domain.slip import Align, Blank, Line, Pair, Part, QrCode, Rule, Slip
from mppdesk.printing.status import ASK_PAPER_IN_PRINT_ORDER

if TYPE_CHECKING:
    from escpos.printer import Dummy

# Clones with Chinese firmware read two bytes as one sign until FS . ends that mode.
_END_KANJI_MODE = b"\x1c."
_FEED_TO_TEAR_BAR = b"\x1bd\x04"
_QR_CORRECTION_M = 1


def to_bytes(slip: Slip, model: PrinterModel = GENERIC_80) -> bytes:
    """Render a slip for a printer; where the printer can answer in print order, the question is the last three bytes.

    Raises:
        ValueError: the slip is wider than the paper of this printer.
    """
    if slip.columns > model.columns:
        raise ValueError(f"a slip of {slip.columns} columns does not fit on {model.name} with {model.columns}")
    printer = _fresh_printer()
    for part in slip.parts:
        _write(printer, part, slip.columns, model)
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
        case QrCode(token, module) if model.draws_qr:
            _write_qr(printer, token, module)
        case QrCode():
            pass


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


def _write_qr(printer: "Dummy", token: str, module: int) -> None:
    printer.set(align="center")
    printer.qr(token, ec=_QR_CORRECTION_M, size=module, native=True)
    printer.set(align="left")
