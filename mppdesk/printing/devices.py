"""The devices behind the addresses of this PC's printers."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.request import url2pathname

from mppdesk.config import resource
from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_address import (
    Address,
    DeviceFileAddress,
    FolderAddress,
    NetworkAddress,
    Printer,
    QueueAddress,
    ScreenAddress,
    SerialAddress,
    UsbAddress,
    WiredAddress,
    parse_printer,
)
from mppdesk.domain.printer_models import Confirmation, Form, PrinterModel
from mppdesk.domain.slip import Slip
from mppdesk.printing.conversation import Timings
from mppdesk.printing.delivery import Device, Outcome, Sheet, Tell, blocked, to_nobody
from mppdesk.printing.files import PDF_SUFFIX, SUFFIX, FolderPrinter
from mppdesk.printing.left_behind import Places, longest_picture
from mppdesk.printing.pdf import slip_pdf
from mppdesk.printing.receipt_printer import ReceiptPrinter
from mppdesk.printing.screen import ScreenPrinter, Show
from mppdesk.printing.tcp import TcpWire
from mppdesk.printing.wire import Wire


@dataclass(frozen=True, slots=True)
class Devices:
    """Opens the printers of this PC.

    `render` gives the ESC/POS bytes of a slip for a model, its cut included; `show` puts a slip into the paper window.
    A printer of sheets gets PDF instead.
    """

    render: Callable[[Slip, PrinterModel], bytes]
    show: Show | None = None
    timings: Timings | None = None
    places: Places = field(default_factory=Places)

    def open(self, printer: Printer) -> Device:
        """Make the device ready for its worker; the hardware is not touched yet."""
        is_a5 = printer.model.form is Form.A5
        render = partial(slip_pdf, fonts=resource("fonts")) if is_a5 else partial(self._rendered, printer.model)
        match printer.address:
            case FolderAddress(folder):
                return FolderPrinter(Path(url2pathname(folder)), render, PDF_SUFFIX if is_a5 else SUFFIX)
            case ScreenAddress():
                return ScreenPrinter(self.show)
            case QueueAddress(queue):
                return _queue(queue, render, self.timings, is_a5=is_a5)
            case wired:
                knows_tags = printer.model.confirmation is Confirmation.TAG
                wire = partial(connect, wired)
                return ReceiptPrinter(
                    wire,
                    render,
                    self.timings,
                    knows_tags=knows_tags,
                    places=self.places,
                    longest_picture=longest_picture(printer.model),
                )

    def _rendered(self, model: PrinterModel, slip: Slip) -> bytes:
        return self.render(slip, model)


def _queue(queue: str, render: Callable[[Slip], bytes], timings: Timings | None, *, is_a5: bool) -> Device:
    """Windows' spooler paints no PDF, and most printers print its text as it stands: it is painted here."""
    if sys.platform == "win32":
        from mppdesk.printing.gdi import Gdi
        from mppdesk.printing.painted_sheets import SheetPainter
        from mppdesk.printing.windows_queue import WindowsQueue
        from mppdesk.printing.winspool import Winspool

        winspool = Winspool()
        painter = SheetPainter(Gdi(winspool)) if is_a5 else None
        return WindowsQueue(queue, render, timings, painter=painter, winspool=winspool)
    from mppdesk.printing.cups_queue import CupsQueue

    return CupsQueue(queue, render, timings, is_a5=is_a5)


def connect(address: WiredAddress, timeout_s: float) -> Wire:
    """Open the wire to a receipt printer; what only some of them need is loaded when one is there. Raises OSError."""
    match address:
        case NetworkAddress(host, port):
            return TcpWire.connect(host, port, timeout_s)
        case SerialAddress(name, baud, flow):
            from mppdesk.printing.serial_port import SerialWire

            return SerialWire.connect(name, baud, flow, timeout_s)
        case DeviceFileAddress(path):
            from mppdesk.printing.device_file import DeviceFileWire

            return DeviceFileWire.connect(path)
        case UsbAddress(vendor, product, serial):
            from mppdesk.printing.usb import UsbWire

            return UsbWire.connect(vendor, product, serial)


def place_of(address: Address) -> str:
    """Name the device as far as an address says which; that two of them are one printer may show only when open."""
    match address:
        case NetworkAddress(host, port):
            return f"tcp {host} {port}"
        case SerialAddress(port=path) | DeviceFileAddress(path) | FolderAddress(path):
            return f"file {os.path.realpath(url2pathname(path))}"
        case UsbAddress(vendor, product, serial):
            return f"usb {vendor:04x} {product:04x} {serial or ''}"
        case QueueAddress(queue):
            return f"queue {queue.casefold()}"
        case ScreenAddress():
            return "screen"


class UnusablePrinter:
    """Stands for an address that leads nowhere on this PC: its sheets wait until the setting is mended."""

    place = None

    def prepare(self, slip: Slip, name: str) -> Sheet:
        return Sheet(name, slip, b"")

    def print(self, sheet: Sheet, tell: Tell = to_nobody) -> Outcome:
        return blocked(PrinterState.ERROR)

    def probe(self) -> PrinterState:
        return PrinterState.ERROR


def probe(url: str, timings: Timings | None = None) -> PrinterState:
    """Ask the printer behind a URL how it stands, without printing; a paper window is always ready. Raises BadInput."""
    printer = parse_printer(url)
    if isinstance(printer.address, ScreenAddress):
        return PrinterState.READY
    return Devices(lambda _slip, _model: b"", timings=timings).open(printer).probe()
