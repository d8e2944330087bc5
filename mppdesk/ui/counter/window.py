"""The counter window: the clerk looks at a face and at papers, so one thing is big and one thing is next."""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from mppdesk.domain.errors import Refused
from mppdesk.domain.submission import CheckState, LackReason
from mppdesk.operations.far_printers import FarPrinter
from mppdesk.operations.readings import CounterScreen
from mppdesk.texts import Text, msg
from mppdesk.ui.counter.acts import CounterActs, Place
from mppdesk.ui.counter.arrangement import Arrangement
from mppdesk.ui.counter.asking import Asking
from mppdesk.ui.counter.checklist_state import tick_of, with_details
from mppdesk.ui.counter.clock_banner import show_early_clock
from mppdesk.ui.counter.done_words import Done
from mppdesk.ui.counter.key_state import KeyState
from mppdesk.ui.counter.locking import Locking
from mppdesk.ui.counter.paper_acts import PaperActs
from mppdesk.ui.counter.port import CounterPort
from mppdesk.ui.counter.printer_banner import PaperBanner
from mppdesk.ui.counter.saving import Saving
from mppdesk.ui.counter.scanner import Scanner
from mppdesk.ui.counter.taking_state import call_of_nobody
from mppdesk.ui.counter.view_state import CounterView
from mppdesk.ui.shared.banner import Banner, BannerStack, Level
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.connection import ONE_PC, Connection
from mppdesk.ui.shared.errors import ErrorBanner
from mppdesk.ui.shared.key_bar import KeyBar
from mppdesk.ui.shared.shortcuts import ANSWER_KEYS, COUNTER_KEYS, Act, bind
from mppdesk.ui.shared.tasks import Runner
from mppdesk.ui.shared.top_bar import TopBar
from mppdesk.ui.shared.undo_strip import UndoStrip

_TOLD_SECONDS = 10.0


