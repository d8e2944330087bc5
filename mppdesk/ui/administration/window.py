"""The administration window: pages at the left, one of them at work; opened by who leads, from sign-in or counter."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property, partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mppdesk.operations.far_printers import FarPrinter
from mppdesk.texts import msg
from mppdesk.ui.administration.anomaly_page import AnomalyPage
from mppdesk.ui.administration.building_page import BuildingPage
from mppdesk.ui.administration.far_printer_card import show_far_banner
from mppdesk.ui.administration.places_page import PlacesPage
from mppdesk.ui.administration.port import AdministrationPort
from mppdesk.ui.administration.printer_page import PrinterPage
from mppdesk.ui.administration.sync_page import SyncPage
from mppdesk.ui.administration.view_state import PAGES, Page
from mppdesk.ui.shared.banner import BannerStack
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.connection import Connection
from mppdesk.ui.shared.key_button import KeyButton
from mppdesk.ui.shared.labels import mark
from mppdesk.ui.shared.tasks import Runner
from mppdesk.ui.shared.top_bar import TopBar

# Who is heard of and what waits changes without any commit here.
_AGAIN_MS = 5_000
_SOON_MS = 400
_GAP = 12
_PAGE_HEIGHT = 52


class AdministrationWindow(QWidget):
    """Emits `leave_wanted` for F12. Ctrl+1 to Ctrl+4 open the pages, F9 presses the filled button, F6 goes from the
    printers to who prints on them and back.

    `over` is the window of the `counter` from which it was opened; that one waits beneath, so that nobody is handed the
    counter while this stands open, and closing this one leads back to it.
    """

    leave_wanted = Signal()

    def __init__(
        self,
        port: AdministrationPort,
        tasks: Runner,
        now: Callable[[], datetime],
        person_name: str,
        changes: Changes,
        over: QWidget | None = None,
        counter: str = "",
    ) -> None:
        super().__init__(over, Qt.WindowType.Window)
        self.setWindowModality(Qt.WindowModality.WindowModal if over else Qt.WindowModality.NonModal)
        self.setWindowTitle(str(msg("Administrasi")))
        self.top_bar, self.banners = TopBar(now), BannerStack()
        self._port, self._tasks, self._now = port, tasks, now
        self._page = Page.BUILDING
        self._far: tuple[FarPrinter, ...] = ()
        self._shows_places = False
        self._stack = QStackedWidget()
        self._buttons = {page: self._page_button(page, n) for n, page in enumerate(PAGES, start=1)}
        self.leave_button = KeyButton(
            "F12", msg("Kembali ke {counter}", counter=counter) if over else msg("Kembali ke masuk")
        )
        self.leave_button.clicked.connect(self.leave_wanted)
        self.top_bar.set_person(person_name)
        self._lay_out()
        self._bind_keys()
        self._again = QTimer(self, interval=_AGAIN_MS)
        self._again.timeout.connect(self.read)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.read)
        changes.changed.connect(self.hear)
        self.open_page(Page.BUILDING)

    @property
    def page(self) -> Page:
        return self._page

    @cached_property
    def building(self) -> BuildingPage:
        made = BuildingPage(self._port, self._tasks, self._now, self._stack)
        made.named.connect(lambda name: self.top_bar.set_place(msg("Administrasi"), "", name))
        self._stack.addWidget(made)
        return made

    @cached_property
    def sync(self) -> SyncPage:
        made = SyncPage(self._port, self._tasks)
        self._stack.addWidget(made)
        return made

    @cached_property
    def anomalies(self) -> AnomalyPage:
        made = AnomalyPage(self._port, self._tasks, self._now)
        self._stack.addWidget(made)
        return made

    @cached_property
    def printers(self) -> PrinterPage:
        made = PrinterPage(self._port, self._tasks, self._stack)
        made.places_wanted.connect(self.turn_printers)
        made.far.show_printers(self._far, self._now())
        self._stack.addWidget(made)
        return made

    @cached_property
    def places(self) -> PlacesPage:
        made = PlacesPage(self._port, self._tasks, self._stack)
        made.printers_wanted.connect(self.turn_printers)
        self._stack.addWidget(made)
        return made

    def set_far_printers(self, printers: tuple[FarPrinter, ...]) -> None:
        """Show how the printers of other computers stand: the worst above all pages, all on that of printers."""
        self._far = printers
        show_far_banner(self.banners, printers, self._now())
        if "printers" in vars(self):
            self.printers.far.show_printers(printers, self._now())

    def page_button(self, page: Page) -> KeyButton:
        return self._buttons[page]

    def set_connection(self, connection: Connection) -> None:
        self.top_bar.set_connection(connection)

    def set_clock_difference(self, difference: timedelta | None) -> None:
        self.top_bar.set_clock_difference(difference)

    def open_page(self, page: Page) -> None:
        """Show a page, made when it is opened first, and read it."""
        self._page, self._shows_places = page, False
        self._stack.setCurrentWidget(self._shown())
        for each, button in self._buttons.items():
            button.setChecked(each is page)
        self.read()
        self._again.start()

    def read(self) -> None:
        """Read the page that is shown, as things stand now, and what waits on the page of anomalies."""
        self._shown().read()
        self._tasks.run(self._port.open_anomalies, self._show_open, lambda _trouble: None)

    def press(self) -> None:
        """F9: the filled button of the page, where it has one."""
        shown = self._shown()
        if not isinstance(shown, SyncPage):
            shown.press()

    def test_printer(self) -> None:
        """F8: test the printer in hand."""
        if self._page is Page.PRINTERS and not self._shows_places:
            self.printers.test()

    def turn_printers(self) -> None:
        """F6: from the printers to the counters and kiosks that print on them, or back."""
        if self._page is not Page.PRINTERS:
            return
        self._shows_places = not self._shows_places
        self._stack.setCurrentWidget(self._shown())
        QTimer.singleShot(0, self, self.read)  # the page is made and painted before its rows are
        if self._shows_places:
            self.places.begin()
        else:
            self.printers.table.setFocus()

    def _show_open(self, count: int) -> None:
        """Only what nobody looked at is counted."""
        words = msg("Kejanggalan ({count})", count=count) if count else PAGES[Page.ANOMALIES][1]
        self._buttons[Page.ANOMALIES].show_state(words)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if self.parentWidget() is not None:
            self.leave_wanted.emit()

    def _shown(self) -> BuildingPage | SyncPage | AnomalyPage | PrinterPage | PlacesPage:
        match self._page:
            case Page.SYNC:
                return self.sync
            case Page.ANOMALIES:
                return self.anomalies
            case Page.PRINTERS:
                return self.places if self._shows_places else self.printers
        return self.building

    def hear(self, topics: frozenset[str]) -> None:
        """News comes many times a second on a busy day; the page is read once for all of it."""
        if not self._soon.isActive():
            self._soon.start()

    def _page_button(self, page: Page, place: int) -> KeyButton:
        _, name = PAGES[page]
        made = KeyButton(f"Ctrl+{place}", name, letters="body")
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setMinimumSize(QSize(0, _PAGE_HEIGHT))
        made.clicked.connect(lambda: self.open_page(page))
        return made

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "F5": self.read,
            "F6": self.turn_printers,
            "F8": self.test_printer,
            "F9": self.press,
            "F12": self.leave_wanted.emit,
        }
        for place, page in enumerate(PAGES, start=1):
            keys[f"Ctrl+{place}"] = partial(self.open_page, page)
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def _lay_out(self) -> None:
        side = QFrame()
        mark(side, part="card")
        pages = QVBoxLayout(side)
        pages.setContentsMargins(8, 8, 8, 8)
        pages.setSpacing(6)
        for button in self._buttons.values():
            pages.addWidget(button)
        pages.addStretch(1)
        pages.addWidget(self.leave_button)
        inside = QHBoxLayout()
        inside.setContentsMargins(_GAP, _GAP, _GAP, _GAP)
        inside.setSpacing(_GAP)
        inside.addWidget(side)
        inside.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.banners)
        column.addLayout(inside, 1)
