"""The logo of the building, recorded once, on the next paper of a printer that holds none."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from mppdesk.app.hall_ports import HallKioskPort
from mppdesk.app.station import Station, open_station
from mppdesk.db.settings import StoredSettings
from mppdesk.domain.paper_logo import LOGO_SETTING, LogoPicture, PaperLogo
from mppdesk.domain.printer_models import GENERIC_80
from mppdesk.domain.site import KioskPlace, PrinterPlace
from mppdesk.operations.printers import write_printer
from mppdesk.operations.readings import SignedIn
from mppdesk.operations.setup import change_settings
from mppdesk.printing.logo import printing
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import PRINTER, make_home
from tests.printing.golden import ring, with_logo

SENT = with_logo(GENERIC_80)
RATNA = SignedIn("ratna", "ratna", "Ratna A.", ("administrator",))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "keluar"
    made.mkdir()
    return made


@pytest.fixture
def station(tmp_path: Path, folder: Path) -> Iterator[Station]:
    make_home(tmp_path / "pc", FakeClock(), CountedIds("made"))
    with open_station(tmp_path / "pc", FakeClock(), CountedIds("station"), lambda _slip: None) as opened:
        place = PrinterPlace(PRINTER, f"{folder.as_uri()}?logo=raster")
        write_printer(opened.writer, settings_of(opened), RATNA, place)
        yield opened


def settings_of(station: Station) -> StoredSettings:
    return StoredSettings(station.home.database, station.home.site_id)


def share(station: Station, picture: LogoPicture) -> PaperLogo:
    logo = PaperLogo({GENERIC_80.dots: picture})
    value = msgspec.to_builtins(logo, str_keys=True)
    change_settings(station.writer, settings_of(station), station.kiosk, {LOGO_SETTING: value})
    return logo


def printed(station: Station, folder: Path) -> bytes:
    """The list of what to bring, as it comes out now."""
    HallKioskPort(station, KioskPlace("Kiosk", PRINTER)).print_requirements("DUKA-01")
    before = set(folder.iterdir())
    assert station.spooler.run_until_empty(0) == 0
    (made,) = set(folder.iterdir()) - before
    return made.read_bytes()


def test_it_is_on_the_next_paper_and_so_is_another_one_later(station: Station, folder: Path) -> None:
    assert b"\x1dv0" not in printed(station, folder)
    first = share(station, ring())
    assert printing(SENT, first) in printed(station, folder)
    other = share(station, ring(64))
    assert printing(SENT, other) in printed(station, folder)


def test_nonsense_in_its_place_leaves_the_logo_that_was(station: Station, folder: Path) -> None:
    first = share(station, ring())
    share(station, LogoPicture(999, bytes(999)))
    assert printing(SENT, first) in printed(station, folder)
    assert station.readers.logo() == first
