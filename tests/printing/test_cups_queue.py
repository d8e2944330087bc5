"""A queue of a real CUPS: what it accepted nobody calls printed, and what it cannot print now it does not keep."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.printing.conversation import Timings
from mppdesk.printing.cups_queue import CupsQueue
from mppdesk.printing.delivery import Outcome
from tests.fakes import cups
from tests.fakes.printer import Behaviour, SimulatedPrinter
from tests.printing.test_devices import ALL_GIVEN, SLIP, render

pytestmark = pytest.mark.skipif(not cups.is_installed(), reason="no CUPS here")
PATIENT = Timings(confirm=20.0, look_again=0.1)
CONNECTING = "Alerts: connecting-to-device"
PROGRAMS = {
    "lp": "cat >> given; echo 'request id is KARCIS-1 (1 file)'",
    "lpstat": """case "$*" in
        *not-completed*) [ -s looks ] && echo 'KARCIS-1 loket 1024' ;;
        *) head -n 1 looks; sed -i 1d looks ;;
    esac; true""",
    "cancel": ": > cancelled; : > looks",
}
"""A CUPS that says of its queue one line of the file `looks` at each look; the job is open as long as there is one."""
IMPATIENT = Timings(confirm=0.2, look_again=0.05, slowest_mm_per_s=1e6)


@pytest.fixture(scope="module")
def server() -> Iterator[cups.Cups]:
    with cups.running_cups() as running:
        yield running


@contextmanager
def plugged_in(server: cups.Cups, behaviour: Behaviour | None = None) -> Iterator[SimulatedPrinter]:
    with SimulatedPrinter(behaviour) as printer:
        server.prints_on(int(printer.url.rpartition(":")[2]))
        yield printer


def queue(server: cups.Cups, timings: Timings = PATIENT, name: str = cups.QUEUE) -> CupsQueue:
    return CupsQueue(name, render, timings, server=server.server)


def print_on(device: CupsQueue) -> Outcome:
    return device.print(device.prepare(SLIP, "A-019"))


def test_a_sheet_that_left_the_queue_is_not_called_printed(server: cups.Cups) -> None:
    with plugged_in(server, Behaviour(confirms=False)) as printer:
        assert queue(server).probe() is PrinterState.READY
        assert print_on(queue(server)) == Outcome(JobState.UNCONFIRMED, None, ALL_GIVEN, PrinterState.READY)
        printer.wait_for(lambda it: len(it.slips) == 1)
        assert printer.slips[0].data == render(SLIP).removesuffix(b"\x1dr\x01")


def test_a_sheet_that_stays_in_the_queue_is_taken_back(server: cups.Cups) -> None:
    with plugged_in(server) as printer:
        printer.stop_listening()
        outcome = print_on(queue(server, IMPATIENT))
        assert (outcome.state, outcome.bytes_given) == (JobState.UNCONFIRMED, ALL_GIVEN)
        printer.listen()
        assert print_on(queue(server)).state is JobState.UNCONFIRMED
        printer.wait_for(lambda it: bool(it.slips))
        assert len(printer.slips) == 1


@pytest.mark.parametrize(
    ("looks", "is_taken_back"),
    [(["", CONNECTING, ""], False), (["", CONNECTING, CONNECTING], True), (["", CONNECTING, "", CONNECTING], False)],
)
def test_a_sheet_is_not_taken_back_while_its_queue_is_only_just_connecting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looks: list[str], is_taken_back: bool
) -> None:
    """Of a real CUPS nobody knows at which look it says so."""
    install_programs(tmp_path, monkeypatch)
    tell(tmp_path, looks)
    assert print_on(CupsQueue("KARCIS", render, PATIENT, sleep=lambda _s: None)).state is JobState.UNCONFIRMED
    assert (tmp_path / "cancelled").exists() == is_taken_back


def test_what_a_sheet_broke_off_in_does_not_take_the_head_of_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The queue may have given half of it to the printer before it was taken back."""
    install_programs(tmp_path, monkeypatch)
    device = CupsQueue("KARCIS", render, PATIENT, sleep=lambda _s: None)
    for looks in (["", CONNECTING, CONNECTING], ["", ""], ["", ""]):
        tell(tmp_path, looks)
        assert print_on(device).bytes_given == ALL_GIVEN
    whole = render(SLIP)
    assert (tmp_path / "given").read_bytes() == whole + bytes(256) + whole + whole


def test_a_sheet_of_which_nobody_says_whether_it_left_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy scheduler that says nothing for a moment may still print it, beside its copy."""
    silent = """case "$*" in
        *not-completed*) exit 1 ;;
        *) echo 'printer KARCIS is idle.' ;;
    esac"""
    install_programs(tmp_path, monkeypatch, PROGRAMS | {"lpstat": silent})
    assert print_on(CupsQueue("KARCIS", render, IMPATIENT)).state is JobState.UNCONFIRMED
    assert (tmp_path / "cancelled").exists()


def install_programs(folder: Path, monkeypatch: pytest.MonkeyPatch, programs: dict[str, str] = PROGRAMS) -> None:
    for name, does in programs.items():
        program = folder / name
        program.write_text(f"#!/bin/sh\ncd {folder}\n{does}\n", encoding="ascii")
        program.chmod(0o755)
    monkeypatch.setitem(os.environ, "PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def tell(folder: Path, looks: list[str]) -> None:
    """What the queue will say of itself, one look after the other."""
    (folder / "looks").write_text("".join(f"{look}\n" for look in looks), encoding="ascii")


def test_a_stopped_queue_gets_not_a_byte(server: cups.Cups) -> None:
    server.administer("cupsdisable", cups.QUEUE)
    try:
        offline = PrinterState.OFFLINE
        assert print_on(queue(server)) == Outcome(JobState.BLOCKED, offline, 0, offline)
    finally:
        server.administer("cupsenable", cups.QUEUE)


def test_a_queue_that_rejects_jobs_or_is_not_there_blocks(server: cups.Cups) -> None:
    unreachable = PrinterState.UNREACHABLE
    nothing_given = Outcome(JobState.BLOCKED, unreachable, 0, unreachable)
    assert print_on(queue(server, name="TIDAK-ADA")) == nothing_given
    server.administer("cupsreject", cups.QUEUE)
    try:
        assert print_on(queue(server)) == nothing_given
    finally:
        server.administer("cupsaccept", cups.QUEUE)


def test_without_cups_the_printer_is_out_of_reach(server: cups.Cups, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "PATH", "")
    assert queue(server).probe() is PrinterState.UNREACHABLE
    assert print_on(queue(server)).state is JobState.BLOCKED
