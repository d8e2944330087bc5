"""Printers on other wires than the network: the same conversation, and the same truth about what came out."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mppdesk.domain.errors import BadInput
from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.domain.printer_address import (
    DeviceFileAddress,
    Flow,
    NetworkAddress,
    Printer,
    SerialAddress,
    UsbAddress,
    paper_columns,
    parse_printer,
    parse_url,
)
from mppdesk.domain.printer_models import GENERIC_58, GENERIC_80
from mppdesk.domain.slip import Line, Slip, SlipKind
from mppdesk.printing.delivery import Outcome
from mppdesk.printing.devices import Devices, place_of
from mppdesk.printing.escpos import to_bytes
from tests.fakes.printer import Behaviour, Condition, SimulatedPrinter
from tests.printing.test_devices import ALL_GIVEN, NOT_ASKED, ON_PAPER, QUICK, SLIP, device_of, print_on

tty = pytest.importorskip("tty", reason="this system has no pseudo-terminals")


@contextmanager
def plugged_in(scheme: str, behaviour: Behaviour) -> Iterator[tuple[SimulatedPrinter, str]]:
    from tests.fakes.serial_line import printer_on_a_serial_line

    with printer_on_a_serial_line(behaviour) as (printer, path):
        yield printer, {"serial": f"serial://{path}?baud=115200", "usb": f"usb://{path}"}[scheme]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("serial:///dev/ttyUSB0", SerialAddress("/dev/ttyUSB0", 9600, Flow.NONE)),
        ("serial:///dev/ttyS0?baud=19200&flow=dtr", SerialAddress("/dev/ttyS0", 19200, Flow.DTR)),
        ("serial://com3?flow=xon", SerialAddress("COM3", 9600, Flow.XON)),
        ("usb:///dev/usb/lp0", DeviceFileAddress("/dev/usb/lp0")),
        ("usb://04B8:0e15", UsbAddress(0x04B8, 0x0E15)),
        ("usb://04b8:0e15/J4K%20001", UsbAddress(0x04B8, 0x0E15, "J4K 001")),
    ],
)
def test_an_address_is_understood(url: str, address: object) -> None:
    assert parse_url(url) == address


@pytest.mark.parametrize(
    "url",
    [
        *("serial:", "serial:///", "serial://host/dev/ttyS0", "serial:///dev/ttyS0?baud=9601", "serial://com3/x"),
        *("serial:///dev/ttyS0?baud=cepat", "serial:///dev/ttyS0?flow=air", "serial:///dev/ttyS0?parity=even"),
        *("usb:", "usb:///", "usb://04b8", "usb://04b8:0e15/a/b", "usb://printer:1"),
        *("usb:///dev/usb/lp0%00", "usb://04b8:0e15/J4K%00", "serial:///dev/ttyS0%0a", "usb:///dev/\u202elp0"),
    ],
)
def test_anything_else_is_refused_in_words(url: str) -> None:
    with pytest.raises(BadInput, match="bukan alamat printer"):
        parse_url(url)


def test_two_names_of_one_port_are_one_printer(tmp_path: Path) -> None:
    port = tmp_path / "ttyUSB0"
    port.touch()
    (tmp_path / "by-id").symlink_to(port)
    urls = (f"serial://{port}", f"serial://{tmp_path}/by-id?baud=19200", f"usb://{port}")
    assert len({place_of(parse_url(url)) for url in urls}) == 1
    assert place_of(parse_url("usb://04b8:0e15/A")) != place_of(parse_url("usb://04b8:0e15/B"))


@pytest.mark.parametrize("scheme", ["serial", "usb"])
@pytest.mark.parametrize(
    ("condition", "state"), [(Condition.HEALTHY, PrinterState.READY), (Condition.NEAR_END, PrinterState.PAPER_NEAR_END)]
)
def test_a_confirmed_sheet_is_printed(scheme: str, condition: Condition, state: PrinterState) -> None:
    with plugged_in(scheme, Behaviour(condition)) as (printer, url):
        assert print_on(url) == Outcome(JobState.PRINTED, None, ALL_GIVEN, state)
        assert print_on(url) == Outcome(JobState.PRINTED, None, ALL_GIVEN, state)
        assert [slip.data for slip in printer.slips] == [ON_PAPER] * 2


@pytest.mark.parametrize("scheme", ["serial", "usb"])
@pytest.mark.parametrize(
    ("condition", "state"),
    [(Condition.PAPER_OUT, PrinterState.PAPER_OUT), (Condition.COVER_OPEN, PrinterState.COVER_OPEN)],
)
def test_a_stopped_printer_gets_not_a_byte(scheme: str, condition: Condition, state: PrinterState) -> None:
    with plugged_in(scheme, Behaviour(condition)) as (printer, url):
        assert print_on(url) == Outcome(JobState.BLOCKED, state, 0, state)
        assert device_of(url).probe() is state
        printer.become(Condition.HEALTHY)
        assert print_on(url).state is JobState.PRINTED
        assert len(printer.slips) == 1


@pytest.mark.parametrize("scheme", ["serial", "usb"])
def test_a_printer_that_stops_in_mid_slip_leaves_the_job_unsure_and_says_why(scheme: str) -> None:
    with plugged_in(scheme, Behaviour(fails_after=10, fails_with=Condition.PAPER_OUT)) as (printer, url):
        out = PrinterState.PAPER_OUT
        assert print_on(url) == Outcome(JobState.UNCONFIRMED, out, ALL_GIVEN, out)
        assert printer.slips == []


@pytest.mark.parametrize("scheme", ["serial", "usb"])
def test_the_tag_of_a_sheet_that_was_given_up_confirms_no_later_one(scheme: str) -> None:
    """The line stays plugged in: what the printer says when the paper is back is heard by the next job."""
    with plugged_in(scheme, Behaviour(knows_tags=True, fails_after=10)) as (printer, url):
        with_tags = f"{url}{'&' if '?' in url else '?'}confirm=tag"
        device = Devices(to_bytes, timings=QUICK).open(parse_printer(with_tags))
        first = device.prepare(SLIP, "A-018")
        assert device.print(first).state is JobState.UNCONFIRMED
        printer.behaviour.fails_after = len(first.data) + 10  # in the midst of the next sheet
        printer.become(Condition.HEALTHY)
        printer.wait_for(lambda it: len(it.slips) == 1)
        assert device.print(device.prepare(SLIP, "A-019")).state is JobState.UNCONFIRMED
        printer.become(Condition.HEALTHY)
        printer.wait_for(lambda it: len(it.slips) == 2)
        assert device.print(device.prepare(SLIP, "A-020")).state is JobState.PRINTED


@pytest.mark.parametrize("scheme", ["serial", "usb"])
def test_a_printer_that_says_nothing_gets_the_sheet_but_no_trust(scheme: str) -> None:
    with plugged_in(scheme, Behaviour(answers=False, confirms=False)) as (printer, url):
        assert print_on(url) == NOT_ASKED
        printer.wait_for(lambda it: len(it.slips) == 1)


@pytest.mark.parametrize("url", ["serial:///dev/tidak-ada", "usb:///dev/usb/tidak-ada", "usb://9999:9999"])
def test_a_printer_that_is_not_there_blocks_with_nothing_handed_over(url: str) -> None:
    unreachable = PrinterState.UNREACHABLE
    assert print_on(url) == Outcome(JobState.BLOCKED, unreachable, 0, unreachable)
    assert device_of(url, QUICK).probe() is unreachable


@pytest.mark.parametrize("scheme", ["serial", "usb"])
def test_a_file_that_somebody_took_for_a_printer_keeps_what_it_holds(scheme: str, tmp_path: Path) -> None:
    file = tmp_path / "berkas.db"
    file.write_bytes(b"isi yang penting")
    unreachable = PrinterState.UNREACHABLE
    for path in (file, tmp_path):
        assert device_of(f"{scheme}://{path}").probe() is unreachable
        assert print_on(f"{scheme}://{path}") == Outcome(JobState.BLOCKED, unreachable, 0, unreachable)
    assert file.read_bytes() == b"isi yang penting"


def test_a_line_that_takes_no_bytes_stalls_the_job_and_not_the_program() -> None:
    huge = Slip(SlipKind.TICKET, (Line("x" * 200_000),))
    printers, computers = os.openpty()  # nobody reads at the printer's end
    tty.setraw(computers)
    try:
        for url in (f"serial://{os.ttyname(computers)}", f"usb://{os.ttyname(computers)}"):
            device = device_of(url, QUICK)
            device.probe()
            os.read(printers, 65_536)  # all that may end what an earlier run left in it, and then no more
            outcome = device.print(device.prepare(huge, "A-019"))
            assert (outcome.state, outcome.cause) == (JobState.UNCONFIRMED, PrinterState.UNREACHABLE)
            assert 0 < outcome.bytes_given < 200_000
            os.read(printers, 65_536)
    finally:
        os.close(printers)
        os.close(computers)


def test_an_address_says_which_model_it_is_and_how_wide_its_paper() -> None:
    assert parse_printer("tcp://192.0.2.7:9100") == Printer(NetworkAddress("192.0.2.7", 9100), GENERIC_80)
    printer = parse_printer("serial:///dev/ttyS0?baud=19200&model=generic-58")
    assert printer == Printer(SerialAddress("/dev/ttyS0", 19200), GENERIC_58)
    assert paper_columns("serial:///dev/ttyS0?model=generic-58") == 32
    assert (paper_columns("tcp://192.0.2.7:9100?model=epson-tm-t88"), paper_columns("lpt1:")) == (42, 48)


def test_a_model_that_nobody_knows_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(BadInput, match="epson-tm-t82"):
        parse_printer("tcp://192.0.2.7:9100?model=laser")
