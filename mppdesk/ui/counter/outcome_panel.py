"""The right column at F9: the slip exactly as it will come out, and one filled button that does it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from mppdesk.texts import msg
from mppdesk.ui.counter.outcome_state import OutcomeView
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.key_button import KeyButton
from mppdesk.ui.shared.labels import label, mark, rule
from mppdesk.ui.shared.paper import PaperView
from mppdesk.ui.shared.theme import theme_of

_CONFIRM_HEIGHT = 52
_AROUND_PAPER = 8
_SCROLL_BAR = 12


class OutcomePanel(QFrame):
    """`confirmed` is Enter on the filled button, `check_again` Esc, `hold_wanted` F6."""

    confirmed = Signal()
    check_again = Signal()
    hold_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._title = IconLabel("circle-check", "ok", 22, filled=True), label("", "head", 700, wrap=True)
        self._paper = PaperView()
        self._desk = QScrollArea()
        self._printer_icon, self._printer_line = IconLabel("printer", "ok", 18), label("", "list", wrap=True)
        self._confirm = _button("Enter")
        self._back = _button("Esc")
        self._hold = _button("F6")
        self._lay_out()
        self._confirm.clicked.connect(self.confirmed)
        self._back.clicked.connect(self.check_again)
        self._hold.clicked.connect(self.hold_wanted)
        self._confirm.installEventFilter(self)

    def show_outcome(self, view: OutcomeView) -> None:
        """Draw the slip and what will be done with it."""
        self._icon.set_icon(view.icon, view.tone, filled=True)
        self._title.setText(str(view.title))
        self._paper.show_slip(view.slip)
        self._fit()
        self._printer_icon.set_icon(view.printer_icon, view.printer_tone)
        self._printer_line.setText(str(view.printer_line))
        self._confirm.show_state(view.button, usable=True, filled=True)
        self.setAccessibleName(str(view.title))

    @property
    def button_words(self) -> str:
        return self._confirm.words

    def take_focus(self) -> None:
        """Put the hand on the one button."""
        self._confirm.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A plain button hears Space only; this one says Enter, and means it once."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and not event.isAutoRepeat():
                self.confirmed.emit()
            if is_enter or event.isAutoRepeat():
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = theme_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("pri"), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.radius("card"), theme.radius("card"))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As wide as the column, so that the columns of the printer stay in view; length scrolls."""
        self._paper.fit_width(max(160, self._desk.width() - 2 * _AROUND_PAPER - _SCROLL_BAR))

    def _lay_out(self) -> None:
        mark(self, part="card")
        page = QWidget()
        mark(page, part="sunk")
        around = QVBoxLayout(page)
        around.setContentsMargins(_AROUND_PAPER, 10, _AROUND_PAPER, 10)
        around.addWidget(self._paper, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        around.addStretch(1)
        self._desk.setWidget(page)
        self._desk.setWidgetResizable(True)
        mark(self._desk.viewport(), part="sunk")
        self._desk.setFrameShape(QFrame.Shape.NoFrame)
        self._desk.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._desk.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._desk.setAccessibleName(str(msg("Pratinjau cetakan")))
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 10)
        head.setSpacing(10)
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self._desk, 1)
        column.addWidget(rule())
        column.addLayout(self._foot())

    def _foot(self) -> QVBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._printer_icon)
        line.addWidget(self._printer_line, 1)
        others = QHBoxLayout()
        others.setSpacing(8)
        others.addWidget(self._back, 1)
        others.addWidget(self._hold, 1)
        self._back.show_state(msg("Periksa lagi"))
        self._hold.show_state(msg("Tunda"))
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 8, 12, 12)
        foot.setSpacing(8)
        foot.addLayout(line)
        self._confirm.setMinimumHeight(_CONFIRM_HEIGHT)
        foot.addWidget(self._confirm)
        foot.addLayout(others)
        return foot


def _button(keys: str) -> KeyButton:
    button = KeyButton(keys, "", letters="body", wrap=True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setMinimumHeight(40)
    return button
