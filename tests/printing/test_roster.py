"""One worker for one printer, whatever ways lead there: what is found out on the way, on stepped time."""

from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mppdesk.domain.print_job import JobState, PrinterState, PrintJob
from mppdesk.domain.printer_address import Printer, parse_printer
from mppdesk.printing.delivery import Outcome, Sheet, Tell, blocked, printed, to_nobody
from tests.printing.stepped_office import GIVEN, KIOSK, LOKET_1, Office, ScriptedPrinter, SteppedTime

BY_NAME, BY_NUMBER = "tcp://karcis.lan:9100", "tcp://192.0.2.7:9100"
BY_USB, BY_DRIVER = "usb://04b8:0e15", "usb:///dev/usb/lp0"
LOKET_2 = "Loket 2"


class Hall:
    """The printers of a building: how each stands, what came out of it, and when it was looked at."""

    def __init__(self, *printers: str) -> None:
        self.state = dict.fromkeys(printers, PrinterState.READY)
        self.papers: dict[str, list[str]] = {printer: [] for printer in printers}
        self.looked_at: dict[str, list[float]] = {printer: [] for printer in printers}


class Way(ScriptedPrinter):
    """A way that ends at a printer of the hall; None while it is closed. It learns where only when it is open."""

    def __init__(self, time: SteppedTime, hall: Hall, leads_to: str | None) -> None:
        super().__init__(time)
        self.hall, self.leads_to = hall, leads_to

    def print(self, sheet: Sheet, tell: Tell = to_nobody) -> Outcome:
        state = self._arrive()
        if state.blocks or self.leads_to is None:
            return blocked(state)
        tell(state)
        self.hall.papers[self.leads_to].append(sheet.name[: len(sheet.name) // 2])  # label and id, here the same
        return printed(GIVEN, state)

    def probe(self) -> PrinterState:
        state = self._arrive()
        if self.leads_to is not None:
            self.hall.looked_at[self.leads_to].append(self._time.passed_s)
        return state

    def _arrive(self) -> PrinterState:
        if self.leads_to is None or self.hall.state[self.leads_to] is PrinterState.UNREACHABLE:
            return PrinterState.UNREACHABLE
        self.place = self.leads_to
        return self.hall.state[self.leads_to]


class Building(Office):
    """An office whose ways end at printers of a hall: `ends` says where that of each URL does; `urls` are settings."""

    def __init__(self, urls: dict[str, str], ends: dict[str, str | None]) -> None:
        self.hall = Hall(*sorted({end for end in ends.values() if end} | {"P", "Q"}))
        self.urls, self.ends = urls, ends
        self.ways: dict[str, Way] = {}
        super().__init__(urls)

    def lead(self, url: str, to: str | None) -> None:
        self.ends[url] = to
        if url in self.ways:
            self.ways[url].leads_to = to

    def _open(self, address: Printer) -> ScriptedPrinter:
        self.opened.append(address)
        url = next(url for url in self.ends if parse_printer(url) == address)
        self.ways[url] = Way(self.time, self.hall, self.ends[url])
        return self.ways[url]

    @property
    def told_of(self) -> dict[str, list[PrinterState]]:
        told: dict[str, list[PrinterState]] = {}
        for status in self.told:
            states = told.setdefault(status.name, [])
            if not states or states[-1] is not status.state:
                states.append(status.state)
        return told


def building(**ends: str | None) -> Building:
    """Two counters that write the same printer differently."""
    return Building({LOKET_1: BY_NAME, LOKET_2: BY_NUMBER}, {BY_NAME: "P", BY_NUMBER: "P", **ends})


def has_one_worker(office: Building) -> bool:
    """Who works at a printer looks at it once a second; two would do so twice."""
    for looks in office.hall.looked_at.values():
        looks.clear()
    office.run_for(10)
    return 9 <= sum(map(len, office.hall.looked_at.values())) <= 12


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


# --- any weather ---------------------------------------------------------------------------------------------------

URLS = {LOKET_1: BY_NAME, LOKET_2: BY_NUMBER, KIOSK: BY_USB}


class Lead(NamedTuple):
    url: str
    to: str | None


class Stand(NamedTuple):
    printer: str
    state: PrinterState


class Order(NamedTuple):
    name: str


class Wait(NamedTuple):
    seconds: float


class Write(NamedTuple):
    """The administrator writes another address."""

    name: str
    url: str


class Ask(NamedTuple):
    """The set-up page asks a printer."""

    url: str


Event = Lead | Stand | Order | Wait | Write | Ask


_STATES = (PrinterState.READY, PrinterState.PAPER_OUT, PrinterState.UNREACHABLE, PrinterState.MUTE)
_events = (
    st.builds(Lead, st.sampled_from(sorted(URLS.values())), st.sampled_from(["P", "Q", None]))
    | st.builds(Stand, st.sampled_from(["P", "Q"]), st.sampled_from(_STATES))
    | st.builds(Order, st.sampled_from(sorted(URLS)))
    | st.builds(Wait, st.sampled_from([0.1, 1.0, 3.0, 12.0]))
    | st.builds(Write, st.sampled_from(sorted(URLS)), st.sampled_from(sorted(URLS.values())))
    | st.builds(Ask, st.sampled_from(sorted(URLS.values())))
)


@given(st.lists(_events, max_size=40))
def test_in_any_weather_each_slip_comes_out_once_where_its_name_leads(events: list[Event]) -> None:
    office = Building(dict(URLS), dict.fromkeys(URLS.values(), "P"))
    ordered: list[str] = []
    for event in events:
        match event:
            case Lead(url, to):
                office.lead(url, to)
            case Write(name, url):
                office.urls[name] = url
            case Ask(url):
                with office.spooler.kept_from(url):
                    pass
            case Stand(printer, state):
                office.hall.state[printer] = state
            case Order(name):
                ordered.append(f"A-{len(ordered)}")
                office.order(ordered[-1], printer=name)
            case Wait(seconds):
                before = {name: len(papers) for name, papers in office.hall.papers.items()}
                office.run_for(seconds)
                _came_out_where_they_belong(office, before)
    for url in URLS.values():
        office.lead(url, "P")
    office.hall.state.update(P=PrinterState.READY, Q=PrinterState.READY)
    office.run_for(25)
    assert sorted(office.hall.papers["P"] + office.hall.papers["Q"]) == sorted(ordered)
    assert has_one_worker(office)
    assert {status.state for status in office.spooler.statuses().values()} == {PrinterState.READY}


def _came_out_where_they_belong(office: Building, before: dict[str, int]) -> None:
    for printer, papers in office.hall.papers.items():
        for job_id in papers[before[printer] :]:
            assert office.ends[office.urls[office.job(job_id).printer]] == printer
