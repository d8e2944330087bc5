"""The rules by which jobs come out of printers, on stepped time: no thread, no wait, no chance."""

from typing import Any

import pytest

from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.domain.printer_address import FolderAddress, Printer
from mppdesk.operations.readings import PrinterStatus
from mppdesk.printing.delivery import blocked, unconfirmed
from mppdesk.printing.devices import Devices
from tests.printing.stepped_office import GIVEN, HERE, KIOSK, LOKET_1, THERE, Moving, Office


@pytest.fixture
def office() -> Office:
    return Office()


# --- printing ------------------------------------------------------------------------------------------------------


def test_jobs_come_out_once_and_in_order(office: Office) -> None:
    office.order("A-001", "A-002", "A-003")
    assert office.spooler.run_until_empty(0) == 0
    assert office.printer.sheets == ["A-001-A-001", "A-002-A-002", "A-003-A-003"]
    assert office.jobs.history["A-001"] == [JobState.QUEUED, JobState.SENDING, JobState.PRINTED]
    assert office.job("A-001").bytes_given == GIVEN


def test_an_unsure_job_is_left_to_people_and_the_next_one_printed(office: Office) -> None:
    office.printer.outcomes = [unconfirmed(GIVEN, PrinterState.READY)]
    office.order("A-001", "A-002")
    office.run_for(60)
    assert (office.state_of("A-001"), office.job("A-001").attempts) == (JobState.UNCONFIRMED, 1)
    assert office.state_of("A-002") is JobState.PRINTED
    assert len(office.printer.sheets) == 2


def test_a_mute_printer_prints_but_is_not_believed(office: Office) -> None:
    office.printer.outcomes = [unconfirmed(GIVEN, PrinterState.MUTE)]
    office.order("A-001")
    office.run_for(60)
    assert (office.state_of("A-001"), office.job("A-001").cause) == (JobState.UNCONFIRMED, PrinterState.MUTE)
    assert len(office.printer.sheets) == 1
    assert office.states_told == [PrinterState.MUTE]


def test_recovery_happens_once_so_that_it_never_hits_a_job_on_its_way(office: Office) -> None:
    assert office.spooler.recover() == 0
    office.order("A-001")
    office.jobs.begin_sending("A-001", office.time.now_ms)
    assert office.spooler.recover() == 0
    assert office.state_of("A-001") is JobState.SENDING


# --- trouble -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", [state for state in PrinterState if state.blocks])
def test_a_stopped_printer_blocks_its_jobs_and_goes_on_by_itself(office: Office, trouble: PrinterState) -> None:
    office.printer.state = trouble
    office.order("A-001", "A-002")
    office.run_for(1)
    for name in ("A-001", "A-002"):
        assert (office.state_of(name), office.job(name).cause) == (JobState.BLOCKED, trouble)
        assert office.job(name).bytes_given == 0
    assert office.printer.sheets == []
    office.printer.state = PrinterState.READY
    office.run_for(2)
    assert (office.state_of("A-001"), office.state_of("A-002")) == (JobState.PRINTED, JobState.PRINTED)
    assert office.states_told == [trouble, PrinterState.READY]


def test_a_job_ordered_while_the_printer_is_stopped_says_so_within_two_seconds(office: Office) -> None:
    office.printer.state = PrinterState.COVER_OPEN
    office.run_for(1)
    office.order("A-001")
    office.run_for(2)
    assert (office.state_of("A-001"), office.job("A-001").cause) == (JobState.BLOCKED, PrinterState.COVER_OPEN)


def test_a_job_cancelled_while_it_waits_stays_cancelled(office: Office) -> None:
    office.printer.state = PrinterState.PAPER_OUT
    office.order("A-001")
    office.run_for(1)
    office.jobs.settle("A-001", JobState.CANCELLED, None, 0, office.time.now_ms)
    office.printer.state = PrinterState.READY
    office.run_for(5)
    assert office.state_of("A-001") is JobState.CANCELLED
    assert office.printer.sheets == []


