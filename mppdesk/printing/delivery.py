"""A sheet on its way to a printer, and what is truly known of it afterwards."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Protocol

from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.domain.slip import Slip
from mppdesk.domain.slip_length import paper_mm


@dataclass(frozen=True, slots=True)
class Sheet:
    """One slip for one device; `name` is unique among all sheets, `data` empty where the device takes the slip.

    `tag` is what the printer is to say when this sheet is printed; None where it is not asked for one.
    """

    name: str
    slip: Slip
    data: bytes
    tag: str | None = None

    @property
    def paper_mm(self) -> float:
        """The length of the paper that comes out."""
        return paper_mm(self.slip)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job stands after an attempt; `printer` is what the device last said of itself.

    `cause` is the trouble behind any end but `printed`; None there means that the printer did not confirm, no more.
    """

    state: JobState
    cause: PrinterState | None
    bytes_given: int
    printer: PrinterState


def blocked(by: PrinterState) -> Outcome:
    """Not a byte was handed over: the only end after which a job may be tried again by itself."""
    return Outcome(JobState.BLOCKED, by, 0, by)


def printed(bytes_given: int, printer: PrinterState) -> Outcome:
    return Outcome(JobState.PRINTED, None, bytes_given, printer)


def unconfirmed(bytes_given: int, printer: PrinterState) -> Outcome:
    """Something was handed over and nobody knows whether it is on paper; a person must look."""
    cause = printer if printer.blocks or printer is PrinterState.MUTE else None
    return Outcome(JobState.UNCONFIRMED, cause, bytes_given, printer)


Tell = Callable[[PrinterState], None]


def to_nobody(_: PrinterState) -> None:
    """Nobody wants to hear how the printer stands while it prints."""


class Device(Protocol):
    """A way to a physical printer. Its worker is the only one to touch it; foreign errors never leave it."""

    @property
    def place(self) -> Hashable | None:
        """The printer that it last led to, the same by whatever way; None where only its address says which."""

    def prepare(self, slip: Slip, name: str) -> Sheet:
        """Make what this device takes of a slip; touches nothing."""

    def print(self, sheet: Sheet, tell: Tell = to_nobody) -> Outcome:
        """Hand the sheet over once. Takes seconds; nothing is repeated after the first byte.

        `tell` hears how the printer stands as soon as that is known: people must not wait for the end to see a trouble.
        """

    def probe(self) -> PrinterState:
        """Ask the device how it stands, without printing."""
