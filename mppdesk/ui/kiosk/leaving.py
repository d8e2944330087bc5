"""The staff at the kiosk: the keypad after five touches on the clock, the check of a PIN, and then the way out."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from mppdesk.domain.errors import ClerkError
from mppdesk.operations.readings import PrinterStatus
from mppdesk.ui.kiosk.acts import Act, ActKind
from mppdesk.ui.kiosk.caring import Caring
from mppdesk.ui.kiosk.keypad import Keypad
from mppdesk.ui.kiosk.leaving_state import ClockTouches, LeavingState
from mppdesk.ui.kiosk.panel import Panel
from mppdesk.ui.kiosk.port import KioskPort
from mppdesk.ui.kiosk.tile import Say
from mppdesk.ui.shared.tasks import Runner

_TICK_MS = 250
_PATIENCE_S = 30.0


class Leaving(QObject):
    """Emits `allowed` when somebody with a PIN closes the kiosk; a keypad left alone for 30 s goes away.

    Where there is a printer, its paper is cared for first.
    """

    allowed = Signal()

    def __init__(
        self,
        window: QWidget,
        port: KioskPort,
        tasks: Runner,
        seconds: Callable[[], float],
        say: Say,
        panel: Callable[[], Panel],
    ) -> None:
        super().__init__(window)
        self._window, self._port, self._tasks, self._seconds = window, port, tasks, seconds
        self._say, self._panel = say, panel
        self._touches, self._state = ClockTouches(), LeavingState()
        self._touched_s = 0.0
        self.is_allowed = False
        self.keypad: Keypad | None = None
        self.caring = Caring(window, port, tasks, seconds, say, panel)
        self.caring.close_wanted.connect(self._leave)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self.pass_time)

    def touch_clock(self) -> None:
        """Count a touch; the fifth shows the keypad."""
        self._touches = self._touches.touched(self._seconds())
        if self._touches.opens:
            self._touches = ClockTouches()
            self._open()

    def fit(self) -> None:
        """Cover the window as it is now."""
        if self.keypad is not None:
            self.keypad.setGeometry(self._window.rect())
            self._show()
        self.caring.fit()

    def pass_time(self) -> None:
        """Count the pause down, and put away what nobody uses."""
        self.caring.pass_time()
        if self.keypad is None:
            return
        if self._seconds() - self._touched_s >= _PATIENCE_S and not self._state.is_checking:
            self._close()
        else:
            self._show()

    def _open(self) -> None:
        if self.keypad is not None or self.caring.corner is not None:
            return
        self._touched_s = self._seconds()
        self.keypad = Keypad(self._window)
        self.keypad.touched.connect(self._act)
        self.fit()
        self.keypad.show()
        self.keypad.raise_()
        self.keypad.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tick.start()

    def _act(self, touch: Act) -> None:
        self._touched_s = self._seconds()
        if touch.kind is ActKind.PIN_CANCEL:
            self._close()
        elif touch.kind is ActKind.PIN_ENTER:
            self._check()
        else:
            digit = touch.kind is ActKind.PIN_DIGIT
            self._change(self._state.typed(touch.value) if digit else self._state.erased())

    def _check(self) -> None:
        if not self._state.may_enter(self._seconds()):
            return
        pin = self._state.pin
        self._change(self._state.checking())
        self._tasks.run(lambda: self._enter(pin), self._accept, self._refuse)

    def _enter(self, pin: str) -> PrinterStatus | None:
        self._port.leave(pin)
        return self._port.printer()

    def _accept(self, printer: PrinterStatus | None) -> None:
        self._close()
        if printer is None:
            self._leave()
        else:
            self.caring.open(printer)
            self._tick.start()

    def _leave(self) -> None:
        self._tick.stop()
        self.is_allowed = True
        self.allowed.emit()

    def _refuse(self, trouble: ClerkError) -> None:
        self._change(self._state.refused(trouble, self._seconds()))

    def _change(self, state: LeavingState) -> None:
        self._state = state
        self._show()

    def _show(self) -> None:
        if self.keypad is not None:
            self.keypad.show_state(self._state, self._seconds(), self._say, self._panel())

    def _close(self) -> None:
        self._tick.stop()
        self._state = self._state.put_away()
        if self.keypad is not None:
            self.keypad.hide()
            self.keypad.deleteLater()
            self.keypad = None
