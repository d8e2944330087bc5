"""Ctrl+F beyond the lists, and scanned codes: from what was sought to the act that is offered for it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mppdesk.domain.commands import Answer
from mppdesk.domain.submission import SubmissionStatus
from mppdesk.operations.readings import Sought
from mppdesk.texts import msg
from mppdesk.ui.counter.acts import CounterActs
from mppdesk.ui.counter.choice import Choice
from mppdesk.ui.counter.choice_panel import ChoicePanel
from mppdesk.ui.counter.finder_panel import FinderPanel
from mppdesk.ui.counter.finder_state import finder_view
from mppdesk.ui.counter.finder_words import FinderView, Offer
from mppdesk.ui.counter.taking_state import taking_view

_MOST_CHOICES = 7  # what a low window shows with the head of the question


class Finding(QObject):
    """Owns the finder; `call` asks why a number of a list is called out of turn, `choices` what a slip is for."""

    def __init__(self, window: QWidget, acts: CounterActs, call: Callable[[str], None], choices: ChoicePanel) -> None:
        super().__init__(window)
        self._acts, self._call, self._choices = acts, call, choices
        self.panel = FinderPanel(window)
        self.panel.sought.connect(self._seek)
        self.panel.taken.connect(self._take)

    def seek(self, typed: str = "") -> None:
        """Open with a number or a scanned code; empty only opens."""
        self.panel.seek(typed, takes_tickets=self._acts.is_cut_off)

    def take_ticket(self, number: str = "") -> None:
        """F2 without the hub: whoever shows a ticket; with a number that is known already."""
        self.panel.seek(number, takes_tickets=True)

    def _seek(self, typed: str) -> None:
        self._acts.ask(lambda port: port.seek(typed), partial(self._sought, typed))

    def _sought(self, typed: str, sought: Sought) -> None:
        screen = self._acts.screen
        if screen is not None:
            view_of = taking_view if self._acts.is_cut_off else finder_view
            view, hit = view_of(typed, sought, screen), sought.submission
            has_paper = hit is not None and hit.status is not SubmissionStatus.OPEN
            self.panel.show_found(typed, replace(view, paper_of=hit.submission) if hit and has_paper else view)

    def _take(self, found: FinderView) -> None:
        match found.offer:
            case Offer.TAKE_UP:
                self._acts.take_up(found.submission, None)
            case Offer.GO_ON_HERE:
                self._acts.take_up(found.submission, found.visit)
            case Offer.QUEUE:
                self._acts.carry_out(lambda port: port.requeue(found.visit), self._queued)
            case Offer.CALL:
                self._call(found.visit)
            case Offer.CLAIM:
                self._acts.claim(found.visit)
            case Offer.CLAIM_PAPER:
                self._ask_what_for(found)
            case Offer.NOTHING:
                pass

    def _ask_what_for(self, found: FinderView, at: int = 0) -> None:
        """Only the slip says it; a counter with one service need not ask. Many are asked for in turns."""
        choices = [
            Choice(msg("{name}", name=name), partial(self._acts.claim_paper, found.number, code, found.is_sent_on))
            for code, name in found.services
        ]
        if len(choices) == 1:
            choices[0].run()
            return
        shown = choices[at : at + _MOST_CHOICES]
        if len(choices) > _MOST_CHOICES:
            later = at + _MOST_CHOICES if at + _MOST_CHOICES < len(choices) else 0
            shown.append(Choice(msg("Layanan lainnya"), partial(self._ask_what_for, found, later)))
        title = msg("Karcis {number} untuk layanan apa?", number=found.number)
        self._choices.ask("receipt", title, shown, msg("Layanannya tercetak di atas nomor."))

    def _queued(self, answer: Answer) -> None:
        """The desk stays as it is; only the lists are others."""
        number = answer.ticket.number if answer.ticket else ""
        words = msg("Nomor lama tetap berlaku; minta pemohon menunggu panggilan.")
        self._acts.told.emit(msg("{number} diantrekan kembali.", number=number), words)