def test_neither_new_jobs_nor_a_wake_up_hurry_a_printer_out_of_reach(office: Office) -> None:
    office.printer.state = PrinterState.UNREACHABLE
    office.run_for(9)
    tries = len(office.printer.looked_at)
    office.order("A-001")
    office.spooler.wake()
    office.spooler.step()
    assert len(office.printer.looked_at) == tries
    assert office.state_of("A-001") is JobState.BLOCKED


def test_the_back_off_begins_anew_after_the_printer_was_there(office: Office) -> None:
    office.printer.state = PrinterState.UNREACHABLE
    office.run_for(20)
    office.printer.state = PrinterState.READY
    office.run_for(12)
    office.printer.state = PrinterState.UNREACHABLE
    office.printer.looked_at.clear()
    office.run_for(5)
    first = office.printer.looked_at[0]
    assert [at - first for at in office.printer.looked_at] == [0, 0.5, 1.5, 3.5]


def test_a_ticket_that_waited_for_the_program_expires_too(office: Office) -> None:
    office.order("A-001")
    office.time.sleep(31 * 60)
    assert office.spooler.run_until_empty(0) == 0
    assert office.state_of("A-001") is JobState.EXPIRED


@pytest.mark.expects_log("cannot be rendered")
def test_a_slip_that_cannot_be_rendered_fails_for_good_and_alone(office: Office) -> None:
    office.printer.cannot_render = True
    office.order("A-001")
    office.run_for(1)
    office.printer.cannot_render = False
    office.order("A-002")
    office.run_for(1)
    assert (office.state_of("A-001"), office.state_of("A-002")) == (JobState.FAILED, JobState.PRINTED)


@pytest.mark.expects_log("the printer's program failed")
def test_a_bug_in_mid_job_leaves_the_job_to_people(office: Office) -> None:
    office.printer.outcomes = [RuntimeError("bug")]
    office.order("A-001")
    office.run_for(5)
    assert office.state_of("A-001") is JobState.UNCONFIRMED
    assert len(office.printer.sheets) == 1


# --- what people are told ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", [PrinterState.PAPER_NEAR_END, PrinterState.PAPER_OUT, PrinterState.COVER_OPEN])
def test_an_idle_printer_is_watched_and_news_is_two_seconds_old_at_most(office: Office, trouble: PrinterState) -> None:
    office.run_for(10)
    office.printer.state = trouble
    office.run_for(1.9)
    office.printer.state = PrinterState.READY
    office.run_for(1.9)
    assert office.states_told == [PrinterState.READY, trouble, PrinterState.READY]


def test_a_status_says_since_when_and_how_much_waits(office: Office) -> None:
    office.run_for(3)
    office.printer.state = PrinterState.PAPER_OUT
    office.run_for(1)
    since_ms = office.time.now_ms
    office.order("A-001", "A-002")
    office.run_for(7)
    expected = PrinterStatus(LOKET_1, PrinterState.PAPER_OUT, since_ms, open_jobs=2, slips_left=0)
    assert office.spooler.statuses() == {LOKET_1: expected}
    assert office.told[-1] == expected


def test_after_somebody_said_that_the_roll_is_new_a_status_says_how_many_slips_are_left(office: Office) -> None:
    office.run_for(1)
    assert office.spooler.statuses()[LOKET_1].slips_left is None
    office.jobs.roll_changed(LOKET_1, office.time.now_ms)
    office.run_for(1)
    before = office.told[-1].slips_left
    assert before is not None and before > 500
    office.order("A-001")
    office.run_for(1)
    roll = office.jobs.roll(LOKET_1)
    assert roll is not None and roll.printed_mm > 20
    assert office.told[-1].slips_left == roll.slips_left(PrinterState.READY)


