"""The head of the desk: the number, what for, and the clock; a taller one while the number is being called."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mppdesk.texts import msg
from mppdesk.ui.counter.flow import flowing
from mppdesk.ui.counter.person_state import CalledView, PersonView
from mppdesk.ui.shared.chips import LACKING, PRIORITY, SERVING, WAITING, ChipLook, StateChip
from mppdesk.ui.shared.labels import label, mark, number

_CALLED = ChipLook("pri", "speakerphone")


class PersonHead(QWidget):
    """Shows either a person who was called or one who is served."""

    def __init__(self) -> None:
        super().__init__()
        self._number = number("", "current", "pri")
        self._state, self._wait, self._priority = StateChip(SERVING), StateChip(WAITING), StateChip(PRIORITY)
        self._service = label("", "head", 700, wrap=True)
        self._calling = label("", "list", 600, "pri", wrap=True)
        self._reminder = label("", "list", tone="ink2", wrap=True)
        self._timer, self._target = number("", "timer"), label("", "list", tone="ink2", wrap=True)
        self._called, self._clock = QWidget(), QWidget()
        self._lay_out()

    def show_called(self, view: CalledView) -> None:
        """Draw the number that is on the board now."""
        self._show_common(view.number, view.service, view.is_priority)
        self._state.set_state(_CALLED, msg("Dipanggil"))
        self._calling.setText(str(view.state))
        self._wait.set_state(WAITING, view.wait)
        self._reminder.setText(str(view.reminder))
        self._clock.hide()
        self._called.show()

    def show_serving(self, view: PersonView) -> None:
        """Draw the person at the desk; over the target it says so in a word."""
        self._show_common(view.number, view.service, view.is_priority)
        if view.lacking is None:
            self._state.set_state(SERVING, msg("Dilayani"))
        else:
            self._state.set_state(LACKING, view.lacking)
        self._wait.set_state(WAITING, view.wait)
        self._timer.setText(view.timer)
        self._target.setText(str(view.target))
        mark(self._target, tone="warn" if view.is_over_target else "ink2", weight=700 if view.is_over_target else 400)
        mark(self._timer, tone="warn" if view.is_over_target else "ink")
        self._called.hide()
        self._clock.show()

    def _show_common(self, ticket: str, service: str, is_priority: bool) -> None:
        self._number.setText(ticket)
        self._service.setText(service)
        self._priority.set_state(PRIORITY, msg("Prioritas"))
        self._priority.setVisible(is_priority)
        self.setAccessibleName(f"{ticket}, {service}")

    def _lay_out(self) -> None:
        self.setMinimumHeight(92)
        called = _column(self._called)
        for sentence in (self._calling, self._reminder):
            called.addWidget(sentence)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch()
        words.addWidget(flowing(self._state, self._wait, self._priority, gap=6))
        words.addWidget(self._service)
        words.addWidget(self._called)
        words.addStretch()
        clock = _column(self._clock)
        clock.addStretch()
        for line in (self._timer, self._target):
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
            clock.addWidget(line)
        clock.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(12)
        row.addWidget(self._number)
        row.addLayout(words, 1)
        row.addWidget(self._clock)


def _column(whole: QWidget) -> QVBoxLayout:
    """A column that comes and goes as one, since each change of what is seen lays the window out anew."""
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
