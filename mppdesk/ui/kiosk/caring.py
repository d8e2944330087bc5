"""What the staff do at a kiosk whose PIN was accepted: each touch is one act, and the corner shows what came of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from mppdesk.domain.errors import ClerkError
from mppdesk.operations.readings import PrinterStatus
from mppdesk.texts import Text, msg
from mppdesk.ui.kiosk.acts import Act, ActKind
from mppdesk.ui.kiosk.notice import Tone
from mppdesk.ui.kiosk.panel import Panel
from mppdesk.ui.kiosk.port import KioskPort
from mppdesk.ui.kiosk.staff_corner import StaffCorner
from mppdesk.ui.kiosk.tile import Say
from mppdesk.ui.shared.tasks import Runner

PATIENCE_S = 30.0


class Caring(QObject):
    """Emits `close_wanted`; a corner left alone for 30 s goes away, and the kiosk goes on."""

    close_wanted = Signal()

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
        self._touched_s = 0.0
        self.corner: StaffCorner | None = None

    def open(self, status: PrinterStatus) -> None:
        """Cover the kiosk."""
        self._touched_s = self._seconds()
        self.corner = StaffCorner(self._window, self._say)
        self.corner.touched.connect(self._act)
        self.corner.setGeometry(self._window.rect())
        self.show_status(status)
        self.corner.show()
        self.corner.raise_()
        self.corner.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_status(self, status: PrinterStatus | None) -> None:
        """Show what the printer says now, if somebody of the staff is there."""
        if self.corner is not None and status is not None:
            self.corner.show_status(status, self._panel())

    def fit(self) -> None:
        """Cover the window as it is now."""
        if self.corner is not None:
            self.corner.setGeometry(self._window.rect())

    def pass_time(self) -> None:
        if self.corner is not None and self._seconds() - self._touched_s >= PATIENCE_S:
            self.leave()

    def leave(self) -> None:
        if self.corner is not None:
            self.corner.hide()
            self.corner.deleteLater()
            self.corner = None

    def _act(self, touch: Act) -> None:
        self._touched_s = self._seconds()
        if touch.kind is ActKind.STAFF_BACK:
            self.leave()
        elif touch.kind is ActKind.CLOSE_KIOSK:
            self.leave()
            self.close_wanted.emit()
        else:
            self._tasks.run(lambda: self._carry_out(touch), self._carried_out, self._refused)

    def _carry_out(self, touch: Act) -> tuple[Text, PrinterStatus | None]:
        """Beside the window; answers what to say, and how the printer stands after it."""
        return self._done(touch), self._port.printer()

    def _done(self, touch: Act) -> Text:
        port, jobs = self._port, tuple(touch.value.split())
        match touch.kind:
            case ActKind.REPRINT:
                return port.reprint_slip(touch.value)
            case ActKind.PRINT_EXPIRED:
                return port.print_expired(jobs)
            case ActKind.LET_EXPIRED_GO:
                port.let_expired_go(jobs)
                return msg("Karcis lama tidak dicetak; nomornya tetap berlaku.")
            case ActKind.CAME_OUT:
                port.slip_came_out(touch.value)
                return msg("Dicatat: lembar itu keluar.")
            case _:
                port.roll_changed()
                return msg("Gulungan baru dicatat. Sisa kertas dihitung mulai sekarang.")

    def _carried_out(self, done: tuple[Text, PrinterStatus | None]) -> None:
        if self.corner is not None:
            self.corner.tell(done[0])
            self.show_status(done[1])

    def _refused(self, trouble: ClerkError) -> None:
        if self.corner is not None:
            happened, to_do = trouble.what_happened, trouble.what_to_do
            said = msg("{what_happened} {what_to_do}", what_happened=happened, what_to_do=to_do)
            self.corner.tell(said, Tone.WARN)
