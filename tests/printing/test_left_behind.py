"""What a sheet leaves in a printer when it breaks off: neither its rest nor its answers may touch the next one."""

import socket
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.domain.printer_address import parse_printer
from mppdesk.domain.printer_models import GENERIC_80
from mppdesk.domain.slip import Line, QrCode, Slip, SlipKind
from mppdesk.printing.conversation import Timings
from mppdesk.printing.delivery import Device, Outcome
from mppdesk.printing.devices import Devices
from mppdesk.printing.escpos import to_bytes
from mppdesk.printing.late_answers import LateAnswers
from tests.fakes.escpos_stream import EscposStream
from tests.fakes.printer import Behaviour, Condition, Moment, SimulatedPrinter, network
from tests.printing.fault_cells import times_out

QUICK = Timings(
    answer=0.1, stall=0.2, settle=0.02, confirm=0.5, look_again=0.05, end=0.1, stopped_end=0.02, confirmed_end=0.02,
    slowest_mm_per_s=100.0,
)  # fmt: skip
QUESTIONS = 12
HERE, THERE = "127.0.0.1", "127.0.0.2"
ONE_LOOK = 4


def ticket(number: str) -> Slip:
    return Slip(SlipKind.TICKET, (Line("MPP Kabupaten Sukamaju"), Line(number, size=6), QrCode("K7Q2M9XH4TRB3WZP")))


FIRST, SECOND = ticket("A-001"), ticket("A-002")


def within_commands() -> list[int]:
    """The numbers of bytes after which the printer waits for the rest of a command."""
    ends, at = set(), 0
    for command in EscposStream().feed(to_bytes(FIRST)):
        at += len(command.data)
        ends.add(at)
    return sorted(set(range(1, at)) - ends)


def device_of(printer: SimulatedPrinter, options: str = "") -> Device:
    return Devices(to_bytes, timings=QUICK).open(parse_printer(printer.url + options))


def print_on(device: Device, slip: Slip) -> Outcome:
    return device.print(device.prepare(slip, slip.parts[1].text if isinstance(slip.parts[1], Line) else ""))


def tear_within(printer: SimulatedPrinter, device: Device, count: int) -> None:
    """Let a good sheet come out, and the next one break off after some of its bytes."""
    assert print_on(device, ticket("A-000")).state is JobState.PRINTED
    printer.behaviour.resets_after = QUESTIONS + count
    assert print_on(device, FIRST).state is JobState.UNCONFIRMED


@pytest.mark.parametrize("options", ["", "?confirm=tag"])
def test_a_sheet_torn_within_a_command_does_not_swallow_the_head_of_the_next(options: str) -> None:
    swallowed = []
    for count in within_commands()[::4]:
        with SimulatedPrinter(Behaviour(knows_tags=True)) as printer:
            device = device_of(printer, options)
            tear_within(printer, device, count)
            if print_on(device, SECOND).state is not JobState.PRINTED or times_out(printer, SECOND) != 1:
                swallowed.append(count)
    assert swallowed == []


def test_neither_does_one_that_another_run_of_the_program_left() -> None:
    with SimulatedPrinter() as printer:
        tear_within(printer, device_of(printer), within_commands()[-4])
        assert print_on(device_of(printer), SECOND).state is JobState.PRINTED
        assert times_out(printer, SECOND) == 1


def test_neither_does_one_that_a_torn_look_did_not_end() -> None:
    with SimulatedPrinter() as printer:
        device = device_of(printer)
        tear_within(printer, device, to_bytes(FIRST).index(b"1P0") + 3)
        printer.behaviour.resets_after = 1
        assert device.probe() is PrinterState.UNREACHABLE
        assert print_on(device, SECOND).state is JobState.PRINTED
        assert times_out(printer, SECOND) == 1


def test_a_printer_that_says_nothing_is_asked_nothing_that_it_could_answer_later() -> None:
    with SimulatedPrinter(Behaviour(answers=False)) as printer:
        device, answered = device_of(printer), list[str]()
        printer.at(Moment.CONFIRMED, lambda: answered.append("in print order"))
        assert print_on(device, FIRST).cause is PrinterState.MUTE
        printer.wait_for(lambda it: times_out(it, FIRST) == 1 and not it.is_busy)
        assert answered == []
        printer.behaviour.answers = True
        assert print_on(device, SECOND).state is JobState.PRINTED
        assert answered == ["in print order"]


def test_one_missed_look_makes_no_question_for_a_person() -> None:
    """On a bad radio link the answers to one look may be lost; a second one costs less than somebody's walk."""
    with SimulatedPrinter() as printer:
        device = device_of(printer)
        assert device.probe() is PrinterState.READY
        printer.behaviour.misses = ONE_LOOK
        assert device.probe() is PrinterState.READY
        printer.behaviour.misses = ONE_LOOK
        assert print_on(device, FIRST).state is JobState.PRINTED
        printer.behaviour.misses = 2 * ONE_LOOK
        assert device.probe() is PrinterState.MUTE


