"""What a person at the counter does about paper, over a real station: each act on disk, each copy in the journal."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from mppdesk.app.counter_port import DeskPort
from mppdesk.app.hall_ports import HallKioskPort
from mppdesk.app.station import Station, open_station
from mppdesk.db import home as homes
from mppdesk.db.settings import StoredSettings
from mppdesk.domain.entries import SYSTEM_USER, Actor
from mppdesk.domain.errors import Refused
from mppdesk.domain.hub import SlipOrder
from mppdesk.domain.print_job import JobState, PrinterState, PrintJob
from mppdesk.domain.site import KioskPlace, PrinterPlace
from mppdesk.domain.slip import Line, Slip, SlipKind
from mppdesk.operations import setup
from mppdesk.operations.desk import Desk
from mppdesk.operations.readings import PrinterStatus
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import PRINTER, SITE, make_home

OTHER = "Loket Z"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def station(tmp_path: Path, clock: FakeClock) -> Iterator[Station]:
    """An office whose printers nobody runs: a test says what became of each job."""
    folder, ids = tmp_path / "home", CountedIds("maker")
    make_home(folder, clock, ids)
    two = replace(SITE, printers=(*SITE.printers, PrinterPlace(OTHER, "screen:")))
    with homes.writing(folder, clock, ids) as opened:
        current = StoredSettings(opened.database, opened.site_id)
        system = Actor(SYSTEM_USER, "cli")
        setup.change_settings(opened.required_writer(), current, system, {"site": msgspec.to_builtins(two)})
    with open_station(folder, clock, CountedIds("station"), lambda _: None, "screen:") as station:
        yield station


@pytest.fixture
def port(station: Station) -> DeskPort:
    counter = next(each.counter for each in station.readers.counter_choices() if each.label == "Loket 1")
    made = DeskPort(station, Desk(counter, "Loket 1", Actor("dewi", "desktop"), "Dewi C.", PRINTER))
    made.open_counter()
    return made


def ordered(station: Station, wish: str = "wish") -> PrintJob:
    """A ticket that waits for the printer."""
    issued = HallKioskPort(station, KioskPlace("Kiosk", PRINTER)).take_ticket(wish, "DUKA-01", None)
    return station.jobs.of_subject(issued.visit)[-1]


def doubtful(station: Station, wish: str = "wish", cause: PrinterState | None = None) -> PrintJob:
    job = ordered(station, wish)
    station.jobs.begin_sending(job.job_id, now_ms(station))
    station.jobs.settle(job.job_id, JobState.UNCONFIRMED, cause, 200, now_ms(station))
    return state_of(station, job)


def state_of(station: Station, job: PrintJob) -> PrintJob:
    found = station.jobs.job(job.job_id)
    assert found is not None
    return found


def now_ms(station: Station) -> int:
    return round(station.now().timestamp() * 1000)


def copies(station: Station) -> list[tuple[str, int, str]]:
    return [(job.label, job.copy_number, job.printer) for job in station.jobs.recent(20) if job.copy_number]


def history(port: DeskPort, job: PrintJob) -> list[str]:
    return [str(line.what) for line in port.history(job.subject_id)]


def test_a_sheet_that_was_seen_is_printed_and_its_question_ends(station: Station, port: DeskPort) -> None:
    job = doubtful(station)
    station.printers.tell(PrinterStatus(PRINTER, PrinterState.READY, 0))
    asked = port.printer()
    assert asked is not None and asked.unconfirmed == (job,)
    port.slip_came_out(job.job_id)
    asked = port.printer()
    assert asked is not None and asked.unconfirmed == ()
    assert state_of(station, job).state is JobState.PRINTED


def test_a_doubtful_sheet_is_printed_again_once_however_often_it_is_asked_for(station: Station, port: DeskPort) -> None:
    job = doubtful(station)
    assert str(port.reprint_slip(job.job_id)) == f"Karcis {job.label} dicetak ulang sebagai SALINAN 1."
    with pytest.raises(Refused):
        port.reprint_slip(job.job_id)
    assert copies(station) == [(job.label, 1, PRINTER)]
    assert history(port, job)[-1] == f"Karcis dicetak ulang di {PRINTER}: SALINAN 1."


def test_with_consent_originals_move_as_they_are_and_what_may_be_out_becomes_a_copy(
    station: Station, port: DeskPort
) -> None:
    cut, waiting = doubtful(station, "1", PrinterState.PAPER_OUT), ordered(station, "2")
    other_doubt = doubtful(station, "3")
    station.printers.tell(PrinterStatus(PRINTER, PrinterState.PAPER_OUT, 0))
    said = port.print_elsewhere(OTHER)
    assert str(said) == f"2 cetakan dikirim ke {OTHER}, 1 di antaranya SALINAN."
    moved = state_of(station, waiting)
    assert (moved.printer, moved.state, moved.copy_number, moved.slip) == (OTHER, JobState.QUEUED, 0, waiting.slip)
    assert copies(station) == [(cut.label, 1, OTHER)]
    assert state_of(station, cut).state is JobState.CANCELLED
    assert state_of(station, other_doubt) == other_doubt, "no trouble cut this one short; the question stays"
    assert history(port, waiting) == ["Nomor diambil untuk Layanan DUKA-01."]


def test_tickets_that_got_too_old_are_printed_as_originals_or_let_go(
    station: Station, port: DeskPort, clock: FakeClock
) -> None:
    first, second = ordered(station, "1"), ordered(station, "2")
    clock.forward(31 * 60)
    station.jobs.expire(now_ms(station), now_ms(station))
    port.let_expired_go((first.job_id, "unknown"))
    assert str(port.print_expired((first.job_id, second.job_id))) == "1 karcis lama dicetak sekarang."
    assert [state_of(station, job).state for job in (first, second)] == [JobState.CANCELLED, JobState.QUEUED]
    assert state_of(station, second).copy_number == 0


def test_a_new_roll_is_counted_from(station: Station, port: DeskPort) -> None:
    port.roll_changed()
    roll = station.jobs.roll(PRINTER)
    assert roll is not None and (roll.changed_ms, roll.printed_mm) == (now_ms(station), 0)


def test_the_last_slip_is_still_the_last_when_it_came_out_elsewhere(station: Station, port: DeskPort) -> None:
    """Else F8 would print the sheet of somebody who left before."""
    with station.writer.begin(station.kiosk) as unit:
        for number in ("B-001", "B-002"):
            slip = Slip(SlipKind.LACKING, (Line(number),))
            unit.print(SlipOrder(PRINTER, slip, f"submission-{number}", number))
    earlier, last = sorted(station.jobs.open_jobs(PRINTER), key=lambda job: job.label)
    station.jobs.begin_sending(earlier.job_id, now_ms(station))
    station.jobs.settle(earlier.job_id, JobState.PRINTED, None, 200, now_ms(station))
    assert str(port.print_elsewhere(OTHER)) == f"1 cetakan dikirim ke {OTHER}."
    station.jobs.begin_sending(last.job_id, now_ms(station))
    station.jobs.settle(last.job_id, JobState.PRINTED, None, 200, now_ms(station))
    assert str(port.reprint()) == "Daftar kekurangan B-002 dicetak ulang sebagai SALINAN 1."
    assert copies(station) == [("B-002", 1, OTHER)]
