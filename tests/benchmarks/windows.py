"""The counter window at work: an act until it is repainted, an accepted PIN until work can begin, and memory.

`python -m tests.benchmarks.windows [--old 10000] [--warm 50] [--tickets 50] [--runs 5]`
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from mppdesk.app.desktop import Desktop
from mppdesk.app.paper_tray import PaperTray
from mppdesk.app.station import Station, open_station
from mppdesk.db.privacy.verifiers import PinCheck
from mppdesk.domain.commands import CloseCounter, CounterCommand, FinishTicket, OpenDay
from mppdesk.operations.kiosk import take_ticket
from mppdesk.ui.counter.window import CounterWindow
from mppdesk.ui.shared.application import application
from mppdesk.ui.shared.shortcuts import Act
from mppdesk.ui.shared.theme import LIGHT, apply_theme
from mppdesk.ui.sign_in.window import SignInWindow
from tests.benchmarks.commands import A_DAY_S, COUNTER, SERVICE, Timed, lay_down_past, open_home
from tests.benchmarks.figures import RUNS, Figure, medians, report
from tests.benchmarks.start import resident_mb
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import Office

_USER, _PIN = "dewi", "271828"
_PATIENCE_S = 30.0
_TICKETS_A_DAY = 400  # an agency has 499 numbers a day
_BEAT_MS = 5
_CALL_P99_MS, _USABLE_MS, _GROWTH_MB = 50.0, 1000.0, 5.0


class Repaints(QObject):
    """Notes when a window has been painted, by `perf_counter`; it looks at that window's own events only."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.ends: list[float] = []
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.UpdateRequest:
            return False
        self._window.event(event)  # this is the painting itself
        self.ends.append(time.perf_counter())
        return True

    def since(self, moment: float) -> float | None:
        """When it was first painted after a moment, None if not yet."""
        return next((end for end in self.ends if end > moment), None)

    def stop(self) -> None:
        self._window.removeEventFilter(self)


def until(is_so: Callable[[], bool]) -> None:
    """Let Qt work until it is so; a program that never gets there ends the benchmark.

    It sleeps between events as the program does: a loop that never rests would take turns with the database's thread.
    """
    latest = time.monotonic() + _PATIENCE_S
    beat = QTimer(interval=_BEAT_MS)
    beat.start()
    while not is_so():
        application().processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.monotonic() > latest:
            raise TimeoutError("the window did not get there")


class Empty:
    """The floor: an empty window repainted when asked."""

    def __init__(self) -> None:
        self._window = QWidget()
        self._window.show()
        self._repaints = Repaints(self._window)
        self.repaint(Timed())

    def repaint(self, timed: Timed) -> None:
        self._repaints.ends.clear()
        began, before = time.perf_counter(), time.thread_time()
        self._window.update()
        until(lambda: self._repaints.since(began) is not None)
        timed.note(self._repaints.ends[-1] - began, time.thread_time() - before)

    def close(self) -> None:
        self._repaints.stop()
        self._window.close()


