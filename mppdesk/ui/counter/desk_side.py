"""The right column with a person at the desk: the card of the row in hand, the applicant, fee and promise."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from mppdesk.domain.formats import list_date
from mppdesk.domain.working_time import span_text
from mppdesk.operations.readings import Checklist
from mppdesk.texts import msg
from mppdesk.ui.counter.applicant_panel import ApplicantPanel
from mppdesk.ui.counter.row_card import RowCard
from mppdesk.ui.counter.view_state import CounterView
from mppdesk.ui.shared.cards import Card, FactList

_FEE, _SPAN, _DUE = msg("Biaya"), msg("Jangka waktu"), msg("Bila lengkap hari ini")


class DeskSide(QScrollArea):
    """Scrolls where the screen is low; `row_card` and `applicant` take the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.row_card = RowCard()
        self.applicant = ApplicantPanel()
        self._facts = FactList()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for name in (_FEE, _SPAN, _DUE):
            self._facts.set_fact(name, "")  # made now, not while the first person is waiting
        facts = Card(margin=12)
        facts.body.addWidget(self._facts)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.row_card, self.applicant, facts):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(page)

    def show_desk(self, view: CounterView, visit: str) -> None:
        """Draw what belongs to the row in hand and to the applicant."""
        self.row_card.show_card(view.row_card)
        if view.checklist is not None:
            self.applicant.show_applicant(visit, view.checklist.applicant)
            self._show_promise(view.checklist)

    def _show_promise(self, checklist: Checklist) -> None:
        self._facts.set_fact(_FEE, checklist.fee)
        self._facts.set_fact(_SPAN, span_text(checklist.service.duration))
        due = list_date(checklist.due) if checklist.due else msg("selesai hari ini")
        self._facts.set_fact(_DUE, due)
