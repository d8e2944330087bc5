"""Ctrl+F beyond the lists, and scanned codes: from what was sought to the act that is offered for it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mppdesk.domain.commands import Answer
from mppdesk.operations.readings import Sought
from mppdesk.texts import msg
from mppdesk.ui.counter.acts import CounterActs
from mppdesk.ui.counter.finder_panel import FinderPanel
from mppdesk.ui.counter.finder_state import FinderView, Offer, finder_view


class Finding(QObject):
    """Owns the finder; `call` asks why a number of a list is called out of turn."""

    def __init__(self, window: QWidget, acts: CounterActs, call: Callable[[str], None]) -> None:
        super().__init__(window)
        self._acts, self._call = acts, call
        self.panel = FinderPanel(window)
        self.panel.sought.connect(self._seek)
        self.panel.taken.connect(self._take)

    def seek(self, typed: str = "") -> None:
        """Open with a number or a scanned code; empty only opens."""
        self.panel.seek(typed)

    def _seek(self, typed: str) -> None:
        self._acts.ask(lambda port: port.seek(typed), partial(self._sought, typed))

    def _sought(self, typed: str, sought: Sought) -> None:
        screen = self._acts.screen
        if screen is not None:
            self.panel.show_found(typed, finder_view(typed, sought, screen))

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
            case Offer.NOTHING:
                pass

    def _queued(self, answer: Answer) -> None:
        """The desk stays as it is; only the lists are others."""
        number = answer.ticket.number if answer.ticket else ""
        words = msg("Nomor lama tetap berlaku; minta pemohon menunggu panggilan.")
        self._acts.told.emit(msg("{number} diantrekan kembali.", number=number), words)
