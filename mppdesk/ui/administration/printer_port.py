"""What the page "Printer" shows and asks for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_models import PrinterModel
from mppdesk.domain.printer_trial import SILENCE, Said


@dataclass(frozen=True, slots=True)
class PrinterRow:
    """A printer of the building by its name, how it stands seen from this PC, and the places that print on it.

    `since` is when it came to stand so; None where this PC never asked it. `instead` are the names of the printers that
    take over for it, the best first; empty: none does, None: the first one that is ready.
    """

    name: str
    url: str
    state: PrinterState = PrinterState.UNKNOWN
    since: datetime | None = None
    used_by: tuple[str, ...] = ()
    instead: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class PrintersScreen:
    """The page "Printer"; `may_write` is whether the person signed in may change what stands there.

    `has_others`: the building has more computers than this one, and a cable leads to one of them only.
    """

    now: datetime
    rows: tuple[PrinterRow, ...] = ()
    may_write: bool = True
    has_others: bool = False


@dataclass(frozen=True, slots=True)
class PrinterTest:
    """What a printer said when it was asked, and of its test slip, which came out only where `is_given`.

    `model` is what it is by its own word and its address; `product` what it calls itself, empty where it says nothing.
    """

    state: PrinterState
    is_given: bool
    model: PrinterModel
    said: Said = SILENCE
    product: str = ""


class PrinterPort(Protocol):
    """Calls are made off the GUI thread and may raise ClerkError; what they do is recorded with who is signed in."""

    def printers(self) -> PrintersScreen: ...

    def test_printer(self, url: str) -> PrinterTest:
        """Ask the printer behind a URL what it can do and print its test slip; takes seconds."""

    def write_printer(self, name: str, url: str, instead: tuple[str, ...] | None = None) -> None:
        """Record the URL of a printer and who takes over for it, a new one where nobody knows the name."""

    def remove_printer(self, name: str) -> None:
        """Record that a printer is gone; refused while a counter or kiosk uses it or a slip is known to wait for it."""
