"""The four calls before the one that stands now."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mppdesk.operations.readings import BoardCall
from mppdesk.texts import Text, msg
from mppdesk.ui.display_board import lettering
from mppdesk.ui.display_board.call_panel import call_words
from mppdesk.ui.display_board.line import Line
from mppdesk.ui.display_board.view_state import PREVIOUS
from mppdesk.ui.shared.look import Theme
from mppdesk.ui.shared.theme import theme_of

WIDTH_PX = 756
_HEADING_PX, _NUMBER_PX, _GAP_PX, _MARGIN_PX = 84, 398, 18, 26


class PreviousCall(QWidget):
    """A number at the left, its counter and agency at the right; empty while there is no such call."""

    def __init__(self) -> None:
        super().__init__()
        self.number = Line(lettering.PREVIOUS)
        self.counter = Line(lettering.PREVIOUS_COUNTER)
        self.agency = Line(lettering.PREVIOUS_AGENCY)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.number)
        self._place = QVBoxLayout()
        self._place.addStretch(1)
        self._place.addWidget(self.counter)
        self._place.addWidget(self.agency)
        self._place.addStretch(1)
        self._row.addLayout(self._place, 1)

    def show_call(self, call: BoardCall | None) -> None:
        self.number.show_text(call.number if call else "")
        self.counter.show_text(call.counter_label if call else "")
        self.agency.show_text(call.agency if call else "")
        self.setAccessibleName(str(call_words(call)) if call else "")

    def fit(self, theme: Theme) -> None:
        """Take the sizes of the theme."""
        self.number.setFixedWidth(theme.px(_NUMBER_PX))
        self._row.setContentsMargins(theme.px(_MARGIN_PX), 0, theme.px(_MARGIN_PX), 0)
        self._row.setSpacing(theme.px(_GAP_PX))
        self._place.setSpacing(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rule above."""
        theme = theme_of(self)
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), max(1, theme.px(2)), theme.colour("line"))
        painter.end()


class PreviousList(QWidget):
    """Newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._heading = Line(lettering.LIST_HEADING)
        self.show_heading(msg("Panggilan sebelumnya"))
        self.rows = tuple(PreviousCall() for _ in range(PREVIOUS))
        self._head = QHBoxLayout()
        self._head.addWidget(self._heading)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        for row in self.rows:
            column.addWidget(row, 1)

    @property
    def heading(self) -> str:
        return self._heading.text

    def show_heading(self, words: Text) -> None:
        """Say what the calls below are."""
        self._heading.show_text(str(words))

    def show_calls(self, calls: tuple[BoardCall, ...]) -> None:
        for at, row in enumerate(self.rows):
            row.show_call(calls[at] if at < len(calls) else None)

    def fit(self, theme: Theme) -> None:
        """Take the sizes of the theme."""
        self.setFixedWidth(theme.px(WIDTH_PX))
        self._head.setContentsMargins(theme.px(_MARGIN_PX), 0, theme.px(_MARGIN_PX), 0)
        self._heading.setFixedHeight(theme.px(_HEADING_PX))
        for row in self.rows:
            row.fit(theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme_of(self).colour("sunk"))
        painter.end()
