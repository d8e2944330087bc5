"""Pictures of the day: the windows in telling states, slips as they came out, receipts as PDF."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mppdesk.app.counter_port import DeskPort
from mppdesk.app.hall_windows import board_window
from mppdesk.app.sign_in_port import OfficeSignInPort
from mppdesk.config import resource
from mppdesk.demo.kiosk_pictures import walk_kiosk
from mppdesk.demo.people import Hall
from mppdesk.domain.slip import Slip, SlipKind
from mppdesk.operations.desk import Desk
from mppdesk.ui.counter.window import CounterWindow
from mppdesk.ui.shared.application import application
from mppdesk.ui.shared.pictures import grab
from mppdesk.ui.shared.slip_drawing import slip_image
from mppdesk.ui.shared.tasks import Tasks
from mppdesk.ui.shared.theme import DARK, LIGHT, Theme, apply_theme
from mppdesk.ui.sign_in.window import SignInWindow

SIZES = ((1366, 768), (1920, 1080))
_SLIPS_OF_A_KIND = 12
# The ticket taken at the kiosk window for its picture is one of the day.
PHOTOGRAPHED_TICKETS = 1
_COLUMN_PX = 12.0


class Photographer:
    """Opens the real windows while the day stands still, works them by keyboard, and takes their pictures.

    Qt draws offscreen, display or not. The counter in the pictures is one that no demo clerk works.
    """

    def __init__(self, hall: Hall, out: Path, slips: list[Slip]) -> None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        # The offscreen platform warns of each window that has a smallest size; nobody who reads it can mend that.
        os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
        self._hall = hall
        self._out = out
        self._slips = slips
        self._tasks = Tasks.inline()
        self._application = application()
        apply_theme(self._application, LIGHT)

    def __enter__(self) -> "Photographer":
        (self._out / "pictures").mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for window in self._application.topLevelWidgets():
            window.close()

    def moments(self) -> Iterator[tuple[timedelta, Callable[[], None]]]:
        """The moments of the day, each with what is photographed then."""
        yield timedelta(minutes=5), self._sign_in
        yield timedelta(minutes=19), self._counter
        yield timedelta(minutes=100), self._hall_windows

    def papers(self) -> None:
        """The first slips of each kind as PNG, and the receipts of the first files as PDF."""
        taken: dict[SlipKind, int] = {}
        folder = self._out / "slips"
        folder.mkdir(exist_ok=True)
        for slip in self._slips:
            number = taken[slip.kind] = taken.get(slip.kind, 0) + 1
            if number <= _SLIPS_OF_A_KIND:
                slip_image(slip, _COLUMN_PX).save(str(folder / f"{slip.kind}-{number:02}.png"))
        self._receipts()

    def _receipts(self) -> None:
        from mppdesk.printing.pdf import receipt_pdf

        folder = self._out / "receipts"
        folder.mkdir(exist_ok=True)
        for paper in self._hall.receipts:
            name = f"{paper.ticket_number}.pdf"
            (folder / name).write_bytes(receipt_pdf(paper, resource("fonts")))

    def _sign_in(self) -> None:
        office = self._hall.office
        window = SignInWindow(OfficeSignInPort(office), self._tasks, office.now)
        window.begin()
        self._grab(window, "sign-in", LIGHT, DARK)
        window.close()

    def _counter(self) -> None:
        """One person from the call to the hand-back, by keyboard alone, and back with the paper that lacked."""
        office, desk = self._hall.office, self._free_desk()
        self._hall.open_counter(desk)
        window = CounterWindow(DeskPort(office, desk), self._tasks, office.now, desk.clerk_name)
        window.resize(*SIZES[0])
        window.show()
        self._grab(window, "counter-1-idle", LIGHT)
        self._press(window, Qt.Key.Key_F2)
        self._grab(window, "counter-2-called", LIGHT)
        self._press(window, Qt.Key.Key_F5)
        for key in (Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_K, Qt.Key.Key_1, Qt.Key.Key_Space):
            self._press(self._focused(window), key)
        self._grab(window, "counter-3-serving", LIGHT, DARK)
        self._press(window, Qt.Key.Key_F7)
        QTest.keyClicks(self._focused(window), "pol")
        self._grab(window, "counter-4-transfer", LIGHT)
        self._press(self._focused(window), Qt.Key.Key_Escape)
        while (screen := window.acts.screen) and screen.current and screen.current.checklist.undecided:
            self._press(self._focused(window), Qt.Key.Key_T)
        number = screen.current.row.number if screen and screen.current else ""
        self._press(window, Qt.Key.Key_F9)
        self._grab(window, "counter-5-incomplete", LIGHT)
        self._press(self._focused(window), Qt.Key.Key_Return)
        self._grab(window, "counter-6-returned", LIGHT)
        self._come_back(window, number)
        window.close()

    def _come_back(self, window: CounterWindow, number: str) -> None:
        """The number is sought, its file goes on at the paper that lacked, and is accepted."""
        QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(self._focused(window), number)
        self._press(self._focused(window), Qt.Key.Key_Return)
        self._grab(window, "counter-7-found", LIGHT)
        self._press(self._focused(window), Qt.Key.Key_Return)
        self._grab(window, "counter-8-taken-up", LIGHT)
        for key in (Qt.Key.Key_Space, Qt.Key.Key_F9):
            self._press(self._focused(window), key)
        self._press(self._focused(window), Qt.Key.Key_Return)

    def _hall_windows(self) -> None:
        """The kiosk touched through, and the board with the calls of the morning."""
        walk_kiosk(self._hall.office, self._tasks, lambda window, name: self._grab(window, name, None))
        board = board_window(self._hall.office, self._tasks)
        board.show()
        self._grab(board, "board", None)
        board.close()

    def _free_desk(self) -> Desk:
        """A counter nobody works, of an agency with people waiting and many papers to check."""
        office, hall = self._hall.office, self._hall
        taken = {desk.counter for desk, _ in hall.staffed}
        with office.readers.moment() as moment:
            places = moment.reference.counters
        clerk = hall.staffed[0][0]
        free = [key for key, place in places.items() if key not in taken and place.agency in hall.agencies]
        best = max(free, key=self._papers_of_the_next)
        return Desk(best, places[best].label, clerk.actor, clerk.clerk_name, places[best].printer)

    def _papers_of_the_next(self, counter: str) -> int:
        next_up = self._hall.office.readers.counter_screen(counter).next_up
        return next_up.requirement_count if next_up else 0

    def _grab(self, window: QWidget, name: str, *themes: Theme | None) -> None:
        """Take a window at both sizes in each theme; None leaves a window that wears its own."""
        for theme in themes:
            if theme is not None:
                apply_theme(self._application, theme)
            look = f"{name}-{theme.colours}" if theme else name
            for width, height in SIZES:
                window.resize(width, height)
                self._application.processEvents()
                grab(window, self._out / "pictures" / f"{look}-{width}x{height}.png", (width, height))
        apply_theme(self._application, LIGHT)

    def _press(self, widget: QWidget, key: Qt.Key) -> None:
        QTest.keyClick(widget, key)
        self._application.processEvents()

    def _focused(self, window: QWidget) -> QWidget:
        return QApplication.focusWidget() or window
