"""What each kind of printer does with one sheet, and what is then truly known of it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from mppdesk.domain.errors import BadInput
from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.domain.printer_address import (
    FolderAddress,
    NetworkAddress,
    Printer,
    ScreenAddress,
    parse_printer,
    parse_url,
)
from mppdesk.domain.slip import Line, Slip, SlipKind
from mppdesk.printing.conversation import Timings
from mppdesk.printing.delivery import Device, Outcome
from mppdesk.printing.devices import (
    Devices,
    probe,
)
from mppdesk.printing.status import ASK_PAPER_IN_PRINT_ORDER
from tests.fakes.printer import Behaviour, Condition, Moment, SimulatedPrinter

SLIP = Slip(SlipKind.TICKET, (Line("MPP Kabupaten Sukamaju"), Line("A-019", size=6)))
QUICK = Timings(answer=0.06, stall=0.2, settle=0.02, confirm=0.3, look_again=0.05, end=0.5, slowest_mm_per_s=1e6)
CUT = b"\x1dVB\x00"


def render(slip: Slip) -> bytes:
    """Stand in for the real renderer: this is about handing over, not about looks."""
    lines = (part.text.encode("ascii") + b"\n" for part in slip.parts if isinstance(part, Line))
    return b"\x1b@" + b"".join(lines) + CUT + ASK_PAPER_IN_PRINT_ORDER


def device_of(url: str, timings: Timings = QUICK) -> Device:
    return Devices(lambda slip, _model: render(slip), timings=timings).open(parse_printer(url))


def print_on(url: str, slip: Slip = SLIP, timings: Timings = QUICK) -> Outcome:
    device = device_of(url, timings)
    return device.print(device.prepare(slip, "A-019"))


ALL_GIVEN = len(render(SLIP))
ON_PAPER = render(SLIP).removesuffix(ASK_PAPER_IN_PRINT_ORDER)
NOT_ASKED = Outcome(JobState.UNCONFIRMED, PrinterState.MUTE, len(ON_PAPER), PrinterState.MUTE)
"""All but the question went to a printer that says nothing."""


NO_ADDRESSES = (
    *("printer", "http://host:9100", "lpt1:", "screen:lain", "screen://host"),
    *("tcp://", "tcp://host", "tcp://host:0", "tcp://host:99999", "tcp://host:abc", "tcp://[::1:9100"),
    *("tcp://host:9100/lain", "tcp://user@host:9100", "file:", "file://host/folder", "file:folder", "file:///"),
    *("file:///srv/%00", "file:///srv/%1b[31m", "tcp://ho\nst:9100", "tcp://ho\x00st:9100", "tcp://ho st:9100"),
    *("tcp://%00:9100", "tcp://\u202ehost:9100"),
)


@contextmanager
def simulated(behaviour: Behaviour) -> Iterator[SimulatedPrinter]:
    with SimulatedPrinter(behaviour) as printer:
        yield printer


# --- addresses -----------------------------------------------------------------------------------------------------


def test_an_address_is_understood() -> None:
    assert parse_url("tcp://192.168.1.50:9100") == NetworkAddress("192.168.1.50", 9100)
    assert parse_url("tcp://[fe80::1]:9100/") == NetworkAddress("fe80::1", 9100)
    assert parse_url("screen:") == ScreenAddress()
    assert parse_url("file:///srv/karcis%20loket") == FolderAddress("/srv/karcis loket")


def test_two_spellings_of_one_printer_are_one_address() -> None:
    assert parse_url("tcp://PRINTER-2:9100") == parse_url(" tcp://printer-2:9100/ ")


@pytest.mark.parametrize("url", ["", *NO_ADDRESSES])
def test_anything_else_is_refused_in_words(url: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_url(url)
    assert "bukan alamat printer" in str(refused.value)
    assert "tcp://192.168.1.50:9100" in str(refused.value)


# --- a network printer ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "state"), [(Condition.HEALTHY, PrinterState.READY), (Condition.NEAR_END, PrinterState.PAPER_NEAR_END)]
)
def test_a_confirmed_sheet_is_printed(condition: Condition, state: PrinterState) -> None:
    with simulated(Behaviour(condition)) as printer:
        assert print_on(printer.url) == Outcome(JobState.PRINTED, None, ALL_GIVEN, state)
        assert [slip.data for slip in printer.slips] == [ON_PAPER]
        assert "A-019" in printer.slips[0].text


@pytest.mark.parametrize(
    ("condition", "state"),
    [
        (Condition.PAPER_OUT, PrinterState.PAPER_OUT),
        (Condition.COVER_OPEN, PrinterState.COVER_OPEN),
        (Condition.CUTTER_JAM, PrinterState.CUTTER_JAM),
        (Condition.ERROR, PrinterState.ERROR),
        (Condition.OFFLINE, PrinterState.OFFLINE),
    ],
)
def test_a_stopped_printer_gets_not_a_byte(condition: Condition, state: PrinterState) -> None:
    with simulated(Behaviour(condition)) as printer:
        assert print_on(printer.url) == Outcome(JobState.BLOCKED, state, 0, state)
        printer.become(Condition.HEALTHY)
        assert print_on(printer.url).state is JobState.PRINTED
        assert len(printer.slips) == 1  # nothing of the blocked attempt came out later


def test_an_unreachable_printer_blocks_with_nothing_handed_over() -> None:
    with simulated(Behaviour()) as printer:
        printer.stop_listening()
        unreachable = PrinterState.UNREACHABLE
        assert print_on(printer.url) == Outcome(JobState.BLOCKED, unreachable, 0, unreachable)


def test_a_printer_that_says_nothing_gets_the_sheet_but_no_trust() -> None:
    with simulated(Behaviour(answers=False, confirms=False)) as printer:
        assert print_on(printer.url) == NOT_ASKED
        printer.wait_for(lambda it: len(it.slips) == 1)


def test_a_printer_without_confirmation_leaves_the_job_unsure() -> None:
    with simulated(Behaviour(confirms=False)) as printer:
        assert print_on(printer.url) == Outcome(JobState.UNCONFIRMED, None, ALL_GIVEN, PrinterState.READY)
        assert len(printer.slips) == 1


def test_a_sheet_for_a_printer_that_cannot_confirm_is_not_waited_for() -> None:
    never = Timings(confirm=60.0)
    with simulated(Behaviour()) as printer:
        device = Devices(lambda _slip, _model: ON_PAPER, timings=never).open(parse_printer(printer.url))
        assert device.print(device.prepare(SLIP, "A-019")).state is JobState.UNCONFIRMED
        printer.wait_for(lambda it: len(it.slips) == 1)


@pytest.mark.parametrize(
    ("trouble", "cause"),
    [(Condition.PAPER_OUT, PrinterState.PAPER_OUT), (Condition.COVER_OPEN, PrinterState.COVER_OPEN)],
)
def test_a_printer_that_stops_in_mid_slip_leaves_the_job_unsure_and_says_why(
    trouble: Condition, cause: PrinterState
) -> None:
    with simulated(Behaviour(fails_after=10, fails_with=trouble)) as printer:
        assert print_on(printer.url) == Outcome(JobState.UNCONFIRMED, cause, ALL_GIVEN, cause)
        assert printer.slips == []


def test_a_slip_lost_in_the_memory_of_a_printer_switched_off_was_never_called_printed() -> None:
    with simulated(Behaviour(fails_after=10)) as printer:
        assert print_on(printer.url).state is JobState.UNCONFIRMED
        printer.power_cycle()
        printer.become(Condition.HEALTHY)
        assert print_on(printer.url).state is JobState.PRINTED
        assert [slip.data for slip in printer.slips] == [ON_PAPER]


def test_a_fault_during_the_job_is_seen_long_before_the_confirmation_is_given_up() -> None:
    patient = Timings(answer=0.06, look_again=0.05, confirm=60.0, end=0.1)
    with simulated(Behaviour(fails_after=10)) as printer:
        began = time.monotonic()
        assert print_on(printer.url, timings=patient).cause is PrinterState.PAPER_OUT
        assert time.monotonic() - began < 10


def test_a_torn_line_leaves_the_job_unsure() -> None:
    with simulated(Behaviour()) as printer:
        device = device_of(printer.url)
        device.print(device.prepare(SLIP, "A-018"))
        printer.behaviour.resets_after = 20
        outcome = device.print(device.prepare(SLIP, "A-019"))
        assert (outcome.state, outcome.cause) == (JobState.UNCONFIRMED, PrinterState.UNREACHABLE)
        assert outcome.bytes_given > 0
        assert len(printer.slips) == 1


def test_a_knife_that_jams_after_the_printer_has_answered_is_seen_before_the_sheet_is_called_printed() -> None:
    """Firmware answers in print order when it has read so far; the last lines and the knife come after that."""
    patient = replace(QUICK, settle=0.3, confirm=2.0)
    with simulated(Behaviour(mm_per_s=100.0, runs_ahead_mm=100.0)) as printer:
        device = device_of(printer.url, patient)
        assert device.print(device.prepare(SLIP, "A-018")).state is JobState.PRINTED
        printer.at(Moment.PRINTING, lambda: printer.become(Condition.CUTTER_JAM))
        outcome = device.print(device.prepare(SLIP, "A-019"))
        assert (outcome.state, outcome.cause) == (JobState.UNCONFIRMED, PrinterState.CUTTER_JAM)


def test_a_slow_printer_is_waited_for() -> None:
    patient = Timings(answer=0.06, look_again=0.05, confirm=10.0)
    with simulated(Behaviour(mm_per_s=30.0)) as printer:
        assert print_on(printer.url, timings=patient).state is JobState.PRINTED
        assert len(printer.slips) == 1


def test_a_printer_that_takes_no_bytes_stalls_the_job_and_not_the_program() -> None:
    huge = Slip(SlipKind.TICKET, (Line("x" * 8_000_000),))
    with simulated(Behaviour(reads=False)) as printer:
        outcome = print_on(printer.url, huge)
        assert (outcome.state, outcome.cause) == (JobState.UNCONFIRMED, PrinterState.UNREACHABLE)
        assert 0 < outcome.bytes_given < 8_000_000


def test_unasked_bytes_are_no_confirmation() -> None:
    with simulated(Behaviour(confirms=False, noise=b"\x11\x00\x00\x13\x10\x00\x00\x00")) as printer:
        assert print_on(printer.url).state is JobState.UNCONFIRMED


def test_an_automatic_status_on_connect_disturbs_nothing() -> None:
    with simulated(Behaviour(noise=bytes.fromhex("14 00 00 0f"))) as printer:
        assert print_on(printer.url).state is JobState.PRINTED


def test_a_printer_that_never_hangs_up_costs_a_confirmed_job_little() -> None:
    """Some firmware ignores the end of our half; the next citizen must not wait for it."""
    with simulated(Behaviour(hangs_up=False)) as printer:
        began = time.monotonic()
        assert print_on(printer.url, timings=Timings()).state is JobState.PRINTED
        assert time.monotonic() - began < 1.5


@pytest.mark.parametrize(
    ("condition", "state"),
    [(Condition.HEALTHY, PrinterState.READY), (Condition.PAPER_OUT, PrinterState.PAPER_OUT)],
)
def test_probing_tells_the_state_and_prints_nothing(condition: Condition, state: PrinterState) -> None:
    with simulated(Behaviour(condition)) as printer:
        assert probe(printer.url, QUICK) is state
        printer.become(Condition.HEALTHY)
        assert printer.bytes_printed == 0


def test_probing_tells_a_mute_printer_from_one_that_is_not_there() -> None:
    with simulated(Behaviour(answers=False)) as printer:
        assert probe(printer.url, QUICK) is PrinterState.MUTE
        printer.stop_listening()
        assert probe(printer.url, QUICK) is PrinterState.UNREACHABLE


# --- the paper window ----------------------------------------------------------------------------------------------


@contextmanager
def flooding() -> Iterator[str]:
    """The address of something that talks without end and listens to nobody."""

    def talk() -> None:
        with suppress(OSError), listener.accept()[0] as line:
            while True:
                line.sendall(b"\xff" * 65_536)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        talker = threading.Thread(target=talk)
        talker.start()
        yield f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    talker.join(10)
    assert not talker.is_alive()


def test_something_that_talks_without_end_holds_nobody_up() -> None:
    with flooding() as url:
        assert print_on(url) == Outcome(JobState.BLOCKED, PrinterState.UNREACHABLE, 0, PrinterState.UNREACHABLE)


def test_a_name_that_no_network_can_look_up() -> None:
    """Python encodes names as IDNA before it asks anybody, and says so with an error of its own."""
    url = f"tcp://{'a' * 300}:9100"
    assert probe(url, QUICK) is PrinterState.UNREACHABLE
    assert print_on(url).state is JobState.BLOCKED


def test_the_paper_window_takes_the_slip_itself() -> None:
    shown: list[Slip] = []
    device = Devices(lambda slip, _model: render(slip), shown.append).open(Printer(ScreenAddress()))
    assert device.print(device.prepare(SLIP, "A-019")) == Outcome(JobState.PRINTED, None, 0, PrinterState.READY)
    assert shown == [SLIP]


def test_without_a_paper_window_slips_wait() -> None:
    assert print_on("screen:") == Outcome(JobState.BLOCKED, PrinterState.OFFLINE, 0, PrinterState.OFFLINE)
    assert device_of("screen:").probe() is PrinterState.OFFLINE


# --- a folder ------------------------------------------------------------------------------------------------------


def test_a_folder_gets_one_whole_file_for_each_slip(tmp_path: Path) -> None:
    device = device_of(tmp_path.as_uri())
    outcome = device.print(device.prepare(SLIP, "0001/DPMPTSP 1"))
    assert outcome == Outcome(JobState.PRINTED, None, len(render(SLIP)), PrinterState.READY)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"0001_DPMPTSP_1.escpos": render(SLIP)}


def test_a_missing_folder_blocks_until_it_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "karcis"
    device = device_of(folder.as_uri())
    sheet = device.prepare(SLIP, "A-019")
    unreachable = PrinterState.UNREACHABLE
    assert device.print(sheet) == Outcome(JobState.BLOCKED, unreachable, 0, unreachable)
    assert device.probe() is unreachable
    folder.mkdir()
    assert device.probe() is PrinterState.READY
    assert device.print(sheet).state is JobState.PRINTED


def test_a_file_that_cannot_be_put_in_place_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "A-019.escpos" / "penghalang").mkdir(parents=True)
    outcome = print_on(tmp_path.as_uri())
    assert (outcome.state, outcome.cause) == (JobState.BLOCKED, PrinterState.ERROR)
    assert [file.name for file in tmp_path.iterdir()] == ["A-019.escpos"]
