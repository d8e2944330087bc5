"""The desktop: sign-in, then the counter; kiosk, board and paper in the same process where this PC shows them."""

import gc
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from mppdesk.app.first_paint import AfterFirstPaint
from mppdesk.app.first_start import Start, begin_here, is_set_up
from mppdesk.app.hub_keeper import HubKeeper
from mppdesk.app.idle_lock import IdleLock
from mppdesk.app.paper_tray import PaperTray
from mppdesk.app.spare_memory import give_back
from mppdesk.app.usual_windows import usual_windows
from mppdesk.domain.errors import ClerkError
from mppdesk.texts import msg
from mppdesk.ui.shared.application import application
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.tasks import Tasks
from mppdesk.ui.shared.theme import LIGHT, apply_theme
from mppdesk.ui.sign_in.view_state import ADMINISTRATION
from mppdesk.ui.sign_in.window import SignInWindow

if TYPE_CHECKING:
    from mppdesk.app.station import Station
    from mppdesk.operations.readings import SignedIn
    from mppdesk.ui.counter.window import CounterWindow
    from mppdesk.ui.kiosk.window import KioskWindow
    from mppdesk.ui.sign_in.view_state import Office

_TIDY_MS = 60_000
_CASCADE_PX = 48
# A 1366x768 screen less title and task bar, the smallest that most counters have.
_SMALL_SCREEN = (1366, 697)
_PAPER_SIZE = (520, 697)


class Shown(StrEnum):
    """The windows a PC may show; a kiosk or board PC shows one of them alone."""

    COUNTER = "counter"
    KIOSK = "kiosk"
    BOARD = "board"
    PAPER = "paper"
    ADMINISTRATION = "administration"


