"""One worker for one printer, whatever ways lead there: what is found out on the way, on stepped time."""

from dataclasses import replace

import pytest

from mppdesk.domain.print_job import JobState, PrinterState, PrintJob
from tests.printing.stepped_office import KIOSK, LOKET_1
from tests.printing.ways_office import BY_DRIVER, BY_NAME, BY_NUMBER, BY_USB, LOKET_2, Building, has_one_worker


def building(**ends: str | None) -> Building:
    """Two counters that write the same printer differently."""
    return Building({LOKET_1: BY_NAME, LOKET_2: BY_NUMBER}, {BY_NAME: "P", BY_NUMBER: "P", **ends})


@pytest.mark.parametrize(("one", "other"), [(BY_NAME, BY_NUMBER), (BY_USB, BY_DRIVER)])
def test_the_oldest_slip_comes_first_by_whatever_name_it_was_ordered(one: str, other: str) -> None:
    office = Building({LOKET_1: one, LOKET_2: other}, {one: "P", other: "P"})
    office.run_for(3)
    for number, printer in enumerate([LOKET_1, LOKET_1, LOKET_2, LOKET_1, LOKET_2], start=1):
        office.order(f"A-{number}", printer=printer)
        office.time.sleep(0.001)
    office.run_for(1)
    assert office.hall.papers["P"] == ["A-1", "A-2", "A-3", "A-4", "A-5"]


def test_a_printer_is_looked_at_once_a_second_however_many_names_it_has() -> None:
    office = building()
    office.run_for(5)
    assert has_one_worker(office)


def test_all_names_of_a_printer_tell_the_same_of_it_at_the_same_moment() -> None:
    office = building()
    office.run_for(5)
    office.hall.state["P"] = PrinterState.PAPER_OUT
    office.order("A-1", printer=LOKET_2)
    office.run_for(1.1)
    statuses = office.spooler.statuses()
    assert {status.state for status in statuses.values()} == {PrinterState.PAPER_OUT}
    assert len({status.since_ms for status in statuses.values()}) == 1
    assert [statuses[name].open_jobs for name in (LOKET_1, LOKET_2)] == [0, 1]


def test_slips_that_waited_while_the_printer_was_off_come_out_in_order_too() -> None:
    office = building()
    office.run_for(3)
    office.hall.state["P"] = PrinterState.UNREACHABLE
    office.run_for(3)
    for number in range(1, 7):
        office.order(f"A-{number}", printer=(LOKET_1, LOKET_2)[number % 2])
        office.run_for(0.7)
    assert office.hall.papers["P"] == []
    office.hall.state["P"] = PrinterState.READY
    office.run_for(12)
    assert office.hall.papers["P"] == [f"A-{number}" for number in range(1, 7)]
    for told in office.told_of.values():
        assert told == [PrinterState.READY, PrinterState.UNREACHABLE, PrinterState.READY]


def test_a_name_whose_way_is_closed_stops_nobody_else_and_says_so() -> None:
    """The name server is down: who wrote the number goes on, and never hears of any trouble."""
    office = building()
    office.run_for(3)
    office.lead(BY_NAME, None)
    office.order("A-1", printer=LOKET_1)
    office.order("A-2", printer=LOKET_2)
    office.run_for(3)
    assert (office.state_of("A-1"), office.job("A-1").cause) == (JobState.BLOCKED, PrinterState.UNREACHABLE)
    assert office.state_of("A-2") is JobState.PRINTED
    assert office.told_of == {LOKET_1: [PrinterState.READY, PrinterState.UNREACHABLE], LOKET_2: [PrinterState.READY]}
    office.lead(BY_NAME, "P")
    office.run_for(12)
    assert office.hall.papers["P"] == ["A-2", "A-1"]
    assert has_one_worker(office)


def test_a_slip_comes_out_where_its_name_leads_now() -> None:
    """The number of the printer was given to another one; the first slip finds out, and comes out there."""
    office = building()
    office.run_for(3)
    office.lead(BY_NAME, "Q")
    office.hall.state["P"] = PrinterState.READY
    office.order("A-1", printer=LOKET_1)
    office.order("A-2", printer=LOKET_2)
    office.run_for(2)
    assert (office.hall.papers["Q"], office.hall.papers["P"]) == (["A-1"], ["A-2"])
    office.hall.state["Q"] = PrinterState.PAPER_OUT
    office.run_for(2)
    states = {name: status.state for name, status in office.spooler.statuses().items()}
    assert states == {LOKET_1: PrinterState.PAPER_OUT, LOKET_2: PrinterState.READY}


def test_a_name_that_leads_elsewhere_now_is_told_so_before_anything_is_printed() -> None:
    office = building()
    office.run_for(3)
    office.lead(BY_NAME, "Q")
    office.hall.state["Q"] = PrinterState.COVER_OPEN
    office.run_for(4)
    states = {name: status.state for name, status in office.spooler.statuses().items()}
    assert states == {LOKET_1: PrinterState.COVER_OPEN, LOKET_2: PrinterState.READY}


def test_a_printer_that_was_plugged_in_anew_keeps_its_one_worker() -> None:
    """It has another number on its bus then, by both ways."""
    office = Building({LOKET_1: BY_USB, LOKET_2: BY_DRIVER}, {BY_USB: "P", BY_DRIVER: "P"})
    office.run_for(3)
    for url in (BY_USB, BY_DRIVER):
        office.lead(url, "Q")
    office.run_for(3)
    assert has_one_worker(office)
    assert list(office.told_of.values()) == [[PrinterState.READY]] * 2