class CounterWindow(QWidget):
    """Shows what the port reads and does what the keys ask; all its work is done beside the GUI thread.

    `now` is the hub's time in the office's zone; `seconds` a clock that only goes forward. The program around it
    answers `handed_over`, which carries the clerk who came (`SignedIn`), `leave_wanted`, and `administration_wanted`,
    which only a clerk who `may_administer` asks for. Where nobody has a PIN, as in the demo, nothing is locked.
    """

    handed_over = Signal(object)
    leave_wanted = Signal()
    administration_wanted = Signal()

    def __init__(
        self,
        port: CounterPort,
        tasks: Runner,
        now: Callable[[], datetime],
        clerk_name: str,
        changes: Changes | None = None,
        seconds: Callable[[], float] = time.monotonic,
        *,
        asks_for_pins: bool = True,
        may_administer: bool = False,
    ) -> None:
        super().__init__()
        self.acts = CounterActs(port, tasks, now, (lambda: changes.told) if changes is not None else (lambda: 0))
        self._now = now
        self._view: CounterView | None = None
        self._keys: dict[Act, KeyState] = {}
        self._top, self._banners = TopBar(now), BannerStack(ANSWER_KEYS)
        self._error = ErrorBanner(self._banners)
        self.undo, self.keys = UndoStrip(seconds), KeyBar(COUNTER_KEYS)
        self._parts = Arrangement(self, self.undo)
        self.queue, self.desk, self.side = self._parts.queue, self._parts.desk, self._parts.side
        self.idle, self.idle_side, self.outcome = self._parts.idle, self._parts.idle_side, self._parts.outcome
        self.asking = Asking(self, self.acts)
        self._paper = PaperBanner(self._banners, PaperActs(self.acts), self.asking.choices)
        self.saving = Saving(self, self.acts, self.asking, self._banners)
        self.locking = Locking(self, self.acts, self.asking, clerk_name, seconds)
        self.asking.pausing.may_administer = may_administer
        self._asks_for_pins = asks_for_pins
        self.scanner = Scanner(self, lambda: not self.locking.is_locked, seconds)
        self._lay_out()
        self._connect()
        bind(self, COUNTER_KEYS, self.press, seconds)
        self._top.set_person(clerk_name)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        if changes is not None:
            changes.changed.connect(self._hear)
        self.acts.read()

    @property
    def view(self) -> CounterView | None:
        """What is shown now; None before the first answer of the store."""
        return self._view

    @property
    def banners(self) -> BannerStack:
        """For the sentences of the program around the window, such as a lost hub."""
        return self._banners

    def set_connection(self, connection: Connection) -> None:
        """Show how the hub and the centre are reached."""
        self._top.set_connection(connection)
        self.acts.lose_hub(connection.lost_at)

    def set_clock_difference(self, difference: timedelta | None) -> None:
        """Show how far this computer's clock is from the hub's; None where nobody needs to know."""
        self._top.set_clock_difference(difference)

    def set_far_printers(self, printers: tuple[FarPrinter, ...]) -> None:
        """Say how the printers of other computers stand, to a clerk who looks after them."""
        self._paper.look_afar(printers)
        self.refresh()

    def lock(self) -> None:
        """Hide who is at the desk until this clerk's PIN; what is shown of numbers and papers stays."""
        if self._asks_for_pins:
            self.locking.lock()
        else:
            self._tell(msg("Loket contoh tidak dikunci."), msg("Di kantor, PIN petugas membukanya lagi."))

    def _hear(self, _topics: frozenset[str]) -> None:
        """A method, since a function would keep a window that was put away, and let it read on with every news."""
        self.acts.hear()

    def refresh(self) -> None:
        """Draw what is true now; also once a second, for the clocks."""
        view, screen = self.acts.view(), self.acts.screen
        if view is None or screen is None:
            return
        is_first = self._view is None
        self._view = view
        with self._parts.laid_out_once():
            self._draw(view, screen)
        if is_first:
            self._go(Place.CHECKLIST)  # a start after a power cut opens on the same person

    def _draw(self, view: CounterView, screen: CounterScreen) -> None:
        self._top.set_place(screen.label, screen.agency.short_name, screen.mpp_name)
        self._top.set_printer(self.acts.printer)
        self._paper.show(self.acts.printer, self._now())
        show_early_clock(self._banners, screen.day, self._now())
        self.queue.show_queue(view.queue)
        self._show_middle(view)
        self._show_side(view)
        self._show_keys(view)

    def press(self, act: Act) -> None:
        """Do what a key asks for, if it may be pressed now."""
        if act is Act.LOCK:
            self.lock()
            return
        panel = self.locking.open_panel() or self.asking.open_panel()
        if panel is not None:
            panel.hear(act)
            return
        self._error.end()
        if act is Act.CALL_NEXT and self._view is not None and self._view.checklist is not None:
            self._say_finish_first()
        elif self._may(act):
            self._answers[act]()

    # what keys do

    def _may(self, act: Act) -> bool:
        key = self._keys.get(act)
        return act in self._answers and (key is None or key.is_usable)

    def _answer_table(self) -> dict[Act, Callable[[], None]]:
        return {
            Act.HELP: self.asking.show_help,
            Act.CALL_NEXT: self._call_or_take,
            Act.RECALL: self.acts.recall,
            Act.NO_SHOW: self.acts.no_show,
            Act.START: self.acts.start,
            Act.HOLD: self.asking.ask_hold,
            Act.TRANSFER: self.asking.ask_transfer,
            Act.REPRINT: self.acts.reprint,
            Act.DONE: self._done,
            Act.FULL_SCREEN: self._toggle_full_screen,
            Act.PAUSE_OR_CLOSE: self.asking.pausing.ask,
            Act.FIND: self._find,
            Act.APPLICANT: self._go_to_applicant,
            Act.HISTORY: self._show_history,
            Act.SAVE: self.saving.save_last,
            Act.SAVE_ELSEWHERE: self.saving.ask_where_last,
            Act.UNDO: self.undo.take_back,
            Act.LEAVE: self._leave,
            Act.FIRST_ANSWER: lambda: self._banners.press(0),
            Act.SECOND_ANSWER: lambda: self._banners.press(1),
            Act.LARGER: lambda: self._parts.scale(1),
            Act.SMALLER: lambda: self._parts.scale(-1),
            Act.USUAL_SIZE: lambda: self._parts.scale(0),
        }

    def _call_or_take(self) -> None:
        """F2: whom the hub chooses; where nobody knows that, whoever shows a ticket."""
        self.asking.finding.take_ticket() if self.acts.is_cut_off else self.acts.call_next()

    def _find(self) -> None:
        """In the lists; where large letters leave no room for them, among all numbers."""
        self.queue.take_find_focus() if self.queue.isVisible() else self.asking.finding.seek()

    def _find_elsewhere(self, typed: str) -> None:
        self.queue.clear_find()
        self.asking.finding.seek(typed)

    def _find_code(self, code: str) -> None:
        """A scanned code leaves no question open that it does not answer."""
        panel = self.locking.open_panel() or self.asking.open_panel()
        if panel is not None and panel is not self.asking.finding.panel:
            panel.leave()
        self.asking.finding.seek(code)

    def _done(self) -> None:
        self.side.applicant.write()
        self.acts.done()

    def _leave(self) -> None:
        """Esc: close what is open, else bring the hand back to the papers."""
        if self.acts.local.preview is not None:
            self.acts.check_again()
            return
        self.queue.clear_find()
        if self.acts.local.is_details_open:
            self.acts.show_local(is_details_open=False)
        self._go(Place.CHECKLIST)

    def _go_to_applicant(self) -> None:
        if self.acts.ticket is not None:
            if self.acts.local.preview is not None:
                self.acts.show_local(preview=None)
            self._go(Place.APPLICANT)

    def _show_history(self) -> None:
        """Of the person at the desk, else of the row in hand."""
        ticket, screen = self.acts.ticket, self.acts.screen
        if ticket is not None:
            self.asking.show_history(ticket.row.visit, ticket.row.number)
        elif screen is not None:
            rows = (*screen.waiting, *screen.on_hold, *screen.no_show)
            row = next((row for row in rows if row.visit == self.queue.in_hand()), None)
            if row is not None:
                self.asking.show_history(row.visit, row.number)

    def _toggle_full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def _say_finish_first(self) -> None:
        ticket = self.acts.ticket
        if ticket is not None:
            number = ticket.row.number
            self._error(
                Refused(
                    msg("{number} masih di loket ini.", number=number),
                    msg("Selesaikan {number} dahulu (F9).", number=number),
                )
            )

    # what the parts ask for

    def _connect(self) -> None:
        self._answers = self._answer_table()
        self.keys.pressed.connect(self.press)
        self.idle.call_wanted.connect(lambda: self.press(Act.CALL_NEXT))
        self.idle_side.recall_wanted.connect(self._go_on_with)
        self.queue.tab_wanted.connect(lambda tab: self.acts.show_local(tab=tab))
        self.queue.chosen.connect(self._choose_from_queue)
        self.queue.sought.connect(self._find_elsewhere)
        self.scanner.scanned.connect(self._find_code)
        checklist = self.desk.checklist
        checklist.ticked.connect(self._tick)
        checklist.row_reached.connect(self.acts.move_to_row)
        checklist.details_wanted.connect(self._open_details)
        self.side.row_card.written.connect(self._write_details)
        self.side.row_card.left.connect(self._leave)
        self.side.applicant.written.connect(self.acts.record_applicant)
        self.side.applicant.nik_wanted.connect(self.asking.ask_why_nik)
        self.outcome.confirmed.connect(self.acts.confirm)
        self.outcome.check_again.connect(self.acts.check_again)
        self.outcome.hold_wanted.connect(self.asking.ask_hold)
        self.undo.undo.connect(self.acts.undo)
        self.asking.pausing.hand_over_wanted.connect(self.locking.hand_over)
        self.locking.handed_over.connect(self.handed_over)
        self.asking.pausing.leave_wanted.connect(self.leave_wanted)
        self.asking.pausing.administration_wanted.connect(self.administration_wanted)
        self.acts.changed.connect(self.refresh)
        self.acts.went.connect(self._go)
        self.acts.offered.connect(self._offer)
        self.acts.withdrawn.connect(self.undo.withdraw)
        self.acts.told.connect(self._tell)
        self.acts.refused.connect(self._error)

    def _tick(self, row: int, state: CheckState, reason: LackReason | None) -> None:
        ticket = self.acts.ticket
        if ticket is None:
            return
        self.acts.tick(tick_of(ticket.checklist.rows[row], state, reason))
        if row + 1 == len(ticket.checklist.rows):
            self.acts.after_tick()

    def _open_details(self) -> None:
        self.acts.show_local(is_details_open=True)
        self.side.row_card.take_focus()

    def _write_details(self, code: str, paper_date: date | None, originals: int | None, copies: int | None) -> None:
        ticket = self.acts.ticket
        row = next((row for row in ticket.checklist.rows if row.requirement.code == code), None) if ticket else None
        if row is not None:
            self.acts.tick(with_details(row, paper_date, originals, copies))

    def _choose_from_queue(self, visit: str) -> None:
        if self.acts.ticket is not None:
            self._say_finish_first()
        elif self.acts.is_cut_off:
            self._error(call_of_nobody())
        else:
            self.asking.ask_why_out_of_turn(visit)

    def _go_on_with(self, visit: str) -> None:
        """Somebody who was put aside; without the hub she shows her ticket, as everybody does."""
        screen = self.acts.screen
        row = next((row for row in screen.on_hold if row.visit == visit), None) if screen else None
        if self.acts.is_cut_off and row is not None:
            self.asking.finding.take_ticket(row.number)
        else:
            self.asking.ask_why_out_of_turn(visit)

    def _offer(self, done: Done) -> None:
        with self._parts.laid_out_once():
            self.undo.offer(done.said.what, done.said.more, done.said.take_back)

    def _tell(self, what: Text, more: Text) -> None:
        self._banners.show_banner("told", Banner(Level.OK, "circle-check", what, more), _TOLD_SECONDS)

    # how it is drawn

    def _show_middle(self, view: CounterView) -> None:
        if view.idle is not None:
            self.idle.show_idle(view.idle)
            self._parts.put_in_the_middle(self.idle)
        else:
            self._parts.put_in_the_middle(self.desk)  # first, so that its rows are measured once, at their width
            self.desk.show_desk(view, self.acts.local.row)

    def _show_side(self, view: CounterView) -> None:
        if view.outcome is not None:
            self.outcome.show_outcome(view.outcome)
            self._parts.put_at_the_right(self.outcome)
        elif view.idle is not None:
            self.idle_side.show_idle(view.idle)
            self._parts.put_at_the_right(self.idle_side)
        else:
            ticket = self.acts.ticket
            self.side.show_desk(view, ticket.row.visit if ticket else "")
            self._parts.put_at_the_right(self.side)
        self._parts.share_out()

    def _show_keys(self, view: CounterView) -> None:
        for act, key in view.keys.items():
            if self._keys.get(act) != key:
                self.keys.set_key(act, key.is_usable, key.label, key.note or "", key.is_filled)
        self._keys = dict(view.keys)

    def _go(self, place: Place) -> None:
        """Move the focus because of something the clerk did; a locked window keeps it on the PIN."""
        if self.locking.is_locked:
            return
        if place is Place.OUTCOME:
            self.outcome.take_focus()
        elif place is Place.APPLICANT:
            self.side.applicant.take_focus()
        elif place is Place.CHECKLIST and self._view is not None and self._view.rows:
            self.desk.checklist.setFocus()
        else:
            self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._parts.share_out()

    def _lay_out(self) -> None:
        self.setWindowTitle(str(msg("Loket")))
        self.setMinimumSize(1280, 640)
        self.setFocusPolicy(self.focusPolicy().StrongFocus)
        self._parts.between(self._top, self._banners, self.keys)
        self.set_connection(ONE_PC)
        self._parts.share_out()
