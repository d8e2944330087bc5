"""F12 worked by keys: each answer leads to one act, and only closing over people who wait asks again."""

from PySide6.QtCore import QObject, Signal

from mppdesk.texts import msg
from mppdesk.ui.counter.acts import CounterActs
from mppdesk.ui.counter.choice_panel import ChoicePanel
from mppdesk.ui.counter.note_panel import NotePanel
from mppdesk.ui.counter.paper_acts import PaperActs
from mppdesk.ui.counter.paper_state import roll_note
from mppdesk.ui.counter.pause_state import Closings, Pauses, closing_choices, closing_sentence, pause_choices
from mppdesk.ui.counter.shift_acts import ShiftActs
from mppdesk.ui.counter.transfer_panel import Transfer, TransferPanel
from mppdesk.ui.counter.view_state import stage_of


class Pausing(QObject):
    """Uses the panels of the window; `hand_over_wanted` carries the note.

    The program answers `leave_wanted` and, from a clerk who may administer, `administration_wanted`.
    """

    hand_over_wanted = Signal(object)
    leave_wanted = Signal()
    administration_wanted = Signal()

    def __init__(self, acts: CounterActs, choices: ChoicePanel, note: NotePanel, transfer: TransferPanel) -> None:
        super().__init__(choices.window())
        self.may_administer = False
        self._acts, self._choices, self._note, self._transfer = acts, choices, note, transfer
        self._shift, self._paper = ShiftActs(acts), PaperActs(acts)

    def ask(self) -> None:
        """F12."""
        screen = self._acts.screen
        if screen is None:
            return
        pauses = Pauses(
            rest=self._ask_until,
            serve_again=self._shift.end_break,
            open_counter=self._shift.open_counter,
            stop_new_numbers=self._shift.stop_new_numbers,
            resume_new_numbers=self._shift.resume_new_numbers,
            close_counter=self._ask_closing,
            hand_over=self._ask_note,
            leave=self.leave_wanted.emit,
            change_roll=self._paper.roll_changed if self._acts.printer is not None else None,
            administer=self.administration_wanted.emit if self.may_administer else None,
        )
        title = msg("{counter}", counter=screen.label)
        choices = pause_choices(screen, stage_of(screen), pauses, roll_note(self._acts.printer))
        self._choices.ask("coffee", title, choices)

    def _ask_until(self) -> None:
        self._note.ask(
            "coffee",
            msg("Istirahat"),
            msg("Sampai pukul berapa? (boleh kosong)"),
            msg("Mulai istirahat"),
            self._shift.take_break,
        )

    def _ask_note(self) -> None:
        """What the next clerk should know; a note that stands already is passed on unless it is changed."""
        screen = self._acts.screen
        if screen is not None:
            self._note.ask(
                "user",
                msg("Serahkan {counter}", counter=screen.label),
                msg("Catatan untuk petugas berikutnya (boleh kosong)"),
                msg("Lanjut ke petugas berikutnya"),
                self.hand_over_wanted.emit,
                screen.note.text if screen.note else "",
            )

    def _ask_closing(self) -> None:
        screen = self._acts.screen
        if screen is None or not screen.waiting:
            self._shift.close_counter()
            return
        closings = Closings(stay_open=lambda: None, send_all=self._ask_where, close=self._shift.close_counter)
        self._choices.ask(
            "door-exit",
            msg("Tutup {counter}?", counter=screen.label),
            closing_choices(screen, closings),
            closing_sentence(screen),
        )

    def _ask_where(self) -> None:
        screen = self._acts.screen
        if screen is not None:
            visits = tuple(row.visit for row in screen.only_here)
            self._transfer.ask_for_all(len(visits), lambda transfer: self._send_all(visits, transfer))

    def _send_all(self, visits: tuple[str, ...], transfer: Transfer) -> None:
        self._shift.transfer_all_and_close(visits, transfer.service, transfer.note)
