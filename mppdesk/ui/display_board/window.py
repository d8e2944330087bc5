"""The display board: whose number is called to which counter, for everybody in the hall to see and hear."""

import math
import time
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QStackedWidget, QVBoxLayout, QWidget

from mppdesk.domain.errors import ClerkError
from mppdesk.operations.readings import BoardScreen
from mppdesk.texts import msg
from mppdesk.ui.display_board import lettering
from mppdesk.ui.display_board.chime import Chime
from mppdesk.ui.display_board.header import Header
from mppdesk.ui.display_board.lost_page import LostPage
from mppdesk.ui.display_board.pages import CallPage, IdlePage
from mppdesk.ui.display_board.port import BoardPort
from mppdesk.ui.display_board.strip import Strip
from mppdesk.ui.display_board.view_state import BoardState
from mppdesk.ui.shared.tasks import Runner
from mppdesk.ui.shared.theme import BOARD, apply_theme, theme_of

_BEAT_MS = 100
_LEAST = (640, 360)
_READ_AGAIN_S = 10.0  # a change may have been missed, and a line that came back must be noticed


class BoardWindow(QWidget):
    """Paints at once; `begin` reads the calls, `refresh` reads them again after a change.

    `seconds` only goes forward; `now` answers in the zone of the site; without a `chime` the board is silent.
    """

    def __init__(
        self,
        port: BoardPort,
        tasks: Runner,
        now: Callable[[], datetime],
        seconds: Callable[[], float] = time.monotonic,
        chime: Chime | None = None,
    ) -> None:
        super().__init__()
        self._port, self._tasks, self._now, self._seconds, self._chime = port, tasks, now, seconds, chime
        self._state = BoardState()
        self._read_s = seconds()
        self.header, self.strip = Header(), Strip()
        self.calls, self.idle, self.lost = CallPage(), IdlePage(), LostPage()
        self._stack = QStackedWidget()
        self._lay_out()
        self._show()
        self._beat = QTimer(self, interval=_BEAT_MS)
        self._beat.timeout.connect(self.tick)

    @property
    def state(self) -> BoardState:
        return self._state

    @property
    def page(self) -> QWidget:
        """The page in sight; a quiet hall is not told to wait for a screen that hears nothing."""
        if not self._state.is_idle:
            return self.calls
        return self.lost if self._state.cut_off else self.idle

    def begin(self) -> None:
        """Read the calls and let time pass from now on."""
        self.refresh()
        self._beat.start()

    def refresh(self) -> None:
        """Read the calls again; what is on the panel keeps its time."""
        self._read_s = self._seconds()
        self._tasks.run(self._port.screen, self._hear, self._miss)

    def tick(self) -> None:
        """What time alone does: clock, border, the next call, quiet."""
        self._change(self._state.passed(self._seconds()))
        if self._seconds() - self._read_s >= _READ_AGAIN_S:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = BOARD.scaled(_scale(self.width(), self.height()))
        if theme_of(self) != theme:
            apply_theme(self, theme)
            for part in (self.header, self.strip, self.calls, self.idle, self.lost):
                part.fit(theme)

    def _hear(self, screen: BoardScreen) -> None:
        if screen.lost_ms is None:
            self._change(self._state.with_screen(screen, self._seconds()))
        else:
            self._change(self._state.without_screen(_moment(screen.lost_ms, self._now()), screen))

    def _miss(self, _trouble: ClerkError) -> None:
        """The hall needs to know only that it must listen to the staff; the staff read the rest at their counters."""
        self._change(self._state.without_screen(self._now()))

    def _change(self, state: BoardState) -> None:
        before, self._state = self._state, state
        if state != before:
            self._show()
        self._show_time()
        if state.standing is not None and state.standing.is_news and state.standing != before.standing:
            self._announce()

    def _announce(self) -> None:
        self.calls.panel.announce()
        if self._chime is not None:
            self._chime.ring()

    def _show(self) -> None:
        state = self._state
        self.header.show_house(state.screen.mpp_name if state.screen else "")
        self.header.show_clock(self.page is not self.idle)
        self.strip.show_standing(state.cut_off)
        self.calls.previous.show_calls(state.previous)
        if state.standing is not None:
            self.calls.panel.show_call(state.standing.call)
        self.idle.show_totals(state.screen)
        self.lost.show_calls(state.previous)
        self._stack.setCurrentWidget(self.page)
        self._show_time()

    def _show_time(self) -> None:
        moment = self._now()
        self.header.show_time(moment)
        self.idle.clock.show_time(moment)
        self.lost.show_time(moment)
        self.calls.panel.light(self._state.is_lit(self._seconds()))

    def _lay_out(self) -> None:
        self.setWindowTitle(str(msg("Papan panggilan")))
        self._stack.addWidget(self.calls)
        self._stack.addWidget(self.idle)
        self._stack.addWidget(self.lost)
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the letters follow the size, not the reverse
        self.setMinimumSize(*_LEAST)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        column.addWidget(self.strip)


def _moment(wall_ms: int, now: datetime) -> datetime:
    """UTC milliseconds in the zone of the site."""
    return datetime.fromtimestamp(wall_ms / 1000, now.tzinfo)


def _scale(width: int, height: int) -> float:
    """How large to draw; in hundredths, since every scale keeps a style sheet of its own."""
    return math.floor(100 * min(width / lettering.WIDTH, height / lettering.HEIGHT)) / 100
