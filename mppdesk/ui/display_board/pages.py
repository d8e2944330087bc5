"""What stands between head and foot: the call with the previous ones, or the quiet hall."""

from datetime import datetime

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mppdesk.domain.formats import DAYS, clock_time, long_date, thousands, zone_name
from mppdesk.operations.readings import BoardScreen
from mppdesk.texts import Text, msg
from mppdesk.ui.display_board import lettering
from mppdesk.ui.display_board.call_panel import CallPanel
from mppdesk.ui.display_board.line import Line, Paragraph
from mppdesk.ui.display_board.previous_list import PreviousList
from mppdesk.ui.shared.look import Theme
from mppdesk.ui.shared.theme import theme_of

_SIDE_PX, _CARD_PX = 620, 300


class CallPage(QWidget):
    """The call at the left, the previous ones at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.panel, self.previous = CallPanel(), PreviousList()
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._room = QHBoxLayout()
        self._room.addWidget(self.panel)
        self._row.addLayout(self._room, 1)
        self._row.addWidget(self.previous)

    def fit(self, theme: Theme) -> None:
        """Take the sizes of the theme."""
        self._room.setContentsMargins(theme.px(48), theme.px(28), theme.px(40), theme.px(38))
        self.panel.fit(theme)
        self.previous.fit(theme)


class TotalCard(QWidget):
    """One figure of the day with its name."""

    def __init__(self, name: Text) -> None:
        super().__init__()
        self._name = name
        self._heading, self._total = Line(lettering.SMALL), Line(lettering.TOTAL)
        self._heading.show_text(str(name))
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._total)

    @property
    def total(self) -> str:
        return self._total.text

    def show_total(self, count: int) -> None:
        self._total.show_text(thousands(count))
        self.setAccessibleName(str(msg("{name}: {count}", name=self._name, count=thousands(count))))

    def fit(self, theme: Theme) -> None:
        """Take the sizes of the theme."""
        self.setFixedWidth(theme.px(_CARD_PX))
        self._column.setContentsMargins(theme.px(28), theme.px(18), theme.px(28), theme.px(26))
        self._column.setSpacing(theme.px(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour("paper"))
        painter.setPen(QPen(theme.colour("line"), max(1, theme.px(2))))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.px(18), theme.px(18))
        painter.end()


class WallClock(QWidget):
    """The time and the date, for who has nothing else to look at."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.time = Line(lettering.IDLE_CLOCK, is_centred=True)
        self._day = Line(lettering.HOUSE, is_centred=True)
        self._date = Line(lettering.DATE, is_centred=True)
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        for line in (self.time, self._day, self._date):
            self._column.addWidget(line)
        self._column.addStretch(1)

    def show_time(self, moment: datetime) -> None:
        """The clock of the house with its zone, since who sits here may come from another island."""
        self.time.show_text(clock_time(moment))
        zone = zone_name(moment)
        self._day.show_text(str(msg("{zone} · {weekday}", zone=zone, weekday=DAYS[moment.weekday()])))
        self._date.show_text(long_date(moment))

    def fit(self, theme: Theme) -> None:
        """Take the sizes of the theme."""
        self.setFixedWidth(theme.px(_SIDE_PX))
        self._column.setContentsMargins(theme.px(32), 0, theme.px(32), 0)
        self._column.setSpacing(theme.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme_of(self).colour("sunk"))
        painter.end()


class IdlePage(QWidget):
    """A calm sentence and how the day goes, while nobody is called."""

    def __init__(self) -> None:
        super().__init__()
        self._welcome, self.sentence = Line(lettering.WELCOME), Paragraph(lettering.SENTENCE)
        self._hint = Paragraph(lettering.DATE)
        self._welcome.show_text(str(msg("Selamat datang")))
        self.sentence.show_text(str(msg("Nomor Anda tampil di layar ini saat dipanggil. Silakan duduk.")))
        self._hint.show_text(str(msg("Belum punya nomor? Silakan ambil di kiosk.")))
        self.waiting, self.finished = TotalCard(msg("Menunggu")), TotalCard(msg("Terlayani"))
        self.clock = WallClock()
        self._column, self._cards = QVBoxLayout(), QHBoxLayout()
        self._lay_out()

    def show_totals(self, screen: BoardScreen | None) -> None:
        """Without a screen the office has not answered yet."""
        for card in (self.waiting, self.finished):
            card.setVisible(screen is not None)
        if screen is not None:
            self.waiting.show_total(screen.waiting)
            self.finished.show_total(screen.finished)

    def fit(self, theme: Theme) -> None:
        """Take the sizes of the theme."""
        self._column.setContentsMargins(theme.px(72), theme.px(56), theme.px(72), theme.px(48))
        self._column.setSpacing(theme.px(28))
        self._cards.setSpacing(theme.px(28))
        for part in (self.waiting, self.finished, self.clock):
            part.fit(theme)

    def _lay_out(self) -> None:
        self._cards.addWidget(self.waiting)
        self._cards.addWidget(self.finished)
        self._cards.addStretch(1)
        self._column.addWidget(self._welcome)
        self._column.addWidget(self.sentence)
        self._column.addWidget(self._hint)
        self._column.addStretch(1)
        self._column.addLayout(self._cards)
        self._column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(self._column, 1)
        row.addWidget(self.clock)
