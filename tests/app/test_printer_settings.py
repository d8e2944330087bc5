"""The printers in the administration window: asked while their worker waits, and used as written at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mppdesk.app.administration_port import AdministrationDesk
from mppdesk.app.station import Station, open_station
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import BadInput, NotAllowed, Refused
from mppdesk.domain.hub.view import SlipOrder
from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_models import EPSON_TM_T82
from mppdesk.domain.printer_trial import Said
from mppdesk.domain.slip import Line, Slip, SlipKind
from mppdesk.operations.readings import SignedIn
from mppdesk.ui.administration.printer_port import PrinterRow, PrinterTest
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import PRINTER, make_home
from tests.fakes.printer import Behaviour, Condition, SimulatedPrinter


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("office") / "pc"
    make_home(home, FakeClock(), CountedIds("made"))
    return home


@pytest.fixture(scope="module")
def station(made: Path) -> Iterator[Station]:
    with open_station(made, FakeClock(), CountedIds(), lambda _slip: None) as opened:
        yield opened


def desk_of(station: Station, role: str = "administrator") -> AdministrationDesk:
    user = station.home.setting("administrator") or ""
    return AdministrationDesk(station, SignedIn(user, "ratna", "Ratna A.", (role,)))


def test_a_new_address_is_used_without_a_new_start(station: Station) -> None:
    with SimulatedPrinter() as printer:
        desk_of(station).write_printer("Loket 9", printer.url)
        assert station.jobs.printers()["Loket 9"] == printer.url
        station.spooler.step()
        assert printer.connections == 1
        shown = {row.name: row for row in desk_of(station).printers().rows}
        assert shown["Loket 9"] == PrinterRow("Loket 9", printer.url, PrinterState.READY, station.now())
        assert shown[PRINTER].used_by == ("Loket 1", "Loket 2", "Loket 3", "Loket 4")
        desk_of(station).write_printer("Loket 9", "screen:")


def test_a_printer_is_asked_and_its_test_slip_comes_out(station: Station) -> None:
    with SimulatedPrinter(Behaviour(knows_tags=True, calls_itself=("EPSON", "TM-T82X", "X1"))) as printer:
        tested = desk_of(station).test_printer(printer.url)
        assert tested == PrinterTest(PrinterState.READY, True, EPSON_TM_T82, Said(True, True), "EPSON TM-T82X")
        assert "CETAKAN UJI" in printer.slips[0].text


def test_a_stopped_printer_prints_no_test_slip(station: Station) -> None:
    with SimulatedPrinter(Behaviour(Condition.COVER_OPEN)) as printer:
        tested = desk_of(station).test_printer(printer.url)
        assert (tested.state, tested.is_given) == (PrinterState.COVER_OPEN, False)
        assert printer.bytes_printed == 0


def test_a_paper_window_is_no_printer_to_be_tested(station: Station) -> None:
    with pytest.raises(BadInput, match="tidak ada kertas"):
        desk_of(station).test_printer("screen:")


def test_a_supervisor_sees_printers_and_changes_none(station: Station) -> None:
    supervisor = desk_of(station, "supervisor")
    assert not supervisor.printers().may_write
    with pytest.raises(NotAllowed, match="administrator"):
        supervisor.write_printer(PRINTER, "tcp://192.0.2.9:9100")
    assert station.jobs.printers()[PRINTER] == "screen:"


def test_who_takes_over_is_shown_as_it_was_written(station: Station) -> None:
    desk = desk_of(station)
    desk.write_printer("Loket 8", "screen:")
    desk.write_printer(PRINTER, "screen:", ("Loket 8",))
    assert {row.name: row.instead for row in desk.printers().rows}[PRINTER] == ("Loket 8",)
    desk.write_printer(PRINTER, "screen:")
    assert {row.name: row.instead for row in desk.printers().rows}[PRINTER] is None


def test_a_printer_is_gone_at_once_and_one_that_is_used_or_waited_for_stays(station: Station) -> None:
    desk = desk_of(station)
    desk.write_printer("Gudang", "screen:")
    slip = Slip(SlipKind.TICKET, (Line("A-001", size=6),))
    with station.writer.begin(Actor("system", "test")) as unit:
        waiting = unit.print(SlipOrder("Gudang", slip, "visit-1", "A-001"))
    with pytest.raises(Refused, match="1 cetakan masih menunggu printer Gudang"):
        desk.remove_printer("Gudang")
    station.jobs.cancel(waiting, 2)
    desk.remove_printer("Gudang")
    assert "Gudang" not in station.jobs.printers()
    with pytest.raises(Refused, match="masih dipakai Loket 1, Loket 2, Loket 3, Loket 4"):
        desk.remove_printer(PRINTER)
    assert PRINTER in station.jobs.printers()


def test_a_printer_that_takes_every_slip_instead_goes_on_doing_so(tmp_path: Path) -> None:
    make_home(tmp_path / "pc", FakeClock(), CountedIds("made"))
    with open_station(tmp_path / "pc", FakeClock(), CountedIds(), lambda _slip: None, printer="screen:") as station:
        desk_of(station).write_printer("Loket Baru", "tcp://192.0.2.9:9100")
        assert station.jobs.printers() == {PRINTER: "screen:", "Loket Baru": "screen:"}
