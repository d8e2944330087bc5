"""One sentence in a tinted strip: what is safe, what happened, what to do."""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mppdesk.ui.kiosk.prose import Prose
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.labels import mark
from mppdesk.ui.shared.theme import theme_of


class Tone(StrEnum):
    """What kind of news a sentence is."""

    WELL = "well"
    WARN = "warn"
    PAPER = "paper"
    CLOSED = "closed"


_SIGNS = {Tone.WELL: "circle-check", Tone.WARN: "alert-triangle", Tone.PAPER: "receipt-off", Tone.CLOSED: "clock-pause"}
_COLOURS = {
    Tone.WELL: ("ok-t", "ok"), Tone.WARN: ("warn-t", "warn"), Tone.PAPER: ("warn-t", "warn"),
    Tone.CLOSED: ("sunk", "warn"),
}  # fmt: skip


class Notice(QWidget):
    """Hidden while there is nothing to say; a new sentence is announced to the screen reader."""

    def __init__(self, is_across: bool = False) -> None:
        super().__init__()
        self._is_across = is_across
        self._tone = Tone.WELL
        self._sign = IconLabel("circle-check", "ok", 30)
        self._words = Prose("body", 700)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._words, 1)
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    def show_words(self, words: str, tone: Tone) -> None:
        """Say a sentence; an empty one hides the strip."""
        is_news = bool(words) and words != self._words.text()
        self._tone = tone
        self._words.setText(words)
        self._sign.set_icon(_SIGNS[tone], _COLOURS[tone][1])
        mark(self._words, tone=_COLOURS[tone][1] if tone is Tone.CLOSED else "ink")
        theme = theme_of(self)
        self._row.setContentsMargins(theme.px(24 if self._is_across else 16), theme.px(12), theme.px(24), theme.px(12))
        self._row.setSpacing(theme.px(12))
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        if is_news:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self)
        fill, line = _COLOURS[self._tone]
        painter = QPainter(self)
        if self._is_across:
            painter.fillRect(self.rect(), theme.colour(fill))
            edge = max(2, theme.px(2))
            painter.fillRect(0, self.height() - edge, self.width(), edge, theme.colour(line))
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(fill))
            painter.drawRoundedRect(self.rect(), theme.radius("card"), theme.radius("card"))
        painter.end()
