"""The card of the row in hand: what a rule says, and the fields for what stands on the paper."""

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from mppdesk.domain.formats import numeric_date
from mppdesk.domain.validity import as_date
from mppdesk.texts import Text, msg
from mppdesk.ui.counter.row_card_state import RowCardView
from mppdesk.ui.shared.cards import HintCard
from mppdesk.ui.shared.labels import label

_MOST_PAPERS = 99


class RowCard(QWidget):
    """`written` carries the row's code, its date, originals and copies; Enter goes back to the checklist."""

    written = Signal(str, object, object, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view: RowCardView | None = None
        self._card = HintCard("warn")
        self._date, self._originals, self._copies = QLineEdit(), QLineEdit(), QLineEdit()
        self._labels: dict[QLineEdit, QLabel] = {}
        self._trouble = label("", "small", 600, "bad", wrap=True)
        for field in self._fields():
            self._add(field)
        self._card.body.addWidget(self._trouble)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        self._date.setPlaceholderText(str(msg("hari-bulan-tahun")))
        for count in (self._originals, self._copies):
            count.setValidator(QIntValidator(0, _MOST_PAPERS, count))
        self._trouble.hide()
        self.hide()

    def show_card(self, view: RowCardView | None) -> None:
        """Draw the card; fields in use keep what is being typed."""
        if view == self._view:
            return
        is_other_row = view is None or self._view is None or view.code != self._view.code
        self._view = view
        self.setVisible(view is not None)
        if view is None:
            return
        self._card.set_kind("warn" if view.warns else "")
        self._card.say(view.title, view.sentence or "")
        self._show_field(self._date, view.date_label, numeric_date(view.paper_date) if view.paper_date else "")
        self._show_field(self._originals, view.originals_label, _count(view.originals))
        self._show_field(self._copies, view.copies_label, _count(view.copies))
        if is_other_row:
            self._trouble.hide()

    @property
    def trouble(self) -> str:
        """What is said of a date that cannot be read; empty while all is well."""
        return "" if self._trouble.isHidden() else self._trouble.text()

    def take_focus(self) -> bool:
        """Put the hand into the first field; answers whether there is one."""
        field = next((each for each in self._fields() if not each.isHidden()), None)
        if field is None:
            return False
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()
        return True

    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        is_enter = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.KeyPress and is_enter and isinstance(field, QLineEdit):
            self._on_enter(field)
            return True
        return super().eventFilter(field, event)

    def _on_enter(self, field: QLineEdit) -> None:
        """On to the next field; from the last one back to the checklist, unless the date cannot be read."""
        shown = [each for each in self._fields() if not each.isHidden()]
        following = shown[shown.index(field) + 1 :]
        if not self._write():
            return
        if following:
            following[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left.emit()

    def _write(self) -> bool:
        """Hand over what stands in the fields, if it can be read and is new."""
        view = self._view
        if view is None:
            return True
        typed = self._date.text().strip()
        day = read_date(typed)
        is_unreadable = not self._date.isHidden() and bool(typed) and day is None
        self._trouble.setText(str(msg("Tulis tanggal seperti 12-08-2026.")))
        self._trouble.setVisible(is_unreadable)
        if is_unreadable:
            return False
        new = (
            view.paper_date if self._date.isHidden() else day,
            view.originals if self._originals.isHidden() else _number(self._originals),
            view.copies if self._copies.isHidden() else _number(self._copies),
        )
        if new != (view.paper_date, view.originals, view.copies):
            self.written.emit(view.code, *new)
        return True

    def _fields(self) -> tuple[QLineEdit, QLineEdit, QLineEdit]:
        return self._date, self._originals, self._copies

    def _show_field(self, field: QLineEdit, name: Text | None, text: str) -> None:
        field.setVisible(name is not None)
        self._labels[field].setVisible(name is not None)
        self._labels[field].setText(str(name or ""))
        field.setAccessibleName(str(name or ""))
        if field.text() != text and not (field.hasFocus() and field.isModified()):
            field.setText(text)

    def _add(self, field: QLineEdit) -> None:
        name = label("", "small", 600, "ink2", wrap=True)
        name.setBuddy(field)
        self._labels[field] = name
        field.installEventFilter(self)
        field.editingFinished.connect(self._write)
        self._card.body.addWidget(name)
        self._card.body.addWidget(field)


def read_date(typed: str) -> date | None:
    """12-08-2026, 12/8/2026, 12.8.2026, 12 8 2026 or 12082026; None for anything else."""
    text = typed.strip()
    for sign in "/. ":
        text = text.replace(sign, "-")
    if len(text) == 8 and text.isdigit():
        text = f"{text[:2]}-{text[2:4]}-{text[4:]}"
    return as_date(text)


def _count(papers: int | None) -> str:
    return "" if papers is None else str(papers)


def _number(field: QLineEdit) -> int | None:
    typed = field.text().strip()
    return int(typed) if typed.isdigit() else None