def test_paper_that_may_have_come_out_is_counted_and_a_refused_sheet_is_not(office: Office) -> None:
    office.jobs.roll_changed(LOKET_1, office.time.now_ms)
    office.printer.outcomes = [blocked(PrinterState.COVER_OPEN)]
    office.order("A-001")
    office.run_for(0.5)
    assert (office.jobs.roll(LOKET_1) or pytest.fail()).printed_mm == 0
    office.printer.state = PrinterState.READY
    office.printer.outcomes = [unconfirmed(GIVEN, PrinterState.MUTE)]
    office.run_for(2)
    assert (office.jobs.roll(LOKET_1) or pytest.fail()).printed_mm > 20


def test_a_sensor_that_speaks_ends_all_hope_of_more(office: Office) -> None:
    office.jobs.roll_changed(LOKET_1, office.time.now_ms)
    office.printer.state = PrinterState.PAPER_NEAR_END
    office.run_for(1)
    assert 0 < (office.told[-1].slips_left or 0) < 60
    office.printer.state = PrinterState.PAPER_OUT
    office.run_for(2)
    assert office.told[-1].slips_left == 0
    office.printer.state = PrinterState.READY  # new paper, but of which length nobody said
    office.run_for(2)
    assert office.told[-1].slips_left is None


def test_nothing_is_told_twice(office: Office) -> None:
    office.run_for(30)
    assert len(office.told) == 1


def test_before_the_first_look_nothing_is_known(office: Office) -> None:
    assert office.spooler.statuses()[LOKET_1].state is PrinterState.UNKNOWN
    assert office.told == []


# --- several printers ----------------------------------------------------------------------------------------------


@pytest.mark.expects_log("address is not understood")
def test_an_address_nobody_understands_stops_only_its_own_jobs() -> None:
    office = Office({LOKET_1: "tcp://192.0.2.7:9100", KIOSK: "lpt1:"})
    office.order("A-001", printer=KIOSK)
    office.order("A-002")
    office.run_for(3)
    assert (office.state_of("A-001"), office.job("A-001").cause) == (JobState.BLOCKED, PrinterState.ERROR)
    assert office.state_of("A-002") is JobState.PRINTED


class WithFolders(Office):
    """An office with one printer, and folders as the program opens them."""

    def _open(self, address: Printer) -> Any:
        is_folder = isinstance(address.address, FolderAddress)
        return Devices(lambda _slip, _model: b"").open(address) if is_folder else super()._open(address)


@pytest.mark.expects_log("address is not understood")
def test_a_path_of_another_system_stops_only_its_own_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """As url2pathname of Windows does with more than a drive's colon; the settings name the printers of all PCs."""

    def on_windows(path: str) -> str:
        raise OSError("Bad URL: " + path)

    monkeypatch.setattr("mppdesk.printing.devices.url2pathname", on_windows)
    office = WithFolders({LOKET_1: HERE, KIOSK: "file:///srv/rak:1/laci:2"})
    office.order("A-001", printer=KIOSK)
    office.order("A-002")
    office.run_for(3)
    assert (office.state_of("A-001"), office.job("A-001").cause) == (JobState.BLOCKED, PrinterState.ERROR)
    assert office.state_of("A-002") is JobState.PRINTED


def test_a_printer_added_later_is_taken_up() -> None:
    printers = {LOKET_1: "tcp://192.0.2.7:9100"}
    office = Office(printers)
    office.run_for(1)
    printers[KIOSK] = "tcp://192.0.2.8:9100"
    office.order("A-001", printer=KIOSK)
    office.run_for(1)
    assert office.state_of("A-001") is JobState.PRINTED


