"""What the administrator writes about printers holds at once, for the slips that wait as for the next ones."""

from pathlib import Path

import pytest

from mppdesk.app.station import open_station
from mppdesk.db.settings import StoredSettings
from mppdesk.operations.printers import write_printer
from mppdesk.operations.readings import SignedIn
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import PRINTER, make_home
from tests.fakes.simulated_printer import SimulatedPrinter


@pytest.fixture
def home(tmp_path: Path) -> Path:
    make_home(tmp_path / "pc", FakeClock(), CountedIds("made"))
    return tmp_path / "pc"


def test_a_new_address_is_used_without_a_new_start(home: Path) -> None:
    clock, ids = FakeClock(), CountedIds()
    with SimulatedPrinter() as printer, open_station(home, clock, ids, lambda _slip: None) as station:
        settings = StoredSettings(station.home.database, station.home.site_id)
        person = SignedIn(station.home.setting("administrator") or "", "ratna", "Ratna A.", ("administrator",))
        write_printer(station.writer, settings, person, PRINTER, printer.url)
        assert station.jobs.printers()[PRINTER] == printer.url
        station.spooler.step()
        assert printer.connections == 1


def test_a_printer_that_takes_every_slip_instead_goes_on_doing_so(home: Path) -> None:
    clock, ids = FakeClock(), CountedIds()
    with open_station(home, clock, ids, lambda _slip: None, printer="screen:") as station:
        settings = StoredSettings(station.home.database, station.home.site_id)
        person = SignedIn(station.home.setting("administrator") or "", "ratna", "Ratna A.", ("administrator",))
        write_printer(station.writer, settings, person, "Loket Baru", "tcp://192.0.2.9:9100")
        assert set(station.jobs.printers().values()) == {"screen:"}
        assert "Loket Baru" in station.jobs.printers()
