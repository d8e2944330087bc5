"""What the printing loop needs of the storage: the rows of the print jobs."""

from typing import Protocol

from mppdesk.domain.paper_roll import PaperRoll
from mppdesk.domain.print_job import JobState, PrinterState, PrintJob


class PrintJobs(Protocol):
    """The print jobs of this PC. Every change is durable when the call returns."""

    def printers(self) -> dict[str, str]:
        """The URL of each printer by its name."""

    def open_jobs(self, printer: str) -> tuple[PrintJob, ...]:
        """Jobs that are queued or blocked, oldest first."""

    def begin_sending(self, job_id: str, now_ms: int) -> PrintJob | None:
        """Move a queued or blocked job to `sending` and count the attempt; None when it is no longer open."""

    def block(self, job_id: str, cause: PrinterState, now_ms: int) -> bool:
        """Say why a queued or blocked job has to wait; that is no attempt. False when it is no longer open."""

    def settle(
        self,
        job_id: str,
        state: JobState,
        cause: PrinterState | None,
        bytes_given: int,
        now_ms: int,
        paper_mm: int = 0,
    ) -> None:
        """Record how a job stands, and with it the millimetres of paper that it took from the roll, or may have."""

    def recover(self, now_ms: int) -> int:
        """After a start: what was `sending` becomes `unconfirmed`; answers how many there were."""

    def expire(self, before_ms: int, now_ms: int, called_before_ms: int = 0) -> int:
        """Let the open tickets made before a moment expire, so that a mended printer does not burst out stale paper.

        Those made before `called_before_ms` too, if their number has been called meanwhile; and those made as long
        after `now_ms` as the others before it: nobody knows their age, since the clock was set back.
        """

    def roll(self, printer: str) -> PaperRoll | None:
        """What is known of the roll in a printer; None while nothing was printed there and nobody said anything."""

    def roll_changed(self, printer: str, now_ms: int) -> None:
        """A person says that a new roll was put in."""

    def share_roll(self, names: frozenset[str]) -> None:
        """These names, and no others, lead to one printer from now on: they have the same roll."""

    def paper_seen(self, printer: str, state: PrinterState) -> None:
        """A sensor says that the roll is near its end, or at it; other states say nothing of the roll."""
