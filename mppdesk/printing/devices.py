"""Printers by their URL: `tcp://host:9100`, `screen:`, `file:///folder`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from urllib.request import url2pathname

from mppdesk.domain.errors import BadInput
from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.slip import Slip
from mppdesk.printing.conversation import Timings
from mppdesk.printing.delivery import Device, Outcome, Sheet, blocked
from mppdesk.printing.files import FolderPrinter
from mppdesk.printing.receipt_printer import ReceiptPrinter
from mppdesk.printing.screen import ScreenPrinter, Show
from mppdesk.printing.tcp import TcpWire
from mppdesk.texts import msg


@dataclass(frozen=True, slots=True)
class NetworkAddress:
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class ScreenAddress:
    """The paper window; there is one."""


@dataclass(frozen=True, slots=True)
class FolderAddress:
    folder: Path


Address = NetworkAddress | ScreenAddress | FolderAddress


def parse_url(url: str) -> Address:
    """Understand a printer's URL; equal addresses are one physical printer. Raises BadInput."""
    try:
        parts = urlsplit(url.strip())
        address = _address_of(parts)
    except ValueError:  # a port that is no number, or brackets that do not close
        address = None
    if address is None:
        raise BadInput(
            msg("{url} bukan alamat printer. Belum ada yang dicetak.", url=url),
            msg("Tulis tcp://192.168.1.50:9100, file:///folder, atau screen: untuk jendela kertas."),
        )
    return address


def _address_of(parts: SplitResult) -> Address | None:
    is_local = not parts.netloc and not parts.query and not parts.fragment
    match parts.scheme:
        case "tcp" if parts.hostname and parts.port and parts.path in ("", "/") and "@" not in parts.netloc:
            return NetworkAddress(parts.hostname, parts.port)
        case "file" if is_local and len(parts.path) > 1 and parts.path.startswith("/"):
            return FolderAddress(Path(url2pathname(parts.path)))
        case "screen" if is_local and not parts.path:
            return ScreenAddress()
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Devices:
    """Opens the printers of this PC.

    `render` gives the ESC/POS bytes of a slip, its cut included; `show` puts a slip into the paper window.
    """

    render: Callable[[Slip], bytes]
    show: Show | None = None
    timings: Timings | None = None

    def open(self, address: Address) -> Device:
        """Make the device ready for its worker; the hardware is not touched yet."""
        match address:
            case NetworkAddress(host, port):
                return ReceiptPrinter(partial(TcpWire.connect, host, port), self.render, self.timings)
            case FolderAddress(folder):
                return FolderPrinter(folder, self.render)
            case ScreenAddress():
                return ScreenPrinter(self.show)


class UnusablePrinter:
    """Stands for an address that nobody understands: its sheets wait until the setting is mended."""

    def prepare(self, slip: Slip, name: str) -> Sheet:
        return Sheet(name, slip, b"")

    def print(self, sheet: Sheet) -> Outcome:
        return blocked(PrinterState.ERROR)

    def probe(self) -> PrinterState:
        return PrinterState.ERROR


def probe(url: str, timings: Timings | None = None) -> PrinterState:
    """Ask the printer behind a URL how it stands, without printing; a paper window is always ready. Raises BadInput."""
    address = parse_url(url)
    if isinstance(address, ScreenAddress):
        return PrinterState.READY
    return Devices(lambda _slip: b"", timings=timings).open(address).probe()
