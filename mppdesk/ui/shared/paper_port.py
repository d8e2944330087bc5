"""What a window lets a person do about the paper of its printer, wherever she stands."""

from typing import Protocol

from mppdesk.operations.readings import PrinterStatus
from mppdesk.texts import Text


class PaperPort(Protocol):
    """The printer of one window; every call may raise `ClerkError`, and is made off the GUI thread."""

    def printer(self) -> PrinterStatus | None:
        """How the printer stands; None where there is none."""

    def slip_came_out(self, job: str) -> None:
        """A person saw the sheet of this job, of which nobody was sure."""

    def reprint_slip(self, job: str) -> Text:
        """Print a sheet that nobody is sure of again, as SALINAN; answers what it was, in one sentence."""

    def print_expired(self, jobs: tuple[str, ...]) -> Text:
        """Print tickets after all that got too old to come out by themselves; answers how many, in one sentence."""

    def let_expired_go(self, jobs: tuple[str, ...]) -> None:
        """Nobody needs these tickets on paper any more; their numbers stay valid."""

    def roll_changed(self) -> None:
        """Somebody put a new roll of paper into the printer."""