def test_whoever_keeps_the_worker_from_one_way_keeps_it_from_all() -> None:
    office = building()
    office.run_for(3)
    opened = len(office.opened)
    with office.spooler.kept_from(BY_NUMBER):
        office.order("A-1", printer=LOKET_1)
        assert office.hall.papers["P"] == []
    assert len(office.opened) == opened + 2
    office.run_for(1)
    assert office.hall.papers["P"] == ["A-1"]
    assert has_one_worker(office)


def test_a_name_that_is_removed_leaves_the_others_their_worker() -> None:
    office = building()
    office.run_for(3)
    del office.urls[LOKET_1]
    office.order("A-1", printer=LOKET_2)
    office.run_for(1)
    assert has_one_worker(office)
    assert office.state_of("A-1") is JobState.PRINTED
    assert list(office.spooler.statuses()) == [LOKET_2]


def test_each_name_prints_as_its_own_address_says() -> None:
    """A printer has one roll, but whoever writes its width wrongly harms only her own slips."""
    narrow = BY_NUMBER + "?model=generic-58"
    office = Building({LOKET_1: BY_NUMBER, LOKET_2: narrow}, {BY_NUMBER: "P", narrow: "P"})
    office.order("A-1", printer=LOKET_2)
    office.run_for(2)
    assert [str(each.model.name) for each in office.opened] == ["generic-80", "generic-58"]
    assert office.hall.papers["P"] == ["A-1"]


def test_names_of_one_printer_count_one_roll() -> None:
    office = building()
    office.run_for(3)
    office.jobs.roll_changed(LOKET_1, office.time.now_ms)
    office.order("A-1", printer=LOKET_2)
    office.run_for(1)
    first, second = (office.spooler.statuses()[name].slips_left for name in (LOKET_1, LOKET_2))
    assert first is not None and first == second
    one_slip = printed_mm(office, LOKET_1)
    office.lead(BY_NAME, "Q")
    office.run_for(3)
    office.order("A-2", printer=LOKET_1)
    office.run_for(1)
    assert [printed_mm(office, name) for name in (LOKET_1, LOKET_2)] == [2 * one_slip, one_slip]


def printed_mm(office: Building, name: str) -> int:
    roll = office.jobs.roll(name)
    assert roll is not None
    return roll.printed_mm


def test_paper_that_ended_while_a_name_was_apart_has_ended_for_it_too() -> None:
    office = building()
    office.run_for(3)
    office.jobs.roll_changed(LOKET_1, office.time.now_ms)
    office.lead(BY_NAME, None)
    office.run_for(5)
    office.hall.state["P"] = PrinterState.PAPER_OUT
    office.run_for(5)
    office.hall.state["P"] = PrinterState.READY
    office.lead(BY_NAME, "P")
    office.run_for(20)
    assert {status.slips_left for status in office.spooler.statuses().values()} == {None}


@pytest.mark.parametrize("moved", [BY_NAME, BY_NUMBER])
def test_the_paper_of_another_printer_says_nothing_of_the_roll_here(moved: str) -> None:
    office = building()
    office.run_for(3)
    office.jobs.roll_changed(LOKET_1, office.time.now_ms)
    office.hall.state["Q"] = PrinterState.PAPER_OUT
    office.lead(moved, "Q")
    office.run_for(5)
    gone, stayed = (LOKET_1, LOKET_2) if moved == BY_NAME else (LOKET_2, LOKET_1)
    left = {name: status.slips_left for name, status in office.spooler.statuses().items()}
    assert left[gone] == 0
    assert (left[stayed] or 0) > 500


@pytest.mark.parametrize("wrong", ["serial:///dev/ttyUSB0?baud=9600&flow=dtr", "usb:///dev/ttyUSB0"])
def test_one_of_two_addresses_of_a_port_that_leads_nowhere_holds_up_nobody(wrong: str) -> None:
    right = "serial:///dev/ttyUSB0?baud=9600"
    office = Building({LOKET_1: wrong, LOKET_2: right}, {wrong: None, right: "P"})
    office.order("A-1", printer=LOKET_1)
    office.time.sleep(0.001)
    office.order("A-2", printer=LOKET_2)
    assert office.spooler.run_until_empty(0) == 1
    assert office.hall.papers["P"] == ["A-2"]
    office.run_for(10)
    assert (office.state_of("A-1"), office.job("A-1").cause) == (JobState.BLOCKED, PrinterState.UNREACHABLE)
    assert office.job("A-1").attempts <= 2


@pytest.mark.expects_log("cannot be opened")
def test_a_printer_that_cannot_be_opened_stops_no_other() -> None:
    office = building()
    office.run_for(1)
    office.urls[KIOSK] = BY_USB  # of which this building knows nothing, so that its device cannot be made
    office.order("A-1", printer=LOKET_1)
    office.run_for(2)
    assert office.state_of("A-1") is JobState.PRINTED
    assert office.spooler.statuses()[KIOSK].state is PrinterState.ERROR


def test_a_job_that_was_moved_at_the_last_moment_comes_out_of_its_new_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Building({LOKET_1: BY_NUMBER, LOKET_2: BY_USB}, {BY_NUMBER: "P", BY_USB: "Q"})
    office.run_for(3)
    begin = office.jobs.begin_sending

    def moved_before(job_id: str, now_ms: int) -> PrintJob | None:
        monkeypatch.undo()
        office.jobs.add(replace(office.job(job_id), printer=LOKET_2))
        return begin(job_id, now_ms)

    monkeypatch.setattr(office.jobs, "begin_sending", moved_before)
    office.order("A-1", printer=LOKET_1)
    office.run_for(2)
    assert (office.hall.papers["P"], office.hall.papers["Q"]) == ([], ["A-1"])
    assert office.state_of("A-1") is JobState.PRINTED
