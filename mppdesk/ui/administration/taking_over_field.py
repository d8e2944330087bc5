"""The question who takes over for a printer that stands still: three answers, and for one of them a line of names."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from mppdesk.texts import Text, msg
from mppdesk.ui.administration.taking_over import Offer, TakingOver
from mppdesk.ui.administration.trial_card import AnswerRow
from mppdesk.ui.shared.form_parts import named_field
from mppdesk.ui.shared.labels import label, mark

_QUESTION = msg("Pengganti yang ditawarkan bila printer ini berhenti:")
_ANSWERS = (
    (Offer.ANY, msg("Yang siap")),
    (Offer.NAMED, msg("Menurut urutan")),
    (Offer.NONE, msg("Tidak ada")),
)


class TakingOverField(QWidget):
    """Emits `changed` with the rule as it is now."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rule = TakingOver()
        self.offers = AnswerRow(_QUESTION, _ANSWERS, is_below=True)
        self.names = QLineEdit()
        self._names_room = QWidget()
        field = named_field(msg("Urutan pengganti, dengan koma"), self.names)
        field.setContentsMargins(0, 0, 0, 0)
        self._names_room.setLayout(field)
        mark(self.names, letters="list")
        self._remark = label("", "list", tone="ink2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.offers, self._names_room, self._remark):
            column.addWidget(part)
        self.offers.answered.connect(self._choose)
        self.names.textEdited.connect(lambda typed: self.changed.emit(TakingOver(Offer.NAMED, typed)))

    @property
    def remark(self) -> str:
        return self._remark.text()

    def show_rule(self, rule: TakingOver, remark: Text | None, *, may_write: bool) -> None:
        """Show a rule, and what is to be said of it."""
        self._rule = rule
        self.offers.show_answer(rule.offer)
        self.offers.setEnabled(may_write)
        self._names_room.setVisible(rule.offer is Offer.NAMED)
        if self.names.text() != rule.typed:
            self.names.setText(rule.typed)
        self.names.setReadOnly(not may_write)
        self._remark.setText(str(remark or ""))
        self._remark.setVisible(remark is not None)
        self.names.setAccessibleDescription(self._remark.text())

    def _choose(self, offer: Offer) -> None:
        """The line of names is where the hand goes next; what stood in it is there still."""
        self.changed.emit(TakingOver(offer, self._rule.typed))
        if offer is Offer.NAMED:
            self.names.setFocus()
