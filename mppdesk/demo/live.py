"""The demo with windows: counter, kiosk, board and paper open, citizens coming, some counters worked by robots."""

import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from mppdesk.app.desktop import Desktop, Shown
from mppdesk.app.paper_tray import PaperTray
from mppdesk.app.station import Station
from mppdesk.demo.clock import ShiftedClock, opening_of
from mppdesk.demo.headless import staffed_hall
from mppdesk.demo.office import demo_office
from mppdesk.demo.people import Hall, citizen, clerk, invented_newcomer
from mppdesk.demo.stage import Person
from mppdesk.operations.readings import SignedIn
from mppdesk.ui.shared.application import application
from mppdesk.ui.shared.theme import LIGHT, apply_theme

_AGENCY = "DUKCAPIL"
_WAITING_AT_FIRST = 14
_NEXT_CITIZEN_MS = (15_000, 40_000)
_ROBOTS = 4
_OPENED_FOR = timedelta(minutes=70)
# A robot clerk needs at least this long for an act, so that the board can be read.
_LEAST_PAUSE_S = 4.0


class LiveDemo:
    """Lets invented people act on the real office while the newcomer works a counter; make it on the GUI thread."""

    def __init__(self, desktop: Desktop, seed: int) -> None:
        self._desktop = desktop
        self._random = Random(seed)
        self._hall: Hall | None = None

    def begin(self, station: Station) -> None:
        """Fill the hall, staff some counters, sign the newcomer in."""
        self._desktop.tasks.run(lambda: self._fill(station), self._open, _fail)

    def _fill(self, station: Station) -> Hall:
        hall = staffed_hall(station, self._random)
        for _ in range(_WAITING_AT_FIRST):
            next(citizen(hall, invented_newcomer(hall, station.now(), _AGENCY)), None)
        return hall

    def _open(self, hall: Hall) -> None:
        self._hall = hall
        mine = next(desk for desk, agency in hall.staffed if agency == _AGENCY)
        robots = [desk for desk, _ in hall.staffed if desk is not mine][:_ROBOTS]
        person = SignedIn(mine.actor.user, "", mine.clerk_name, ())
        self._desktop.show(Shown.BOARD, Shown.KIOSK, Shown.PAPER)
        self._desktop.tasks.run(
            lambda: hall.open_counter(mine), lambda _opened: self._desktop.show_counter(person, mine.counter), _fail
        )
        for desk in robots:
            self._act(clerk(hall, desk))
        self._invite()

    def _act(self, person: Person) -> None:
        """One act beside the GUI thread, then the pause the person takes, in real seconds."""

        def later(pause: float | None) -> None:
            if pause is not None:
                QTimer.singleShot(int(max(pause, _LEAST_PAUSE_S) * 1000), lambda: self._act(person))

        self._desktop.tasks.run(lambda: next(person, None), later, _fail)

    def _invite(self) -> None:
        hall = self._hall
        assert hall is not None
        newcomer = invented_newcomer(hall, hall.office.now(), None)
        self._act(citizen(hall, newcomer))
        QTimer.singleShot(self._random.randint(*_NEXT_CITIZEN_MS), self._invite)


def run_live(seed: int, data: Path | None, printer: str | None) -> int:
    """Run the demo until its windows are closed; without `data` it leaves nothing behind."""
    apply_theme(application(), LIGHT)
    with ExitStack() as folders:
        home = data or Path(folders.enter_context(tempfile.TemporaryDirectory(prefix="mppdesk-demo-"))) / "data"

        def open_station(exit_: ExitStack, paper: PaperTray) -> Station:
            now = datetime.now(UTC)
            clock = ShiftedClock(opening_of(now, frozenset()) + _OPENED_FOR, now)
            return exit_.enter_context(demo_office(home, clock, paper.receive, printer))

        desktop = Desktop(open_station, full_screen=False)
        desktop.asks_for_pins = False
        demo = LiveDemo(desktop, seed)
        desktop.tasks.run(desktop.open, demo.begin, _fail)
        try:
            return application().exec()
        finally:
            desktop.close()


def _fail(error: Exception) -> None:
    """A demo that cannot go on says why and ends."""
    sys.stderr.write(f"{error}\n")
    QApplication.exit(1)
