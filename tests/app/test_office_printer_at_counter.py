"""A counter whose printer is one of A5 sheets, over a real station: two sheets a receipt, then a copy."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from pypdf import PdfReader

from mppdesk.app.counter_port import DeskPort
from mppdesk.app.hall_ports import HallKioskPort
from mppdesk.app.station import Station, open_station
from mppdesk.db import home as homes
from mppdesk.db.settings import StoredSettings
from mppdesk.domain.entries import SYSTEM_USER, Actor
from mppdesk.domain.site import KioskPlace, PrinterPlace
from mppdesk.domain.submission import CheckState, LackReason
from mppdesk.operations import setup
from mppdesk.operations.desk import Desk
from mppdesk.operations.readings import CurrentTicket
from mppdesk.operations.submissions import ApplicantData, Check
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import COUNTERS, PRINTER, SERVICES, SITE, make_home

OFFICE = "Kantor"
CODES = tuple(each.code for each in SERVICES[0].requirements)
NAME = "Melati Contohwati"
MELATI = ApplicantData(name=NAME, nik="9999012311260001", phone="", represented_by=None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "keluar"
    made.mkdir()
    return made


@pytest.fixture
def station(tmp_path: Path, folder: Path) -> Iterator[Station]:
    home, ids, clock = tmp_path / "home", CountedIds("maker"), FakeClock()
    make_home(home, clock, ids)
    printers = (*SITE.printers, PrinterPlace(OFFICE, f"{folder.as_uri()}?form=a5"))
    with homes.writing(home, clock, ids) as opened:
        current = StoredSettings(opened.database, opened.site_id)
        settings = {
            "site": msgspec.to_builtins(replace(SITE, printers=printers)),
            "counter/Loket 1": msgspec.to_builtins(replace(COUNTERS[0], printer=OFFICE)),
        }
        setup.change_settings(opened.required_writer(), current, Actor(SYSTEM_USER, "cli"), settings)
    with open_station(home, clock, CountedIds("station"), lambda _: None) as station:
        yield station


@pytest.fixture
def port(station: Station) -> DeskPort:
    counter = next(each.counter for each in station.readers.counter_choices() if each.label == "Loket 1")
    made = DeskPort(station, Desk(counter, "Loket 1", Actor("dewi", "desktop"), "Dewi C.", OFFICE))
    made.open_counter()
    return made


def served(station: Station, port: DeskPort, *checks: Check) -> CurrentTicket:
    """A person at the counter whose papers are checked."""
    HallKioskPort(station, KioskPlace("Kiosk", PRINTER)).take_ticket("wish", "DUKA-01", None)
    port.call_next()
    port.start(at_counter(port).row.visit)
    port.check(at_counter(port), checks)
    port.record_applicant(at_counter(port), MELATI)
    return at_counter(port)


def at_counter(port: DeskPort) -> CurrentTicket:
    ticket = port.screen().current
    assert ticket is not None
    return ticket


def came_out(station: Station, folder: Path) -> list[str]:
    station.spooler.run_until_empty(0)
    files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
    assert {file.suffix for file in files} == {".pdf"}
    return [PdfReader(BytesIO(file.read_bytes())).pages[0].extract_text() for file in files]


def test_a_receipt_is_two_a5_sheets_and_a_copy_says_so(station: Station, port: DeskPort, folder: Path) -> None:
    ticket = served(station, port, *(Check(code, CheckState.FULFILLED) for code in CODES))
    number = port.register(ticket, 2).register_number
    assert number is not None
    applicant, archive = came_out(station, folder)
    assert "Lembar 1 untuk pemohon" in applicant
    assert "Lembar 2 untuk arsip" in archive
    for sheet in (applicant, archive):
        assert number in sheet and NAME in sheet and "SALINAN " not in sheet
    port.reprint()
    assert came_out(station, folder)[-1].startswith("SALINAN 1, ")


def test_a_list_of_what_lacks_comes_out_on_a5(station: Station, port: DeskPort, folder: Path) -> None:
    port.hand_back(served(station, port, Check(CODES[0], CheckState.LACKING, LackReason.EXPIRED)))
    (sheet,) = came_out(station, folder)
    assert "Daftar kekurangan berkas" in sheet


def test_the_counter_is_told_that_its_paper_is_a5(station: Station, port: DeskPort) -> None:
    station.spooler.step()
    status = port.printer()
    assert status is not None and status.is_a5
    others = station.printers.status(PRINTER)
    assert others is not None and not others.is_a5
