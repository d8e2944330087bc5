"""What a sheet leaves in a printer when it breaks off: neither its rest nor its answers may touch the next one."""

import pytest

from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.domain.printer_address import parse_printer
from mppdesk.domain.slip import Line, QrCode, Slip, SlipKind
from mppdesk.printing.conversation import Timings
from mppdesk.printing.delivery import Device, Outcome
from mppdesk.printing.devices import Devices
from mppdesk.printing.escpos import to_bytes
from mppdesk.printing.late_answers import LateAnswers
from tests.fakes.escpos_stream import EscposStream
from tests.fakes.printer import Behaviour, Condition, Moment, SimulatedPrinter
from tests.printing.fault_cells import times_out

QUICK = Timings(
    answer=0.1, stall=0.2, settle=0.02, confirm=0.5, look_again=0.05, end=0.1, stopped_end=0.02, confirmed_end=0.02,
    slowest_mm_per_s=100.0,
)  # fmt: skip
QUESTIONS = 12
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
        late.look(is_ready=True)
    assert late.at_most > 1
    late.look(is_ready=False)
    for _ in range(59):
        late.look(is_ready=True)
    assert late.at_most > 1
    late.look(is_ready=True)
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
