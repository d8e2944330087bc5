"""The middle of the window at an empty desk: one number, one reason, one big button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from mppdesk.texts import msg
from mppdesk.ui.counter.flow import flowing
from mppdesk.ui.counter.idle_state import HeldView, IdleView, NextView
from mppdesk.ui.counter.key_state import TAKE_TICKET
from mppdesk.ui.counter.stage import Stage
from mppdesk.ui.shared.cards import Card, FactList
from mppdesk.ui.shared.chips import FULFILLED, NOT_APPLICABLE, PAUSED, PRIORITY, WAITING, ChipLook, StateChip
from mppdesk.ui.shared.key_button import KeyButton, Room
from mppdesk.ui.shared.labels import label, mark, number, rule
from mppdesk.ui.shared.theme import theme_of

_CHIPS = {Stage.IDLE: FULFILLED, Stage.ON_BREAK: PAUSED, Stage.CLOSED: NOT_APPLICABLE}
_PAPERS = ChipLook("quiet", "list-check")


class IdleMiddle(QWidget):
    """Who is next and why; `call_wanted` is the big button."""

    call_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._chip = StateChip()
        self._title, self._serves = label("", "head", 600, wrap=True), label("", "list", tone="ink2", wrap=True)
        self._above = label(str(msg("Berikutnya")), "head", 600, "ink2")
        self._number = number("", "next", "pri")
        self._service = label("", "title", 700, wrap=True)
        self._wait, self._papers, self._priority = StateChip(WAITING), StateChip(_PAPERS), StateChip(PRIORITY)
        self._why = label("", "body", tone="ink2", wrap=True)
        self._button = _big_button()
        self._button.clicked.connect(self.call_wanted)
        self._hint = label("", "list", tone="ink2", wrap=True)
        self._calm, self._calm_more = label("", "title", 700, wrap=True), label("", "body", tone="ink2", wrap=True)
        self._given_way = 0
        self._fitted: object = None
        self._lay_out()

    def show_idle(self, view: IdleView) -> None:
        """Draw the next person, or the calm sentence where nobody can be called."""
        self._chip.set_state(PAUSED if view.is_closing else _CHIPS[view.stage], view.chip)
        self._title.setText(str(view.title))
        self._serves.setText(str(view.serves))
        self._calm.setText(str(view.calm or ""))
        self._calm_more.setText(str(view.calm_more or ""))
        for calm in (self._calm, self._calm_more):
            calm.setVisible(view.calm is not None)
        has_next = view.next_up is not None
        for lasting in (self._number, self._service):
            lasting.setVisible(has_next)
        for step, parts in enumerate(self._yielding()):
            for part in parts:
                part.setVisible(has_next and step >= self._given_way)
        self._button.setVisible(view.next_up is not None or view.takes_tickets)
        self._priority.setVisible(view.next_up is not None and view.next_up.is_priority)
        if view.next_up is not None:
            self._show_next(view.next_up)
        words = TAKE_TICKET if view.takes_tickets else msg("Panggil berikutnya")
        self._button.show_state(words, usable=True, filled=True)
        self._give_way()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """Where long words and large letters leave no height, what is known by heart goes, and the number shrinks.

        Where a banner and the undo strip leave still less, so does what the list of those who wait says too.
        """
        fitted = (self.size(), theme_of(self).scale, self._number.text(), self._service.text(), self._why.text())
        if fitted != self._fitted and self._number.isVisibleTo(self):
            self._fitted = fitted
            self._yield_to(0)
            for step in range(1, 1 + len(self._yielding())):
                if self.heightForWidth(self.width()) <= self.height():
                    break
                self._yield_to(step)

    def _yield_to(self, steps: int) -> None:
        if steps != self._given_way:
            self._given_way = steps
            mark(self._number, letters="current" if steps else "next")
            for step, parts in enumerate(self._yielding()):
                for part in parts:
                    part.setVisible(step >= steps)

    def _yielding(self) -> tuple[tuple[QWidget, ...], ...]:
        """What goes first, and what goes after it."""
        return (self._above, self._hint), (self._wait, self._papers, self._why)

    def _show_next(self, next_up: NextView) -> None:
        self._number.setText(next_up.number)
        self._service.setText(next_up.service)
        self._wait.set_state(WAITING, next_up.wait)
        self._papers.set_state(_PAPERS, next_up.papers)
        self._priority.set_state(PRIORITY, msg("Prioritas"))
        self._why.setText(str(next_up.why))

    def _lay_out(self) -> None:
        self._hint.setText(str(msg("Enter pada daftar kiri memanggil nomor yang dipilih (alasan akan ditanya)")))
        for part in (
            self._above, self._number, self._service, self._why, self._hint, self._calm, self._calm_more,
        ):  # fmt: skip
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(rule())
        column.addStretch(3)
        middle = QVBoxLayout()
        middle.setContentsMargins(16, 8, 16, 8)
        middle.setSpacing(8)
        middle.addWidget(self._above)
        middle.addWidget(self._number)
        middle.addWidget(self._service)
        middle.addSpacing(4)
        middle.addWidget(flowing(self._priority, self._wait, self._papers, gap=10, is_centred=True))
        middle.addWidget(self._why)
        middle.addWidget(self._calm)
        middle.addWidget(self._calm_more)
        middle.addSpacing(20)
        middle.addLayout(_centred(self._button))
        middle.addSpacing(8)
        middle.addWidget(self._hint)
        column.addLayout(middle)
        column.addStretch(4)

    def _head(self) -> QHBoxLayout:
        self._serves.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setContentsMargins(16, 11, 16, 11)
        row.setSpacing(10)
        row.addWidget(self._chip)
        row.addWidget(self._title, 1)
        row.addWidget(self._serves, 1)
        return row


class IdleSide(QScrollArea):
    """The right column at an empty desk: this counter's day, who was put aside, and the note that was left.

    Scrolls where the screen is low.
    """

    recall_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._facts = FactList()
        self._held_card = Card(msg("Ditunda"))
        self._held_number, self._held_service = number("", "title"), label("", "list", wrap=True)
        self._held_note = label("", "small", tone="ink2", wrap=True)
        self._held_button = QPushButton()
        self._note_card = Card(msg("Catatan giliran tugas"))
        self._note, self._note_written = label("", "body", wrap=True), label("", "small", tone="ink2", wrap=True)
        self._held: HeldView | None = None
        self._held_button.clicked.connect(self._recall)
        self._lay_out()

    def show_idle(self, view: IdleView) -> None:
        """Draw the counts of the day, the person who was put aside longest, and the note."""
        for name, value in view.facts:
            self._facts.set_fact(name, value)
        self._held = view.held
        self._held_card.setVisible(view.held is not None)
        if view.held is not None:
            self._held_number.setText(view.held.number)
            self._held_service.setText(view.held.service)
            self._held_note.setText(str(view.held.note))
            self._held_button.setText(str(view.held.button))
            self._held_button.setAccessibleName(f"{view.held.button} {view.held.number}")
            self._held_button.setEnabled(view.stage is Stage.IDLE)
        self._note_card.setVisible(view.note is not None)
        if view.note is not None:
            self._note.setText(view.note.text)
            self._note_written.setText(str(view.note.written))

    def _recall(self) -> None:
        if self._held is not None:
            self.recall_wanted.emit(self._held.visit)

    def _lay_out(self) -> None:
        today = Card(msg("Loket ini hari ini"))
        today.body.addWidget(self._facts)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._held_service)
        words.addWidget(self._held_note)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._held_number)
        row.addLayout(words, 1)
        self._held_card.body.addLayout(row)
        self._held_card.body.addWidget(self._held_button)
        for part in (self._note, self._note_written):
            self._note_card.body.addWidget(part)
        self._note_card.body.addStretch()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(today)
        column.addWidget(self._held_card)
        column.addWidget(self._note_card, 1)
        column.addStretch(0)  # takes the room only where no note does
        self.setWidget(page)


def _centred(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addStretch()
    for part in parts:
        row.addWidget(part)
    row.addStretch()
    return row


def _big_button() -> KeyButton:
    button = KeyButton("F2", msg("Panggil berikutnya"), letters="title", room=Room(30, 12, 14))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
    button.setMinimumHeight(64)
    mark(button, kind="filled")
    return button
