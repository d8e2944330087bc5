"""Printers by their URL: `tcp://host:9100?model=epson-tm-t82`, `usb://04b8:0e15`, `serial:///dev/ttyUSB0?baud=19200`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeGuard
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from mppdesk.domain.errors import BadInput
from mppdesk.domain.printer_models import GENERIC_80, Confirmation, Form, PrinterModel
from mppdesk.domain.printer_options import OPTIONS, model_of
from mppdesk.texts import msg

_USB_IDS = re.compile(r"([0-9a-f]{4}):([0-9a-f]{4})").fullmatch
_WINDOWS_PORT = re.compile(r"com\d{1,3}").fullmatch
_SERIAL_OPTIONS = frozenset({"baud", "flow"})

SPEEDS = (2400, 4800, 9600, 19200, 38400, 57600, 115200)
"""Bits a second that receipt printers can be set to (TM-T88III and TM-T88IV manuals)."""
DEFAULT_BAUD = 9600


class Flow(StrEnum):
    """How the printer makes the computer wait; most leave the factory with `dtr`, USB adapters seldom wire it."""

    NONE = "none"
    DTR = "dtr"
    RTS = "rts"
    XON = "xon"


@dataclass(frozen=True, slots=True)
class NetworkAddress:
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class SerialAddress:
    """A serial port by its name in the system, `baud` in bits a second."""

    port: str
    baud: int = DEFAULT_BAUD
    flow: Flow = Flow.NONE


@dataclass(frozen=True, slots=True)
class UsbAddress:
    """A device by the numbers of its maker and model; `serial` tells two of one model apart."""

    vendor: int
    product: int
    serial: str | None = None


@dataclass(frozen=True, slots=True)
class DeviceFileAddress:
    """A USB printer as Linux's own driver shows it: `/dev/usb/lp0`."""

    path: str


@dataclass(frozen=True, slots=True)
class QueueAddress:
    """A queue of the system's own spooler, by its name."""

    queue: str


@dataclass(frozen=True, slots=True)
class ScreenAddress:
    """The paper window; there is one."""


@dataclass(frozen=True, slots=True)
class FolderAddress:
    folder: str


WiredAddress = NetworkAddress | SerialAddress | UsbAddress | DeviceFileAddress
"""Where a printer is that can be asked."""
Address = WiredAddress | QueueAddress | ScreenAddress | FolderAddress
"""Where a printer is; paths as the URL has them, with slashes."""


@dataclass(frozen=True, slots=True)
class Printer:
    """Where a printer is, and which model it is."""

    address: Address
    model: PrinterModel = GENERIC_80


def parse_url(url: str) -> Address:
    """Understand where a printer is. Raises BadInput."""
    return parse_printer(url).address


def parse_printer(url: str) -> Printer:
    """Understand a printer's URL; what it says of the printer is told in `printer_options`. Raises BadInput."""
    try:
        parts = urlsplit(_printable(url.strip()))
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
        address = _address_of(parts, {name: value for name, value in options.items() if name not in OPTIONS})
    except ValueError:  # a port that is no number, brackets that do not close, signs that nobody can write
        address = None
    if address is None:
        raise BadInput(
            msg("{url} bukan alamat printer. Belum ada yang dicetak.", url=url),
            msg(
                "Tulis tcp://192.168.1.50:9100, usb:///dev/usb/lp0, serial:///dev/ttyUSB0?baud=19200, spool://NAMA, "
                "file:///folder, atau screen: untuk jendela kertas."
            ),
        )
    model = model_of(options)
    if model.confirmation is Confirmation.TAG and not isinstance(address, WiredAddress):
        raise BadInput(
            msg("Printer {url} tidak dapat ditanya apakah kertasnya keluar. Belum ada yang dicetak.", url=url),
            msg("Hapus confirm=tag dari alamatnya, atau sambungkan printer lewat jaringan, USB, atau kabel serial."),
        )
    if model.form is Form.A5 and not isinstance(address, QueueAddress | FolderAddress):
        raise BadInput(
            msg("Printer {url} tidak dapat diberi halaman A5. Belum ada yang dicetak.", url=url),
            msg("Pakai form=a5 hanya pada antrean sistem (spool://NAMA) atau folder (file:///folder)."),
        )
    return Printer(address, model)


