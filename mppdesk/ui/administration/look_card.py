"""What the chosen anomaly means, and the place where who leads says that she looked at it."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from mppdesk.texts import Text, msg
from mppdesk.ui.administration import anomaly_words
from mppdesk.ui.administration.port import AnomalyRow, Look
from mppdesk.ui.shared.ages import moment_words
from mppdesk.ui.shared.cards import HintCard
from mppdesk.ui.shared.form_parts import named_field
from mppdesk.ui.shared.key_button import KeyButton
from mppdesk.ui.shared.labels import label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOST_LETTERS = 500
_SEEN = msg("Sudah dilihat")


class LookCard(HintCard):
    """Emits `looked` with the note, for F9 or Enter in it; what was seen already is only told."""

    looked = Signal(str)

    def __init__(self) -> None:
        super().__init__("warn")
        self._row: AnomalyRow | None = None
        self.seen = label("", "list", 600, "ok", wrap=True)
        self.note = QLineEdit(maxLength=_MOST_LETTERS)
        self.button = KeyButton("F9", _SEEN, letters="body")
        self.button.show_state(_SEEN, filled=True)
        self.button.clicked.connect(self.press)
        self._asking = QWidget()
        column = QVBoxLayout(self._asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(named_field(msg("Yang Anda temukan (boleh kosong)"), self.note, self.button))
        self.body.addWidget(self.seen)
        self.body.addWidget(self._asking)
        self.show_row(None, None)

    @property
    def is_open(self) -> bool:
        """Whether the chosen anomaly waits for somebody to look at it."""
        return self._row is not None and self._row.seen is None

    def show_row(self, row: AnomalyRow | None, now: datetime | None) -> None:
        """Show an anomaly; a note that is being written stays as long as it is the same one."""
        if row is None or self._row is None or row.entry_id != self._row.entry_id:
            self.note.clear()
        self._row = row
        self.setVisible(row is not None)
        if row is None or now is None:
            return
        self.say(msg("{about}: {what}", about=row.about, what=row.what), anomaly_words.meaning(row))
        self.seen.setText(str(_look_words(row.seen, now)) if row.seen else "")
        self.seen.setVisible(row.seen is not None)
        self._asking.setVisible(row.seen is None)

    def press(self) -> None:
        """Say that it was looked at."""
        if self.is_open:
            self.looked.emit(self.note.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.note.hasFocus() and not event.isAutoRepeat():
            self.press()
        else:
            super().keyPressEvent(event)


def _look_words(look: Look, now: datetime) -> Text:
    when = moment_words(look.at, now)
    if look.note:
        return msg('Dilihat {who}, {when}: "{note}"', who=look.who, when=when, note=look.note)
    return msg("Dilihat {who}, {when}.", who=look.who, when=when)
