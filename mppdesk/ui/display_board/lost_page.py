"""The board that hears nothing: whom the hall should listen to now, and the calls heard last, with their age."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mppdesk.domain.formats import clock_time
from mppdesk.operations.readings import BoardCall
from mppdesk.texts import Text, msg
from mppdesk.ui.display_board import lettering
from mppdesk.ui.display_board.line import Paragraph
from mppdesk.ui.display_board.previous_list import PreviousList
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.look import Theme

_HOUR_MINUTES = 60


def age_words(called: datetime, now: datetime) -> Text:
    """How long ago the last call was that the board heard."""
    minutes = max(0, int((now - called).total_seconds()) // 60)
    if minutes >= _HOUR_MINUTES:
        return msg("Panggilan terakhir pukul {time}", time=clock_time(called))
    return msg("Terakhir {time}, {minutes} menit lalu", time=clock_time(called), minutes=minutes)


class LostPage(QWidget):
    """A calm sentence at the left; at the right the last calls, which nobody should take for news."""

    def __init__(self) -> None:
        super().__init__()
        self._calls: tuple[BoardCall, ...] = ()
        self.sentence, self._more = Paragraph(lettering.SENTENCE), Paragraph(lettering.DATE)
        self.previous = PreviousList()
        self._sign = IconLabel("speakerphone", "pri", 120)
        self.sentence.show_text(str(msg("Dengarkan panggilan petugas di loket.")))
        self._more.show_text(
            str(msg("Layar ini sedang tidak menerima panggilan. Nomor Anda tetap berlaku, dan antrean berjalan."))
        )
        self._column = QVBoxLayout()
        self._lay_out()

    def show_calls(self, calls: tuple[BoardCall, ...]) -> None:
        """List what was heard before, newest first; none is no list."""
        self._calls = calls
        self.previous.setVisible(bool(calls))
        self.previous.show_calls(calls)

    def show_time(self, moment: datetime) -> None:
        """Let the list grow old; `moment` is now, in the zone of the site."""
        if self._calls:
            called = datetime.fromtimestamp(self._calls[0].called_ms / 1000, moment.tzinfo)
            self.previous.show_heading(age_words(called, moment))

    def fit(self, theme: Theme) -> None:
        """Take the sizes of the theme."""
        self._column.setContentsMargins(theme.px(72), theme.px(56), theme.px(72), theme.px(48))
        self._column.setSpacing(theme.px(28))
        self.previous.fit(theme)

    def _lay_out(self) -> None:
        self._column.addStretch(1)
        self._column.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.sentence)
        self._column.addWidget(self._more)
        self._column.addStretch(2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(self._column, 1)
        row.addWidget(self.previous)
