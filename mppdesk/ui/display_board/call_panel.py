"""The call that stands now: number, counter and agency, as large as a wall of ten metres asks for."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mppdesk.operations.readings import BoardCall
from mppdesk.texts import Text, msg
from mppdesk.ui.display_board import lettering
from mppdesk.ui.display_board.line import Line
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.look import Theme
from mppdesk.ui.shared.theme import theme_of

_BORDER_PX, _RADIUS_PX, _INSIDE_PX = 9, 28, 36


def call_words(call: BoardCall) -> Text:
    """The call as a sentence for a screen reader."""
    return msg(
        "Nomor antrean {number}, silakan menuju {counter}, {agency}.",
        number=call.number, counter=call.counter_label, agency=call.spoken_agency,
    )  # fmt: skip


class CallPanel(QWidget):
    """A sheet with a yellow border that goes dark for a moment when a call is new."""

    def __init__(self) -> None:
        super().__init__()
        self._is_lit = True
        self.heading = Line(lettering.CALL_HEADING)
        self.number = Line(lettering.NUMBER, is_centred=True)
        self.counter = Line(lettering.COUNTER)
        self.agency = Line(lettering.AGENCY, is_centred=True)
        self.heading.show_text(str(msg("Panggilan")))
        self._head = _centred(IconLabel("bell", "pri", 56), self.heading)
        self._way = _centred(IconLabel("arrow-right", "ink", 132), self.counter)
        self._column = QVBoxLayout(self)
        self._column.addStretch(2)
        self._column.addLayout(self._head)
        self._column.addStretch(3)
        self._column.addWidget(self.number)
        self._column.addStretch(3)
        self._column.addLayout(self._way)
        self._column.addStretch(1)
        self._column.addWidget(self.agency)
        self._column.addStretch(3)

    @property
    def is_lit(self) -> bool:
        return self._is_lit

    def show_call(self, call: BoardCall) -> None:
        self.number.show_text(call.number)
        self.counter.show_text(call.counter_label)
        self.agency.show_text(call.agency)
        self.setAccessibleName(str(call_words(call)))

    def announce(self) -> None:
        """Tell those who listen to the screen."""
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def light(self, is_lit: bool) -> None:
        if is_lit != self._is_lit:
            self._is_lit = is_lit
            self.update()

    def fit(self, theme: Theme) -> None:
        """Take the sizes of the theme."""
        inside = theme.px(_INSIDE_PX)
        self._column.setContentsMargins(inside, 0, inside, 0)
        self._column.setSpacing(0)
        self._head.setSpacing(theme.px(22))
        self._way.setSpacing(theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self)
        border = max(2, theme.px(_BORDER_PX))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour("paper"))
        painter.setPen(QPen(theme.colour("pri" if self._is_lit else "line"), border))
        half = border / 2
        sheet = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(sheet, theme.px(_RADIUS_PX), theme.px(_RADIUS_PX))
        painter.end()


def _centred(icon: IconLabel, words: Line) -> QHBoxLayout:
    """An icon before its words, both in the middle."""
    words.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(words)
    row.addStretch(1)
    return row
