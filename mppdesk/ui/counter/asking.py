"""The panels over the counter window: opened by keys, at most one at a time, each leading to one act."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mppdesk.operations.readings import HistoryLine, ServiceHit
from mppdesk.texts import msg
from mppdesk.ui.counter.acts import CounterActs
from mppdesk.ui.counter.applicant_panel import shown_nik
from mppdesk.ui.counter.choice_panel import ChoicePanel
from mppdesk.ui.counter.finding import Finding
from mppdesk.ui.counter.note_panel import NotePanel
from mppdesk.ui.counter.panel import Panel
from mppdesk.ui.counter.pausing import Pausing
from mppdesk.ui.counter.questions import call_choices, held_choices, look_choices
from mppdesk.ui.counter.reading_panel import Line, ReadingPanel
from mppdesk.ui.counter.transfer_panel import Transfer, TransferPanel
from mppdesk.ui.shared.key_help import KeyHelp
from mppdesk.ui.shared.shortcuts import CHECKLIST_KEYS, COUNTER_KEYS


class Asking(QObject):
    """Owns the panels; what F12 asks is in `pausing`, what Ctrl+F finds in `finding`."""

    def __init__(self, window: QWidget, acts: CounterActs) -> None:
        super().__init__(window)
        self._window, self._acts = window, acts
        self.transfer = TransferPanel(window)
        self.choices = ChoicePanel(window)
        self.note = NotePanel(window)
        self.reading = ReadingPanel(window)
        self.transfer.typed.connect(self._search)
        self.finding = Finding(window, acts, self.ask_why_out_of_turn, self.choices)
        self.pausing = Pausing(acts, self.choices, self.note, self.transfer)

    def open_panel(self) -> Panel | None:
        """The panel that covers the window now."""
        panels: tuple[Panel, ...] = (self.transfer, self.choices, self.note, self.reading, self.finding.panel)
        return next((panel for panel in panels if not panel.isHidden()), None)

    def ask_transfer(self) -> None:
        """F7."""
        screen, ticket = self._acts.screen, self._acts.ticket
        if screen is not None and ticket is not None:
            self.transfer.ask(ticket.row.number, screen.label, self._transfer)

    def ask_hold(self) -> None:
        """F6."""
        ticket = self._acts.ticket
        if ticket is not None:
            title = msg("Tunda {number}", number=ticket.row.number)
            name = msg("Mengapa, atau sampai kapan? (boleh kosong)")
            self.note.ask("clock-pause", title, name, title, self._acts.hold)

    def ask_why_out_of_turn(self, visit: str) -> None:
        """Enter on a row of a list."""
        screen = self._acts.screen
        if screen is None:
            return
        call = partial(self._acts.call_ticket, visit)
        rows = {row.visit: row for row in (*screen.waiting, *screen.on_hold, *screen.no_show)}
        row = rows.get(visit)
        if row is None:
            return
        if row in screen.on_hold:
            title = msg("Lanjutkan {number}", number=row.number)
            self.choices.ask("clock-pause", title, held_choices(partial(self._acts.resume, visit), call))
        else:
            title = msg("Panggil {number} di luar urutan. Mengapa?", number=row.number)
            self.choices.ask("speakerphone", title, call_choices(call))

    def ask_why_nik(self) -> None:
        """The eye beside the NIK: who looked and why is recorded before it is shown."""
        self.choices.ask(
            "eye",
            msg("Lihat NIK lengkap. Mengapa?"),
            look_choices(self._look),
            msg("Alasan dan nama Anda dicatat di riwayat berkas."),
        )

    def show_history(self, visit: str, number: str) -> None:
        """Ctrl+H."""
        self._acts.ask(lambda port: port.history(visit), partial(self._read_history, number))

    def show_help(self) -> None:
        """F1."""
        KeyHelp(self._window, COUNTER_KEYS, CHECKLIST_KEYS).open()

    def _search(self, typed: str) -> None:
        self._acts.ask(lambda port: port.find_services(typed), partial(self._found, typed))

    def _found(self, typed: str, hits: tuple[ServiceHit, ...]) -> None:
        self.transfer.show_hits(typed, hits)

    def _transfer(self, transfer: Transfer) -> None:
        self._acts.transfer(transfer.service, transfer.note, transfer.then_back)

    def _look(self, reason: str) -> None:
        ticket = self._acts.ticket
        submission = ticket.checklist.submission if ticket else None
        if submission is not None:
            self._acts.ask(lambda port: port.look_at_nik(submission, reason), self._read_nik)

    def _read_nik(self, nik: str | None) -> None:
        if nik is not None and not self._acts.is_locked:
            self.reading.read("id", msg("NIK lengkap"), (Line(str(msg("NIK")), shown_nik(nik)),))

    def _read_history(self, number: str, history: tuple[HistoryLine, ...]) -> None:
        if self._acts.is_locked:
            return
        lines = [Line(line.at, str(line.what), line.who) for line in history]
        self.reading.read("history", msg("Riwayat {number}", number=number), lines)
