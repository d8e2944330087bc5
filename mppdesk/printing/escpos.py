"""A slip as ESC/POS bytes: one blob for one write, so that a failure never falls between two small writes.

Source: Epson ESC/POS command reference (ESC @, FS ., ESC t, ESC 3, ESC J, GS !, GS ( k, GS V, GS r).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mppdesk.domain.paper_logo import HAVE_A_LOGO, PaperLogo
from mppdesk.domain.printer_models import GENERIC_80, Logo, PrinterModel
from mppdesk.domain.slip import Align, Blank, Line, Pair, Part, QrCode, Rule, Slip, SlipKind
from mppdesk.domain.slip_fitting import fitted
from mppdesk.domain.slip_length import LINE_DOTS, QUIET_DOTS, line_dots
from mppdesk.printing.logo import printing
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


def to_bytes(slip: Slip, model: PrinterModel = GENERIC_80, logo: PaperLogo | None = None) -> bytes:
    """Render a slip for a printer; where the printer can answer in print order, the question is the last three bytes.

    A slip that was laid out for other paper is fitted to this printer's. `logo` is for printers that hold none.
    """
    slip = fitted(slip, model.columns)
    writer = _Writer(_fresh_printer(), model, slip.columns)
    if slip.kind in HAVE_A_LOGO:
        writer.print_logo(logo)
    if model.draws_text:
        writer.set_lines(slip.kind)
        for part in slip.parts:
            writer.write(part)
    else:
        writer.begin_at_the_left()
        writer.send(b"".join(map(raster, slip_bands(slip, model.dots))))
    writer.end()
    return bytes(writer.printer.output)


def with_logo(logo: Callable[[], PaperLogo | None]) -> Callable[[Slip, PrinterModel], bytes]:
    """Render for the printers of a building, whose logo is looked up for those only that get it with each paper."""

    def render(slip: Slip, model: PrinterModel) -> bytes:
        return to_bytes(slip, model, logo() if model.logo is Logo.RASTER else None)

    return render


def _fresh_printer() -> "Dummy":
    """A buffer of its own for each job: the library remembers a code page that ESC @ has already reset."""
    from escpos.printer import Dummy  # its import alone takes a quarter of a second

    printer = Dummy()
    printer.hw("INIT")
    printer._raw(_END_KANJI_MODE)
    printer.charcode("CP437")
    return printer


@dataclass(slots=True)
class _Writer:
    """Writes the parts of one slip; a size ends with its line, an alignment with the next one that is different."""

    printer: "Dummy"
    model: PrinterModel
    columns: int
    _align: Align = Align.LEFT

    def send(self, data: bytes) -> None:
        self.printer._raw(data)

    def print_logo(self, logo: PaperLogo | None) -> None:
        printed = printing(self.model, logo)
        if printed:
            self._align_to(Align.CENTER)
            self.send(printed)

    def begin_at_the_left(self) -> None:
        """What is white at the right of a picture is not sent: it must not be put into the middle."""
        self._align_to(Align.LEFT)

    def set_lines(self, kind: SlipKind) -> None:
        """Say how far it is from line to line, where that is not what every printer does by itself.

        Some printers count in half dots, but none moves its paper less than a line of letters is high.
        """
        if line_dots(kind) != LINE_DOTS:
            self.send(_LINE_SPACING + bytes((line_dots(kind),)))

    def write(self, part: Part) -> None:
        match part:
            case Line():
                self._write_line(part)
            case Pair(left, right):
                self._write_text(left + right.rjust(self.columns - len(left)))
            case Rule():
                self._write_text("-" * self.columns)
            case Blank():
                self._write_text("")
            case QrCode():
                self._write_code(part)

    def end(self) -> None:
        """Feed the slip out, cut it, and ask."""
        if self.model.has_cutter:
            self.printer.cut(feed=False)  # GS V 66 0: feeds to the knife itself
        else:
            self.send(_FEED_TO_TEAR_BAR)
        if self.model.confirms_in_order:
            self.send(ASK_PAPER_IN_PRINT_ORDER)

    def _write_line(self, line: Line) -> None:
        if line.size > 1:
            self.printer.set(custom_size=True, width=line.size, height=line.size)
        if line.bold:
            self.printer.set(bold=True)
        self._write_text(line.text, line.align)
        if line.bold:
            self.printer.set(bold=False)
        if line.size > 1:
            self.printer.set(custom_size=True, width=1, height=1)

    def _write_text(self, text: str, align: Align = Align.LEFT) -> None:
        """Write printable ASCII only; anything else could be a command to the printer."""
        self._align_to(align)
        self.printer.text("".join(sign if " " <= sign <= "~" else "?" for sign in text) + "\n")

    def _write_code(self, code: QrCode) -> None:
        """Let the printer draw the code itself, or send it as a picture."""
        self.send(_FEED_DOTS + bytes((QUIET_DOTS,)))
        self._align_to(Align.CENTER)
        if self.model.draws_qr:
            self.printer.qr(code.token, ec=_QR_CORRECTION_M, size=code.module, native=True)
        else:
            self.send(raster(code_rows(code)))

    def _align_to(self, align: Align) -> None:
        if align is not self._align:
            self.printer.set(align=str(align))
            self._align = align
