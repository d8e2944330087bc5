"""A USB printer that is spoken to without the system's driver."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.printing.delivery import Outcome
from mppdesk.printing.escpos import to_bytes
from mppdesk.printing.receipt_printer import ReceiptPrinter
from mppdesk.printing.usb import UsbWire
from tests.fakes.printer import Behaviour, Condition, SimulatedPrinter
from tests.fakes.usb_printer import PACKET, PRODUCT, SERIAL, VENDOR, UsbPrinter
from tests.printing.test_devices import ALL_GIVEN, NOT_ASKED, ON_PAPER, QUICK, SLIP, render

UNREACHABLE = Outcome(JobState.BLOCKED, PrinterState.UNREACHABLE, 0, PrinterState.UNREACHABLE)


@contextmanager
def on_the_bus(behaviour: Behaviour) -> Iterator[UsbPrinter]:
    with SimulatedPrinter(behaviour) as printer:
        bus = UsbPrinter(printer)
        worker = threading.Thread(target=printer.serve_serial, args=(bus, bus.read_received), daemon=True)
        worker.start()
        yield bus
        bus.unplug()
        worker.join(10)


def print_on(bus: UsbPrinter, serial: str | None = None) -> Outcome:
    def connect(timeout_s: float) -> UsbWire:
        return UsbWire.connect(VENDOR, PRODUCT, serial, backend=bus)

    device = ReceiptPrinter(connect, render, QUICK)
    return device.print(device.prepare(SLIP, "A-019"))


def test_a_sheet_is_confirmed_by_its_tag_between_packets() -> None:
    with on_the_bus(Behaviour(knows_tags=True, confirms=False)) as bus:
        wire = partial(UsbWire.connect, VENDOR, PRODUCT, None, backend=bus)
        device = ReceiptPrinter(lambda _timeout_s: wire(), to_bytes, QUICK, knows_tags=True)
        assert device.print(device.prepare(SLIP, "A-019")).state is JobState.PRINTED
        assert device.print(device.prepare(SLIP, "A-020")).state is JobState.PRINTED


@pytest.mark.parametrize("serial", [None, SERIAL])
def test_a_confirmed_sheet_is_printed_and_the_driver_gets_its_printer_back(serial: str | None) -> None:
    with on_the_bus(Behaviour()) as bus:
        assert print_on(bus, serial) == Outcome(JobState.PRINTED, None, ALL_GIVEN, PrinterState.READY)
        assert [slip.data for slip in bus.printer.slips] == [ON_PAPER]
        assert max(bus.packets) <= PACKET
        assert bus.is_driven


def test_another_printer_of_the_model_is_not_this_one() -> None:
    with on_the_bus(Behaviour()) as bus:
        assert print_on(bus, "KARCIS-2") == UNREACHABLE


@pytest.mark.parametrize("condition", [Condition.PAPER_OUT, Condition.COVER_OPEN])
def test_a_stopped_printer_gets_not_a_byte(condition: Condition) -> None:
    with on_the_bus(Behaviour(condition)) as bus:
        assert print_on(bus).state is JobState.BLOCKED
        bus.printer.become(Condition.HEALTHY)
        assert print_on(bus).state is JobState.PRINTED
        assert len(bus.printer.slips) == 1


def test_a_printer_that_takes_no_packet_or_is_unplugged_blocks_with_nothing_handed_over() -> None:
    with on_the_bus(Behaviour()) as bus:
        bus.takes = False
        assert print_on(bus) == UNREACHABLE
        bus.takes = True
        bus.unplug()
        assert print_on(bus) == UNREACHABLE


def test_a_printer_that_another_program_has_goes_back_to_its_driver() -> None:
    with on_the_bus(Behaviour()) as bus:
        bus.is_claimed = True
        assert print_on(bus) == UNREACHABLE
        assert bus.is_driven


def test_one_line_at_a_time_leads_to_a_printer_with_and_without_its_serial_number() -> None:
    with on_the_bus(Behaviour()) as bus:
        outcomes: list[Outcome] = []
        by_serial = threading.Thread(target=lambda: outcomes.append(print_on(bus, SERIAL)))
        with UsbWire.connect(VENDOR, PRODUCT, None, backend=bus):
            by_serial.start()
            by_serial.join(0.2)
            assert by_serial.is_alive()
        by_serial.join(10)
        assert [outcome.state for outcome in outcomes] == [JobState.PRINTED]


def test_a_mute_printer_gets_the_sheet_but_no_trust() -> None:
    with on_the_bus(Behaviour(answers=False, confirms=False)) as bus:
        assert print_on(bus) == NOT_ASKED
        bus.printer.wait_for(lambda it: len(it.slips) == 1)


def test_without_the_usb_library_the_printer_is_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("usb.backend.libusb1.get_backend", lambda *_, **__: None)
    monkeypatch.setattr("usb.backend.libusb0.get_backend", lambda *_, **__: None)
    monkeypatch.setattr("usb.backend.openusb.get_backend", lambda *_, **__: None)
    device = ReceiptPrinter(lambda timeout_s: UsbWire.connect(VENDOR, PRODUCT, None), render, QUICK)
    assert device.probe() is PrinterState.UNREACHABLE
