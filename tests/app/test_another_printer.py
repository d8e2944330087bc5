"""A counter and a kiosk that get another printer while people stand at them print there at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mppdesk.app.counter_port import DeskPort
from mppdesk.app.hall_ports import HallKioskPort
from mppdesk.app.station import Station, open_station
from mppdesk.db.settings import StoredSettings
from mppdesk.domain.entries import Actor
from mppdesk.domain.site import KioskPlace, PrinterPlace
from mppdesk.domain.submission import CheckState
from mppdesk.operations.desk import Desk
from mppdesk.operations.printers import write_printer
from mppdesk.operations.printing_places import PlaceKind, choose_printer
from mppdesk.operations.readings import SignedIn
from mppdesk.operations.setup import change_settings
from mppdesk.operations.submissions import ApplicantData, Check
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import PRINTER, SERVICES, make_home

OTHER = "Loket 9"
RATNA = SignedIn("ratna", "ratna", "Ratna A.", ("administrator",))
MELATI = ApplicantData(name="Melati Contohwati", nik="9999012311260001", phone="", represented_by=None)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    make_home(tmp_path / "pc", FakeClock(), CountedIds("made"))
    with open_station(tmp_path / "pc", FakeClock(), CountedIds("station"), lambda _slip: None) as opened:
        write_printer(opened.writer, settings_of(opened), RATNA, PrinterPlace(OTHER, "screen:?model=generic-58"))
        yield opened


def settings_of(station: Station) -> StoredSettings:
    return StoredSettings(station.home.database, station.home.site_id)


def choose(station: Station, kind: PlaceKind, label: str, printer: str | None) -> None:
    choose_printer(station.writer, settings_of(station), RATNA, kind, label, printer)


def counter_of(station: Station) -> DeskPort:
    counter = next(each.counter for each in station.readers.counter_choices() if each.label == "Loket 1")
    made = DeskPort(station, Desk(counter, "Loket 1", Actor("dewi", "desktop"), "Dewi C.", PRINTER))
    made.open_counter()
    return made


def kiosk_of(station: Station) -> HallKioskPort:
    """The kiosk as its window has it since the morning, when the settings named a printer for it."""
    known = settings_of(station).setting("site")
    assert known is not None
    with_kiosk = {**known[1], "kiosks": [{"label": "Kiosk 1", "printer": PRINTER}]}
    change_settings(station.writer, settings_of(station), station.kiosk, {"site": with_kiosk})
    return HallKioskPort(station, KioskPlace("Kiosk 1", PRINTER))


def serve(station: Station, port: DeskPort, wish: str) -> None:
    """Somebody comes whose papers are complete, and gets the receipt."""
    HallKioskPort(station, KioskPlace("Tanpa printer")).take_ticket(wish, "DUKA-01", None)
    port.call_next()
    ticket = port.screen().current
    assert ticket is not None
    port.start(ticket.row.visit)
    checks = tuple(Check(each.code, CheckState.FULFILLED) for each in SERVICES[0].requirements)
    port.check(ticket, checks)
    ticket = port.screen().current
    assert ticket is not None
    port.record_applicant(ticket, MELATI)
    ticket = port.screen().current
    assert ticket is not None
    port.register(ticket, 1)


def test_a_counter_prints_on_its_new_printer_without_signing_in_again(station: Station) -> None:
    port = counter_of(station)
    serve(station, port, "one")
    choose(station, PlaceKind.COUNTER, "Loket 1", OTHER)
    serve(station, port, "two")
    jobs = station.jobs.recent(5)
    assert [(job.printer, job.slip.columns) for job in jobs] == [(OTHER, 32), (PRINTER, 48)]
    station.spooler.step()
    status = port.printer()
    assert status is not None and status.name == OTHER


def test_a_copy_of_what_the_old_printer_printed_comes_out_of_the_new_one(station: Station) -> None:
    port = counter_of(station)
    serve(station, port, "one")
    station.spooler.run_until_empty(0)
    choose(station, PlaceKind.COUNTER, "Loket 1", OTHER)
    port.reprint()
    copy = station.jobs.recent(1)[0]
    assert (copy.printer, copy.copy_number) == (OTHER, 1)


def test_a_counter_without_a_printer_prints_nothing(station: Station) -> None:
    port = counter_of(station)
    choose(station, PlaceKind.COUNTER, "Loket 1", None)
    serve(station, port, "one")
    assert station.jobs.recent(5) == ()
    assert port.printer() is None


def test_a_kiosk_prints_on_its_new_printer_and_promises_no_paper_without_one(station: Station) -> None:
    port = kiosk_of(station)
    port.take_ticket("one", "DUKA-01", None)
    choose(station, PlaceKind.KIOSK, "Kiosk 1", OTHER)
    port.take_ticket("two", "DUKA-01", None)
    assert [job.printer for job in station.jobs.recent(5)] == [OTHER, PRINTER]
    assert port.has_printer()
    choose(station, PlaceKind.KIOSK, "Kiosk 1", None)
    port.take_ticket("three", "DUKA-01", None)
    assert len(station.jobs.recent(5)) == 2
    assert not port.has_printer()


def test_a_touch_that_is_sent_again_after_the_change_prints_no_second_slip(station: Station) -> None:
    port = kiosk_of(station)
    port.take_ticket("one", "DUKA-01", None)
    choose(station, PlaceKind.KIOSK, "Kiosk 1", OTHER)
    port.take_ticket("one", "DUKA-01", None)
    assert [job.printer for job in station.jobs.recent(5)] == [PRINTER]
