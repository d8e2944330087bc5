"""A print job: what must come out of which printer, and what is known of it."""

from dataclasses import dataclass
from enum import StrEnum

from mppdesk.domain.slip import Slip


class JobState(StrEnum):
    """`printed` only after the printer confirmed it; a finished write is not a print."""

    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"
    UNCONFIRMED = "unconfirmed"
    BLOCKED = "blocked"
    FAILED = "failed"
    CANCELLED = "cancelled"
    # A ticket that waited too long to be printed by itself, until somebody of the staff was told.
    EXPIRED = "expired"
    # Given with the hub's answer to the station that asked; it prints, and has the job of the same id.
    HANDED = "handed"


UNSETTLED = (JobState.QUEUED, JobState.BLOCKED, JobState.SENDING, JobState.UNCONFIRMED, JobState.EXPIRED)
"""What still has to come out, or somebody has to be told of; in the order of the index of them."""


class PrinterState(StrEnum):
    """What a printer says of itself; `unknown` before the first answer, `mute` when it never answers questions."""

    READY = "ready"
    PAPER_NEAR_END = "paper_near_end"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER_JAM = "cutter_jam"
    ERROR = "error"
    OFFLINE = "offline"
    UNREACHABLE = "unreachable"
    MUTE = "mute"
    UNKNOWN = "unknown"

    @property
    def blocks(self) -> bool:
        """Nothing may be written to a printer in this state."""
        return self in _BLOCKING


_BLOCKING = frozenset(
    {
        PrinterState.PAPER_OUT,
        PrinterState.COVER_OPEN,
        PrinterState.CUTTER_JAM,
        PrinterState.ERROR,
        PrinterState.OFFLINE,
        PrinterState.UNREACHABLE,
    }
)


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One sheet for one printer.

    `printer` is the name given in the settings; `copy_number` 0 is the original, n > 0 is "SALINAN n";
    `bytes_given` counts the bytes handed to the device in the last attempt; times are UTC milliseconds.
    """

    job_id: str
    printer: str
    slip: Slip
    subject_id: str
    label: str
    copy_number: int
    state: JobState
    cause: PrinterState | None
    attempts: int
    bytes_given: int
    created_ms: int
    changed_ms: int

    @property
    def is_still_here(self) -> bool:
        """Whether it waits, and not a byte of it was ever given to a printer."""
        return self.state in _STILL_HERE


_STILL_HERE = frozenset({JobState.QUEUED, JobState.BLOCKED, JobState.EXPIRED})
