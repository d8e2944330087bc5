"""Printers of other computers: a kiosk's paper is known at the hub and at a counter, and so is its end."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mppdesk.app.administration_port import AdministrationDesk
from mppdesk.app.far_printers import far_printers, waiting_elsewhere, words_of
from mppdesk.app.printer_watch import PrinterWatch
from mppdesk.app.station import Station, open_station
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.domain.commands import IssueTicket
from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.domain.station import StationRole
from mppdesk.operations.far_printers import FarPrinter
from mppdesk.operations.readings import PrinterStatus, SignedIn
from mppdesk.server.certificates import authority
from mppdesk.sync.joining import join
from mppdesk.sync.printer_words import FAR_PRINTERS, MOST_PRINTERS, PrinterWord
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.tasks import Tasks
from tests.app.test_station import DOUBTFUL, Jobs, board_of
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.memory_print_jobs import print_job
from tests.fakes.office import PRINTER, make_home
from tests.fakes.printer import Condition, SimulatedPrinter
from tests.server.test_central import until


@dataclass
class Building:
    """A hub with its own windows, a kiosk with a printer of its own, and a counter, each on a computer."""

    hub: Station
    kiosk: Station
    counter: Station
    printer: SimulatedPrinter


@pytest.fixture
def building(tmp_path: Path) -> Iterator[Building]:
    clock = FakeClock(datetime.now(UTC))
    make_home(tmp_path / "hub", clock, CountedIds("made"))
    with ExitStack() as stack:
        printer = stack.enter_context(SimulatedPrinter())
        hub = stack.enter_context(open_station(tmp_path / "hub", clock, CountedIds("hub"), lambda _: None))
        desk = AdministrationDesk(hub, SignedIn(hub.home.setting("administrator") or "", "admin", "Ratna A.", ()))
        desk.make_building("127.0.0.1:0")

        def joined(name: str, role: StationRole, label: str, url: str | None) -> Station:
            line, ids, folder = desk.invite(role, label, None).invitation, CountedIds(name), tmp_path / name
            certificate = authority(tmp_path / "hub")
            join(folder, line.url, line.code, clock, ids, authority=certificate, place=SecretPlace.FILE)
            return stack.enter_context(open_station(folder, clock, ids, lambda _: None, url))

        kiosk = joined("kiosk", StationRole.KIOSK, "Kiosk 1", printer.url)
        counter = joined("counter", StationRole.COUNTER, "Loket 2", None)
        for station in (hub, kiosk):
            station.printers.status(PRINTER)  # a window there looks at it
            station.spooler.start()
        yield Building(hub, kiosk, counter, printer)


def seen_from(station: Station) -> dict[str, tuple[PrinterState, int]]:
    """How the printers of the other computers stand, by the computers' labels."""
    return {each.place: (each.state, each.waiting) for each in far_printers(station)}


def test_a_kiosks_paper_is_known_at_the_hub_and_at_a_counter_and_ends_by_itself(building: Building) -> None:
    ready = (PrinterState.READY, 0)
    until(lambda: seen_from(building.hub) == {"Kiosk 1": ready})
    until(lambda: seen_from(building.counter) == {"Kiosk 1": ready, "Hub": ready})

    building.printer.become(Condition.PAPER_OUT)
    until(lambda: seen_from(building.counter).get("Kiosk 1") == (PrinterState.PAPER_OUT, 0))
    ask = building.kiosk.hub.ask
    ask(IssueTicket(command_id="ticket", service="DUKA-01", printer=PRINTER), building.kiosk.kiosk)
    waits = (PrinterState.PAPER_OUT, 1)
    until(lambda: seen_from(building.hub) == {"Kiosk 1": waits})
    until(lambda: seen_from(building.counter).get("Kiosk 1") == waits)
    assert waiting_elsewhere(building.hub, PRINTER) == ("Kiosk 1",)

    building.printer.become(Condition.HEALTHY)
    until(lambda: seen_from(building.hub) == {"Kiosk 1": ready})
    until(lambda: seen_from(building.counter).get("Kiosk 1") == ready)
    assert waiting_elsewhere(building.hub, PRINTER) == ()
    assert seen_from(building.kiosk) == {}, "nobody looks after printers there"


def test_a_single_pc_has_no_other_computers(tmp_path: Path) -> None:
    clock = FakeClock()
    make_home(tmp_path, clock, CountedIds("made"))
    with open_station(tmp_path, clock, CountedIds("pc"), lambda _: None) as pc:
        pc.spooler.start()
        assert far_printers(pc) == ()


def test_the_word_counts_what_waits_for_a_stopped_printer_and_not_what_prints() -> None:
    ready = PrinterStatus("Loket 1", PrinterState.READY, 5, open_jobs=2)
    stopped = replace(ready, name="Kiosk 1", state=PrinterState.COVER_OPEN, unconfirmed=(DOUBTFUL,))
    unheard = replace(ready, name="Loket 9", state=PrinterState.UNKNOWN)
    assert words_of((ready, unheard, stopped)).printers == (
        PrinterWord("Kiosk 1", "cover_open", 5, waiting=2, unsure=1),
        PrinterWord("Loket 1", "ready", 5),
    )


def test_a_roll_with_few_slips_left_is_near_its_end_also_without_a_sensor() -> None:
    (word,) = words_of((PrinterStatus("Loket 1", PrinterState.READY, 5, slips_left=9),)).printers
    assert (word.known_state, word.since_ms) == (PrinterState.PAPER_NEAR_END, None), "it was ready since then"


def test_of_very_many_printers_the_stopped_ones_are_told() -> None:
    many = [PrinterStatus(f"Loket {n:02}", PrinterState.READY, 5) for n in range(2 * MOST_PRINTERS)]
    many[-1] = replace(many[-1], state=PrinterState.UNREACHABLE)
    told = words_of(many).printers
    assert (len(told), told[0].name) == (MOST_PRINTERS, many[-1].name)


def test_a_board_tells_of_all_printers_in_the_settings_with_what_waits_and_what_is_unsure() -> None:
    jobs = Jobs()
    board = board_of(jobs, states={"Kiosk 1": PrinterState.PAPER_OUT, "gone": PrinterState.PAPER_OUT})
    jobs.doubtful = [DOUBTFUL]
    jobs.waiting = [print_job("c", printer="Kiosk 1", state=JobState.BLOCKED)]
    told = {each.name: (each.open_jobs, len(each.unconfirmed)) for each in board.all_here()}
    assert told == {"Loket 1": (0, 1), "Kiosk 1": (1, 0)}


class Shown:
    """A window that remembers what it was shown."""

    def __init__(self) -> None:
        self.printers: list[tuple[FarPrinter, ...]] = []

    def set_far_printers(self, printers: tuple[FarPrinter, ...]) -> None:
        self.printers.append(printers)


def test_a_window_is_shown_what_changed_and_only_that(qtbot: QtBot) -> None:
    out = (FarPrinter("Kiosk 1", "Kiosk 1", PrinterState.PAPER_OUT, datetime(2026, 11, 23, tzinfo=UTC)),)
    known: list[tuple[FarPrinter, ...]] = [out]
    window, parent, tasks, changes = Shown(), QObject(), Tasks(), Changes()
    watch = PrinterWatch(lambda: known[0], window, parent, tasks, changes)
    qtbot.waitUntil(lambda: window.printers == [out])

    changes.tell(frozenset({FAR_PRINTERS}))
    known[0] = ()
    changes.tell(frozenset({FAR_PRINTERS}))
    qtbot.waitUntil(lambda: window.printers == [out, ()])
    tasks.close()
    watch.deleteLater()
