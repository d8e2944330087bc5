"""The head of the board: whose house this is, the date and the clock, over the kawung."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mppdesk.domain.formats import clock_time, full_date
from mppdesk.ui.display_board import lettering
from mppdesk.ui.display_board.line import Line
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.kawung import paint_kawung
from mppdesk.ui.shared.look import Theme
from mppdesk.ui.shared.theme import theme_of

_HEIGHT_PX = 104


class Header(QWidget):
    """Date and clock give way where the page below shows them large."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._house, self._date = Line(lettering.HOUSE), Line(lettering.DATE)
        self._clock = Line(lettering.CLOCK)
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconLabel("building-community", "ink", 56))
        self._row.addWidget(self._house, 1)
        self._row.addWidget(self._date)
        self._row.addWidget(self._clock)

    @property
    def clock_text(self) -> str:
        return self._clock.text

    def show_house(self, name: str) -> None:
        self._house.show_text(name)

    def show_time(self, moment: datetime) -> None:
        """The clock of the house, in its zone."""
        self._date.show_text(full_date(moment))
        self._clock.show_text(clock_time(moment))

    def show_clock(self, is_shown: bool) -> None:
        self._date.setVisible(is_shown)
        self._clock.setVisible(is_shown)

    def fit(self, theme: Theme) -> None:
        """Take the sizes of the theme."""
        self.setFixedHeight(theme.px(_HEIGHT_PX))
        self._row.setContentsMargins(theme.px(48), 0, theme.px(48), 0)
        self._row.setSpacing(theme.px(28))
        self._date.setMinimumWidth(self._date.sizeHint().width())
        self._clock.setMinimumWidth(self._clock.sizeHint().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("paper"))
        paint_kawung(painter, self.rect(), theme.scale)
        painter.end()
