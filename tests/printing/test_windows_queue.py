"""A queue of the Windows spooler, which calls everything well that it was given."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from mppdesk.domain.errors import BadInput
from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.domain.printer_address import QueueAddress, parse_url
from mppdesk.printing import windows_queue
from mppdesk.printing.conversation import Timings
from mppdesk.printing.delivery import Outcome, blocked
from mppdesk.printing.windows_queue import WindowsQueue
from tests.fakes.windows_spooler import DOOR_OPEN, OFFLINE, PAPER_OUT, PRINTED, WORKS_OFFLINE, WindowsSpooler
from tests.printing.test_devices import ALL_GIVEN, SLIP, render

QUICK = Timings(confirm=0.05, look_again=0.01, slowest_mm_per_s=1e6)


@pytest.fixture
def spooler() -> Iterator[WindowsSpooler]:
    made = WindowsSpooler()
    yield made
    made.released.set()


def queue(spooler: WindowsSpooler, name: str = "EPSON TM-T82") -> WindowsQueue:
    return WindowsQueue(name, render, QUICK, winspool=spooler.winspool())


def print_on(device: WindowsQueue) -> Outcome:
    return device.print(device.prepare(SLIP, "A-019"))


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("spool://KARCIS", "KARCIS"),
        ("spool://EPSON%20TM-T82", "EPSON TM-T82"),
        ("spool:////LOKET-2/Karcis", r"\\LOKET-2\Karcis"),
    ],
)
def test_an_address_names_a_queue(url: str, name: str) -> None:
    assert parse_url(url) == QueueAddress(name)


@pytest.mark.parametrize("url", ["spool:", "spool://", "spool://a/b", "spool:///a", "spool://-o", "spool://a%0Ab"])
def test_what_names_no_queue_is_refused(url: str) -> None:
    with pytest.raises(BadInput):
        parse_url(url)


def test_a_sheet_that_left_the_queue_is_not_called_printed(spooler: WindowsSpooler) -> None:
    assert print_on(queue(spooler)) == Outcome(JobState.UNCONFIRMED, None, ALL_GIVEN, PrinterState.READY)
    assert (spooler.printed, spooler.open_handles) == ([("A-019", render(SLIP))], 0)


@pytest.mark.parametrize(
    ("status", "attributes", "state"),
    [
        (PAPER_OUT, 0, PrinterState.PAPER_OUT),
        (DOOR_OPEN | PAPER_OUT, 0, PrinterState.COVER_OPEN),
        (OFFLINE, 0, PrinterState.OFFLINE),
        (0, WORKS_OFFLINE, PrinterState.OFFLINE),
    ],
)
def test_a_stopped_queue_gets_not_a_byte(
    spooler: WindowsSpooler, status: int, attributes: int, state: PrinterState
) -> None:
    spooler.status, spooler.attributes = status, attributes
    assert print_on(queue(spooler)) == blocked(state)
    assert not spooler.printed


def test_a_sheet_that_stays_in_the_queue_is_taken_back(spooler: WindowsSpooler) -> None:
    spooler.keeps = True
    assert print_on(queue(spooler)).state is JobState.UNCONFIRMED
    assert (spooler.waiting, spooler.printed) == ({}, [])


class _BusyForAMoment(WindowsSpooler):
    """Opens its queue to nobody just when a sheet was handed over."""

    def EndDocPrinter(self, handle: int) -> int:
        ended = super().EndDocPrinter(handle)
        self.fails_at = "OpenPrinterW"
        return ended

    def OpenPrinterW(self, name: str, handle: Any, defaults: None) -> int:
        opened = super().OpenPrinterW(name, handle, defaults)
        self.fails_at = ""
        return opened


def test_so_is_one_of_which_nobody_says_whether_it_left() -> None:
    """It would come out beside its copy."""
    spooler = _BusyForAMoment(keeps=True)
    assert print_on(queue(spooler)).state is JobState.UNCONFIRMED
    assert (spooler.waiting, spooler.printed) == ({}, [])


def test_what_such_a_sheet_broke_off_in_does_not_take_the_head_of_the_next(spooler: WindowsSpooler) -> None:
    """The spooler may have given half of it to the printer before it was taken back."""
    device = queue(spooler)
    spooler.keeps = True
    print_on(device)
    spooler.keeps = False
    assert [print_on(device).bytes_given for _ in range(2)] == [ALL_GIVEN] * 2
    whole = render(SLIP)
    assert [data for _, data in spooler.printed] == [bytes(256) + whole, whole]


def test_a_sheet_that_the_queue_lists_as_printed_has_left_it(spooler: WindowsSpooler) -> None:
    """Some queues keep what was printed."""
    spooler.keeps, spooler.job_status = True, PRINTED
    assert print_on(queue(spooler)) == Outcome(JobState.UNCONFIRMED, None, ALL_GIVEN, PrinterState.READY)
    assert list(spooler.waiting) == [1]


@pytest.mark.parametrize("call", ["OpenPrinterW", "StartDocPrinterW", "StartPagePrinter"])
def test_what_fails_before_the_first_byte_blocks(spooler: WindowsSpooler, call: str) -> None:
    spooler.fails_at = call
    assert print_on(queue(spooler)) == blocked(PrinterState.UNREACHABLE)


def test_what_fails_while_it_is_written_is_unsure(spooler: WindowsSpooler) -> None:
    spooler.fails_at = "WritePrinter"
    assert print_on(queue(spooler)).state is JobState.UNCONFIRMED


def test_a_queue_that_is_not_there_is_out_of_reach(spooler: WindowsSpooler) -> None:
    assert queue(spooler, "LAIN").probe() is PrinterState.UNREACHABLE


@pytest.mark.parametrize("call", ["StartDocPrinterW", "StartPagePrinter"])
def test_a_sheet_that_was_given_up_is_not_printed_when_the_spooler_wakes(
    spooler: WindowsSpooler, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    monkeypatch.setattr(windows_queue, "_CALL_S", 0.1)
    spooler.hangs_at = call
    assert print_on(queue(spooler)) == blocked(PrinterState.UNREACHABLE)
    spooler.released.set()
    for thread in threading.enumerate():
        if thread.name == "windows spooler":
            thread.join(10)
    assert (spooler.printed, spooler.waiting, spooler.open_handles) == ([], {}, 0)


@pytest.mark.parametrize(
    ("call", "state"), [("OpenPrinterW", JobState.BLOCKED), ("WritePrinter", JobState.UNCONFIRMED)]
)
def test_a_spooler_that_hangs_holds_nobody_up(
    spooler: WindowsSpooler, monkeypatch: pytest.MonkeyPatch, call: str, state: JobState
) -> None:
    monkeypatch.setattr(windows_queue, "_CALL_S", 0.1)
    spooler.hangs_at = call
    assert print_on(queue(spooler)).state is state