def test_a_printer_that_did_not_answer_the_last_time_is_asked_once() -> None:
    with SimulatedPrinter(Behaviour(misses=10 * ONE_LOOK)) as printer:
        device = device_of(printer)
        assert [device.probe() for _ in range(2)] == [PrinterState.MUTE] * 2
        assert printer.behaviour.misses == 7 * ONE_LOOK


def test_the_answer_for_the_sheet_before_is_no_answer_for_this_one() -> None:
    """Paper ends in the first sheet; with new paper the printer goes on with it, and answers while the next comes."""
    with SimulatedPrinter(Behaviour(is_module=True, mm_per_s=100)) as printer:
        device = device_of(printer)
        printer.at(Moment.PRINTING, lambda: printer.become(Condition.PAPER_OUT))
        assert print_on(device, FIRST).cause is PrinterState.PAPER_OUT
        printer.become(Condition.HEALTHY)
        outcome = print_on(device, SECOND)
        assert (outcome.state, times_out(printer, SECOND)) == (JobState.PRINTED, 1)
        assert times_out(printer, FIRST) == 1


def test_neither_are_the_answers_of_a_printer_that_heard_nothing_for_two_sheets() -> None:
    """It is deaf while the first sheet is handed over, and later does all at once: each answer goes to who is there."""
    with SimulatedPrinter(Behaviour(is_module=True, mm_per_s=100, hangs_up=False)) as printer:
        device = device_of(printer)
        printer.at(Moment.CHECKED, lambda: setattr(printer.behaviour, "reads", False))
        assert print_on(device, FIRST).cause is PrinterState.MUTE
        printer.behaviour.reads = True
        printer.become(Condition.HEALTHY)
        outcome = print_on(device, SECOND)
        assert (outcome.state, times_out(printer, SECOND)) == (JobState.PRINTED, 1)


def test_neither_is_one_that_was_asked_for_under_another_name_of_the_printer() -> None:
    with SimulatedPrinter(Behaviour(is_module=True, mm_per_s=100, hangs_up=False)) as printer:
        devices = Devices(to_bytes, timings=QUICK)
        by_number = devices.open(parse_printer(printer.url))
        by_name = devices.open(parse_printer(printer.url.replace("127.0.0.1", "localhost")))
        assert {by_name.probe() for _ in range(60)} == {PrinterState.READY}
        printer.at(Moment.CHECKED, lambda: setattr(printer.behaviour, "reads", False))
        assert print_on(by_number, FIRST).cause is PrinterState.MUTE
        printer.behaviour.reads = True
        printer.become(Condition.HEALTHY)
        outcome = print_on(by_name, SECOND)
        assert (outcome.state, times_out(printer, SECOND)) == (JobState.PRINTED, 1)


def test_a_printer_that_is_ready_for_a_minute_has_no_answer_left() -> None:
    late = LateAnswers()
    late.add_one()
    for _ in range(59):
        late.look(HERE, is_ready=True)
    assert late.at_most > 1
    late.look(HERE, is_ready=False)
    for _ in range(59):
        late.look(HERE, is_ready=True)
    assert late.at_most > 1
    late.look(HERE, is_ready=True)
    assert late.at_most == 0


def test_neither_is_one_for_what_the_set_up_asked_beside_its_worker() -> None:
    """The worker's printer owed nothing; then a test slip was given up in it, which only the set-up knows of."""
    with SimulatedPrinter(Behaviour(is_module=True, mm_per_s=100, hangs_up=False)) as printer:
        devices = Devices(to_bytes, timings=QUICK)
        worker = devices.open(parse_printer(printer.url))
        for _ in range(60):
            worker.probe()
        printer.at(Moment.PRINTING, lambda: printer.become(Condition.PAPER_OUT))
        assert print_on(device_of(printer), FIRST).cause is PrinterState.PAPER_OUT
        printer.become(Condition.HEALTHY)
        outcome = print_on(devices.open(parse_printer(printer.url)), SECOND)
        assert (outcome.state, times_out(printer, SECOND)) == (JobState.PRINTED, 1)


def test_two_who_look_each_second_do_not_make_a_minute_shorter() -> None:
    late = LateAnswers()
    late.add_one()
    for _ in range(59):
        late.look(HERE, is_ready=True)
        late.look(THERE, is_ready=True)
    assert late.at_most > 1


