"""The printers of counters and kiosks in the administration window, over a real office where slips wait."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mppdesk.app.administration_port import AdministrationDesk
from mppdesk.app.station import Station, open_station
from mppdesk.db.settings import StoredSettings
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import NotAllowed
from mppdesk.domain.hub.view import SlipOrder
from mppdesk.domain.print_job import JobState, PrinterState, PrintJob
from mppdesk.domain.slip import Line, Slip, SlipKind
from mppdesk.operations.printing_places import PlaceKind
from mppdesk.operations.readings import SignedIn
from mppdesk.operations.setup import change_settings
from mppdesk.ui.administration.places_port import PlaceRow
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import PRINTER, make_home

OLD, NEW = PRINTER, "Loket 9"
LOKET_1 = PlaceRow(PlaceKind.COUNTER, "Loket 1", "Duka", OLD)
KIOSK_2 = PlaceRow(PlaceKind.KIOSK, "Kiosk 2", "", OLD)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    """The small office with two printers that are folders, and three kiosks."""
    make_home(tmp_path / "pc", FakeClock(), CountedIds("made"))
    with open_station(tmp_path / "pc", FakeClock(), CountedIds("station"), lambda _slip: None) as opened:
        settings = StoredSettings(opened.home.database, opened.home.site_id)
        known = settings.setting("site")
        assert known is not None
        folders = {name: folder_of(opened, name) for name in (OLD, NEW)}
        for folder in folders.values():
            folder.mkdir()
        printers = [{"name": name, "url": folder.as_uri()} for name, folder in folders.items()]
        kiosks = [{"label": f"Kiosk {n}", "printer": OLD} for n in (10, 9, 2)]
        change_settings(
            opened.writer,
            settings,
            Actor("system", "test"),
            {"site": {**known[1], "printers": printers, "kiosks": kiosks}},
        )
        yield opened


def desk_of(station: Station, role: str = "administrator") -> AdministrationDesk:
    user = station.home.setting("administrator") or ""
    return AdministrationDesk(station, SignedIn(user, "ratna", "Ratna A.", (role,)))


def waiting(station: Station, label: str) -> PrintJob:
    slip = Slip(SlipKind.TICKET, (Line(label, size=6),))
    with station.writer.begin(Actor("system", "test")) as unit:
        made = unit.print(SlipOrder(OLD, slip, f"visit-{label}", label))
    return job_of(station, made)


def cut_short(station: Station, label: str) -> PrintJob:
    """Its printer stopped in the middle of it."""
    job, now_ms = waiting(station, label), round(station.now().timestamp() * 1000)
    station.jobs.begin_sending(job.job_id, now_ms)
    station.jobs.settle(job.job_id, JobState.UNCONFIRMED, PrinterState.PAPER_OUT, 200, now_ms)
    return job_of(station, job.job_id)


def job_of(station: Station, job_id: str) -> PrintJob:
    found = station.jobs.job(job_id)
    assert found is not None
    return found


def sheets_of(station: Station) -> dict[str, int]:
    """How much came out of each printer."""
    return {name: len(list(folder_of(station, name).iterdir())) for name in (OLD, NEW)}


def folder_of(station: Station, name: str) -> Path:
    return station.home.path.parent / name.replace(" ", "")


def test_kiosks_come_first_and_all_as_people_count(station: Station) -> None:
    waiting(station, "A-001")
    cut_short(station, "A-002")
    screen = desk_of(station).printing_places()
    assert [each.label for each in screen.places] == [
        "Kiosk 2", "Kiosk 9", "Kiosk 10", "Loket 1", "Loket 2", "Loket 3", "Loket 4",
    ]  # fmt: skip
    assert screen.places[3] == PlaceRow(PlaceKind.COUNTER, "Loket 1", "Duka", OLD, 2)
    assert [each.name for each in screen.printers] == [OLD, NEW]
    assert screen.may_write and not screen.has_others
    assert not station.printers.is_watched(NEW)


def test_what_waits_comes_along_once_and_what_was_cut_short_as_a_copy(station: Station) -> None:
    whole, torn = waiting(station, "A-001"), cut_short(station, "A-002")
    said = desk_of(station).choose_printer(LOKET_1, NEW, moves=True)
    assert str(said) == f"2 cetakan dikirim ke {NEW}, 1 di antaranya SALINAN."
    assert station.jobs.open_jobs(OLD) == ()
    moved = station.jobs.open_jobs(NEW)
    assert [(job.label, job.copy_number) for job in moved] == [("A-001", 0), ("A-002", 1)]
    assert moved[0].job_id == whole.job_id
    assert job_of(station, torn.job_id).state is JobState.CANCELLED
    assert station.spooler.run_until_empty(0) == 0
    assert sheets_of(station) == {OLD: 0, NEW: 2}


def test_what_is_left_comes_out_of_the_printer_before(station: Station) -> None:
    job = waiting(station, "A-001")
    assert desk_of(station).choose_printer(KIOSK_2, NEW) is None
    assert [each.job_id for each in station.jobs.open_jobs(OLD)] == [job.job_id]
    assert station.jobs.open_jobs(NEW) == ()
    kiosks = {each.label: each.printer for each in station.site.kiosks}
    assert kiosks == {"Kiosk 2": NEW, "Kiosk 9": OLD, "Kiosk 10": OLD}
    assert station.spooler.run_until_empty(0) == 0
    assert sheets_of(station) == {OLD: 1, NEW: 0}


def test_nothing_moves_to_no_printer(station: Station) -> None:
    waiting(station, "A-001")
    assert desk_of(station).choose_printer(KIOSK_2, None, moves=True) is None
    assert len(station.jobs.open_jobs(OLD)) == 1


def test_a_supervisor_changes_nothing_and_moves_nothing(station: Station) -> None:
    waiting(station, "A-001")
    supervisor = desk_of(station, "supervisor")
    assert not supervisor.printing_places().may_write
    with pytest.raises(NotAllowed, match="administrator"):
        supervisor.choose_printer(LOKET_1, NEW, moves=True)
    assert len(station.jobs.open_jobs(OLD)) == 1
    assert supervisor.printing_places().places[3].printer == OLD
