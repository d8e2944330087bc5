"""What people elsewhere complain of, one test for each; docs/printing.md says which rule of the spooler answers it.

On stepped time: no thread, no wait, no chance. Those that need a line or a disk are in test_complaints_at_work.py.
"""

import pytest

from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.domain.slip import SlipKind
from mppdesk.printing.conversation import Timings
from mppdesk.printing.delivery import Outcome, Sheet, Tell, printed, to_nobody, unconfirmed
from tests.fakes.memory_print_jobs import print_job
from tests.printing.stepped_office import GIVEN, KIOSK, LOKET_1, Office, ScriptedPrinter


@pytest.fixture
def office() -> Office:
    return Office()


# --- it says printed and nothing came out --------------------------------------------------------------------------


@pytest.mark.parametrize("state", [PrinterState.READY, PrinterState.MUTE, PrinterState.UNREACHABLE])
def test_it_does_not_say_printed_because_the_bytes_were_taken(office: Office, state: PrinterState) -> None:
    office.printer.outcomes = [unconfirmed(GIVEN, state)]
    office.order("A-001")
    office.run_for(1)
    assert (office.state_of("A-001"), office.job("A-001").bytes_given) == (JobState.UNCONFIRMED, GIVEN)


def test_a_retry_that_prints_nothing_is_not_called_printed(office: Office) -> None:
    office.printer.state = PrinterState.PAPER_OUT
    office.order("A-001")
    office.run_for(60)
    assert (office.state_of("A-001"), office.job("A-001").cause) == (JobState.BLOCKED, PrinterState.PAPER_OUT)
    assert JobState.PRINTED not in office.jobs.history["A-001"]


# --- it prints twice -----------------------------------------------------------------------------------------------


def test_a_retry_after_an_ambiguous_failure_does_not_print_twice(office: Office) -> None:
    office.printer.outcomes = [unconfirmed(7, PrinterState.PAPER_OUT)]
    office.order("A-001", "A-002")
    office.run_for(5)
    assert (office.state_of("A-001"), office.state_of("A-002")) == (JobState.UNCONFIRMED, JobState.BLOCKED)
    office.printer.state = PrinterState.READY
    office.run_for(5)
    assert office.printer.sheets == ["A-001-A-001", "A-002-A-002"]
    assert (office.state_of("A-001"), office.state_of("A-002")) == (JobState.UNCONFIRMED, JobState.PRINTED)


def test_a_start_after_a_crash_asks_instead_of_printing_again(office: Office) -> None:
    office.order("A-001", "A-002")
    office.jobs.begin_sending("A-001", office.time.now_ms)
    after_the_crash = office.new_spooler()
    assert after_the_crash.run_until_empty(0) == 0
    assert office.jobs.history["A-001"] == [JobState.QUEUED, JobState.SENDING, JobState.UNCONFIRMED]
    assert office.printer.sheets == ["A-002-A-002"]