def has_display() -> bool:
    """Whether windows can be shown; Windows and macOS always have a display."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class Desktop:
    """Owns the windows, the work beside them and, once it is open, the station; make it on the GUI thread."""

    def __init__(self, open_station: "Callable[[ExitStack, PaperTray], Station]", *, full_screen: bool) -> None:
        self._open_station = open_station
        self._full_screen = full_screen
        self._exit = ExitStack()
        self.windows: list[QWidget] = []
        self.tasks = Tasks()
        self.changes = Changes()
        self.paper = PaperTray()
        self.station: Station | None = None
        self.asks_for_pins = True
        self._idle_lock: IdleLock | None = None
        self._tidying = QTimer(interval=_TIDY_MS)
        self._tidying.timeout.connect(self.tidy)

    def now(self) -> datetime:
        """The office's time; the computer's own until the office is open."""
        return self.station.now() if self.station is not None else datetime.now(UTC).astimezone()

    def open(self) -> "Station":
        """Open the data folder; called beside the GUI thread, where a keyring may ask and a disk may be slow."""
        if self.station is None:
            station = self._open_station(self._exit, self.paper)
            station.writer.changes.subscribe(self.changes.tell)
            station.printers.listen(lambda _status: self.changes.tell(frozenset({"printers"})))
            station.spooler.start()
            self.station = station
        return self.station

    def hub_url(self) -> str | None:
        """Where this PC listens as the hub of its building; None where it does not."""
        own_hub = self.station.own_hub if self.station is not None else None
        return own_hub.at_home.url if own_hub is not None and own_hub.at_home is not None else None

    def show_sign_in(self, place: str | None = None) -> SignInWindow:
        """Show who works here today, at `place` if told; nothing is read before the window is painted."""
        window = SignInWindow(_OpeningPort(self), self.tasks, self.now)
        if place is not None:
            window.prefer(place)
        window.signed_in.connect(lambda person, place: self._enter(window, person, place))
        self.changes.changed.connect(window.read_again)
        # The import of SQL beside the GUI thread would make the paint wait for its turn.
        AfterFirstPaint(window, window.begin)
        self._present(window)
        self._tidying.start()
        return window

    def show(self, *kinds: Shown) -> None:
        """Show windows of this PC beside or instead of the counter; the office is opened first."""
        self.tasks.run(self.open, lambda station: self._show_all(station, kinds), _say)

    def show_counter(self, person: "SignedIn", counter: str) -> None:
        """Show the counter of somebody who signed in."""
        from mppdesk.app.connection import ConnectionBar
        from mppdesk.app.counter_port import DeskPort
        from mppdesk.app.far_printers import far_printers
        from mppdesk.app.printer_watch import PrinterWatch
        from mppdesk.app.sign_in_port import desk_of
        from mppdesk.ui.counter.window import CounterWindow

        assert self.station is not None
        desk = desk_of(self.station, person, counter)
        port = DeskPort(self.station, desk)
        window = CounterWindow(
            port,
            self.tasks,
            self.now,
            person.display_name,
            self.changes,
            asks_for_pins=self.asks_for_pins,
            may_administer=person.is_leading,
        )
        ConnectionBar(self.station, window, window, self.tasks, self.changes)
        if person.is_leading:
            PrinterWatch(partial(far_printers, self.station), window, window, self.tasks, self.changes)
        window.leave_wanted.connect(lambda: self._leave(window))
        window.handed_over.connect(lambda successor: self._hand_over(window, successor, counter))
        window.administration_wanted.connect(lambda: self._administer(person, window, desk.label))
        self._present(window)
        self._keep_what_is_loaded()
        if self.asks_for_pins:
            self._idle_lock = IdleLock(application(), lambda: self.leave_alone(window))

    def show_administration(self, person: "SignedIn", over: "CounterWindow | None" = None, counter: str = "") -> None:
        """Show what somebody who leads looks after; `over` is the window of the counter that she goes on with later."""
        from mppdesk.app.administration_port import AdministrationDesk
        from mppdesk.app.connection import ConnectionBar
        from mppdesk.app.far_printers import far_printers
        from mppdesk.app.printer_watch import PrinterWatch
        from mppdesk.ui.administration.window import AdministrationWindow

        assert self.station is not None
        port = AdministrationDesk(self.station, person)
        window = AdministrationWindow(port, self.tasks, self.now, person.display_name, self.changes, over, counter)
        ConnectionBar(self.station, window, window, self.tasks, self.changes, tells_of_centre=True)
        PrinterWatch(partial(far_printers, self.station), window, window, self.tasks, self.changes)
        if over is None:
            window.leave_wanted.connect(lambda: self._leave(window))
        else:
            window.leave_wanted.connect(lambda: self._go_back(window, over))
        self._present(window)
        if over is None and self.asks_for_pins:
            self._idle_lock = IdleLock(application(), window.leave_wanted.emit)

    def leave_alone(self, counter: "CounterWindow") -> None:
        """A counter that nobody touches is locked, and what stands open over it put away."""
        for window in self._above(counter):
            self._put_away(window)
        counter.lock()

    def tidy(self) -> None:
        """Each minute: drop slips of the past, move the WAL into the file, so that no command has to, and give back
        what memory is spare.

        A window that was put away stands in a circle with its parts. By Python's thresholds those of a week of
        sign-ins would wait. Once the modules are kept apart, a look through what is left takes some ten milliseconds;
        before, it would take eighty, and no window was put away yet.
        """
        if gc.get_freeze_count():
            gc.collect()
        if self.station is not None:
            self.tasks.run_beside(partial(_tidy_storage, self.station), lambda _done: None, _say)
        self.tasks.run_beside(give_back, lambda _gave: None, _say)

    def close(self) -> None:
        """End in order: the work beside, the printers, the log, the lock."""
        self._tidying.stop()
        for window in self.windows:
            window.close()
            window.deleteLater()
        self.tasks.close()
        self._exit.close()

    def _show_all(self, station: "Station", kinds: tuple[Shown, ...]) -> None:
        from mppdesk.app.hall_windows import board_window, kiosk_window

        for kind in kinds:
            if kind is Shown.KIOSK:
                self._show_kiosk(kiosk_window(station, self.tasks, self.changes, asks_for_pins=self.asks_for_pins))
            elif kind is Shown.BOARD:
                self._present(board_window(station, self.tasks, self.changes))
            elif kind is Shown.PAPER:
                self._present(self.paper.window(), _PAPER_SIZE)
        self._keep_what_is_loaded()
        self._tidying.start()

    def _show_kiosk(self, window: "KioskWindow") -> None:
        window.leave_wanted.connect(lambda: self._leave_kiosk(window))
        self._present(window)

    def _leave_kiosk(self, window: "KioskWindow") -> None:
        """Beside other windows the kiosk only goes; alone it gives its place to sign-in."""
        if self.windows == [window]:
            self.show_sign_in()
        self._put_away(window)

    def _enter(self, sign_in: SignInWindow, person: "SignedIn", counter: str) -> None:
        if counter == ADMINISTRATION:
            self.show_administration(person)
        else:
            self.show_counter(person, counter)
        self._put_away(sign_in)

    def _leave(self, window: QWidget) -> None:
        """Back to sign-in; what stands at the counter stays as it is on disk."""
        self._end_idle_lock()
        self.show_sign_in()
        self._put_away(window)

    def _administer(self, person: "SignedIn", over: "CounterWindow", counter: str) -> None:
        """Open the administration over a counter, once what it needs is loaded."""

        def show(_loaded: None) -> None:
            if over in self.windows and not self._above(over):
                self.show_administration(person, over, counter)

        self.tasks.run_beside(_load_administration, show, _say)

    def _above(self, counter: "CounterWindow") -> list[QWidget]:
        return [each for each in self.windows if each.parentWidget() is counter]

    def _go_back(self, window: QWidget, counter: "CounterWindow") -> None:
        """From the administration to the counter beneath it, which went on all the while."""
        if window in self.windows:
            self._put_away(window)
            counter.activateWindow()

    def _hand_over(self, window: QWidget, successor: "SignedIn", counter: str) -> None:
        """The clerk who came has the counter already; she gets a window of her own in the same place."""
        self._end_idle_lock()
        self.show_counter(successor, counter)
        self._put_away(window)

    def _end_idle_lock(self) -> None:
        if self._idle_lock is not None:
            self._idle_lock.end()
            self._idle_lock = None

    def _put_away(self, window: QWidget) -> None:
        self.windows.remove(window)
        window.close()
        window.deleteLater()

    def _present(self, window: QWidget, size: tuple[int, int] = _SMALL_SCREEN) -> None:
        self.windows.append(window)
        if self._full_screen:
            # A kiosk may run without a window manager, and then nobody else gives the window its size.
            window.setGeometry(window.screen().geometry())
            window.showFullScreen()
        else:
            step = _CASCADE_PX * (len(self.windows) - 1)
            window.resize(*size)
            window.move(step, step)
            window.show()

    def _keep_what_is_loaded(self) -> None:
        """Modules stay to the end; a collection of garbage that walked through them all took longer than a call."""
        if gc.get_freeze_count() == 0:
            gc.freeze()


class _OpeningPort:
    """The sign-in port before the office is open: the first question opens it."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop

    def office(self) -> "Office":
        from mppdesk.app.sign_in_port import OfficeSignInPort

        return OfficeSignInPort(self._desktop.open()).office()

    def sign_in(self, user_name: str, pin: str, place: str) -> "SignedIn":
        from mppdesk.app.sign_in_port import OfficeSignInPort

        person = OfficeSignInPort(self._desktop.open()).sign_in(user_name, pin, place)
        if place == ADMINISTRATION:
            _load_administration()
        return person


