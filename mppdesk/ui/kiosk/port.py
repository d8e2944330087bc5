"""What the kiosk window needs from the program around it, as plain calls that may take their time."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.operations.readings import KioskScreen
from mppdesk.ui.shared.paper_port import PaperPort


class StaffCall(StrEnum):
    """Why a person of the staff should come to the kiosk."""

    HELP = "help"
    PAPER = "paper"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class IssuedTicket:
    """A ticket that is on disk; `qr_token` is what its QR code holds.

    A provisional one was numbered by this kiosk alone, cut off from the hub.
    """

    visit: str
    number: str
    qr_token: str
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class SlipStanding:
    """How the slip of a ticket stands; `cause` is what the printer said when it is blocked or failed."""

    state: JobState
    cause: PrinterState | None = None


@dataclass(frozen=True, slots=True)
class KioskSettings:
    """What an administrator sets for one kiosk.

    `diagonal_in` is the touch panel's real diagonal in inches: what must be 20 mm high is reckoned from it.
    Without `has_staff_call` nobody would hear the call, so the kiosk does not offer it.
    """

    diagonal_in: float = 21.5
    has_staff_call: bool = False
    skips_empty_preview: bool = True


class KioskPort(PaperPort, Protocol):
    """The kiosk and its printer, bound together by the program; every call may raise `ClerkError`.

    Calls are made off the GUI thread, one after the other, in the order of the touches. About paper it is told by
    whoever gave the PIN last.
    """

    def screen(self) -> KioskScreen: ...

    def has_printer(self) -> bool:
        """Whether the settings name a printer for this kiosk now."""

    def take_ticket(self, command_id: str, service: str, priority: str | None) -> IssuedTicket:
        """Issue a ticket and queue its slip; the same `command_id` gives the same ticket again."""

    def slip(self, visit: str) -> SlipStanding | None:
        """How the slip of this ticket stands now; None when no slip was queued."""

    def print_requirements(self, service: str) -> None:
        """Queue the list of what to bring for this service."""

    def leave(self, pin: str) -> None:
        """Accept the PIN of somebody who may care for this kiosk and close it, or raise NotAllowed."""

    def call_staff(self, why: StaffCall) -> None:
        """Raise the alarm at the information desk; called only where the settings say it can be heard."""