def test_sending_is_on_disk_before_the_first_byte(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    stood: list[JobState] = []

    def print_and_look(self: ScriptedPrinter, sheet: Sheet, tell: Tell = to_nobody) -> Outcome:
        stood.append(office.state_of("A-001"))
        return printed(GIVEN, PrinterState.READY)

    monkeypatch.setattr(ScriptedPrinter, "print", print_and_look)
    office.order("A-001")
    office.run_for(1)
    assert stood == [JobState.SENDING]


def test_a_job_whose_end_cannot_be_recorded_is_not_printed_hundreds_of_times(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object) -> None:
        raise OSError(28, "no space left")

    office.order("A-001")
    with monkeypatch.context() as patch:
        patch.setattr(office.jobs, "settle", full_disk)
        for _ in range(100):
            with pytest.raises(OSError, match="no space"):
                office.spooler.step()
    assert office.state_of("A-001") is JobState.SENDING
    office.run_for(2)
    assert office.state_of("A-001") is JobState.PRINTED
    assert len(office.printer.sheets) == 1


# --- it prints what nobody wants any more --------------------------------------------------------------------------


def test_after_new_paper_it_does_not_print_all_past_requests(office: Office) -> None:
    office.printer.state = PrinterState.PAPER_OUT
    office.order("A-001")
    office.order("receipt", kind=SlipKind.RECEIPT)
    office.time.at(1200, lambda: office.order("A-002", "A-003"))
    office.time.at(1700, lambda: office.jobs.called.add("visit-A-002"))
    office.run_for(1801)
    office.printer.state = PrinterState.READY
    office.run_for(2)
    assert [office.state_of(name) for name in ("A-001", "A-002")] == [JobState.EXPIRED] * 2
    assert office.printer.sheets == ["receipt-receipt", "A-003-A-003"]


@pytest.mark.parametrize("set_by_h", [-24, -1, 1, 24])
def test_a_ticket_whose_age_a_set_clock_made_unknown_is_left_to_a_person(office: Office, set_by_h: int) -> None:
    office.printer.state = PrinterState.PAPER_OUT
    office.order("A-001")
    office.time.at(60, lambda: setattr(office.time, "set_ahead_s", set_by_h * 3600.0))
    office.time.at(120, lambda: office.order("A-002"))
    office.run_for(130)
    office.printer.state = PrinterState.READY
    office.run_for(2)
    assert office.state_of("A-001") is JobState.EXPIRED
    assert office.printer.sheets == ["A-002-A-002"]


def test_a_clock_that_is_only_put_right_lets_no_ticket_expire(office: Office) -> None:
    office.printer.state = PrinterState.PAPER_OUT
    office.order("A-001")
    office.time.at(60, lambda: setattr(office.time, "set_ahead_s", -600.0))
    office.run_for(70)
    office.printer.state = PrinterState.READY
    office.run_for(2)
    assert office.printer.sheets == ["A-001-A-001"]


def test_who_is_called_at_once_still_gets_the_slip(office: Office) -> None:
    office.jobs.called.add("visit-A-001")
    office.order("A-001")
    office.run_for(1)
    assert office.state_of("A-001") is JobState.PRINTED


# --- it stays stuck, or wears the printer out ----------------------------------------------------------------------


def test_what_was_refused_before_the_first_byte_is_printed_by_itself_within_two_seconds_of_the_repair(
    office: Office,
) -> None:
    office.printer.state = PrinterState.COVER_OPEN
    office.order("A-001")
    office.run_for(120)
    assert office.printer.sheets == []
    office.printer.state = PrinterState.READY
    office.run_for(2)
    assert office.printer.sheets == ["A-001-A-001"]
    assert JobState.UNCONFIRMED not in office.jobs.history["A-001"]


def test_a_printer_that_is_switched_off_is_tried_ever_more_rarely_and_people_see_it(office: Office) -> None:
    office.printer.state = PrinterState.UNREACHABLE
    office.order("A-001")
    office.run_for(40)
    assert office.printer.looked_at == [0, 0.5, 1.5, 3.5, 8.5, 18.5, 28.5, 38.5]
    assert office.states_told == [PrinterState.UNREACHABLE]


def test_no_question_and_no_write_waits_for_ever() -> None:
    waits = Timings()
    assert (waits.connect, waits.stall, waits.confirm) == (2.0, 5.0, 3.0)
    a_ticket = Sheet("A-001", print_job("A-001").slip, b"")
    assert waits.confirmation_of(a_ticket) == 3.0 + 2 * a_ticket.paper_mm / waits.slowest_mm_per_s


def test_a_queue_that_waits_is_seen(office: Office) -> None:
    office.printer.state = PrinterState.PAPER_OUT
    office.order("A-001", "A-002", "A-003")
    office.run_for(2)
    assert (office.told[-1].open_jobs, office.told[-1].state) == (3, PrinterState.PAPER_OUT)


def test_thirty_computers_do_not_keep_a_printer_from_the_one_that_prints_there(office: Office) -> None:
    office.watched.clear()
    office.run_for(300)
    assert office.printer.looked_at == [0, 60, 120, 180, 240, 300]
    office.watched.add(LOKET_1)  # somebody signs in at its counter
    office.printer.looked_at.clear()
    office.run_for(5)
    assert office.printer.looked_at == [301, 302, 303, 304, 305]


def test_a_stopped_printer_at_which_nobody_sits_is_looked_at_while_something_waits(office: Office) -> None:
    office.watched.clear()
    office.printer.state = PrinterState.COVER_OPEN
    office.order("A-001")
    office.run_for(30)
    office.printer.state = PrinterState.READY
    office.run_for(2)
    assert office.printer.sheets == ["A-001-A-001"]


# --- two at one printer --------------------------------------------------------------------------------------------


def test_two_names_of_one_printer_do_not_interrupt_each_other() -> None:
    office = Office({LOKET_1: "tcp://Printer-2:9100", KIOSK: "tcp://printer-2:9100/"})
    office.order("A-001", printer=KIOSK)
    office.time.sleep(1)
    office.order("A-002", printer=LOKET_1)
    office.time.sleep(1)
    office.order("A-003", printer=KIOSK)
    office.spooler.run_until_empty(0)
    assert len(office.opened) == 1
    assert office.printer.sheets == ["A-001-A-001", "A-002-A-002", "A-003-A-003"]
    assert {name: status.state for name, status in office.spooler.statuses().items()} == {
        LOKET_1: PrinterState.READY,
        KIOSK: PrinterState.READY,
    }
