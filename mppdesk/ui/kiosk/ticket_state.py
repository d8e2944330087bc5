"""What becomes of a ticket after the last touch: on disk, on paper, or on the screen alone. Free of Qt."""

from dataclasses import dataclass, replace
from enum import StrEnum

from mppdesk.domain.errors import ClerkError
from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.ui.kiosk.port import IssuedTicket, SlipStanding

PAPER_PATIENCE_S = 4.0
_NO_PAPER = frozenset({JobState.BLOCKED, JobState.FAILED, JobState.CANCELLED, JobState.EXPIRED})


class Phase(StrEnum):
    """`unsure`: the printer cannot say whether the paper came out. `on_screen`: no paper, the number is shown."""

    ISSUING = "issuing"
    PRINTING = "printing"
    PRINTED = "printed"
    UNSURE = "unsure"
    ON_SCREEN = "on_screen"
    REFUSED = "refused"


SHOWN_S = {Phase.PRINTED: 8.0, Phase.UNSURE: 8.0, Phase.ON_SCREEN: 60.0, Phase.REFUSED: 30.0}


@dataclass(frozen=True, slots=True)
class Wish:
    """What one person wants; the id is made once, so that asking again gives the same ticket.

    `ahead` is how many waited for the agency when the wish was made.
    """

    command_id: str
    service: str
    priority: str | None
    ahead: int


@dataclass(frozen=True, slots=True)
class TicketState:
    """One wish on its way; `since_s` is when its phase began, in seconds of a clock that only goes forward.

    `came_late`: the person had been told that there was no paper.
    """

    wish: Wish
    since_s: float
    phase: Phase = Phase.ISSUING
    ticket: IssuedTicket | None = None
    cause: PrinterState | None = None
    refusal: ClerkError | None = None
    came_late: bool = False

    def issued(self, ticket: IssuedTicket, now_s: float) -> "TicketState":
        """The number is on disk; now the paper."""
        return replace(self, phase=Phase.PRINTING, ticket=ticket, since_s=now_s)

    def refused(self, refusal: ClerkError, now_s: float) -> "TicketState":
        return replace(self, phase=Phase.REFUSED, refusal=refusal, since_s=now_s)

    def with_slip(self, slip: SlipStanding | None, now_s: float) -> "TicketState":
        """Believe what is known of the paper; trouble is taken back when the paper came out after all."""
        if self.phase not in {Phase.PRINTING, Phase.ON_SCREEN}:
            return self
        if slip is not None and slip.state is JobState.PRINTED:
            late = self.phase is Phase.ON_SCREEN
            return replace(self, came_late=late)._in(Phase.PRINTED, None, now_s)
        if self.phase is Phase.ON_SCREEN:
            return replace(self, cause=slip.cause or self.cause) if slip else self
        if slip is None or slip.state in _NO_PAPER or (slip.cause is not None and slip.cause.blocks):
            return self._in(Phase.ON_SCREEN, slip.cause if slip else None, now_s)
        if slip.state is JobState.UNCONFIRMED:
            return self._in(Phase.UNSURE, slip.cause, now_s)
        return self.waited(now_s)

    def waited(self, now_s: float) -> "TicketState":
        """Nobody stands longer than 4 s before a printer that says nothing."""
        if self.phase is Phase.PRINTING and now_s - self.since_s >= PAPER_PATIENCE_S:
            return self._in(Phase.ON_SCREEN, None, now_s)
        return self

    def without_paper(self, now_s: float) -> "TicketState":
        """The person says that nothing came out."""
        return self._in(Phase.ON_SCREEN, self.cause, now_s)

    def seconds_left(self, now_s: float) -> float | None:
        """How long the screen stays before it goes home; None while something is under way."""
        shown = SHOWN_S.get(self.phase)
        return None if shown is None else max(0.0, shown - (now_s - self.since_s))

    def _in(self, phase: Phase, cause: PrinterState | None, now_s: float) -> "TicketState":
        return replace(self, phase=phase, cause=cause, since_s=now_s)