@lru_cache(maxsize=256)
def paper_columns(url: str) -> int:
    """How many characters a line of this printer's paper holds; of a URL that says nothing, those of 80 mm."""
    try:
        return parse_printer(url).model.columns
    except BadInput:
        return GENERIC_80.columns


@lru_cache(maxsize=256)
def prints_a5(url: str) -> bool:
    """Whether the papers of a file come out of this printer in their A5 form."""
    try:
        return parse_printer(url).model.form is Form.A5
    except BadInput:
        return False


def _printable(url: str) -> str:
    """Raises ValueError for signs that no device has in its name, also as %00: each system takes them otherwise."""
    if not unquote(url).isprintable():
        raise ValueError(url)
    return url


def _address_of(parts: SplitResult, options: Mapping[str, str]) -> Address | None:
    if parts.fragment or "@" in parts.netloc:
        return None
    if parts.scheme == "serial":
        return _serial(parts, options)
    if options:
        return None
    match parts.scheme:
        case "tcp" if parts.port and parts.path in ("", "/"):
            return NetworkAddress(parts.hostname, parts.port) if _is_host(parts.hostname) else None
        case "usb":
            return _usb(parts)
        case "spool":
            return _queue(parts)
        case "file" if not parts.netloc and _is_absolute(parts.path):
            return FolderAddress(unquote(parts.path))
        case "screen" if not parts.netloc and not parts.path:
            return ScreenAddress()
        case _:
            return None


def _is_host(name: str | None) -> TypeGuard[str]:
    """Whether it may be a name in a network; behind a % only the addresses of version 6 have something to say."""
    return name is not None and name != "" and " " not in name and ("%" not in name or ":" in name)


def _queue(parts: SplitResult) -> Address | None:
    """The name as the system shows it, spaces as %20; `spool:////server/queue` is a printer another PC shares."""
    name = unquote(parts.netloc + parts.path)
    is_shared = name.startswith("//") and name.count("/") == 3
    if not name.strip("/") or ("/" in name and not is_shared) or name.startswith("-"):
        return None
    return QueueAddress(name.replace("/", "\\") if is_shared else name)


def _usb(parts: SplitResult) -> Address | None:
    if not parts.netloc:
        return DeviceFileAddress(unquote(parts.path)) if _is_absolute(parts.path) else None
    ids, serial = _USB_IDS(parts.netloc.lower()), unquote(parts.path.removeprefix("/"))
    if ids is None or "/" in serial:
        return None
    return UsbAddress(int(ids[1], 16), int(ids[2], 16), serial or None)


def _serial(parts: SplitResult, options: Mapping[str, str]) -> Address | None:
    if options.keys() - _SERIAL_OPTIONS:
        return None
    port = _port_of(parts)
    return SerialAddress(port, _baud(options), Flow(options.get("flow", Flow.NONE))) if port else None


def _port_of(parts: SplitResult) -> str | None:
    if parts.netloc:
        return parts.netloc.upper() if _WINDOWS_PORT(parts.netloc.lower()) and parts.path in ("", "/") else None
    return unquote(parts.path) if _is_absolute(parts.path) else None


def _baud(options: Mapping[str, str]) -> int:
    """Raises ValueError for a speed that no receipt printer has."""
    baud = int(options.get("baud", DEFAULT_BAUD))
    if baud not in SPEEDS:
        raise ValueError(baud)
    return baud


def _is_absolute(path: str) -> bool:
    return len(path) > 1 and path.startswith("/")
