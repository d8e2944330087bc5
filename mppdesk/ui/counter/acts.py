"""From keys to work: what the clerk asks for is done beside the window, in order, and the window reads again.

Ticks are shown at once and written behind; every other act waits for its answer, which comes within a blink.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from mppdesk.domain.commands import Answer
from mppdesk.domain.errors import ClerkError, Refused
from mppdesk.domain.slip import Slip
from mppdesk.domain.submission import CheckState
from mppdesk.domain.visit import TicketStatus
from mppdesk.operations.readings import CounterScreen, CurrentTicket, PrinterStatus
from mppdesk.operations.submissions import ApplicantData, Check
from mppdesk.texts import Text, msg
from mppdesk.ui.counter import done_words
from mppdesk.ui.counter.checklist_state import first_unsettled
from mppdesk.ui.counter.done_words import Done, Words
from mppdesk.ui.counter.outcome_state import RECEIPT_SHEETS
from mppdesk.ui.counter.port import CounterPort
from mppdesk.ui.counter.queue_state import Tab
from mppdesk.ui.counter.stage import Outcome
from mppdesk.ui.counter.travel import Travel, no_more
from mppdesk.ui.counter.view_state import CounterView, Local, decide, outcome_of, with_newest_keys
from mppdesk.ui.counter.without_people import screen_without_people, ticket_without_person
from mppdesk.ui.shared.tasks import OnClerkError, Runner

_T = TypeVar("_T")


class Place(StrEnum):
    """Where the focus goes because of something the clerk did; never because data arrived."""

    CHECKLIST = "checklist"
    APPLICANT = "applicant"
    OUTCOME = "outcome"
    DESK = "desk"


class CounterActs(QObject):
    """The clerk's hand: holds what was read last and what is open, and asks the port. Lives on the GUI thread.

    `told` counts the news of the store (see `Travel`).
    """

    changed = Signal()
    went = Signal(Place)
    offered = Signal(Done)
    withdrawn = Signal()
    told = Signal(Text, Text)
    refused = Signal(ClerkError)

    def __init__(
        self, port: CounterPort, tasks: Runner, now: Callable[[], datetime], told: Callable[[], int] = lambda: 0
    ) -> None:
        super().__init__()
        self._port, self._tasks, self._now = port, tasks, now
        self._travel = Travel(port, tasks, told, self.changed.emit, self.refused.emit)
        self._unanswered = 0
        self._begun: tuple[str, int] | None = None
        self._last: Done | None = None
        self._is_locked = False
        self._lost_at: datetime | None = None
        self.local = Local()

    @property
    def screen(self) -> CounterScreen | None:
        """What was read last; None before the first answer."""
        return self._travel.screen

    @property
    def printer(self) -> PrinterStatus | None:
        return self._travel.printer

    @property
    def ticket(self) -> CurrentTicket | None:
        """The person at the desk with the newest ticks."""
        return with_newest_keys(self.screen.current, self.local) if self.screen else None

    @property
    def is_locked(self) -> bool:
        """Whether nobody may see who is at the desk."""
        return self._is_locked

    @property
    def is_cut_off(self) -> bool:
        """Whether the hub is out of reach, so that nobody here knows who is next."""
        return self._lost_at is not None

    def lose_hub(self, at: datetime | None) -> None:
        """The hub is out of reach since a moment (aware, of the office's zone); None once it is back."""
        if at != self._lost_at:
            self._lost_at = at
            self.changed.emit()

    def view(self) -> CounterView | None:
        """What to show now; None before the first answer."""
        if self.screen is None:
            return None
        if self._is_locked:
            local = replace(self.local, preview=self.local.preview_without_person)
            return decide(screen_without_people(self.screen), local, self.printer, self._now(), self._lost_at)
        return decide(self.screen, self.local, self.printer, self._now(), self._lost_at)

    def lock(self) -> None:
        """Show numbers and papers only."""
        self._is_locked = True
        self.changed.emit()

    def unlock(self) -> None:
        self._is_locked = False
        self.changed.emit()

    def read(self) -> None:
        """Read once more what is true, such as when the window opens."""
        self._travel.read()

    def hear(self) -> None:
        """Something changed somewhere: read again, unless it is known already; much news at once is one reading."""
        self._travel.hear()

    def show_local(self, **changes: object) -> None:
        """Change what is open in this window only."""
        self.local = replace(self.local, **changes)  # type: ignore[arg-type]  # field names of Local, by its callers
        self.changed.emit()

    # one function a key

    def call_next(self) -> None:
        self._decide(lambda _: self._port.call_next(), done_words.was_called, Place.CHECKLIST)

    def call_ticket(self, visit: str, reason: str) -> None:
        self._decide(lambda _: self._port.call_ticket(visit, reason), done_words.was_called, Place.CHECKLIST)

    def claim(self, visit: str) -> None:
        """Take the person who shows this ticket."""
        self._decide(lambda _: self._port.claim(visit), done_words.was_claimed, Place.CHECKLIST)

    def claim_paper(self, number: str, service: str, is_sent_on: bool = False) -> None:
        """Take the person whose slip says what nobody here has heard of."""
        self._decide(
            lambda _: self._port.claim_paper(number, service, is_sent_on), done_words.was_claimed, Place.CHECKLIST
        )

    def resume(self, visit: str) -> None:
        self._decide(lambda _: self._port.resume(visit), None, Place.CHECKLIST)

    def take_up(self, submission: str, visit: str | None) -> None:
        """Go on with a returned file, for the person at the desk or under its own number of today."""
        self._decide(lambda _: self._port.take_up(submission, visit), done_words.was_taken_up, Place.CHECKLIST)

    def recall(self) -> None:
        self._decide(self._port.recall, None, Place.CHECKLIST)

    def start(self) -> None:
        self._decide(self._port.start, None, Place.CHECKLIST)

    def hold(self, note: str | None) -> None:
        self._decide(lambda visit: self._port.hold(visit, note), done_words.was_held, Place.DESK)

    def no_show(self) -> None:
        self._decide(self._port.no_show, done_words.was_missed, Place.DESK)

    def transfer(self, service: str, note: str | None, then_back: bool) -> None:
        words = done_words.was_sent_on if self.is_cut_off and self.printer is not None else done_words.was_transferred
        self._decide(lambda visit: self._port.transfer(visit, service, note, then_back), words, Place.DESK)

    def done(self) -> None:
        """F9: go to the first row left, open the outcome panel, or finish at once where nothing is printed."""
        match outcome_of(self.ticket):
            case Outcome.UNDECIDED:
                self._go_to_first_undecided()
            case Outcome.FINISH:
                self._decide(self._port.finish, done_words.was_finished, Place.DESK)
            case Outcome.REGISTER | Outcome.HAND_BACK:
                self._open_outcome()
            case Outcome.NOTHING:
                pass

    def confirm(self) -> None:
        """The filled button of the outcome panel: print, and accept or hand back."""
        outcome = outcome_of(self.ticket)
        if self.local.preview is None:
            return
        if outcome is Outcome.REGISTER:
            self._decide(
                lambda _: self._port.register(self._here(), RECEIPT_SHEETS), done_words.was_registered, Place.DESK
            )
        elif outcome is Outcome.HAND_BACK:
            self._decide(lambda _: self._port.hand_back(self._here()), done_words.was_handed_back, Place.DESK)

    def check_again(self) -> None:
        """Esc in the outcome panel: back to the checklist, nothing lost."""
        self.show_local(preview=None)
        self.went.emit(Place.CHECKLIST)

    def tick(self, check: Check) -> None:
        """Show a tick at once and write it behind; the first one begins the service."""
        ticket = self.ticket
        if ticket is None:
            return
        begins = self._begins(ticket)
        self._unanswered += 1
        pending = {**self.local.pending, check.code: check}
        self.show_local(pending=pending, preview=None)
        self.withdrawn.emit()

        def work() -> None:
            if begins:
                self._port.start(ticket.row.visit)
            self._port.check(ticket, (check,))

        self._travel.go(work, self._written, no_more, lambda error: self._not_written(check, error))

    def move_to_row(self, row: int) -> None:
        """The clerk's hand is on another row."""
        if row != self.local.row:
            self.show_local(row=row, is_details_open=False)

    def after_tick(self) -> None:
        """Every row is decided: on to the name where a receipt needs one, else stay."""
        ticket = self.ticket
        if ticket is None or outcome_of(ticket) is not Outcome.REGISTER:
            return
        if ticket.checklist.applicant.name is None:
            self.went.emit(Place.APPLICANT)

    def record_applicant(self, data: ApplicantData) -> None:
        """Write what was typed about the applicant; None leaves a field as it was."""
        ticket = self.ticket
        if ticket is None:
            return
        begins = self._begins(ticket)

        def work() -> None:
            if begins:
                self._port.start(ticket.row.visit)
            self._port.record_applicant(ticket, data)

        self._work(work)

    def undo(self) -> None:
        """Take back the act on offer."""
        offer, self._last = self._last, None
        if offer is not None:
            self._work(
                lambda: self._port.undo(offer.visit, offer.act),
                lambda answer: self._say_undone(answer, offer),
                settle=self._undone,
            )

    def reprint(self) -> None:
        self._work(self._port.reprint, lambda said: self.told.emit(said, msg("Ambil lembarnya dari printer.")))

    def carry_out(self, work: Callable[[CounterPort], _T], on_done: Callable[[_T], None]) -> None:
        """Do something else at the port, such as opening the counter, and read what is true after it."""
        self._work(lambda: work(self._port), on_done)

    def ask(self, question: Callable[[CounterPort], _T], on_answer: Callable[[_T], None]) -> None:
        """Ask the port something that changes nothing, such as a history."""
        self.attempt(question, on_answer, self.refused.emit)

    def attempt(
        self,
        question: Callable[[CounterPort], _T],
        on_answer: Callable[[_T], None],
        on_refusal: Callable[[ClerkError], None],
    ) -> None:
        """Ask the port something whose refusal is said where it was asked, such as a PIN."""
        self._tasks.run(lambda: question(self._port), on_answer, on_refusal)

    def do_beside(
        self, work: Callable[[CounterPort], _T], on_done: Callable[[_T], None], on_refusal: OnClerkError
    ) -> None:
        """Do something that takes as long as a disk, while the keys of the clerk go on."""
        self._tasks.run_beside(lambda: work(self._port), on_done, on_refusal)

    # how an act travels

    def _decide(self, ask: Callable[[str], Answer], words: Words | None, then: Place) -> None:
        """Ask for a decision on the person at the desk (or an empty desk), and show what came of it."""
        if self.local.is_busy or self.screen is None:
            return
        current = self.screen.current
        visit = current.row.visit if current else ""
        self.local = replace(self.local, is_busy=True)
        self.withdrawn.emit()
        self._work(
            lambda: ask(visit),
            lambda answer: self._go_on(answer, then),
            settle=lambda answer: self._decided(answer, words, then),
        )

    def _decided(self, answer: Answer, words: Words | None, then: Place) -> None:
        keeps_row = then is Place.CHECKLIST and self.local.preview is None
        here = self.screen.current if self.screen else None
        first = first_unsettled(here.checklist.rows) if here else 0
        row = self.local.row if keeps_row and words is None else first
        self.local = Local(tab=Tab.WAITING if words else self.local.tab, row=row)
        self._last = done_words.done(answer, words) if words else None

    def _go_on(self, answer: Answer, then: Place) -> None:
        self.went.emit(then if answer.ticket else Place.DESK)
        if self._last is not None:
            self.offered.emit(self._last)

    def _work(
        self,
        work: Callable[[], _T],
        then: Callable[[_T], None] = no_more,
        settle: Callable[[_T], None] = no_more,
    ) -> None:
        """Do the work, read and draw what is true after it, then go on."""
        self._travel.go(work, settle, then, self._failed)

    def _failed(self, error: ClerkError) -> None:
        """Nothing was changed; show the sentence, and read once more what is true."""
        self.local = replace(self.local, is_busy=False)
        self.refused.emit(error)
        self._travel.read()

    def _written(self, _: None) -> None:
        self._unanswered -= 1
        if self._unanswered == 0:
            self.local = replace(self.local, pending={})

    def _not_written(self, check: Check, error: ClerkError) -> None:
        self._unanswered -= 1
        self.local = replace(self.local, pending={k: v for k, v in self.local.pending.items() if k != check.code})
        self._begun = None
        self._failed(error)

    def _begins(self, ticket: CurrentTicket) -> bool:
        """Whether this stroke is the first at a person who was only called."""
        if ticket.row.status is not TicketStatus.CALLED or self._begun == (ticket.row.visit, ticket.called_ms):
            return False
        self._begun = (ticket.row.visit, ticket.called_ms)
        return True

    def _here(self) -> CurrentTicket:
        """The person at the desk as the store has it, every tick included; called beside the window."""
        current = self._port.screen().current
        if current is None:
            raise Refused(
                msg("Tidak ada nomor di loket ini. Tidak ada yang berubah."), msg("Tekan F2 untuk memanggil.")
            )
        return current

    def _open_outcome(self) -> None:
        is_return = outcome_of(self.ticket) is Outcome.HAND_BACK

        def work() -> tuple[Slip, Slip]:
            lay_out = self._port.preview_lacking if is_return else self._port.preview_receipt
            here = self._here()
            return lay_out(here), lay_out(ticket_without_person(here))

        def opened(slips: tuple[Slip, Slip]) -> None:
            self.local = replace(self.local, preview=slips[0], preview_without_person=slips[1])

        self._work(work, lambda _: self.went.emit(Place.OUTCOME), settle=opened)

    def _go_to_first_undecided(self) -> None:
        ticket = self.ticket
        if ticket is None:
            return
        rows = ticket.checklist.rows
        first = next(index for index, row in enumerate(rows) if row.state is CheckState.UNDECIDED)
        self.show_local(row=first)
        self.went.emit(Place.CHECKLIST)

    def _undone(self, _: Answer) -> None:
        self.local = Local(tab=self.local.tab)
        self._begun = None

    def _say_undone(self, answer: Answer, offer: Done) -> None:
        """Undoing prints nothing; the paper in the citizen's hand has to come back."""
        number = answer.ticket.number if answer.ticket else offer.number
        nothing_more = msg("Tidak ada lagi yang perlu dilakukan.")
        self.told.emit(msg("{number} kembali seperti semula.", number=number), offer.said.ask_back or nothing_more)
        self.went.emit(Place.CHECKLIST if self.screen and self.screen.current else Place.DESK)
