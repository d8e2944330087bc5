"""What the counter window needs from the program around it, as plain calls that may take their time."""

from pathlib import Path
from typing import Protocol

from mppdesk.domain.commands import Answer
from mppdesk.domain.slip import Slip
from mppdesk.operations.readings import (
    CounterScreen,
    CurrentTicket,
    HistoryLine,
    ServiceHit,
    SignedIn,
    Sought,
)
from mppdesk.operations.saved_papers import SavedPaper, SavingPlace
from mppdesk.operations.submissions import ApplicantData, Check
from mppdesk.texts import Text
from mppdesk.ui.shared.paper_port import PaperPort


class CounterPort(PaperPort, Protocol):
    """The counter, its clerk and its printer, bound together by the program; every call may raise `ClerkError`.

    Calls are made off the GUI thread, one after the other, in the order of the clerk's keys; only what waits for a
    disk that may be slow, `save_paper` and `saving_places`, is done beside them.
    """

    def screen(self) -> CounterScreen: ...

    def call_next(self) -> Answer: ...

    def call_ticket(self, visit: str, reason: str) -> Answer: ...

    def claim(self, visit: str) -> Answer:
        """Take the person who shows this ticket; the way to go on without the hub."""

    def claim_paper(self, number: str, service: str, is_sent_on: bool) -> Answer:
        """Take the person who shows a ticket that nobody here has heard of: number and service as printed.

        With `is_sent_on` it is heard of, but not that another counter sent her here.
        """

    def recall(self, visit: str) -> Answer: ...

    def start(self, visit: str) -> Answer: ...

    def hold(self, visit: str, note: str | None) -> Answer: ...

    def resume(self, visit: str) -> Answer: ...

    def no_show(self, visit: str) -> Answer: ...

    def finish(self, visit: str) -> Answer:
        """Finish without papers."""

    def check(self, ticket: CurrentTicket, checks: tuple[Check, ...]) -> None:
        """Record how requirements stand, at once and on disk."""

    def record_applicant(self, ticket: CurrentTicket, data: ApplicantData) -> None: ...

    def preview_receipt(self, ticket: CurrentTicket) -> Slip:
        """The tanda terima as it would be printed now, but for the register number, which only the hub gives."""

    def preview_lacking(self, ticket: CurrentTicket) -> Slip:
        """The daftar kekurangan exactly as it would be printed now."""

    def register(self, ticket: CurrentTicket, sheets: int) -> Answer: ...

    def hand_back(self, ticket: CurrentTicket) -> Answer: ...

    def find_services(self, typed: str) -> tuple[ServiceHit, ...]: ...

    def seek(self, typed: str) -> Sought:
        """What a number of today or a scanned code leads to, also one that only a slip can prove."""

    def take_up(self, submission: str, visit: str | None) -> Answer:
        """Go on with a returned file for the `visit` at the desk; None brings its own number of today back."""

    def requeue(self, visit: str) -> Answer:
        """Let somebody who came back wait again, behind as many people as the house says."""

    def transfer(self, visit: str, service: str, note: str | None, then_back: bool) -> Answer: ...

    def undo(self, visit: str, act: str) -> Answer: ...

    def reprint(self) -> Text:
        """Print the counter's last slip again as SALINAN; answers what it was, in one sentence."""

    def print_elsewhere(self, printer: str) -> Text:
        """Send to another printer what waits for the counter's own; answers what became of it, in one sentence.

        An original of which no byte was given stays one; a sheet that may be out goes there as SALINAN.
        """

    def last_file(self) -> str:
        """The file that was registered or returned last at this counter; Refused where nobody knows of one."""

    def save_paper(self, submission: str, folder: Path | None) -> SavedPaper:
        """Save the paper of a file as PDF, in the usual folder or, from now on, in another; as long as a disk takes."""

    def saving_places(self) -> tuple[SavingPlace, ...]:
        """The folders to choose from, the usual one first."""

    def open_counter(self) -> Answer: ...

    def take_break(self, until: str | None) -> Answer: ...

    def end_break(self) -> Answer: ...

    def stop_new_numbers(self) -> Answer:
        """Serve those who wait; the kiosk sends new people elsewhere."""

    def resume_new_numbers(self) -> Answer: ...

    def close_counter(self) -> Answer: ...

    def unlock(self, pin: str) -> None:
        """Check the PIN of the clerk at this counter; NotAllowed for a wrong one."""

    def hand_over(self, user_name: str, pin: str, note: str | None) -> SignedIn:
        """Give the open counter to the clerk with this PIN, with a note for her.

        NotAllowed for a wrong PIN, and nothing is changed.
        """

    def history(self, visit: str) -> tuple[HistoryLine, ...]: ...

    def look_at_nik(self, submission: str, reason: str) -> str | None:
        """The NIK in full; who looked and why is recorded first. `reason` is one of submissions.LOOK_REASONS."""
