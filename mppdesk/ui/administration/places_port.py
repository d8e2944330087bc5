"""What "Loket dan kiosk" on the page "Printer" shows and asks for: which printer each of them prints on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mppdesk.operations.printing_places import PlaceKind
from mppdesk.texts import Text
from mppdesk.ui.administration.printer_port import PrinterRow


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A counter or kiosk, the short name of a counter's agency, and its printer by name; None: it prints nothing.

    `waiting` is how much at this computer still waits for that printer, whoever it is of.
    """

    kind: PlaceKind
    label: str
    agency: str = ""
    printer: str | None = None
    waiting: int = 0

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.label}"


@dataclass(frozen=True, slots=True)
class PlacesScreen:
    """All of them as they are to be listed, and the printers there are to choose from, as they stand at `now`.

    `may_write` is whether the person signed in may change it, `has_others` whether the building has more computers.
    """

    now: datetime
    places: tuple[PlaceRow, ...] = ()
    printers: tuple[PrinterRow, ...] = ()
    may_write: bool = True
    has_others: bool = False


class PlacesPort(Protocol):
    """Calls are made off the GUI thread and may raise ClerkError; what they do is recorded with who is signed in."""

    def printing_places(self) -> PlacesScreen: ...

    def choose_printer(self, place: PlaceRow, printer: str | None, *, moves: bool = False) -> Text | None:
        """Let a counter or kiosk print on another printer, or on none; it does so at once.

        With `moves` what waits at this computer for the printer before comes out of the new one, and the answer says
        how much that was.
        """
