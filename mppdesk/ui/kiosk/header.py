"""The head of the kiosk: whose house this is, the date and the clock, over the kawung."""

from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mppdesk.domain.formats import clock_time
from mppdesk.texts import Text, msg
from mppdesk.ui.kiosk.prose import Prose
from mppdesk.ui.kiosk.tile import Say
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.kawung import paint_kawung
from mppdesk.ui.shared.labels import number
from mppdesk.ui.shared.theme import theme_of

_HEIGHT_PX = 80

_DAY_NAMES = (msg("Senin"), msg("Selasa"), msg("Rabu"), msg("Kamis"), msg("Jumat"), msg("Sabtu"), msg("Minggu"))
_MONTH_NAMES = (
    msg("Januari"), msg("Februari"), msg("Maret"), msg("April"), msg("Mei"), msg("Juni"),
    msg("Juli"), msg("Agustus"), msg("September"), msg("Oktober"), msg("November"), msg("Desember"),
)  # fmt: skip


def date_words(moment: datetime) -> Text:
    """Senin, 23 November 2026, whose names of days and months can be translated."""
    return msg(
        "{weekday}, {day} {month} {year}",
        weekday=_DAY_NAMES[moment.weekday()], day=moment.day, month=_MONTH_NAMES[moment.month - 1], year=moment.year,
    )  # fmt: skip


class Header(QWidget):
    """Shows the name of the house at the left, date and clock at the right; `clock_touched` is the staff's way out."""

    clock_touched = Signal()

    def __init__(self) -> None:
        super().__init__()
        # A long date leaves; it must not make the window wider first.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._house = Prose("body", 700, "on-bar")
        self._place = Prose("body", 500, "on-bar2")
        self._date = Prose("body", 500, "on-bar2")
        self._clock = number(letters="title", tone="on-bar")
        for line in (self._house, self._place, self._date):
            line.setWordWrap(False)
        self._sign = IconLabel("building-community", "on-bar", 44)
        self._row = QHBoxLayout(self)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(self._house)
        names.addWidget(self._place)
        names.addStretch(1)
        self._row.addWidget(self._sign)
        self._row.addLayout(names, 1)
        self._row.addWidget(self._date)
        self._row.addWidget(self._clock)

    @property
    def clock_text(self) -> str:
        return self._clock.text()

    @property
    def date_text(self) -> str:
        return self._date.text()

    def show_house(self, heading: tuple[str, ...]) -> None:
        self._house.setText(heading[0] if heading else "")
        self._place.setText(" ".join(heading[1:]))

    def show_time(self, moment: datetime, say: Say) -> None:
        """The clock of the house, in its zone."""
        self._date.setText(say(date_words(moment)))
        self._clock.setText(clock_time(moment))

    def event(self, event: QEvent) -> bool:
        """On a narrow panel a long date leaves; its hour stays."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._date.setVisible(self._width_wanted() <= self.width())
        return super().event(event)

    def _width_wanted(self) -> int:
        house = max(self._house.sizeHint().width(), self._place.sizeHint().width())
        parts = (self._sign.sizeHint().width(), house, self._date.sizeHint().width(), self._clock.sizeHint().width())
        margins = self._row.contentsMargins()
        return sum(parts) + 3 * self._row.spacing() + margins.left() + margins.right()

    def fit(self) -> None:
        """Take the sizes of the theme."""
        theme = theme_of(self)
        self.setFixedHeight(max(theme.px(_HEIGHT_PX), self._row.minimumSize().height()))
        self._row.setContentsMargins(theme.px(24), 0, theme.px(24), 0)
        self._row.setSpacing(theme.px(16))
        self._row.setAlignment(self._date, Qt.AlignmentFlag.AlignVCenter)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The clock with the room around it: nobody else has anything to touch there."""
        if event.position().x() >= self._clock.x() - self._row.spacing():
            self.clock_touched.emit()
        super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("bar"))
        paint_kawung(painter, self.rect(), theme.scale)
        painter.end()