class AtWork:
    """A desktop at which one clerk signs in and works by keyboard."""

    def __init__(self, desktop: Desktop, clock: FakeClock) -> None:
        self._desktop = desktop
        self._clock = clock
        self._served_today = 0

    @property
    def station(self) -> Station:
        assert self._desktop.station is not None
        return self._desktop.station

    @property
    def counter(self) -> CounterWindow | None:
        return next((each for each in self._desktop.windows if isinstance(each, CounterWindow)), None)

    def sign_in(self) -> float:
        """Milliseconds from the clerk's Enter until the counter shows what to do next, the PIN's own time included."""
        window = self._sign_in_window() or self._desktop.show_sign_in()
        until(lambda: bool(window.places.buttons()))
        window.user_field.clear()
        QTest.keyClicks(window.user_field, _USER)
        QTest.keyClicks(window.pin_field, _PIN)
        place = next(each for each in window.places.buttons() if each.card.title == COUNTER)
        QTest.keyClick(place, Qt.Key.Key_Space)
        began = time.perf_counter()
        QTest.keyClick(window.pin_field, Qt.Key.Key_Return)
        until(lambda: self.counter is not None and self.counter.view is not None)
        return (time.perf_counter() - began) * 1000

    def _sign_in_window(self) -> SignInWindow | None:
        """The one that came when somebody signed out."""
        return next((each for each in self._desktop.windows if isinstance(each, SignInWindow)), None)

    def sign_out(self) -> None:
        assert self.counter is not None
        self._ask(CloseCounter)
        self.counter.leave_wanted.emit()
        self._settle()
        # Windows that were put away end with the event they were put away in, which a loop without an end never does.
        application().sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def serve(self, timed: Timed) -> None:
        """Issue a ticket, call it by the window, and let it be finished; only the call is timed."""
        if self._served_today == _TICKETS_A_DAY:
            self._begin_next_day()
        self._served_today += 1
        station, counter = self.station, self.counter
        assert counter is not None
        take_ticket(station.hub, station.kiosk, station.ids.new(), SERVICE)
        self._settle()
        self._call(counter, timed)
        self._ask(FinishTicket)
        until(lambda: counter.acts.ticket is None)
        self._settle()

    def _call(self, counter: CounterWindow, timed: Timed) -> None:
        """Time the key until the called person stands painted on the screen; of the processor, this thread's share."""
        repaints, shown = Repaints(counter), list[float]()

        def note() -> None:
            if counter.acts.ticket is not None:
                shown.append(time.perf_counter())

        noting = counter.acts.changed.connect(note)
        began, before = time.perf_counter(), time.thread_time()
        counter.press(Act.CALL_NEXT)
        until(lambda: bool(shown) and repaints.since(shown[0]) is not None)
        timed.note((repaints.since(shown[0]) or 0) - began, time.thread_time() - before)
        counter.acts.changed.disconnect(noting)
        repaints.stop()

    def resident_mb(self) -> float:
        """What the process holds after what the desktop does each minute, in MB."""
        self._desktop.tidy()
        self._settle()
        return resident_mb(os.getpid())

    def check_pin(self) -> float:
        """Milliseconds that Argon2 alone takes."""
        with self.station.readers.moment() as moment:
            user = next(key for key, each in moment.reference.users.items() if each.user_name == _USER)
        pins = PinCheck(self.station.home.database, self.station.home.secrets.pepper)
        began = time.perf_counter()
        pins.check(user, _PIN, int(self.station.clock.now().timestamp() * 1000))
        return (time.perf_counter() - began) * 1000

    def _begin_next_day(self) -> None:
        self.sign_out()
        self._clock.forward(A_DAY_S)
        day = self.station.now().date().isoformat()
        self.station.hub.ask(OpenDay(command_id=self.station.ids.new(), day=day), self.station.kiosk)
        self.sign_in()
        self._served_today = 0

    def _ask(self, kind: type[CounterCommand]) -> None:
        station = self.station
        place = next(each.counter for each in station.readers.counter_choices() if each.label == COUNTER)
        station.hub.ask(kind(command_id=station.ids.new(), counter=place), station.kiosk)

    def _settle(self) -> None:
        application().processEvents()
        until(lambda: self._desktop.tasks.running == 0)
        application().processEvents()


def measure(folder: Path, old: int, warm: int, tickets: int, runs: int) -> list[Figure]:
    """Work a counter with `old` tickets behind it; nothing is measured over the first `warm` tickets."""
    home = folder / "home"
    with open_home(home) as office:
        lay_down_past(office, old)
        _give_pin(office)
    clock = FakeClock()
    with _desktop(home, clock) as desktop:
        empty, at_work = Empty(), AtWork(desktop, clock)
        at_work.sign_in()
        for _ in range(warm):
            at_work.serve(Timed())
        at_work.sign_out()
        try:
            return medians(lambda _: _run(at_work, empty, tickets), runs)
        finally:
            empty.close()


def _run(at_work: AtWork, empty: Empty, tickets: int) -> list[Figure]:
    call, bare = Timed(), Timed()
    argon2 = at_work.check_pin()
    usable = at_work.sign_in() - argon2
    before = at_work.resident_mb()
    for _ in range(tickets):
        empty.repaint(bare)
        at_work.serve(call)
    after = at_work.resident_mb()
    at_work.sign_out()
    return [
        Figure("windows.call_to_repainted_p50_ms", call.p50, bare.p50),
        Figure("windows.call_to_repainted_p99_ms", call.p99, bare.p99, _CALL_P99_MS),
        Figure("windows.call_gui_thread_cpu_ms", call.mean_cpu, bare.mean_cpu),
        Figure("windows.accepted_pin_to_usable_ms", usable, bare.p50, _USABLE_MS),
        Figure("windows.growth_mb", after - before, before, _GROWTH_MB),
    ]


def _give_pin(office: Office) -> None:
    with office.readers.moment() as moment:
        user = next(key for key, each in moment.reference.users.items() if each.user_name == _USER)
    PinCheck(office.home.database, office.home.secrets.pepper).set_pin(user, _PIN)


@contextmanager
def _desktop(home: Path, clock: FakeClock) -> Iterator[Desktop]:
    def open_it(exit_: ExitStack, paper: PaperTray) -> Station:
        return exit_.enter_context(open_station(home, clock, CountedIds("desktop"), paper.receive, "screen:"))

    desktop = Desktop(open_it, full_screen=False)
    desktop.asks_for_pins = False
    try:
        yield desktop
    finally:
        desktop.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--old", type=int, default=10_000, help="old tickets, six entries each")
    parser.add_argument("--warm", type=int, default=50, help="tickets before anything is measured")
    parser.add_argument("--tickets", type=int, default=50, help="tickets called in a run")
    parser.add_argument("--runs", type=int, default=RUNS)
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    apply_theme(application(), LIGHT)  # the program's own, with the way it collects garbage
    with tempfile.TemporaryDirectory(prefix="mppdesk-bench-") as folder:
        found = measure(Path(folder), arguments.old, arguments.warm, arguments.tickets, arguments.runs)
    report(found, vars(arguments))


if __name__ == "__main__":
    main()
