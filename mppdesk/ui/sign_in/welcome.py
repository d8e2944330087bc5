"""The left side of the sign-in window: the name of the house, the day, the time, and whether all is well."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mppdesk.domain.formats import clock_time, full_date
from mppdesk.texts import msg
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.labels import label, mark, number
from mppdesk.ui.sign_in.view_state import HealthLine

_HEADING = msg("Mal Pelayanan Publik")
_TICK_MS = 1000


class Welcome(QFrame):
    """Stands beside the form; `now` gives the time in the zone of the office."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._heading = label(str(_HEADING), "welcome", 700, "on-bar", wrap=True)
        self._day = label("", "head", tone="on-bar2")
        self._clock = number("", "clock", "on-bar")
        self._health = QVBoxLayout()
        self._lines: tuple[HealthLine, ...] = ()
        self._lay_out()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.tick()

    def show_office(self, heading: Sequence[str], lines: Sequence[HealthLine]) -> None:
        """Show the name of the office and how it stands."""
        self._heading.setText("\n".join(heading) or str(_HEADING))
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self._show_lines()

    @property
    def clock_text(self) -> str:
        return self._clock.text()

    def health_texts(self) -> list[str]:
        """The sentences that stand there now."""
        return [str(line.sentence) for line in self._lines]

    def tick(self) -> None:
        """Show the time now."""
        now = self._now()
        self._day.setText(full_date(now.date()))
        self._clock.setText(clock_time(now))

    def _show_lines(self) -> None:
        while (item := self._health.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for line in self._lines:
            self._health.addWidget(_health_row(line))

    def _lay_out(self) -> None:
        mark(self, part="topbar")
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 56, 48, 48)
        column.setSpacing(8)
        column.addWidget(IconLabel("building-community", "on-bar", 64))
        column.addSpacing(12)
        column.addWidget(self._heading)
        column.addWidget(self._day)
        column.addSpacing(24)
        column.addWidget(self._clock)
        column.addStretch()
        self._health.setSpacing(12)
        column.addLayout(self._health)


def _health_row(line: HealthLine) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(10)
    layout.addWidget(IconLabel(line.icon, "on-bar-ok" if line.is_well else "sun", 22))
    layout.addWidget(label(str(line.sentence), "body", tone="on-bar", wrap=True), 1)
    return row