def test_a_printer_that_moved_is_served_at_its_new_address_and_left_alone_at_the_old_one() -> None:
    office = Moving({LOKET_1: HERE})
    office.printers[HERE].state = PrinterState.UNREACHABLE
    office.order("A-001")
    office.run_for(3)
    assert office.state_of("A-001") is JobState.BLOCKED
    office.urls[LOKET_1] = THERE
    office.run_for(0.5)
    assert office.state_of("A-001") is JobState.PRINTED
    assert office.printers[THERE].sheets == ["A-001-A-001"]
    assert office.spooler.statuses()[LOKET_1].state is PrinterState.READY
    looked = len(office.printers[HERE].looked_at)
    office.run_for(60)
    assert len(office.printers[HERE].looked_at) == looked


@pytest.mark.parametrize("options", ["?model=generic-58", "?confirm=tag"])
def test_what_the_address_says_of_the_printer_from_now_on_holds_for_the_next_slip(options: str) -> None:
    office = Moving({LOKET_1: HERE})
    office.order("A-001")
    office.run_for(1)
    office.urls[LOKET_1] = HERE + options
    office.order("A-002")
    office.run_for(1)
    assert office.printers[HERE].sheets == ["A-001-A-001"]
    assert office.printers[HERE + options].sheets == ["A-002-A-002"]
    assert office.spooler.statuses()[LOKET_1].state is PrinterState.READY


def test_what_could_not_be_recorded_at_the_old_address_is_recorded_after_the_move(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full_disk(*_: object) -> None:
        raise OSError(28, "no space left")

    office = Moving({LOKET_1: HERE})
    office.order("A-001")
    with monkeypatch.context() as patch, pytest.raises(OSError, match="no space"):
        patch.setattr(office.jobs, "settle", full_disk)
        office.spooler.step()
    office.urls[LOKET_1] = THERE
    office.run_for(1)
    assert office.state_of("A-001") is JobState.PRINTED
    assert office.printers[THERE].sheets == []


def test_after_somebody_else_asked_a_printer_all_wired_workers_begin_anew(office: Office) -> None:
    """What the other one left in it, above all a late answer, must not pass for the end of the next slip.

    That the name of another worker leads to the same printer is only seen when its line is open.
    """
    office.order("A-001")
    office.run_for(1)
    with office.spooler.kept_from(HERE):
        assert len(office.opened) == 1
    assert len(office.opened) == 2
    with office.spooler.kept_from(THERE):  # one that nobody wrote down yet
        pass
    assert len(office.opened) == 3


def test_a_queue_keeps_what_it_knows_of_its_last_sheet_when_another_printer_was_asked() -> None:
    """No other name leads to it unseen, and its next sheet must not lose its head to one that was taken back."""
    office = Office({LOKET_1: HERE, KIOSK: "spool://KARCIS"})
    assert len(office.opened) == 2
    with office.spooler.kept_from(HERE):
        pass
    assert [str(each.address) for each in office.opened[2:]] == [str(office.opened[0].address)]
    with office.spooler.kept_from("spool://KARCIS"):
        pass
    assert [each.address for each in office.opened[3:]] == [office.opened[0].address, office.opened[1].address]


# --- until empty ---------------------------------------------------------------------------------------------------


def test_running_until_empty_waits_for_a_repair(office: Office) -> None:
    office.printer.state = PrinterState.PAPER_OUT
    office.order("A-001")
    office.time.at(5, lambda: setattr(office.printer, "state", PrinterState.READY))
    assert office.spooler.run_until_empty(60) == 0
    assert 5 <= office.time.passed_s < 7


def test_running_until_empty_gives_up_in_time_and_says_how_many_wait(office: Office) -> None:
    office.printer.state = PrinterState.PAPER_OUT
    office.order("A-001", "A-002")
    assert office.spooler.run_until_empty(3) == 2
    assert office.time.passed_s == 3
    assert {office.state_of("A-001"), office.state_of("A-002")} == {JobState.BLOCKED}


def test_running_until_empty_without_jobs_touches_no_printer(office: Office) -> None:
    assert office.spooler.run_until_empty(60) == 0
    assert office.printer.looked_at == []
