"""What computers of a building say of their printers: words beside every journal, which nobody keeps (docs/sync.md)."""

from typing import Annotated

import msgspec

from mppdesk.domain.print_job import PrinterState
from mppdesk.sync.protocol import Moment, PrintersPlace

FAR_PRINTERS = "far_printers"
"""The topic of how the printers of other computers stand."""
MOST_PRINTERS = 16
MOST_STATIONS = 500
LONGEST_NAME = 60
MOST_COUNTED = 9999

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
Count = Annotated[int, msgspec.Meta(ge=0, le=MOST_COUNTED)]


class PrinterWord(msgspec.Struct, frozen=True):
    """How one printer stands, and since when, as far as that is known.

    `state` is the value of a PrinterState, or one that a later version has; `waiting` counts the slips that wait
    because it stands still, `unsure` those of which nobody knows whether they came out. Nothing is about a person.
    """

    name: Name
    state: Annotated[str, msgspec.Meta(max_length=32)]
    since_ms: Moment | None = None
    waiting: Count = 0
    unsure: Count = 0

    @property
    def known_state(self) -> PrinterState:
        """The state as this version knows it."""
        try:
            return PrinterState(self.state)
        except ValueError:
            return PrinterState.UNKNOWN


class PrinterWords(msgspec.Struct, frozen=True):
    """All that a computer says of its own printers; the next one takes the place of all of it."""

    printers: Annotated[tuple[PrinterWord, ...], msgspec.Meta(max_length=MOST_PRINTERS)]


class StationPrinters(msgspec.Struct, frozen=True):
    """The last word of one computer, by its label in the building."""

    device_id: Annotated[str, msgspec.Meta(max_length=64)]
    label: Name
    printers: Annotated[tuple[PrinterWord, ...], msgspec.Meta(max_length=MOST_PRINTERS)]


class FarPrinters(msgspec.Struct, frozen=True):
    """What a hub heard last of all computers but the asker's, as of a place."""

    place: PrintersPlace
    stations: Annotated[tuple[StationPrinters, ...], msgspec.Meta(max_length=MOST_STATIONS)] = ()


NOTHING_SAID = PrinterWords(())