@pytest.fixture
def name_moves(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A name in the network whose number changes, as by DHCP, or while one of two numbers does not answer."""
    numbers, ask = [HERE], socket.getaddrinfo

    def getaddrinfo(host: str, *more: Any, **named: Any) -> Any:
        return ask(numbers[-1] if host == "printer.kantor" else host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return numbers.append


@pytest.fixture
def everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulated printers listen at all numbers of this computer."""
    monkeypatch.setattr(network, "HERE", "0.0.0.0")


def by_name(printer: SimulatedPrinter, options: str = "") -> Device:
    return Devices(to_bytes, timings=QUICK).open(parse_printer(f"tcp://printer.kantor:{printer.port}{options}"))


@pytest.mark.usefixtures("everywhere")
def test_neither_is_one_that_was_asked_for_at_another_place(name_moves: Callable[[str], None]) -> None:
    """It has another number now, or was plugged in anew: what it owes it may say here."""
    with SimulatedPrinter(Behaviour(is_module=True, mm_per_s=100, hangs_up=False)) as printer:
        device = by_name(printer)
        for number in (HERE, THERE):
            name_moves(number)
            assert {device.probe() for _ in range(60)} == {PrinterState.READY}
        printer.at(Moment.CHECKED, lambda: setattr(printer.behaviour, "reads", False))
        assert print_on(device, FIRST).cause is PrinterState.MUTE
        printer.behaviour.reads = True
        printer.become(Condition.HEALTHY)
        name_moves(HERE)
        outcome = print_on(device, SECOND)
        assert (outcome.state, times_out(printer, SECOND)) == (JobState.PRINTED, 1)


def picture_of(sheet: Slip) -> list[str]:
    with SimulatedPrinter() as printer:
        assert print_on(device_of(printer, "?qr=raster"), sheet).state is JobState.PRINTED
        printer.wait_for(lambda it: bool(it.sheets))
        return [each.text for each in printer.sheets]


@pytest.mark.usefixtures("everywhere")
@pytest.mark.parametrize("then", ["goes on", "is elsewhere", "starts anew"])
def test_a_sheet_torn_within_a_picture_does_not_swallow_the_head_of_the_next(
    then: str, name_moves: Callable[[str], None]
) -> None:
    swallowed, whole = [], picture_of(SECOND)[-1]
    size = len(to_bytes(FIRST, replace(GENERIC_80, draws_qr=False)))
    for count in range(60, size - 60, size // 14):
        with SimulatedPrinter() as printer:
            name_moves(HERE)
            device = by_name(printer, "?qr=raster")
            tear_within(printer, device, count)
            if then == "is elsewhere":
                name_moves(THERE)
            elif then == "starts anew":
                device = by_name(printer, "?qr=raster")
            state = print_on(device, SECOND).state
            printer.wait_for(lambda it: not it.is_busy)
            if state is not JobState.PRINTED or printer.sheets[-1].text != whole:
                swallowed.append(count)
    assert swallowed == []


def test_paper_that_ends_in_a_picture_is_seen_and_the_next_sheet_waits() -> None:
    """What would end the picture stays here: it would fill the printer's memory, and no question would reach it."""
    lines = Slip(SlipKind.TICKET, tuple(Line(f"baris {n}") for n in range(8)))
    with SimulatedPrinter(Behaviour(mm_per_s=60, buffer_bytes=4096)) as printer:
        device = device_of(printer, "?text=raster")
        assert device.probe() is PrinterState.READY
        printer.at(Moment.PRINTING, lambda: printer.become(Condition.PAPER_OUT))
        assert device.print(device.prepare(lines, "A-001")).cause is PrinterState.PAPER_OUT
        assert [device.probe() for _ in range(3)] == [PrinterState.PAPER_OUT] * 3
        outcome = print_on(device, SECOND)
        assert (outcome.state, outcome.cause, outcome.bytes_given) == (JobState.BLOCKED, PrinterState.PAPER_OUT, 0)


def test_a_printer_that_never_answers_is_not_given_the_rest_of_a_picture_at_each_look() -> None:
    with SimulatedPrinter(Behaviour(answers=False)) as printer:
        device = device_of(printer)
        assert device.probe() is PrinterState.MUTE
        printer.behaviour.resets_after = 500
        assert device.probe() is PrinterState.MUTE
        assert printer.behaviour.resets_after is not None, "it got more bytes"


def test_a_printer_that_never_confirms_is_not_waited_for_twice() -> None:
    with SimulatedPrinter(Behaviour(confirms=False)) as printer:
        device = device_of(printer)
        assert [print_on(device, slip).state for slip in (FIRST, SECOND)] == [JobState.UNCONFIRMED] * 2
        printer.wait_for(lambda it: len(it.slips) == 2)


def test_nothing_is_left_behind_by_a_sheet_that_is_surely_out() -> None:
    with SimulatedPrinter() as printer:
        device = device_of(printer)
        print_on(device, FIRST)
        printed = printer.bytes_printed
        print_on(device, SECOND)
        assert printer.bytes_printed == 2 * printed
