"""Where a citizen is at the kiosk, and where a touch or a pause leads. Free of Qt; times are seconds that only grow."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from mppdesk.domain.errors import ClerkError
from mppdesk.operations.readings import KioskAgency, KioskScreen, KioskService, PrinterStatus
from mppdesk.texts import Text
from mppdesk.ui.kiosk.port import KioskSettings
from mppdesk.ui.kiosk.ticket_state import TicketState, Wish

LOCK_S = 0.4  # a finger that trembles touches twice
PATIENCE_S = 30.0
READING_PATIENCE_S = 60.0
ASKING_S = 20.0
INDONESIAN, ENGLISH = "id", "en"


class Step(StrEnum):
    AGENCY = "agency"
    ALL_AGENCIES = "all_agencies"
    CLOSED = "closed"
    SERVICE = "service"
    PREVIEW = "preview"
    PRIORITY = "priority"
    TICKET = "ticket"


_BEFORE = {
    Step.ALL_AGENCIES: Step.AGENCY,
    Step.CLOSED: Step.AGENCY,
    Step.SERVICE: Step.AGENCY,
    Step.PREVIEW: Step.SERVICE,
    Step.PRIORITY: Step.PREVIEW,
}


@dataclass(frozen=True, slots=True)
class KioskState:
    """Everything the window draws; `notice` answers the last touch in one sentence, `asked_s`: "Masih di sana?"."""

    settings: KioskSettings = KioskSettings()  # noqa: RUF009 - a frozen value
    screen: KioskScreen | None = None
    printer: PrinterStatus | None = None
    has_printer: bool = True
    stopped: ClerkError | None = None
    step: Step = Step.AGENCY
    came_from: Step = Step.AGENCY
    agency_code: str | None = None
    service_code: str | None = None
    letter: str | None = None
    page: int = 0
    ticket: TicketState | None = None
    language: str = INDONESIAN
    is_large: bool = False
    is_high_contrast: bool = False
    notice: Text | None = None
    touched_s: float = 0.0
    asked_s: float | None = None

    @property
    def agency(self) -> KioskAgency | None:
        agencies = self.screen.agencies if self.screen else ()
        return next((each for each in agencies if each.agency.code == self.agency_code), None)

    @property
    def service(self) -> KioskService | None:
        services = self.agency.services if self.agency else ()
        return next((each for each in services if each.service.code == self.service_code), None)

    @property
    def has_paper(self) -> bool:
        """Whether paper comes out now, as far as anybody knows."""
        return self.has_printer and not (self.printer is not None and self.printer.state.blocks)

    @property
    def is_home(self) -> bool:
        return self.step is Step.AGENCY

    def is_too_soon(self, now_s: float) -> bool:
        """Whether a touch comes so soon after the one before that it is the same one."""
        return now_s - self.touched_s < LOCK_S

    def touched(self, now_s: float) -> "KioskState":
        """Somebody is there."""
        return replace(self, touched_s=now_s, asked_s=None, notice=None)

    def with_screen(self, screen: KioskScreen) -> "KioskState":
        """Take in how the queues stand; who has chosen something the catalogue no longer has begins anew."""
        fresh = replace(self, screen=screen, stopped=None)
        is_lost = self.step is not Step.TICKET and (
            (self.agency_code is not None and fresh.agency is None)
            or (self.service_code is not None and fresh.service is None)
        )
        return fresh.home() if is_lost else fresh

    def with_printer(self, printer: PrinterStatus | None, *, has_printer: bool) -> "KioskState":
        return replace(self, printer=printer, has_printer=has_printer)

    def without_screen(self, trouble: ClerkError) -> "KioskState":
        """The office's data cannot be read; a person who already has a number keeps it on the screen."""
        return replace(self, stopped=trouble)

    def home(self) -> "KioskState":
        """Begin anew for the next person, everything back to default."""
        return KioskState(
            self.settings, self.screen, self.printer, self.has_printer, self.stopped, touched_s=self.touched_s
        )

    def back(self) -> "KioskState":
        """One step back; a service chosen in a list of all agencies leads back into that list."""
        if self.step is Step.PRIORITY and self._skips_preview:
            return replace(self, service_code=None)._at(Step.SERVICE)
        if self.step in {Step.SERVICE, Step.CLOSED}:
            return replace(self, agency_code=None)._at(self.came_from)
        if self.step is Step.ALL_AGENCIES and self.letter is not None:
            return self.see_all()
        before = _BEFORE.get(self.step, Step.AGENCY)
        return (replace(self, service_code=None) if before is Step.SERVICE else self)._at(before)

    def see_all(self) -> "KioskState":
        return self.choose_letter(None)

    def choose_letter(self, letter: str | None) -> "KioskState":
        return replace(self, letter=letter)._at(Step.ALL_AGENCIES)

    def turn_to(self, page: int) -> "KioskState":
        return replace(self, page=page)

    def choose_agency(self, code: str) -> "KioskState":
        """A closed one says first when it opens again."""
        chosen = replace(self, agency_code=code, came_from=self.step)
        if chosen.agency is None:
            return self
        return chosen._at(Step.CLOSED if chosen.agency.closed else Step.SERVICE)

    def see_services(self) -> "KioskState":
        """Read what a closed agency asks for."""
        return self._at(Step.SERVICE)

    def choose_service(self, code: str) -> "KioskState":
        chosen = replace(self, service_code=code, ticket=None)
        if chosen.service is None:
            return self
        return chosen._at(Step.PRIORITY if chosen._skips_preview else Step.PREVIEW)

    def go_on(self) -> "KioskState":
        """To the last question; not where no numbers are given now."""
        return self._at(Step.PRIORITY) if self.agency is not None and self.closed is None else self

    def wish(self, priority: str | None, new_id: Callable[[], str], now_s: float) -> "KioskState":
        """Ask for the ticket; while one is asked for, or after a refusal, the same wish keeps its id."""
        if self.agency is None or self.service is None:
            return self
        known = self.ticket.wish.command_id if self.ticket else new_id()
        wish = Wish(known, self.service.service.code, priority, self.agency.waiting)
        return replace(self._at(Step.TICKET), ticket=TicketState(wish, now_s))

    def with_ticket(self, ticket: TicketState) -> "KioskState":
        return replace(self, ticket=ticket)

    def speak(self, language: str) -> "KioskState":
        return replace(self, language=language)

    def with_look(self, *, is_large: bool | None = None, is_high_contrast: bool | None = None) -> "KioskState":
        """Letters and colours as this citizen wants them, until the kiosk begins anew; None leaves one as it is."""
        return replace(
            self,
            is_large=self.is_large if is_large is None else is_large,
            is_high_contrast=self.is_high_contrast if is_high_contrast is None else is_high_contrast,
        )

    def say(self, notice: Text) -> "KioskState":
        return replace(self, notice=notice)

    def passed(self, now_s: float) -> "KioskState":
        """What time alone does; it never prints anything."""
        if self.ticket is not None and self.step is Step.TICKET:
            return self._ticket_passed(self.ticket.waited(now_s), now_s)
        if self.asked_s is not None:
            return self.home() if now_s - self.asked_s >= self._asking_s else self
        if now_s - self.touched_s < self._patience_s:
            return self
        if self.is_home:
            return self.home()
        return replace(self, asked_s=now_s, notice=None)

    def seconds_to_answer(self, now_s: float) -> float | None:
        """What is left of the ring of "Masih di sana?"; None while nobody is asked."""
        return None if self.asked_s is None else max(0.0, self._asking_s - (now_s - self.asked_s))

    @property
    def closed(self) -> Text | None:
        """Why no number is given for the chosen service now: its agency is shut, or nobody would call."""
        reason = self.agency.closed if self.agency else None
        return reason or (self.service.closed if self.service else None)

    @property
    def _patience_s(self) -> float:
        return self._slowly(READING_PATIENCE_S if self.step is Step.PREVIEW else PATIENCE_S)

    @property
    def _asking_s(self) -> float:
        return self._slowly(ASKING_S)

    def _slowly(self, seconds: float) -> float:
        """Who needs large letters reads for longer (UI.md 4)."""
        return 2 * seconds if self.is_large else seconds

    @property
    def _skips_preview(self) -> bool:
        """Nothing to bring, nothing to read."""
        if self.service is None or self.agency is None or self.closed:
            return False
        return self.settings.skips_empty_preview and not self.service.service.requirements

    def _ticket_passed(self, ticket: TicketState, now_s: float) -> "KioskState":
        return self.home() if ticket.seconds_left(now_s) == 0.0 else self.with_ticket(ticket)

    def _at(self, step: Step) -> "KioskState":
        return replace(self, step=step, page=0, notice=None)