def _load_administration() -> None:
    """Read beside the GUI thread, which needs both next: they bring a network library and tables."""
    import_module("mppdesk.app.administration_port")
    import_module("mppdesk.ui.administration.window")


def run_desktop(home: Path, shown: tuple[Shown, ...] = (), *, full_screen: bool = False) -> int:
    """Run the desktop on a data folder until its windows are closed; answers the exit code.

    Without `shown` a kiosk's or board's PC shows what it is for, any other sign-in.
    """

    def open_real(exit_: ExitStack, paper: PaperTray) -> "Station":
        # Imported beside the GUI thread, after the first paint: SQL and cryptography take longer than Qt.
        from mppdesk.app.real_parts import system_station

        return system_station(exit_, home, paper.receive)

    apply_theme(application(), LIGHT)
    if not is_set_up(home) and (start := begin_here(home)) is not Start.OFFICE:
        return _run_sample() if start is Start.SAMPLE else 0
    if not shown:
        usual = usual_windows(home)
        shown, full_screen = tuple(map(Shown, usual.show)), full_screen or usual.full_screen
    desktop = Desktop(open_real, full_screen=full_screen)
    HubKeeper(application(), desktop.hub_url, desktop.show_sign_in)
    if not shown or Shown.COUNTER in shown:
        desktop.show_sign_in()
    elif Shown.ADMINISTRATION in shown:
        desktop.show_sign_in(ADMINISTRATION)
    if beside := [kind for kind in shown if kind not in (Shown.COUNTER, Shown.ADMINISTRATION)]:
        desktop.show(*beside)
    try:
        return application().exec()
    finally:
        desktop.close()


def _run_sample() -> int:
    from mppdesk.demo.live import run_live  # the demo is built on this module

    return run_live(seed=1, data=None, printer=None)


def _tidy_storage(station: "Station") -> None:
    station.jobs.tidy(round(station.now().timestamp() * 1000))
    station.home.database.checkpoint()


def _say(error: ClerkError) -> None:
    """Trouble that no window is there to show."""
    sys.stderr.write(f"{msg('{what} {do}', what=error.what_happened, do=error.what_to_do)}\n")
