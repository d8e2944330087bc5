"""Counter and kiosk over a real station and a simulated printer: what befalls the paper is said, and ends by itself."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mppdesk.app.counter_port import DeskPort
from mppdesk.app.hall_ports import HallKioskPort
from mppdesk.app.station import Station, open_station
from mppdesk.domain.entries import Actor
from mppdesk.domain.print_job import JobState
from mppdesk.domain.site import KioskPlace
from mppdesk.operations.desk import Desk
from mppdesk.ui.counter.window import CounterWindow
from mppdesk.ui.kiosk.acts import Act, ActKind
from mppdesk.ui.kiosk.ticket_state import Phase
from mppdesk.ui.kiosk.window import KioskWindow
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.tasks import Tasks
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import PRINTER, make_home
from tests.fakes.printer import Condition, SimulatedPrinter
from tests.ui.kiosk.visitor import Seconds

WAIT_MS = 20_000
"""What is awaited comes within two seconds, on a machine that does nothing else."""


@dataclass
class Hall:
    """One PC with a counter, a kiosk, and one printer for both."""

    station: Station
    printer: SimulatedPrinter
    counter: CounterWindow
    kiosk: KioskWindow
    seconds: Seconds

    @property
    def banner(self) -> str:
        shown = self.counter.banners.current()
        return f"{shown.what_happened} {shown.what_to_do}" if shown else ""

    @property
    def phase(self) -> Phase | None:
        """What the citizen at the kiosk sees of her ticket."""
        ticket = self.kiosk.state.ticket
        return ticket.phase if ticket else None

    def take_ticket(self) -> None:
        """Everything a citizen touches."""
        for touch in (
            Act(ActKind.CHOOSE_AGENCY, "DUKA"),
            Act(ActKind.CHOOSE_SERVICE, "DUKA-02"),
            Act(ActKind.GO_ON),
            Act(ActKind.TAKE_TICKET),
        ):
            self.seconds.now += 1
            self.kiosk.act(touch)


@pytest.fixture
def hall(tmp_path: Path, qapp: QApplication) -> Iterator[Hall]:
    folder, clock, seconds = tmp_path / "home", FakeClock(), Seconds()
    make_home(folder, clock, CountedIds("maker"))
    with ExitStack() as stack:
        printer = stack.enter_context(SimulatedPrinter())
        opened = open_station(folder, clock, CountedIds("station"), lambda _: None, printer.url)
        station, tasks, changes = stack.enter_context(opened), Tasks(), Changes()
        stack.callback(tasks.close)
        station.writer.changes.subscribe(changes.tell)
        station.printers.listen(lambda _status: changes.tell(frozenset({"printers"})))
        counter_id = next(each.counter for each in station.readers.counter_choices() if each.label == "Loket 1")
        port = DeskPort(station, Desk(counter_id, "Loket 1", Actor("dewi", "desktop"), "Dewi C.", PRINTER))
        port.open_counter()
        counter = CounterWindow(port, tasks, station.now, "Dewi C.", changes)
        kiosk_port = HallKioskPort(station, KioskPlace("Kiosk 1", PRINTER))
        kiosk = KioskWindow(kiosk_port, tasks, station.now, station.ids.new, seconds=seconds)
        changes.changed.connect(lambda _topics: kiosk.refresh())
        for window in (counter, kiosk):
            window.show()
        kiosk.begin()
        station.spooler.start()
        yield Hall(station, printer, counter, kiosk, seconds)
        station.spooler.stop()
        changes.changed.disconnect()
        for window in (counter, kiosk):  # before what they ask is gone
            window.close()
            window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_paper_that_runs_out_is_told_at_both_windows_and_the_ticket_comes_when_it_is_mended(
    qtbot: QtBot, hall: Hall
) -> None:
    hall.printer.become(Condition.PAPER_OUT)
    qtbot.waitUntil(lambda: hall.banner.startswith("Kertas habis."), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: hall.kiosk.strip.words.startswith("Kertas habis. Nomor tetap"), timeout=WAIT_MS)
    hall.take_ticket()
    qtbot.waitUntil(lambda: "Karcis B-001 sudah tersimpan." in hall.banner, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: hall.phase is Phase.ON_SCREEN, timeout=WAIT_MS)

    hall.printer.become(Condition.HEALTHY)
    qtbot.waitUntil(lambda: hall.banner.startswith("Kertas sudah ada lagi. Gulungan baru?"), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: [job.state for job in hall.station.jobs.recent(5)] == [JobState.PRINTED], timeout=WAIT_MS)
    assert ["B-001" in slip.text and "SALINAN" not in slip.text for slip in hall.printer.slips] == [True]
    QTest.keyClick(hall.counter, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: hall.station.jobs.roll(PRINTER) is not None, timeout=WAIT_MS)
