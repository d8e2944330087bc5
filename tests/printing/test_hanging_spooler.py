"""A Windows spooler that hangs holds nobody up, and prints nothing that was given up when it wakes."""

import threading
from collections.abc import Iterator

import pytest

from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.printing import windows_queue
from mppdesk.printing.delivery import blocked
from mppdesk.printing.handed_over import HandedOver
from mppdesk.printing.painted_sheets import SheetPainter
from mppdesk.printing.patient_calls import PatientCalls
from tests.fakes.windows_gdi import WindowsGdi
from tests.fakes.windows_spooler import WindowsSpooler
from tests.printing import test_painted_sheets, test_windows_queue
from tests.printing.test_devices import SLIP


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows_queue, "_CALL_S", 0.5)
    monkeypatch.setattr(windows_queue, "_PAINTING_S", 0.5)
    test_painted_sheets.pages_of(test_painted_sheets.pdf_of(SLIP), 72)  # loads PDFium before anybody waits for it


@pytest.fixture
def printer() -> Iterator[WindowsGdi]:
    made = WindowsGdi(WindowsSpooler(queue="KANTOR"))
    yield made
    made.spooler.released.set()


def wake(spooler: WindowsSpooler) -> None:
    """Let every call that hangs end, and whoever made it."""
    spooler.released.set()
    for thread in threading.enumerate():
        if thread.name == "windows spooler":
            thread.join(10)


@pytest.mark.parametrize("call", ["CreateDCW", "StartDocW", "StartPage"])
def test_a_sheet_that_was_not_begun_waits_and_is_not_painted_later(printer: WindowsGdi, call: str) -> None:
    printer.spooler.hangs_at = call
    assert test_painted_sheets.print_on(printer) == blocked(PrinterState.UNREACHABLE)
    wake(printer.spooler)
    assert (printer.spooler.printed, printer.spooler.waiting, printer.spooler.spooling) == ([], {}, set())
    assert (printer.open_contexts, printer.spooler.open_handles) == (0, 0)


@pytest.mark.parametrize("call", ["EndPage", "EndDoc"])
def test_a_sheet_that_was_begun_is_taken_back_and_does_not_come_out_later(printer: WindowsGdi, call: str) -> None:
    printer.spooler.hangs_at = call
    assert test_painted_sheets.print_on(printer).state is JobState.UNCONFIRMED
    assert printer.spooler.spooling == set()
    wake(printer.spooler)
    assert (printer.spooler.printed, printer.spooler.waiting, printer.open_contexts) == ([], {}, 0)


def test_who_paints_a_sheet_that_was_given_up_meanwhile_aborts_it(printer: WindowsGdi) -> None:
    """Also where the spooler did not let the sheet be taken back."""
    printer.spooler.hangs_at = "EndPage"
    handed, device = HandedOver(), test_painted_sheets.queue(printer)
    sheet = device.prepare(SLIP, "A-019")
    with pytest.raises(TimeoutError):
        PatientCalls("windows spooler").within(
            0.5, lambda: SheetPainter(printer.gdi()).hand_over("KANTOR", sheet, handed)
        )
    assert not handed.give_up()
    wake(printer.spooler)
    assert (printer.aborted, printer.spooler.printed, printer.open_contexts) == ([1], [], 0)


def test_a_slip_that_was_half_written_is_taken_back_and_does_not_come_out_later() -> None:
    spooler = WindowsSpooler(hangs_at="WritePrinter")
    outcome = test_windows_queue.print_on(test_windows_queue.queue(spooler))
    assert (outcome.state, outcome.cause) == (JobState.UNCONFIRMED, PrinterState.UNREACHABLE)
    wake(spooler)
    assert (spooler.printed, spooler.waiting, spooler.open_handles) == ([], {}, 0)


def test_a_spooler_that_hangs_all_day_is_asked_again_when_it_wakes() -> None:
    calls, asked, released = PatientCalls("windows spooler"), [], threading.Event()

    def hang() -> None:
        asked.append(threading.current_thread())
        released.wait(30)

    for _ in range(20):
        with pytest.raises(TimeoutError):
            calls.within(0.01, hang)
    assert len(asked) == 4
    released.set()
    for thread in asked:
        thread.join(10)
    assert calls.within(10, lambda: "awake") == "awake"


def test_what_is_given_up_goes_on_nowhere_and_what_went_on_was_given() -> None:
    never_begun, begun = HandedOver(), HandedOver()
    begun.go_on()
    assert (never_begun.give_up(), begun.give_up()) == (True, False)
    for handed in (never_begun, begun):
        with pytest.raises(ConnectionAbortedError):
            handed.go_on()
