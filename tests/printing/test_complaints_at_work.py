"""What people elsewhere complain of and only a real line or a real disk can show; see test_complaints.py."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mppdesk.db.paper.jobs import StoredPrintJobs
from mppdesk.domain import commands
from mppdesk.domain.formats import clock_time
from mppdesk.domain.print_job import JobState
from mppdesk.domain.slip import Line, Slip, SlipKind
from mppdesk.domain.slip_layout import slip_text
from mppdesk.printing.conversation import Timings
from mppdesk.printing.devices import Devices
from mppdesk.printing.escpos import to_bytes
from mppdesk.printing.spooler import Spooler
from mppdesk.printing.tcp import TcpWire
from mppdesk.printing.worker import CALLED_TICKET_LIFE_MS, TICKET_LIFE_MS
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.memory_print_jobs import MemoryPrintJobs, print_job
from tests.fakes.mortal_printing import QUICK
from tests.fakes.office import PRINTER, Office, open_office
from tests.fakes.printer import Behaviour, SimulatedPrinter

NARROW, PICTURE = "narrow", "[gambar]"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "home", FakeClock(), CountedIds()) as opened:
        yield opened


@pytest.fixture
def printer() -> Iterator[SimulatedPrinter]:
    with SimulatedPrinter() as plugged_in:
        yield plugged_in


def jobs_of(office: Office, **printers: str) -> StoredPrintJobs:
    return StoredPrintJobs(office.home.database, office.writer.changes, printers)


def print_all(jobs: StoredPrintJobs | MemoryPrintJobs, clock: FakeClock, timings: Timings = QUICK) -> int:
    return Spooler(jobs, Devices(to_bytes, timings=timings).open, clock, lambda _: None).run_until_empty(0)


def words(text: str) -> list[str]:
    return [word for word in text.split() if set(word) != {"-"}]


# --- what waits is lost --------------------------------------------------------------------------------------------


def test_ten_waiting_slips_outlive_a_power_off(tmp_path: Path, printer: SimulatedPrinter) -> None:
    home = tmp_path / "home"
    with open_office(home, FakeClock(), CountedIds("before")) as office:
        numbers = [issued.number for _ in range(10) if (issued := office.issue("DUKA-02").ticket)]
    with open_office(home, FakeClock(), CountedIds("after")) as office:
        assert print_all(jobs_of(office, printer=printer.url), office.clock) == 0
    assert len(numbers) == len(printer.slips) == 10
    assert all(number in slip.text for number, slip in zip(numbers, printer.slips, strict=True))


def test_a_command_that_is_sent_again_prints_no_second_slip(office: Office, printer: SimulatedPrinter) -> None:
    for _ in range(3):
        office.issue("DUKA-02", command_id="c" * 32)
        print_all(jobs_of(office, printer=printer.url), office.clock)
    assert len(printer.slips) == 1


# --- it prints what nobody wants any more --------------------------------------------------------------------------


def test_a_slip_that_waited_is_not_printed_for_somebody_who_was_called_meanwhile(office: Office) -> None:
    office.open("Loket 1")
    for _ in range(2):
        office.issue("DUKA-02")
    office.act(commands.CallNext)
    office.clock.forward(CALLED_TICKET_LIFE_MS / 1000 + 1)
    jobs, now_ms = jobs_of(office, printer="screen:"), office.writer.now_ms()
    assert jobs.expire(now_ms - TICKET_LIFE_MS, now_ms, now_ms - CALLED_TICKET_LIFE_MS) == 1
    assert {job.label: job.state for job in jobs.recent(2)} == {"B-001": JobState.EXPIRED, "B-002": JobState.QUEUED}


# --- the line fails it ---------------------------------------------------------------------------------------------


def test_a_print_after_minutes_of_idleness_does_not_fail_on_a_dead_connection(printer: SimulatedPrinter) -> None:
    clock, jobs = FakeClock(), MemoryPrintJobs({PRINTER: printer.url})
    for name in ("A-001", "A-002"):
        printer.forget_lines()  # whatever was open is dead without a word
        jobs.add(print_job(name, printer=PRINTER, created_ms=round(clock.now().timestamp() * 1000)))
        assert print_all(jobs, clock) == 0
        clock.forward(600)
    assert [slip.text.strip() for slip in printer.slips] == ["A-001", "A-002"]


def test_the_sockets_of_a_printer_are_not_used_up(printer: SimulatedPrinter, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: set[TcpWire] = set()
    close = TcpWire.close

    def noted(wire: TcpWire) -> None:
        closed.add(wire)
        close(wire)

    monkeypatch.setattr(TcpWire, "close", noted)
    clock = FakeClock()
    now_ms = round(clock.now().timestamp() * 1000)
    waiting = [print_job(f"A-{number:03}", printer=PRINTER, created_ms=now_ms) for number in range(8)]
    assert print_all(MemoryPrintJobs({PRINTER: printer.url}, waiting), clock) == 0
    assert (len(closed), printer.connections, len(printer.slips)) == (8, 8, 8)


def test_status_bytes_that_nobody_reads_do_not_tear_the_rest_of_the_slip() -> None:
    """Closing with unread bytes makes the kernel throw away what the printer has not fetched yet."""
    lines = tuple(Line(f"Syarat {number}: fotokopi yang dilegalisir") for number in range(60))
    job = print_job("A-001", printer=PRINTER, kind=SlipKind.REQUIREMENTS)
    chatty = Behaviour(volunteers=True, interjects=bytes.fromhex("14 00 00 0f"), bytes_per_s=60_000.0, confirms=False)
    with SimulatedPrinter(chatty) as printer:
        jobs = MemoryPrintJobs({PRINTER: printer.url})
        jobs.add(replace(job, slip=Slip(SlipKind.REQUIREMENTS, lines)))
        print_all(jobs, FakeClock(), replace(QUICK, confirm=0.5, slowest_mm_per_s=1e6))
        assert words(printer.slip(0).text) == words("\n".join(line.text for line in lines))


# --- nobody can tell a copy from the original ----------------------------------------------------------------------


def test_only_what_was_printed_before_says_salinan_when_and_which(office: Office, printer: SimulatedPrinter) -> None:
    jobs = jobs_of(office, printer=printer.url)
    office.issue("DUKA-02")
    print_all(jobs, office.clock)
    for _ in range(2):
        with office.writer.begin(office.actor) as unit:
            jobs.reprint(unit, jobs.recent(1)[0].job_id, office.writer.now())
        print_all(jobs, office.clock)
    at = clock_time(office.writer.now())
    firsts = [slip.text.strip().splitlines()[0].strip() for slip in printer.slips]
    assert "SALINAN" not in printer.slips[0].text
    assert firsts[1:] == [f"SALINAN 1, pukul {at}", f"SALINAN 2, pukul {at}"]


def test_what_never_left_this_pc_is_no_copy_however_often_somebody_asks(
    office: Office, printer: SimulatedPrinter
) -> None:
    """Who presses the key while there is no paper gets one slip after it, and that is the original."""
    jobs = jobs_of(office, printer="screen:", instead=printer.url)
    office.issue("DUKA-02")
    (waiting,) = jobs.recent(1)
    for _ in range(3):
        with office.writer.begin(office.actor) as unit:
            again = jobs.reprint(unit, waiting.job_id, office.writer.now(), "instead")
        assert (again.job_id, again.copy_number, again.printer) == (waiting.job_id, 0, "instead")
    assert print_all(jobs, office.clock) == 0
    assert len(printer.slips) == 1
    assert "SALINAN" not in printer.slips[0].text


def test_a_copy_for_a_narrower_printer_comes_out_whole(office: Office, printer: SimulatedPrinter) -> None:
    with SimulatedPrinter() as wide:
        jobs = jobs_of(office, printer=wide.url, narrow=f"{printer.url}?model=generic-58")
        office.issue("DUKA-01")
        print_all(jobs, office.clock)
        (original,) = jobs.recent(1)
        with office.writer.begin(office.actor) as unit:
            copy = jobs.reprint(unit, original.job_id, office.writer.now(), NARROW)
        assert copy.slip.columns == original.slip.columns > 32
        assert print_all(jobs, office.clock) == 0
    printed = jobs.job(copy.job_id)
    assert printed is not None and printed.state is JobState.UNCONFIRMED  # this model never confirms
    printer.tear_off()  # nor does it cut
    on_paper = words(printer.sheets[0].text)
    assert on_paper.count(PICTURE) == 1  # nor draw a code by itself
    assert [word for word in on_paper if word != PICTURE] == words(slip_text(copy.slip))
