"""One sentence that a person says yes to by pressing it; the sign beside the words shows that she did."""

from PySide6.QtWidgets import QHBoxLayout

from mppdesk.texts import Text
from mppdesk.ui.shared.form_parts import CardButton
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.labels import label


class TickCard(CardButton):
    """Checkable; Space or a click changes it."""

    def __init__(self, sentence: Text) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAccessibleName(str(sentence))
        self._sign = IconLabel("circle-dashed", "ink2", 24)
        self.toggled.connect(self._show)
        row = QHBoxLayout()
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(self._sign)
        row.addWidget(label(str(sentence), "body", 600, wrap=True), 1)
        self.fill(row)

    def _show(self, is_ticked: bool) -> None:
        self._sign.set_icon("check" if is_ticked else "circle-dashed", "pri" if is_ticked else "ink2")
