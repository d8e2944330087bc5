"""The strip at the foot of the board: one sentence for everybody, or since when the board hears nothing."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mppdesk.domain.formats import clock_time
from mppdesk.texts import Text, msg
from mppdesk.ui.display_board import lettering
from mppdesk.ui.display_board.line import Line
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.look import Theme
from mppdesk.ui.shared.theme import theme_of

_HEIGHT_PX = 84
_CALM = msg("Nomor terlewat? Lapor ke petugas informasi, Anda dapat dipanggil kembali.")


def strip_words(cut_off: datetime | None) -> tuple[str, Text, Text]:
    """The icon, the word in front and the sentence."""
    if cut_off is None:
        return "info-circle", msg("Informasi"), _CALM
    sentence = msg(
        "Papan terputus dari hub sejak {time}. Perhatikan panggilan petugas.", time=clock_time(cut_off)
    )  # fmt: skip
    return "plug-connected-x", msg("Terputus"), sentence


class Strip(QWidget):
    """A word on yellow, a sentence on white; all of it yellow while the board is cut off."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._is_cut_off = False
        self._icon = IconLabel("info-circle", "on-sun", 44)
        self._word, self._sentence = Line(lettering.STRIP_WORD), Line(lettering.STRIP)
        self._tag, row = QWidget(), QHBoxLayout(self)
        self._tag_row = QHBoxLayout(self._tag)
        self._tag_row.addWidget(self._icon)
        self._tag_row.addWidget(self._word)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._tag)
        row.addWidget(self._sentence, 1)
        self._row = row
        self.show_standing(None)

    @property
    def sentence(self) -> str:
        return self._sentence.text

    def show_standing(self, cut_off: datetime | None) -> None:
        """Say whether the board hears the office; a change is told to screen readers too."""
        icon, word, sentence = strip_words(cut_off)
        was_cut_off, self._is_cut_off = self._is_cut_off, cut_off is not None
        self._icon.set_icon(icon, "on-sun")
        self._word.show_text(str(word))
        self._sentence.show_text(str(sentence))
        self.setAccessibleName(str(sentence))
        if was_cut_off != self._is_cut_off:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
            self.update()

    def fit(self, theme: Theme) -> None:
        """Take the sizes of the theme."""
        self.setFixedHeight(theme.px(_HEIGHT_PX))
        self._tag_row.setContentsMargins(theme.px(50), 0, theme.px(36), 0)
        self._tag_row.setSpacing(theme.px(18))
        self._word.setMinimumWidth(self._word.sizeHint().width())
        self._row.setSpacing(theme.px(36))
        self._row.setContentsMargins(0, 0, theme.px(48), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        yellow = theme_of(self).colour("sun")
        painter = QPainter(self)
        painter.fillRect(self.rect(), yellow if self._is_cut_off else QColor("white"))
        painter.fillRect(self._tag.geometry(), yellow)
        painter.end()
